"""The portal's own state: sessions, sign-in state, limits, counters, what was typed and not yet sent.

A key-value store with expiry, behind one Protocol: a SQLite file in the data folder by default, Redis or Valkey once
several machines serve the portal, memory in tests.
"""

import logging
import time
from typing import Final, Protocol, runtime_checkable

from starlette.exceptions import HTTPException

from madang.web.settings import Settings

log: Final = logging.getLogger("madang.state")
QUIET_SECONDS: Final = 10.0
"""A store that is down is told of once in so long, not at every request."""
_told = -QUIET_SECONDS


class StateUnavailable(HTTPException):
    """The store did not answer in time or could not write: a kind 503, if nobody further in knows better. Whether the
    last write happened is not known."""

    def __init__(self, cause: BaseException | None = None) -> None:
        super().__init__(503)
        global _told
        if cause is not None and time.monotonic() - _told > QUIET_SECONDS:
            _told = time.monotonic()
            log.error("the store of sessions and limits fails: %s", type(cause).__name__)


@runtime_checkable
class State(Protocol):
    """Values by kind and key, each gone after its ``ttl`` (whole seconds, at least 1).

    ``kind`` is a short constant of the code, ``key`` an opaque text without personal data: callers hash what is not.
    Every method may raise ``StateUnavailable``; none waits longer than about five seconds.
    """

    async def get(self, kind: str, key: str) -> bytes | None:
        """The value, or None when there is none or its time is over."""

    async def put(self, kind: str, key: str, value: bytes, ttl: int) -> None:
        """Stores ``value`` in place of any other."""

    async def delete(self, kind: str, key: str) -> None:
        """Forgets the value; nothing happens when there is none."""

    async def take(self, kind: str, key: str) -> bytes | None:
        """The value, deleted at the same moment: of several callers exactly one gets it."""

    async def add(self, kind: str, key: str, value: bytes, ttl: int) -> bool:
        """Stores ``value`` only where there is none: of several callers exactly one is told True."""

    async def increment(self, kind: str, key: str, ttl: int) -> int:
        """Counts one up and returns the count. The first one starts the ``ttl``; later ones do not prolong it."""

    async def ping(self) -> None:
        """Raises ``StateUnavailable`` when the store does not work."""

    async def close(self) -> None:
        """Lets go of connections and threads."""


def open_state(settings: Settings) -> State:
    """The store that ``settings`` name. Nothing is contacted yet, but the SQLite file is made."""
    # Imported here, so that a portal without Redis needs no Redis client installed.
    if settings.redis_url:
        from madang.web.state.redis import RedisState

        return RedisState(settings.redis_url)
    from madang.web.state.sqlite import SqliteState

    return SqliteState(settings.data / "state.sqlite")
