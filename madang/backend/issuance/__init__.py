"""Issuing: from a document's content to a signed, accessible PDF, and back to whether one is genuine."""
