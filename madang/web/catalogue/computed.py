"""What is made once of a version of the catalogue and asked for again: site maps, the report of what is missing."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Computed:
    """Forgets everything when the version changes. A portal has one."""

    def __init__(self) -> None:
        self._version = ""
        self._made: dict[Hashable, Any] = {}
        self._lock = asyncio.Lock()

    async def of(self, version: str, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gave for this version, made in a thread when it is first asked for, once for all who ask."""
        if version == self._version and key in self._made:
            return cast(T, self._made[key])
        async with self._lock:
            if version != self._version:
                self._version, self._made = version, {}
            if key not in self._made:
                self._made[key] = await asyncio.to_thread(make)
            return cast(T, self._made[key])
