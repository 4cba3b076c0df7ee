"""State in a dict, for tests: one process, gone with it."""

import time
from collections.abc import Callable


class MemoryState:
    """The ``State`` of tests. ``clock`` gives seconds and may be set, so that expiry needs no waiting."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._values: dict[tuple[str, str], tuple[bytes, float]] = {}

    def _live(self, kind: str, key: str) -> bytes | None:
        value, expires = self._values.get((kind, key), (b"", 0.0))
        return value if expires > self._clock() else None

    async def get(self, kind: str, key: str) -> bytes | None:
        return self._live(kind, key)

    async def put(self, kind: str, key: str, value: bytes, ttl: int) -> None:
        self._values[kind, key] = (value, self._clock() + ttl)

    async def delete(self, kind: str, key: str) -> None:
        self._values.pop((kind, key), None)

    async def take(self, kind: str, key: str) -> bytes | None:
        value = self._live(kind, key)
        self._values.pop((kind, key), None)
        return value

    async def add(self, kind: str, key: str, value: bytes, ttl: int) -> bool:
        if self._live(kind, key) is not None:
            return False
        await self.put(kind, key, value, ttl)
        return True

    async def increment(self, kind: str, key: str, ttl: int) -> int:
        value = self._live(kind, key)
        if value is None:
            await self.put(kind, key, b"1", ttl)
            return 1
        count = int(value) + 1
        self._values[kind, key] = (b"%d" % count, self._values[kind, key][1])
        return count

    async def ping(self) -> None:
        return None

    async def close(self) -> None:
        self._values.clear()
