"""Looks at pages with every engine and check, and keeps what was seen as evidence."""
