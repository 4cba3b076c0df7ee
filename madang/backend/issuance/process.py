"""One child process and its two pipes, with time limits on both."""

import contextlib
import os
import select
import subprocess
import sys
import time
from typing import IO, Final, cast

from madang.backend.issuance.protocol import MAXIMUM_FRAME

_CHUNK: Final = 1 << 20
MEMORY: Final = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "65536", "MALLOC_TRIM_THRESHOLD_": "65536"}
"""glibc gives freed buffers back at once: 8 MiB less a child, and no slower."""


class ChildDied(Exception):
    """The process ended before it answered."""


class ChildTimedOut(Exception):
    """The process did not answer in time."""


def _environment() -> dict[str, str]:
    """The parent's environment without our settings: a child that reads strangers' PDFs needs no secret of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MADANG_")}
    return kept | MEMORY


class ChildProcess:
    """Starts at once. Used by one thread at a time, but for ``stop``."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module, by the running interpreter
            [sys.executable, "-m", "madang.backend.issuance.child", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            bufsize=0,
        )
        self._in, self._out = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        os.set_blocking(self._in.fileno(), False)
        os.set_blocking(self._out.fileno(), False)
        self.pid: Final = self._process.pid
        self.jobs = 0

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, content: bytes, seconds: float) -> bytes:
        """The answer to one frame. Raises ChildDied, ChildTimedOut; the child is of no use after either."""
        self.jobs += 1
        deadline = time.monotonic() + seconds
        try:
            self._write(len(content).to_bytes(4, "big") + content, deadline)
            size = int.from_bytes(self._read(4, deadline), "big")
            if size > MAXIMUM_FRAME:
                raise ChildDied("the answer makes no sense")
            return self._read(size, deadline)
        except (BrokenPipeError, ValueError) as error:
            raise ChildDied(f"the issuing process {self.pid} ended") from error

    def stop(self) -> None:
        """Ends the process, whatever it does; whoever waits for it sees its pipe end. From any thread."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def kill(self) -> None:
        """Ends the process and frees what the system kept of it. Only when no other thread waits for it."""
        self.stop()
        self._process.wait()
        for pipe in (self._in, self._out):
            with contextlib.suppress(OSError):
                pipe.close()

    def _write(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            self._wait(self._in.fileno(), select.POLLOUT, deadline)
            with contextlib.suppress(BlockingIOError):
                view = view[os.write(self._in.fileno(), view[:_CHUNK]) :]

    def _read(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._wait(self._out.fileno(), select.POLLIN, deadline)
            with contextlib.suppress(BlockingIOError):
                chunk = os.read(self._out.fileno(), min(size - len(data), _CHUNK))
                if not chunk:
                    raise ChildDied(f"the issuing process {self.pid} ended")
                data += chunk
        return bytes(data)

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            raise ChildTimedOut(f"the issuing process {self.pid} did not answer in time")
