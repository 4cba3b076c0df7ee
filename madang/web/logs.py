"""Logs as one JSON object a line on standard error, without personal data.

Messages of exceptions may quote what a person typed, so a trace says where and which exception, and the message only at
level debug. The access log names route templates and a request's id, neither addresses nor paths nor users.
"""

import asyncio
import datetime as dt
import logging
import os
import sys
import time
import traceback
from typing import Final

import msgspec

FLUSH_SECONDS: Final = 0.2
"""How long access lines may wait for one write together: also what a killed worker can lose of them."""
_QUIET: Final = ("python_multipart", "httpx", "httpcore", "fontTools", "asyncio", "pyhanko", "pyhanko_certvalidator")
"""Libraries that tell of each bad boundary, call or glyph: they are heard from warnings (multipart: errors) on."""


class Access(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the access log. ``ms``: to the end of the answer."""

    time: str
    id: str
    method: str
    route: str
    status: int
    ms: float
    log: str
    locale: str = ""
    cache: str = ""


class JsonFormatter(logging.Formatter):
    """``messages``: whether messages of exceptions are written."""

    def __init__(self, *, messages: bool = False) -> None:
        super().__init__()
        self._messages = messages

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": iso(record.created),
            "level": record.levelname.lower(),
            "log": record.name,
            "message": record.getMessage(),
        }
        if request_id := getattr(record, "request_id", ""):
            entry["id"] = request_id
        if record.exc_info and record.exc_info[1] is not None:
            entry["error"] = self.trace(record.exc_info[1])
        return msgspec.json.encode(entry, enc_hook=str).decode()

    def trace(self, error: BaseException) -> dict[str, object]:
        """Type, places and causes of an exception."""
        frames = traceback.extract_tb(error.__traceback__)[-12:]
        told: dict[str, object] = {
            "type": f"{type(error).__module__}.{type(error).__qualname__}",
            "at": [
                f"{frame.filename.rpartition('/site-packages/')[2]}:{frame.lineno} {frame.name}" for frame in frames
            ],
        }
        if self._messages:
            told["message"] = str(error)
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is not None:
            told["cause"] = self.trace(cause)
        return told


class AccessLog:
    """Gathers lines and writes them together: a write each would cost more than many an answer."""

    def __init__(self, descriptor: int = 2, *, enabled: bool = True) -> None:
        self._descriptor = descriptor
        self._enabled = enabled
        self._lines: list[bytes] = []
        self._encode = msgspec.json.Encoder().encode
        self._second, self._prefix = 0, ""

    def write(self, id: str, method: str, route: str, status: int, seconds: float, locale: str, cache: str) -> None:
        if not self._enabled:
            return
        now = time.time()
        second = int(now)
        if second != self._second:
            self._second, self._prefix = second, iso(now)[:19]
        when = f"{self._prefix}.{int((now - second) * 1000):03d}Z"
        self._lines.append(
            self._encode(Access(when, id, method, route, status, round(seconds * 1000, 3), "access", locale, cache))
        )
        if len(self._lines) == 1:
            asyncio.get_running_loop().call_later(FLUSH_SECONDS, self.flush)
        elif len(self._lines) >= 1000:
            self.flush()

    def flush(self) -> None:
        """Writes what has gathered. A log that cannot be written stops nobody."""
        lines, self._lines = self._lines, []
        if lines:
            data = memoryview(b"\n".join(lines) + b"\n")
            try:
                while data:
                    data = data[os.write(self._descriptor, data) :]
            except OSError:
                return


def iso(seconds: float) -> str:
    """A moment in UTC, such as ``2026-11-22T08:30:00.123Z``."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def configure(level: str) -> None:
    """Sends all logs of this process to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(messages=level == "debug"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"  # ours knows the route and names nobody
