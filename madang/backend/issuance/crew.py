"""A few threads, each with a child process of its own, and a bounded queue before them.

A child belongs to one thread because the kernel's parent-death signal watches the thread that made the child.
"""

import asyncio
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from madang.backend.issuance.process import ChildDied, ChildProcess, ChildTimedOut

START_SECONDS: Final = 30.0
"""A child that has not loaded its fonts and keys by then never will."""
JOBS_PER_CHILD: Final = 5000
"""After so many a child is replaced, so that no leak of a library grows for ever."""


class IssuingUnavailable(Exception):
    """No document can be made or checked now: the queue is full, time ran out, or the processes do not start."""


class Crew:
    """``setup``: the first frame to each child. ``size``: children. ``queue``: jobs that may wait beyond those being
    done. ``timeout``: seconds for one job once it has begun. Children start when first needed."""

    def __init__(self, setup: bytes, size: int, queue: int, timeout: float, name: str) -> None:
        self._setup = setup
        self._size = size
        self._limit = size + queue
        self._timeout = timeout
        self._executor = ThreadPoolExecutor(size, thread_name_prefix=name)
        self._own = threading.local()
        self._lock = threading.Lock()
        self._pending = 0
        self._closed = False
        self._children: set[ChildProcess] = set()

    async def ask(self, frame: bytes) -> bytes:
        """A child's answer. Raises IssuingUnavailable."""
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
        return await asyncio.wrap_future(future)

    def start(self) -> None:
        """Starts the children in the background."""
        for _ in range(self._size):
            self._executor.submit(self._ready)

    async def warm(self) -> None:
        """Returns when every child is ready. Raises IssuingUnavailable when one does not start."""
        together = threading.Barrier(self._size)
        futures = [self._executor.submit(self._warm, together) for _ in range(self._size)]
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
            child.stop()
        self._executor.shutdown(wait=True, cancel_futures=True)
        # Only now may the pipes be closed: no thread reads from them any more.
        for child in children:
            child.kill()

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
