"""``python -m bench``: what the portal costs, beside its peers, against the goals. Nothing here is a gate."""
