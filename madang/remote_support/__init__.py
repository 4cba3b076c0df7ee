"""Remote support: an agent beside the citizen, on the same page. The protocol is ``docs/support-protocol.md``.

Knows nothing of the portal's pages; what it needs of them are the Protocols of ``ports``, wired in ``web.app``.
"""
