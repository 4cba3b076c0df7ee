"""Sign-in by OpenID Connect, the portal's side: where a person may land, the provider's client, the transaction, the
flow.

Nothing of a sign-in is kept in the browser but an opaque cookie; see docs/adr/0004-sign-in.md.
"""
