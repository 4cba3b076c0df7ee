"""Live sessions of one process, in its memory."""

import contextlib
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Final

from madang.remote_support.ports import Ear, Standing
from madang.remote_support.states import Session, Side
from madang.remote_support.stores.listeners import Listeners, listening

KEPT: Final = 3600
"""Seconds that a session which is over can still be read."""
LIVES: Final = 3 * 3600
"""Seconds after its last change that a session is forgotten, whatever state it was left in."""
MOST_SEEN: Final = 300
"""Small events kept for those who join late: the last of each kind and element."""


class MemoryStore:
    """The ``Store`` of one process. ``clock``: seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: dict[str, tuple[Session, float]] = {}
        self._values: dict[tuple[str, str], tuple[bytes, float]] = {}
        self._counts: dict[tuple[str, str], tuple[int, float]] = {}
        self._lists: dict[tuple[str, str], deque[bytes]] = {}
        self._standing: dict[str, Standing] = {}
        self._seen: dict[str, dict[str, bytes]] = {}
        self._listeners = Listeners()

    async def create(self, session: Session) -> None:
        self._sessions[session.id] = (session, self._clock() + LIVES)

    async def load(self, session: str) -> Session | None:
        found = self._sessions.get(session)
        return found[0] if found is not None and found[1] > self._clock() else None

    async def save(self, session: Session, messages: Sequence[tuple[Ear, bytes]] = ()) -> bool:
        known = self._sessions.get(session.id)
        if known is None or known[0].version != session.version - 1:
            return False
        self._sessions[session.id] = (session, self._clock() + (KEPT if session.over else LIVES))
        if session.over:
            await self.forget(session.id)
        for ear, message in messages:
            self._listeners.deliver(session.id, ear, message)
        return True

    async def every(self) -> Sequence[Session]:
        self._sweep()
        return sorted((kept for kept, _ in self._sessions.values() if not kept.over), key=lambda kept: kept.created)

    async def put(self, kind: str, key: str, value: bytes, ttl: int) -> None:
        self._values[kind, key] = (value, self._clock() + ttl)

    async def get(self, kind: str, key: str) -> bytes | None:
        found = self._values.get((kind, key))
        return found[0] if found is not None and found[1] > self._clock() else None

    async def take(self, kind: str, key: str) -> bytes | None:
        found = self._values.pop((kind, key), None)
        return found[0] if found is not None and found[1] > self._clock() else None

    async def count(self, kind: str, key: str, ttl: int) -> int:
        now = self._clock()
        count, end = self._counts.get((kind, key), (0, 0.0))
        if end <= now:
            count, end = 0, now + ttl
        self._counts[kind, key] = (count + 1, end)
        return count + 1

    async def uncount(self, kind: str, key: str) -> None:
        count, end = self._counts.get((kind, key), (0, 0.0))
        if count:
            self._counts[kind, key] = (count - 1, end)

    async def append(self, session: str, kind: str, value: bytes, most: int = 200) -> None:
        if session in self._sessions:
            self._lists.setdefault((session, kind), deque(maxlen=most)).append(value)

    async def listed(self, session: str, kind: str) -> Sequence[bytes]:
        return tuple(self._lists.get((session, kind), ()))

    async def stand(self, session: str, page: Standing) -> None:
        known = self._sessions.get(session)
        stands = self._standing.get(session)
        if known is None or known[0].over or (stands is not None and stands.number > page.number):
            return
        if stands is None or stands.number < page.number:
            self._seen.pop(session, None)
        self._standing[session] = page

    async def standing(self, session: str) -> Standing | None:
        return self._standing.get(session)

    async def note(self, session: str, page: int, key: str, value: bytes) -> None:
        stands = self._standing.get(session)
        if stands is None or stands.number != page:
            return
        seen = self._seen.setdefault(session, {})
        seen.pop(key, None)
        if len(seen) < MOST_SEEN:
            seen[key] = value

    async def noted(self, session: str) -> Sequence[bytes]:
        return tuple(self._seen.get(session, {}).values())

    async def forget(self, session: str) -> None:
        self._standing.pop(session, None)
        self._seen.pop(session, None)

    async def publish(self, session: str, ear: Ear, message: bytes) -> None:
        self._listeners.deliver(session, ear, message)

    @contextlib.asynccontextmanager
    async def subscribe(self, session: str, side: Side) -> AsyncIterator[AsyncIterator[bytes | None]]:
        listener = self._listeners.add(session, side)
        try:
            async with listening(listener) as messages:
                yield messages
        finally:
            self._listeners.remove(session, listener)

    async def ping(self) -> None:
        """Memory always answers."""

    async def close(self) -> None:
        self._listeners.lost()

    def _sweep(self) -> None:
        """Lets go of what is past its time."""
        now = self._clock()
        gone = [name for name, (_, end) in self._sessions.items() if end <= now]
        for name in gone:
            del self._sessions[name]
            self._standing.pop(name, None)
            self._seen.pop(name, None)
        if gone:
            self._lists = {key: kept for key, kept in self._lists.items() if key[0] in self._sessions}
        for kept in (self._values, self._counts):
            for old in [key for key, (_, end) in kept.items() if end <= now]:
                del kept[old]
