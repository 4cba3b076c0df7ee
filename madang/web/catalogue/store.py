"""The portal's own copy of the catalogue: fetched, checked, kept on disk, swapped while pages are served.

=====================  ====================================================================================
what happens           what is served
=====================  ====================================================================================
start                  the snapshot on disk; without one, or with a broken one, the empty shelf
fetch: a new one       checked and indexed beside the old one, written to disk, then swapped in one step
fetch: unchanged       the same shelf, its ``fetched_at`` renewed
fetch fails, or what   the last good one, for as long as it takes; ``problem`` says what is wrong, and ``stale`` becomes
comes is broken        true when nothing good came for ``patience``
disk full              the new one, from memory; ``problem`` says so, and the next refresh writes again
=====================  ====================================================================================
"""

import asyncio
import dataclasses
import datetime as dt
import logging
import os
import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, Literal

from madang.files import write
from madang.web.catalogue import building, snapshot
from madang.web.catalogue.shelf import EMPTY, Shelf
from madang.web.catalogue.snapshot import CatalogueBroken

log = logging.getLogger("madang.web.catalogue")
Fetch = Callable[[str], Awaitable[bytes | None]]
"""Gets the version that is known (or ""), gives the catalogue's JSON, or None when that version is the current one."""
Refreshed = Literal["new", "same", "failed"]
SNAPSHOT: Final = "catalogue.json"


def _utc() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class CatalogueStore:
    """``folder``: where the snapshot lies. ``seconds``: between two refreshes, give or take a tenth. Views read
    ``current`` once per request."""

    def __init__(
        self,
        folder: Path,
        fetch: Fetch,
        *,
        seconds: float = 60.0,
        patience: dt.timedelta = dt.timedelta(minutes=15),
        now: Callable[[], dt.datetime] = _utc,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._folder, self._fetch, self._seconds, self._patience = folder, fetch, seconds, patience
        self._now, self._chance = now, chance
        self._lock = asyncio.Lock()
        self._unwritten: bytes | None = None
        self.current: Shelf = Shelf.of(EMPTY)
        self.problem = ""
        """What went wrong at the last refresh, for operators; empty when it went well."""

    @property
    def fetched_at(self) -> dt.datetime | None:
        """When the backend last confirmed what is served (UTC)."""
        return self.current.fetched_at

    @property
    def stale(self) -> bool:
        """Whether what is served may be out of date: nothing good came for ``patience``, or ever."""
        fetched = self.fetched_at
        return fetched is None or self._now() - fetched > self._patience

    def load(self) -> bool:
        """Puts the snapshot on disk on the shelf; False when there is none that is good. Reads files: at start only."""
        path = self._folder / SNAPSHOT
        try:
            content = path.read_bytes()
            fetched = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
            shelf = self._shelved(content, fetched)
        except FileNotFoundError:
            return False
        except (OSError, CatalogueBroken) as error:
            self._failed(f"the snapshot cannot be used: {error}")
            return False
        self.current = shelf
        return True

    async def refresh(self) -> Refreshed:
        """Asks the backend once. Never raises for what a backend or a disk can do; ``problem`` says what went wrong."""
        async with self._lock:
            known = self.current
            try:
                content = await self._fetch(known.version)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # whatever the fetch raises, the last good one is served
                self._failed(f"cannot be fetched: {error}")
                return "failed"
            if content is None and not known.version:
                self._failed("the backend says that nothing changed, but nothing is known")
                return "failed"
            now = self._now()
            if content is None:
                self.current = dataclasses.replace(known, fetched_at=now)
                self.problem = ""
                await asyncio.to_thread(self._confirm, now)
                return "same"
            try:
                # In a thread: decoding and indexing a country's catalogue takes seconds, and pages go on meanwhile.
                shelf = await asyncio.to_thread(self._shelved, content, now)
            except CatalogueBroken as error:
                self._failed(f"refused: {error}")
                return "failed"
            self.current, self.problem = shelf, ""
            self._unwritten = content
            await asyncio.to_thread(self._confirm, now)
            if shelf.version == known.version:
                return "same"
            log.info("catalogue %s: %d services", shelf.version, len(shelf.catalogue.services))
            return "new"

    async def keep_fresh(self) -> None:
        """Refreshes for ever; to be run as a task and cancelled. All workers of all machines ask at different times."""
        while True:
            await self.refresh()
            # While nothing is known, the portal has nothing to show: ask often.
            seconds = self._seconds if self.current.version else min(self._seconds, 2.0)
            await asyncio.sleep(seconds * (0.9 + 0.2 * self._chance()))

    def _shelved(self, content: bytes, fetched: dt.datetime) -> Shelf:
        catalogue = snapshot.decode(content)
        shelf = Shelf(catalogue, building.obtain(self._folder, catalogue, content), fetched)
        shelf.search("", "ko")  # what is made when first asked for is made now
        shelf.places.near("")
        return shelf

    def _confirm(self, now: dt.datetime) -> None:
        """The snapshot's time is when it was last known to be current; what could not be written is tried again."""
        path = self._folder / SNAPSHOT
        try:
            if self._unwritten is not None:
                write(path, self._unwritten)
                self._unwritten = None
            os.utime(path, (now.timestamp(), now.timestamp()))
        except OSError as error:
            self._failed(f"the snapshot cannot be written: {error.strerror}")

    def _failed(self, problem: str) -> None:
        if problem != self.problem:  # once, not every minute of an outage
            log.warning("catalogue: %s", problem)
        self.problem = problem
