"""The demonstration's identity provider: a small, real OpenID Connect provider whose people are made up.

It signs in whoever is chosen from a list, so it must never stand before real data: with an issuer configured it does
not exist."""
