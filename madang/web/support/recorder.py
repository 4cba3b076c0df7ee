"""Recordings on their way to the backend: what the agent saw is gathered, sealed and handed over by one task.

Where it is deleted meanwhile, whoever still has something for it is told so by the backend and lets go of it; keys are
in memory only while something is added.
"""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from madang.contract.messages.recordings import PIECE_BYTES, NewPiece
from madang.remote_support.messages import Kept, Missed
from madang.remote_support.ports import RecorderUnavailable
from madang.remote_support.states import Session
from madang.remote_support.strongbox import Key, Step, Strongbox, Unreadable
from madang.web.clients import BackendError, Impossible, Invalid, NotFound, TooLarge, recordings
from madang.web.clients.http import Backend

log: Final = logging.getLogger("madang.support")
GATHER: Final = 0.5
"""Seconds in which what happens comes together in one piece."""
PAUSE: Final = 5.0
"""Seconds before a backend that did not answer is asked again."""
UNUSED: Final = 120.0
"""Seconds after which a key that nothing was sealed with is let go of."""
LONG_UNUSED: Final = 4 * 3600.0
"""And after which it is forgotten that a recording is full."""
MOST_WAITING: Final = 400
"""Steps of a recording that wait for a backend; then the oldest are missed."""
TRIES: Final = 20
"""How often a piece is sealed anew because another process was faster with its number."""
FAREWELL: Final = 3.0


@dataclass(slots=True)
class _Open:
    """A recording that this process adds to."""

    session: Session
    used: float
    waiting: list[Step] = field(default_factory=list)
    sending: int = 0
    """How many of them are under way."""
    key: Key | None = None
    count: int = 0
    full: bool = False


class SupportRecorder:
    """``ports.Recorder``. Run ``deliver_for_ever`` as a task; call ``close`` after it was cancelled."""

    def __init__(
        self,
        backend: Backend,
        box: Strongbox,
        now: Callable[[], dt.datetime],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._backend, self._box, self._now, self._clock = backend, box, now, clock
        self._open: dict[str, _Open] = {}
        self._news = asyncio.Event()
        self._sending = asyncio.Lock()
        self._full: Callable[[Session], None] = lambda session: None

    def listen(self, full: Callable[[Session], None]) -> None:
        self._full = full

    async def begin(self, session: Session, name: str) -> bool:
        expires = (self._now() + dt.timedelta(days=session.recordable)).replace(microsecond=0)
        _, sealed = self._box.new(name, expires)
        try:
            await recordings.start(self._backend, session.id, name, sealed, expires)
        except BackendError as error:
            log.warning("a recording of remote support cannot begin: %s", error)
            return False
        return True

    def add(self, session: Session, what: Kept) -> None:
        found = self._open.setdefault(session.recording, _Open(session, self._clock()))
        found.used = self._clock()
        if found.full:
            return
        first = found.sending
        if len(found.waiting) - first >= MOST_WAITING:
            found.waiting[first : first + 2] = [Step(found.waiting[first].at, Missed())]
        found.waiting.append(Step(self._now(), what))
        self._news.set()

    async def delete(self, session: str) -> bool:
        for name in [name for name, found in self._open.items() if found.session.id == session]:
            del self._open[name]
        try:
            return await recordings.delete(self._backend, session)
        except BackendError as error:
            raise RecorderUnavailable from error

    async def deliver_for_ever(self) -> None:
        """Hands over what there is, for ever."""
        while True:
            await self._news.wait()
            self._news.clear()
            await asyncio.sleep(GATHER)
            try:
                await self.flush()
            except BackendError as error:
                log.warning("a recording of remote support waits: %s", error)
                self._news.set()
                await asyncio.sleep(PAUSE)
            except Exception:
                log.exception("a recording of remote support could not be kept")

    async def flush(self) -> None:
        """Hands over everything that waits. Raises BackendError; then nothing of it is lost."""
        async with self._sending:
            for name, found in list(self._open.items()):
                try:
                    await self._deliver(name, found)
                except (NotFound, Unreadable):  # it was deleted, or its time is over, or our key is another
                    self._forget(name, found)
                except TooLarge:
                    found.full, found.key = True, None
                    found.waiting.clear()
                    self._full(found.session)
                if not found.waiting and self._clock() - found.used > (LONG_UNUSED if found.full else UNUSED):
                    self._forget(name, found)

    async def close(self) -> None:
        """Hands over the rest, if the backend takes it within a few seconds."""
        try:
            async with asyncio.timeout(FAREWELL):
                await self.flush()
        except (BackendError, TimeoutError):
            log.error("the end of a recording of remote support could not be kept")

    def _forget(self, name: str, found: _Open) -> None:
        if self._open.get(name) is found:
            del self._open[name]

    async def _deliver(self, name: str, found: _Open) -> None:
        while found.waiting and self._open.get(name) is found:
            found.sending = len(found.waiting)
            try:
                sent = await self._piece(name, found, found.waiting[: found.sending])
            finally:
                found.sending = 0
            del found.waiting[:sent]

    async def _know(self, name: str, found: _Open) -> Key:
        """The key, and how many pieces there are. Raises NotFound where the recording is another by now."""
        kept = await recordings.key(self._backend, found.session.id)
        if kept.name != name:
            raise NotFound.of("not-found", 404)
        found.key, found.count = self._box.open(name, kept.expires, kept.key), kept.count
        return found.key

    async def _piece(self, name: str, found: _Open, steps: list[Step]) -> int:
        """Adds one piece of these steps, or of the first of them where they are too large. Returns of how many."""
        for _ in range(TRIES):
            key = found.key or await self._know(name, found)
            number = found.count + 1
            sealed = key.seal(number, steps)
            if len(sealed) > PIECE_BYTES:
                steps = [Step(steps[0].at, Missed())] if len(steps) == 1 else steps[: len(steps) // 2]
                continue
            try:
                await recordings.add(self._backend, found.session.id, NewPiece(name, number, sealed, key.end(number)))
            except (Impossible, Invalid):
                found.key = None
                continue
            found.count = number
            return len(steps)
        raise Unreadable(found.count + 1)
