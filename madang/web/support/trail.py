"""Records of remote support on their way to the backend: a queue that is delivered in order, by one task.

While the backend does not answer they wait in memory and in a file (``journal``), and are sent again: a record's key
makes sure that it is written once. A session whose records cannot be written for a minute is ended by the relay, so
that nothing happens unrecorded.
"""

import asyncio
import base64
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from madang.contract.messages.support import NewRecord
from madang.remote_support.ports import AuditRecord
from madang.web.clients import BackendError, TooLarge, support
from madang.web.clients.http import Backend
from madang.web.support.journal import Journal

log = logging.getLogger("madang.web.support.trail")
BATCH: Final = 100
PATIENCE: Final = 60.0
"""Seconds that the oldest record may wait."""
MOST: Final = 100_000
"""Records that wait at most; with more of them the trail is not healthy, however young they are."""
FIRST_PAUSE: Final = 0.25
LONGEST_PAUSE: Final = 5.0
GATHER: Final = 0.05
"""Seconds in which acts come together before they are sent."""
FAREWELL: Final = 5.0
"""Seconds that a process which ends takes to deliver the rest."""
_LONGEST: Final = 200


class SupportTrail:
    """``ports.Trail``. Run ``deliver_forever`` as a task; call ``flush`` after it was cancelled."""

    def __init__(
        self, backend: Backend, journal: Journal | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._backend, self._journal, self._clock = backend, journal, clock
        self._waiting: deque[tuple[float, NewRecord]] = deque()
        self._news = asyncio.Event()
        self._sending = asyncio.Lock()

    def append(self, record: AuditRecord) -> None:
        """Takes a record; it is written within a second or so, while the backend answers."""
        new = _as_new(record)
        if self._journal is not None:
            self._journal.add(new)
        self._waiting.append((self._clock(), new))
        self._news.set()

    def healthy(self) -> bool:
        """Whether records are written in time."""
        if not self._waiting:
            return True
        return len(self._waiting) < MOST and self._clock() - self._waiting[0][0] < PATIENCE

    @property
    def waiting(self) -> int:
        """How many records are not written yet."""
        return len(self._waiting)

    async def deliver_forever(self) -> None:
        """Sends what there is, for ever; first what a process that was killed has left."""
        pause = FIRST_PAUSE
        if self._journal is not None and (left := self._journal.left()):
            log.warning("%d records of remote support were left by a process that is gone", len(left))
            self._waiting.extendleft((self._clock(), record) for record in reversed(left))
            self._news.set()
        while True:
            await self._news.wait()
            self._news.clear()
            await asyncio.sleep(GATHER)
            try:
                await self.flush()
                pause = FIRST_PAUSE
            except BackendError as error:
                # A refusal is as bad as silence: it will be seen in ``healthy``, and mended by an operator.
                log.warning("%d records of remote support wait: %s", len(self._waiting), error)
                self._news.set()
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def flush(self) -> None:
        """Sends everything that waits, in order. Raises BackendError; then nothing of it is lost."""
        size = BATCH
        async with self._sending:
            while self._waiting:
                batch = [record for _, record in list(self._waiting)[:size]]
                try:
                    await support.append(self._backend, batch)
                except TooLarge:
                    if len(batch) == 1:
                        raise
                    size = len(batch) // 2
                    continue
                for _ in batch:
                    self._waiting.popleft()
            if self._journal is not None:
                self._journal.settle()

    async def close(self) -> None:
        """Delivers the rest, if the backend takes it within a few seconds."""
        try:
            async with asyncio.timeout(FAREWELL):
                await self.flush()
        except (BackendError, TimeoutError):
            log.error("%d records of remote support could not be written", len(self._waiting))
        if self._journal is not None:
            self._journal.close()


def _as_new(record: AuditRecord) -> NewRecord:
    """With a key of its own, and nothing in it that a backend would have to refuse."""
    return NewRecord(
        key=base64.b32encode(secrets.token_bytes(17))[:26].decode().lower(),
        session=record.session,
        at=record.at,
        who=record.who,
        kind=record.kind,
        detail=_clean(record.detail),
        name=_clean(record.name),
        agency=_clean(record.agency),
        subject=_clean(record.subject),
        locale=record.locale,
    )


def _clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:_LONGEST]
