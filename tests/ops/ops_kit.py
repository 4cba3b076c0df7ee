"""Real servers, as an operator starts them, and people who talk to them over HTTP, through a worker that is known."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from typing import Any

import anyio
import httpx
import psutil
from portal_kit import Visitor
from portal_server import Server
from ports import free_port

ROOT = Path(__file__).parents[2]


class Jar(CookieJar):
    """Sends secure cookies to http://127.0.0.1 too, as browsers do."""

    def set_cookie(self, cookie: Cookie) -> None:
        cookie.secure = False
        super().set_cookie(cookie)


class Caller(Visitor):
    """A browser without JavaScript over the network, on the connections of ``transport``."""

    def __init__(self, base: str, transport: httpx.AsyncBaseTransport | None = None, **headers: str) -> None:
        self.http = httpx.AsyncClient(
            base_url=base, transport=transport, cookies=Jar(), headers=headers, follow_redirects=True, timeout=30
        )
        self.page = None


def workers_of(server: Server) -> list[psutil.Process]:
    """The worker processes, without what they have started themselves."""
    return [child for child in psutil.Process(server.process.pid).children() if _is_worker(child)]


def _is_worker(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline()) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


async def all_ready(server: Server, count: int) -> list[psutil.Process]:
    """Waits until every one of ``count`` workers answers."""
    with anyio.fail_after(60):
        while True:
            workers = workers_of(server)
            if len(workers) == count and all([await _answers(server, worker) for worker in workers]):
                return workers
            await anyio.sleep(0.2)


async def _answers(server: Server, worker: psutil.Process) -> bool:
    """Whether this very worker answers."""
    try:
        async with Line(server, worker) as line:
            request = httpx.Request("GET", f"{server.base}/readyz")
            return (await line.handle_async_request(request)).status_code == 200
    except (TimeoutError, httpx.TransportError, psutil.Error):
        return False


class Line(httpx.AsyncBaseTransport):
    """One connection, held by ``worker`` and no other."""

    def __init__(self, server: Server, worker: psutil.Process) -> None:
        self._server, self.worker = server, worker
        self._transport = self._fresh()

    @staticmethod
    def _fresh() -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=1, keepalive_expiry=60))

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._transport.aclose()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises TimeoutError when the worker does not take the connection."""
        await self._connect()
        response = await self._transport.handle_async_request(request)
        await response.aread()
        assert self._holds(response), "the answer came from another worker"
        return response

    async def _connect(self) -> None:
        """Opens the connection while the other workers stand still, so that none of them can take it."""
        probe = httpx.Request("GET", f"{self._server.base}/livez")
        with anyio.fail_after(10):
            while True:
                with contextlib.suppress(httpx.TransportError):
                    response = await self._transport.handle_async_request(probe)
                    await response.aread()
                    if self._holds(response):
                        return
                await self._transport.aclose()
                self._transport = self._fresh()
                others = (w for w in workers_of(self._server) if w.pid != self.worker.pid)
                with _standing_still(others), contextlib.suppress(httpx.TransportError):
                    await (await self._transport.handle_async_request(probe)).aread()

    def _holds(self, response: httpx.Response) -> bool:
        _, port = response.extensions["network_stream"].get_extra_info("client_addr")
        return any(c.raddr and c.raddr.port == port for c in self.worker.net_connections("tcp"))


@contextlib.contextmanager
def _standing_still(processes: Iterator[psutil.Process]) -> Iterator[None]:
    stopped = list(processes)
    for process in stopped:
        process.suspend()
    try:
        yield
    finally:
        for process in stopped:
            process.resume()


class Alternating(httpx.AsyncBaseTransport):
    """Each request to another worker than the one before; ``first`` takes the first one."""

    def __init__(self, server: Server, workers: list[psutil.Process], first: int = 0) -> None:
        self._lines = [Line(server, worker) for worker in workers]
        self._next = first
        self.served: list[int] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        line = self._lines[self._next % len(self._lines)]
        self._next += 1
        self.served.append(line.worker.pid)
        return await line.handle_async_request(request)

    async def aclose(self) -> None:
        for line in self._lines:
            await line.aclose()


@contextlib.asynccontextmanager
async def serving(data: Path, workers: int = 1, **options: Any) -> AsyncIterator[Server]:
    """``madang serve`` with everything ready; ``options`` as the server's."""
    server = Server(data, MADANG_WORKERS=str(workers), **options)
    try:
        await anyio.to_thread.run_sync(server.wait)
        await all_ready(server, workers)
        yield server
    finally:
        await anyio.to_thread.run_sync(server.stop)


@contextlib.contextmanager
def backend(data: Path, **environment: str) -> Iterator[str]:
    """``madang backend`` alone; its address."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MADANG_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "madang.web.cli", "backend", "--port", str(port)],
        cwd=ROOT, env={**clean, "MADANG_DATA": str(data), **environment}, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout
    try:
        assert "serves http" in process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(40)
        process.stdout.close()
