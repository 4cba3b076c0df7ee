"""Calls of the catalogue group, in the form that ``web.catalogue.store`` takes its fetch callable in."""

from madang.contract.messages.problems import Health
from madang.web.clients.http import Backend


async def fetch(backend: Backend, version: str) -> bytes | None:
    """The whole catalogue as JSON, not yet validated; None when it still is ``version`` (empty: none is known)."""
    headers = {"If-None-Match": f'"{version}"'} if version else {}
    reply = await backend.exchange("catalogue", headers=headers)
    return None if reply.status == 304 else reply.content


async def health(backend: Backend) -> Health:
    """What the backend says about itself."""
    found: Health = await backend.call("health")
    return found
