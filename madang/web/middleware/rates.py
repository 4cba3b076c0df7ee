"""How many requests a client may make a minute: counted in the worker, or in Redis where several machines serve.

A sliding window of two fixed ones: the last minute's count fades out while this minute's grows, so that nobody gets
twice the rate at the turn of a minute. The `limits` library does the same, but its in-memory store walks through all
clients at every request.
"""

import time
from collections.abc import Callable
from typing import Final

from madang.web.state import State, StateUnavailable

MINUTE: Final = 60
CLIENTS: Final = 100_000
"""Clients that a worker counts before it forgets those of the last minute: some 20 MiB."""


class Rates:
    """``state``: given only where several machines share the counts. ``clock``: seconds."""

    def __init__(self, per_minute: int, state: State | None = None, clock: Callable[[], float] = time.time) -> None:
        self._per_minute = per_minute
        self._state = state
        self._clock = clock
        self._window = 0
        self._now: dict[str, int] = {}
        self._before: dict[str, int] = {}

    async def hit(self, client: str) -> int:
        """Counts a request. 0: go on; else the seconds after which the client may come again."""
        seconds = self._clock()
        window, since = int(seconds // MINUTE), seconds % MINUTE
        if self._state is None:
            now, before = self._count(client, window), self._before.get(client, 0)
        else:
            try:
                now, before = await self._count_shared(self._state, client, window)
            except StateUnavailable:  # then each worker for itself: a limit must not fail harder than what it guards
                now, before = self._count(client, window), self._before.get(client, 0)
        if now + before * (1 - since / MINUTE) <= self._per_minute:
            return 0
        return max(1, round(MINUTE - since))

    def _count(self, client: str, window: int) -> int:
        if window != self._window:
            self._before = self._now if window == self._window + 1 else {}
            self._now, self._window = {}, window
        elif len(self._now) >= CLIENTS:
            self._before, self._now = self._now, {}
        self._now[client] = count = self._now.get(client, 0) + 1
        return count

    async def _count_shared(self, state: State, client: str, window: int) -> tuple[int, int]:
        now = await state.increment("rate", f"{client}:{window}", 2 * MINUTE)
        before = await state.get("rate", f"{client}:{window - 1}")
        return now, int(before or 0)
