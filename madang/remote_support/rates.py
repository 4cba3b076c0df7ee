"""How many messages somebody may send: a bucket that fills again with time."""

import time
from collections.abc import Callable
from typing import Final

MESSAGES: Final = (30.0, 60)
"""Upwards, of one side of a session: a second, and at once."""
ACTS: Final = (5.0, 10)
"""Of an agent: what can be told to a citizen, who hears words, not flashes."""
CHATS: Final = (1.0, 5)
ANEW: Final = (1.0, 6)
"""Of what is answered with the whole page: another language, everything once more."""
WRONGS: Final = 600
"""Refused messages after which a connection ends."""
KEPT: Final = 120.0
"""Seconds that a bucket nobody uses is kept: by then it is full."""


class Bucket:
    __slots__ = ("_left", "_most", "_rate", "at")

    def __init__(self, rate: float, most: int, now: float) -> None:
        self._rate, self._most = rate, most
        self._left, self.at = float(most), now

    def take(self, now: float) -> bool:
        """Whether there was one left."""
        self._left = min(self._most, self._left + (now - self.at) * self._rate)
        self.at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Rates:
    """Buckets by name. A process counts for itself: a session's connections end in one, but for a moment."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[tuple[str, ...], Bucket] = {}
        self._swept = clock()

    def take(self, of: tuple[float, int], *name: str) -> bool:
        """One message of ``name``; False when it is one too many."""
        now = self._clock()
        if now - self._swept > KEPT:
            self._swept = now
            self._buckets = {name: kept for name, kept in self._buckets.items() if now - kept.at < KEPT}
        bucket = self._buckets.get(name)
        if bucket is None:
            bucket = self._buckets[name] = Bucket(*of, now)
        return bucket.take(now)
