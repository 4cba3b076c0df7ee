"""The issuing processes, seen from the web worker: hand in a content, get back a signed PDF.

The typesetter holds the interpreter's lock and pyHanko is large, so both live in children; this module imports
neither. A child is a plain subprocess that speaks frames over pipes (see protocol.py): one that hangs can be ended
alone, and all end with their parent. Each child belongs to one thread, because the kernel's parent-death signal
watches the thread that made the child."""

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from madang.backend.issuance.process import ChildDied, ChildProcess, ChildTimedOut
from madang.backend.issuance.protocol import Answer, CheckJob, IssueJob, Job, Setup, SignatureState
from madang.contract.messages.documents import DocumentContent

START_SECONDS: Final = 30.0
"""A child that has not loaded its fonts and keys by then never will."""
JOBS_PER_CHILD: Final = 5000
"""After so many a child is replaced, so that no leak of a library grows for ever."""


class IssuingUnavailable(Exception):
    """No document can be made or checked now: the queue is full, time ran out, or the processes do not start."""


class IssuingFailed(IssuingUnavailable):
    """This document cannot be made, now or later; the message names the cause for the log."""


@dataclass(frozen=True, slots=True)
class Issued:
    """``sha256``: hexadecimal, of ``pdf``."""

    pdf: bytes
    sha256: str
    pages: int


class IssuingPool:
    """``key``: PEM or PKCS #12, ``certificate``: PEM chain, signer first; a demonstration's are made there when both
    are missing. ``issuers``: processes. ``queue``: jobs that may wait beyond those being done. ``timeout``: seconds
    for one job once it has begun. ``trusted``: chains of former keys, whose documents stay genuine. Children start
    with the first job, or by ``async with``, which warms them in the background."""

    def __init__(
        self,
        key: Path,
        certificate: Path,
        issuers: int = 1,
        *,
        queue: int = 64,
        timeout: float = 10.0,
        passphrase: bytes = b"",
        trusted: tuple[Path, ...] = (),
    ) -> None:
        self._setup = msgspec.msgpack.encode(
            Setup(str(key.absolute()), str(certificate.absolute()), passphrase, tuple(map(str, trusted)))
        )
        self._limit = issuers + queue
        self._issuers = issuers
        self._timeout = timeout
        self._executor = ThreadPoolExecutor(issuers, thread_name_prefix="issuing")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._pending = 0
        self._closed = False
        self._children: set[ChildProcess] = set()

    async def issue(self, content: DocumentContent, number: str, verify_url: str) -> Issued:
        """The signed PDF of ``content``. Raises IssuingUnavailable, IssuingFailed."""
        answer = await self._run(IssueJob(content, number, verify_url))
        return Issued(answer.pdf, answer.sha256, answer.pages)

    async def check(self, pdf: bytes) -> SignatureState:
        """Whether ``pdf`` carries our signature over the whole of it, unchanged. Raises IssuingUnavailable."""
        return (await self._run(CheckJob(pdf))).state

    async def warm(self) -> None:
        """Returns when every child is ready. Raises IssuingUnavailable when one does not start."""
        together = threading.Barrier(self._issuers)
        futures = [self._executor.submit(self._warm, together) for _ in range(self._issuers)]
        await asyncio.gather(*(asyncio.wrap_future(future) for future in futures))

    def pids(self) -> tuple[int, ...]:
        """The processes alive now."""
        with self._lock:
            return tuple(child.pid for child in self._children)

    def close(self) -> None:
        """Ends the children at once; what they were doing fails with IssuingUnavailable."""
        with self._lock:
            self._closed = True
            children = tuple(self._children)
        for child in children:
            child.kill()
        self._executor.shutdown(wait=True, cancel_futures=True)

    async def __aenter__(self) -> Self:
        for _ in range(self._issuers):
            self._executor.submit(self._ready)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)

    async def _run(self, job: Job) -> Answer:
        frame = msgspec.msgpack.encode(job)
        with self._lock:
            if self._closed or self._pending >= self._limit:
                raise IssuingUnavailable("closed" if self._closed else f"{self._pending} jobs are waiting already")
            self._pending += 1
        try:
            future = self._executor.submit(self._do, frame)
        except RuntimeError as error:
            self._done()
            raise IssuingUnavailable("closed") from error
        # Counted off by the thread's own end, not by the waiter's, who may go away while the child is still busy.
        future.add_done_callback(self._done)
        frame = await asyncio.wrap_future(future)
        answer = msgspec.msgpack.decode(frame, type=Answer)
        if answer.error:
            raise IssuingFailed(answer.error)
        return answer

    def _done(self, _future: Future[bytes] | None = None) -> None:
        with self._lock:
            self._pending -= 1

    def _do(self, frame: bytes) -> bytes:
        """In a thread: the answer's frame. A child that died is replaced and the job tried once more."""
        try:
            try:
                return self._ready().ask(frame, self._timeout)
            except ChildDied:
                self._drop()
                return self._ready().ask(frame, self._timeout)
        except (ChildDied, ChildTimedOut, OSError) as error:
            self._drop()
            raise IssuingUnavailable(str(error)) from error

    def _warm(self, together: threading.Barrier) -> None:
        """One per thread: none takes a second turn before all have had their first."""
        try:
            self._ready()
        except (ChildDied, ChildTimedOut, OSError) as error:
            self._drop()
            raise IssuingUnavailable(str(error)) from error
        finally:
            together.wait(START_SECONDS + 1)

    def _ready(self) -> ChildProcess:
        """This thread's child, started if need be."""
        child: ChildProcess | None = getattr(self._own, "child", None)
        if child is not None and (child.jobs >= JOBS_PER_CHILD or not child.alive):
            self._drop()
            child = None
        if child is None:
            child = ChildProcess()
            self._own.child = child
            with self._lock:
                self._children.add(child)
                closed = self._closed
            if closed:
                self._drop()
                raise ChildDied("closed")
            child.ask(self._setup, START_SECONDS)
        return child

    def _drop(self) -> None:
        child: ChildProcess | None = getattr(self._own, "child", None)
        if child is not None:
            self._own.child = None
            with self._lock:
                self._children.discard(child)
            child.kill()
