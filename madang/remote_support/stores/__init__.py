"""Where live sessions are: in memory for one process, in Redis or Valkey for several."""
