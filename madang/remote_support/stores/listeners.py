"""Who listens to which session in this process, and what waits for them."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncGenerator
from typing import Final

from madang.remote_support.ports import Ear
from madang.remote_support.states import Side

WAITING: Final = 64
"""Messages that may wait for one listener; one that reads too slowly is cut off."""


class Listener:
    """One connection's messages. ``messages`` ends when too many wait."""

    __slots__ = ("_cut", "_waiting", "_wake", "side")

    def __init__(self, side: Side) -> None:
        self.side = side
        self._waiting: deque[bytes | None] = deque()
        self._wake = asyncio.Event()
        self._cut = False

    def give(self, message: bytes | None) -> None:
        if len(self._waiting) >= WAITING:
            self._waiting.clear()
            self._cut = True
        elif not self._cut:
            self._waiting.append(message)
        self._wake.set()

    async def messages(self) -> AsyncGenerator[bytes | None, None]:
        while True:
            await self._wake.wait()
            while self._waiting:
                yield self._waiting.popleft()
            if self._cut:
                return
            self._wake.clear()


class Listeners:
    """All of a process, by session."""

    def __init__(self) -> None:
        self._by_session: dict[str, set[Listener]] = {}

    def add(self, session: str, side: Side) -> Listener:
        listener = Listener(side)
        self._by_session.setdefault(session, set()).add(listener)
        return listener

    def remove(self, session: str, listener: Listener) -> bool:
        """True: it was the session's last."""
        found = self._by_session.get(session, set())
        found.discard(listener)
        if not found:
            self._by_session.pop(session, None)
        return not found

    def sessions(self) -> list[str]:
        return list(self._by_session)

    def deliver(self, session: str, ear: Ear, message: bytes) -> None:
        for listener in self._by_session.get(session, ()):
            if ear in ("all", listener.side):
                listener.give(message)

    def lost(self) -> None:
        """Messages may have been lost: everybody is to read everything anew."""
        for listeners in self._by_session.values():
            for listener in listeners:
                listener.give(None)


@contextlib.asynccontextmanager
async def listening(listener: Listener) -> AsyncGenerator[AsyncGenerator[bytes | None, None], None]:
    messages = listener.messages()
    try:
        yield messages
    finally:
        await messages.aclose()
