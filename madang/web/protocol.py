"""uvicorn's HTTP/1.1 protocol with what it lacks: an end to requests whose head is too slow or too large.

Without it 400 connections that send half a header stay open for ever, and headers of any size are gathered in memory.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from madang.web.middleware.ready import LINES, Header, Ready, line

Immediate = Callable[[str, str, Sequence[Header]], tuple[int, Ready, bytes] | None]
"""(method, path, headers) -> status, headers, body of what can be answered at once."""

HEAD_SECONDS: Final = 10.0
"""In which the request line and all headers must have arrived; for a new connection, counted from its beginning."""
LARGEST_HEAD: Final = 32 * 1024
"""Bytes of the request line and all headers together: browsers send at most some 8 KiB to us."""
_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 28\r\nconnection: close\r\n\r\nThe headers are too large.\r\n"
)


class Cycle(RequestResponseCycle):
    """uvicorn's, but headers that are constant or written out already are not checked and joined again."""

    __slots__ = ()

    async def send(self, message: Any) -> None:
        if self.response_started or self.disconnected or self.flow.write_paused or not self.keep_alive:
            await super().send(message)
            return
        headers, status = message["headers"], message["status"]
        length: int | None = None
        if type(headers) is Ready:
            block, length = headers.block, headers.length
        else:
            lines = []
            for header in headers:
                known = LINES.get(header)
                if known is None:
                    if header[0] == b"content-length":
                        length = int(header[1])
                    elif header[0] in (b"transfer-encoding", b"connection"):
                        await super().send(message)
                        return
                    known = line(header)
                lines.append(known)
            block = b"".join(lines)
        bodiless = self.scope["method"] == "HEAD" or status in (204, 304)
        if length is None and not bodiless:
            await super().send(message)
            return
        self.response_started = True
        self.waiting_for_100_continue = False
        self.chunked_encoding = False
        self.expected_content_length = 0 if bodiless else length or 0
        usual = b"".join([b"%s: %s\r\n" % header for header in self.default_headers])
        self.transport.write(b"".join((STATUS_LINE[status], usual, block, b"\r\n")))


class GuardedProtocol(HttpToolsProtocol):
    """One per connection. It costs a flag a request; the timer runs only while a head is half arrived."""

    _in_head = True
    _head = 0
    _arriving = 0
    _refused = False
    _done = False
    _tried = False
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._immediate: Immediate | None = getattr(self.app, "immediate", None)
        self._timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        self._arriving = len(data)
        super().data_received(data)
        if self._in_head and not self._refused:
            self._head += len(data)
            if self._head > LARGEST_HEAD:
                self._refuse()
            elif self._timer is None:
                self._timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def on_message_begin(self) -> None:
        self._in_head, self._head, self._tried = True, 0, False
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._stop_timer()
        if self._refused:
            return
        # Only what came in more bytes than that can hold a head that is too large: it is seldom counted exactly.
        if self._head + self._arriving > LARGEST_HEAD and self._size() > LARGEST_HEAD:
            self._refuse()
            return
        if self._immediate is not None and self._answered():
            self._done = True
            return
        self._done = False
        if self._tried:
            scope: Any = self.scope
            scope["madang.tried"] = True  # not to be looked for a second time
        self._unset_keepalive_if_required()  # armed when the request before was answered at once, in the same packet
        super().on_headers_complete()
        if self.cycle is not None:  # None: it becomes a WebSocket
            self.cycle.__class__ = Cycle  # its task begins later, so it is one before it answers

    def on_body(self, body: bytes) -> None:
        if not self._refused and not self._done:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._refused and not self._done:
            super().on_message_complete()

    def _answered(self) -> bool:
        """Answers a plain GET or HEAD from the cache, without a task. Anything unusual takes uvicorn's way."""
        method = self.parser.get_method()
        if (
            method not in (b"GET", b"HEAD")
            or not self.url.startswith(b"/")
            or b"?" in self.url
            or b"%" in self.url
            or b"#" in self.url
            or not self.url.isascii()
            or self.expect_100_continue
            or self.parser.get_http_version() != "1.1"
            or not self.parser.should_keep_alive()
            or self.parser.should_upgrade()
            or self.pipeline
            or self.flow.write_paused
            or (self.cycle is not None and not self.cycle.response_complete)
            or self._immediate is None
        ):
            return False
        self._tried = True
        answer = self._immediate(method.decode("ascii"), self.url.decode("ascii"), self.headers)
        if answer is None:
            return False
        status, headers, body = answer
        usual = b"".join([b"%s: %s\r\n" % header for header in self.server_state.default_headers])
        self.transport.write(b"".join((STATUS_LINE[status], usual, headers.block, b"\r\n", body)))
        self.on_response_complete()
        return True

    def _size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        if self.cycle is not None and not self.cycle.response_complete:
            # The next request of the connection has begun while the last one is still being answered.
            self._timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)
        elif not self.transport.is_closing():
            self.transport.close()

    def _refuse(self) -> None:
        self._refused = True
        self._stop_timer()
        if not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def send_400_response(self, msg: Any) -> None:
        """What is no HTTP at all; after a refusal of ours nothing more is said."""
        if not self._refused:
            self._refused = True
            super().send_400_response(msg)
