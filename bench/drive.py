"""Requests without a network: straight into an ASGI application, or through the server's real protocol.

Times are microseconds of processor time a request; rounds alternate between the cases, and the median counts, so that
whatever else the machine does touches all cases alike.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message
from uvicorn.server import ServerState

from madang.web.protocol import GuardedProtocol

HEADERS = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
}
"""What a browser sends with every page."""
Case = Callable[[int], Awaitable[float]]
"""Performs so many requests; microseconds of processor time of one."""


class Wire(asyncio.Transport):
    """A transport that counts answers and sends nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = 0
        self.first = b""

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 50000) if name in ("peername", "sockname") else default

    def write(self, data: Any) -> None:
        self.first = self.first or bytes(data[:16])
        self.bytes += len(data)

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def close(self) -> None: ...


class House:
    """An application under the server's protocol, and one request to it: parsing, task and answer are counted."""

    def __init__(
        self,
        app: ASGIApp,
        path: str,
        headers: Mapping[str, str] = {},
        *,
        host: str = "127.0.0.1:8000",
        status: int = 200,
    ) -> None:
        self.config = uvicorn.Config(
            app, access_log=False, log_config=None, ws="none", proxy_headers=False, server_header=False
        )
        lines = [f"{name}: {value}\r\n" for name, value in {"Host": host, **HEADERS, **headers}.items()]
        self.request = f"GET {path} HTTP/1.1\r\n{''.join(lines)}\r\n".encode()
        self.expected = f"HTTP/1.1 {status} ".encode()

    async def run(self, count: int) -> float:
        protocol = GuardedProtocol(self.config, ServerState(), {}, asyncio.get_running_loop())
        wire = Wire()
        protocol.connection_made(wire)
        began = time.process_time_ns()
        for _ in range(count):
            protocol.data_received(self.request)
            while protocol.cycle is not None and not protocol.cycle.response_complete:  # noqa: ASYNC110 -- an event would be measured too
                await asyncio.sleep(0)
        spent = time.process_time_ns() - began
        protocol.connection_lost(None)
        assert wire.first.startswith(self.expected), wire.first
        assert wire.bytes > 30 * count
        return spent / count / 1000


class Call:
    """The same request as an ASGI call: what the server does is left out."""

    def __init__(
        self,
        app: ASGIApp,
        path: str,
        headers: Mapping[str, str] = {},
        *,
        host: str = "127.0.0.1:8000",
        status: int = 200,
    ) -> None:
        self.app, self.path, self.status = app, path, status
        self.headers = [
            (name.lower().encode(), value.encode()) for name, value in {"Host": host, **HEADERS, **headers}.items()
        ]
        self.body = b""

    async def run(self, count: int) -> float:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        began = time.process_time_ns()
        for _ in range(count):
            sent.clear()
            await self.app(self.scope(), receive, send)
        spent = time.process_time_ns() - began
        assert sent[0]["status"] == self.status, sent[0]
        self.body = b"".join(message.get("body", b"") for message in sent)
        return spent / count / 1000

    def scope(self) -> dict[str, Any]:
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "https",
            "path": self.path,
            "raw_path": self.path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": self.headers,
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8000),
            "state": {},
        }


async def medians(cases: Mapping[str, tuple[Case, int]], rounds: int) -> dict[str, float]:
    """Name -> median of ``rounds``; each case says how many requests a round has. Begins with a round to warm up."""
    for run, count in cases.values():
        await run(max(20, count // 10))
    spent: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, (run, count) in cases.items():
            spent[name].append(await run(count))
    return {name: statistics.median(figures) for name, figures in spent.items()}
