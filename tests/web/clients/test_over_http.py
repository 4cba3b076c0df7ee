"""The same calls over real sockets, with servers that misbehave as servers do."""

import asyncio
import contextlib
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from cable import KEY, Someone
from ports import free_port
from test_calls import DRAFT, ID

from madang.web.clients import Unavailable, catalogue, drafts, identity
from madang.web.clients.http import GROUPS, Backend
from madang.web.clients.policy import Patience, Policy

pytestmark = pytest.mark.anyio
LINH = Someone("linh")
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
QUICK = Policy(backoff=0.001, patience=Patience(connect=2.0, read=2.0, total=10.0))
"""Of servers that answer at once, in whatever way: patient enough for a machine that is busy."""
SHORT = Policy(backoff=0.001, patience=Patience(connect=2.0, read=0.2, total=10.0))


def response(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = {"content-type": "application/json", "content-length": str(len(body))} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


GOOD = response(json.dumps(DRAFT).encode())


@contextlib.asynccontextmanager
async def server(handler: Handler) -> AsyncIterator[str]:
    """Base URL of a TCP server; ``handler`` gets each connection."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            await handler(reader, writer)
        writer.close()

    listening = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()


async def request(reader: asyncio.StreamReader) -> bytes:
    return await reader.readuntil(b"\r\n\r\n")


def remote(url: str, policy: Policy = QUICK) -> Backend:
    return Backend.remote(dict.fromkeys(GROUPS, url), key=KEY, policy=policy)


async def test_connections_are_used_again() -> None:
    connections = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        while True:
            await request(reader)
            writer.write(GOOD)

    async with server(handle) as url, remote(url) as backend:
        for _ in range(5):
            assert (await drafts.draft(backend, LINH, ID)).version == 3
        assert len(connections) == 1


async def test_a_connection_closed_before_the_answer_is_tried_again() -> None:
    seen = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await request(reader))
        if len(seen) > 1:
            writer.write(GOOD)

    async with server(handle) as url, remote(url) as backend:
        assert (await drafts.draft(backend, LINH, ID)).version == 3
    assert len(seen) == 2


@pytest.mark.parametrize(
    "answer",
    [GOOD[:-20], GOOD[:30], b"\x16\x03\x01 not http", response(b"{}", content_encoding="gzip")],
    ids=["body cut", "head cut", "not HTTP", "not gzip"],
)
async def test_half_an_answer_is_none(answer: bytes) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(answer)
        await writer.drain()

    async with server(handle) as url, remote(url) as backend:
        with pytest.raises(Unavailable):
            await drafts.draft(backend, LINH, ID)


async def test_a_silent_server_is_given_up_once() -> None:
    seen = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await request(reader))
        await reader.read()

    async with server(handle) as url, remote(url, SHORT) as backend:
        with pytest.raises(Unavailable, match="read time-out"):
            await drafts.draft(backend, LINH, ID)
    assert len(seen) == 1


async def test_a_dripping_server_meets_the_deadline() -> None:
    """Each piece comes in time, the whole never does."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(GOOD[:100])
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with server(handle) as url:
        patience = Patience(read=2.0, total=0.3, largest=10**9)
        async with remote(url, Policy(patience=patience)) as backend:
            with pytest.raises(Unavailable):
                await drafts.draft(backend, LINH, ID)


async def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with remote(url) as backend:
            with pytest.raises(Unavailable, match="ConnectError"):
                await drafts.draft(backend, LINH, ID)


async def test_the_catalogue_travels_compressed() -> None:
    asked = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await request(reader))
        writer.write(response(gzip.compress(b'{"version":"x"}'), content_encoding="gzip"))

    async with server(handle) as url, remote(url) as backend:
        assert await catalogue.fetch(backend, "") == b'{"version":"x"}'
    assert b"accept-encoding: gzip" in asked[0].lower()


async def test_each_group_may_live_elsewhere_with_a_path_of_its_own() -> None:
    asked = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await request(reader)).split()[1].decode())
        writer.write(response(b'{"items":[]}'))

    async with server(handle) as one, server(handle) as two:
        urls = dict.fromkeys(GROUPS, f"{one}/drafts-api/") | {"identity": f"{two}/people"}
        async with Backend.remote(urls, key=KEY, policy=QUICK) as backend:
            await drafts.listed(backend, LINH, "entry-exit")
            await identity.accesses(backend, LINH)
    assert asked == ["/drafts-api/v1/drafts?service=entry-exit", "/people/v1/me/accesses"]


async def test_a_redirect_to_another_host_is_not_followed() -> None:
    visited = []

    async def trap(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visited.append(await request(reader))
        writer.write(GOOD)

    async with server(trap) as evil:

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await request(reader)
            writer.write(response(b"", "307 Temporary Redirect", location=f"{evil}/v1/drafts/{ID}"))

        async with server(handle) as url, remote(url) as backend:
            with pytest.raises(Unavailable):
                await drafts.draft(backend, LINH, ID)
    assert not visited


async def test_proxies_of_the_environment_see_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    visited = []

    async def trap(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visited.append(await request(reader))
        writer.write(GOOD)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(GOOD)

    async with server(trap) as proxy, server(handle) as url:
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("ALL_PROXY", proxy)
        async with remote(url) as backend:
            await drafts.draft(backend, LINH, ID)
    assert not visited


SERVER = """
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *args): pass
    def do_GET(self):
        body = sys.argv[2].encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
print(server.server_port, flush=True)
server.serve_forever()
"""


def serve(port: int) -> tuple[subprocess.Popen[str], int]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port), json.dumps(DRAFT)], stdout=subprocess.PIPE, text=True, cwd=Path("/")
    )
    assert process.stdout
    return process, int(process.stdout.readline())


async def test_killed_and_started_again() -> None:
    """A backend that dies by kill -9 is Unavailable, at once and without end; back, it is used again."""
    process, port = await asyncio.to_thread(serve, free_port())
    try:
        async with remote(f"http://127.0.0.1:{port}", Policy(backoff=0.001, retry_most=100)) as backend:
            assert (await drafts.draft(backend, LINH, ID)).version == 3
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            for _ in range(6):
                with pytest.raises(Unavailable):
                    await drafts.draft(backend, LINH, ID)
            assert backend.state("drafts")[0] == "open"
            process, _ = await asyncio.to_thread(serve, port)
            for _ in range(400):
                with contextlib.suppress(Unavailable):
                    assert (await drafts.draft(backend, LINH, ID)).version == 3
                    break
                await asyncio.sleep(0.05)
            assert backend.state("drafts") == ("closed", None)
    finally:
        process.kill()
        process.wait()
