"""Preferences, criteria, the audit and its report. Knows nothing of the portal's pages: it is given addresses."""
