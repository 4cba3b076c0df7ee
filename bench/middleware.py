"""``python -m bench.middleware``: what the middlewares cost, in microseconds of CPU and against plain Starlette.

Requests go through the server's real protocol class over a transport in memory: parsing, task, application and answer
are counted, the network is not (it costs all alike, and hides the differences). Rounds alternate; medians are shown.
"""

import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.server import ServerState

from madang.web.logs import AccessLog
from madang.web.metrics import Metrics
from madang.web.middleware.stack import wrap
from madang.web.protocol import GuardedProtocol
from madang.web.settings import Settings
from madang.web.state.memory import MemoryState
from madang.web.state.sessions import Session, Sessions

REQUESTS, ROUNDS = 2000, 9
PAGE = "<!doctype html><title>마당</title>" + "<p>주민등록표 등본 발급 Certificate of resident registration</p>" * 260
HEAD = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: vi,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: navigate\r\n{more}\r\n"
)


class Wire(asyncio.Transport):
    """A transport that counts answers and sends nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = 0

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 50000) if name in ("peername", "sockname") else default

    def write(self, data: Any) -> None:
        self.bytes += len(data)

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def close(self) -> None: ...


async def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


async def bare(scope: Scope, receive: Receive, send: Send) -> None:
    """The least that answers, to stand inside the stack."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


async def page(request: Request) -> Response:
    request.scope["madang.cacheable"] = True
    request.scope["madang.csp_hashes"] = ["sha256-lviN0ARAmp9UvKaJ9++r/eG3hEMWUj3uQbAtfqYvvIc="]
    return HTMLResponse(PAGE)


async def personal(request: Request) -> Response:
    session = await request.scope["madang.session"].get()
    return PlainTextResponse(session.name)


class House:
    """An application under the protocol, and one request to it."""

    def __init__(self, app: ASGIApp, path: str, more: str = "") -> None:
        self.config = uvicorn.Config(
            app, access_log=False, log_config=None, ws="none", proxy_headers=False, server_header=False
        )
        self.request = HEAD.format(path=path, more=more).encode()

    async def run(self, count: int) -> float:
        """CPU microseconds a request."""
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
        assert wire.bytes > 30 * count
        return spent / count / 1000


def wrapped(app: ASGIApp, sessions: Sessions, data: Path, log: AccessLog) -> ASGIApp:
    settings = Settings(data=data, secret_keys=("0123456789abcdef" * 4,), client_requests=1_000_000)
    return wrap(
        app,
        settings=settings,
        state=MemoryState(),
        sessions=sessions,
        metrics=Metrics(),
        version=lambda: "1",
        access_log=log,
    )


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        log, sessions = AccessLog(os.open(os.devnull, os.O_WRONLY)), Sessions(MemoryState())
        identifier = await sessions.start(Session(subject="a", name="a", acr="a"))
        cookie = f"Cookie: __Host-madang={identifier}\r\n"
        starlette = Starlette(routes=[Route("/", hello), Route("/ko/page", page), Route("/ko/me", personal)])
        full, least = (wrapped(app, sessions, Path(folder), log) for app in (starlette, bare))
        houses = {
            "Starlette plain text": House(starlette, "/"),
            "bare ASGI": House(bare, "/ko/"),
            "bare ASGI in the whole stack": House(least, "/ko/", cookie),
            "Starlette plain text in the whole stack": House(full, "/"),
            "the same, reading a session (memory store)": House(full, "/ko/me", cookie),
            "cached page, 20 KB": House(full, "/ko/page"),
        }
        for house in houses.values():
            await house.run(200)
        await asyncio.sleep(0.5)  # thoroughly compressed by now
        etag = await etag_of(full)
        houses["its 304"] = House(full, "/ko/page", f"If-None-Match: {etag}\r\n")
        spent: dict[str, list[float]] = {name: [] for name in houses}
        for _ in range(ROUNDS):
            for name, house in houses.items():
                spent[name].append(await house.run(REQUESTS))
        plain = statistics.median(spent["Starlette plain text"])
        for name, figures in spent.items():
            figure = statistics.median(figures)
            print(f"{name:45} {figure:7.1f} us   {plain / figure:5.2f} x plain text")
        least_cost = statistics.median(spent["bare ASGI in the whole stack"]) - statistics.median(spent["bare ASGI"])
        print(f"{'the stack alone (goal: 15 us)':45} {least_cost:7.1f} us")


async def etag_of(app: ASGIApp) -> str:
    import httpx

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000") as client:
        return str((await client.get("/ko/page")).headers["etag"])


if __name__ == "__main__":
    uvloop.run(main())
