"""Where twins are drawn: in a thread of its own, so that nobody who speaks with the portal waits for it, and for each
session one page after the other."""

import asyncio
import contextlib
import contextvars
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Turns:
    """``newest``: number of the latest page that came to be drawn; ``users``: who draws, or waits."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    newest: int = 0
    users: int = 0


class Drawing:
    """One thread and not several: they would only take the interpreter from each other and from the event loop."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="madang-twin")
        self._turns: dict[str, _Turns] = {}

    async def draw(self, work: Callable[[], T]) -> T:
        """What ``work`` returns, worked out in the thread; it sees the context of who asks. Raises what it raises."""
        run = contextvars.copy_context().run
        return await asyncio.get_running_loop().run_in_executor(self._thread, run, work)

    @contextlib.asynccontextmanager
    async def turn(self, session: str, number: int) -> AsyncIterator[Callable[[], bool]]:
        """The turn of the page ``number`` of a session, once those before it are drawn. Yields what tells whether it
        is still to be drawn: no more as soon as a newer page has come."""
        turns = self._turns.setdefault(session, _Turns())
        turns.newest, turns.users = max(turns.newest, number), turns.users + 1
        try:
            async with turns.lock:
                yield lambda: number >= turns.newest
        finally:
            turns.users -= 1
            if not turns.users:
                del self._turns[session]
