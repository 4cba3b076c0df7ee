"""Information for life: what each of the 41 kinds has to say to one person on one day."""
