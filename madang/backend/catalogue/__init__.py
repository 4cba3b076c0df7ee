"""The catalogue as files: what they hold, how they are read, and what is checked before they are served."""
