"""Remote support, measured: the relay by itself, and a citizen and an agent in real browsers beside rrweb's."""
