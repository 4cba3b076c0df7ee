"""Madang: the citizen's front of a country's e-services."""
