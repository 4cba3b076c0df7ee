"""Calls of the life group: information for life, each kind by a call that can fail alone."""

from collections.abc import Iterable
from typing import Final

import anyio

from madang.contract.messages.life import LifeInformation
from madang.web.clients.caller import Caller
from madang.web.clients.errors import BackendError
from madang.web.clients.http import Backend

AT_ONCE: Final = 16
"""Calls in flight for one page."""
SECONDS: Final = 5.0
"""A page waits no longer, however many kinds are slow; each call has its own time-out (``policy.BRIEF``)."""


async def information(backend: Backend, session: Caller, kind: str) -> LifeInformation:
    """What ``kind``, one of the catalogue's, says to this person. Raises NotFound, Unavailable."""
    found: LifeInformation = await backend.call("life_information", session=session, params={"kind": kind}, lane=kind)
    return found


async def gathered(backend: Backend, session: Caller, kinds: Iterable[str]) -> dict[str, LifeInformation | None]:
    """All ``kinds`` at once, in their order; None for one that does not answer. Raises nothing."""
    found: dict[str, LifeInformation | None] = dict.fromkeys(kinds)
    gate = anyio.CapacityLimiter(AT_ONCE)

    async def one(kind: str) -> None:
        async with gate:
            try:
                found[kind] = await information(backend, session, kind)
            except BackendError:
                return  # its card says so

    with anyio.move_on_after(SECONDS):
        async with anyio.create_task_group() as group:
            for kind in found:
                group.start_soon(one, kind)
    return found
