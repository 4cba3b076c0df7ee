"""What a live session weighs in a worker: its page in two languages, and two real sockets with all that serves them.

The clients are bare sockets of the same process, which weigh nothing beside them; what the kernel keeps is not counted.
"""

import asyncio
import base64
import gc
import os
import resource
import socket
from typing import Any

import msgspec
import psutil
import uvicorn

from bench.remote.sessions import begun

COUNT = 300


def used() -> int:
    """Bytes that this process alone has."""
    gc.collect()
    return int(psutil.Process().memory_full_info().uss)


async def of_a_session(relay: Any, standing: Any) -> float:
    """Bytes of one of ``COUNT``."""
    from madang.remote_support.endpoint import Endpoint
    from madang.web.serve import configuration

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    port = listening.getsockname()[1]
    config = configuration("", 1, 20_000)
    config.app, config.factory, config.lifespan = Endpoint(relay, anybody), False, "off"
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve([listening]))
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    clients: list[socket.socket] = []
    try:
        for _ in range(10):  # what is loaded or made once
            clients += await live(relay, standing, port)
        before = used()
        for _ in range(COUNT):
            clients += await live(relay, standing, port)
        return (used() - before) / COUNT
    finally:
        for client in clients:
            client.close()
        server.should_exit = True
        await task


async def anybody(scope: Any, ticket: Any) -> bool:
    return True


async def live(relay: Any, standing: Any, port: int) -> list[socket.socket]:
    """A session and its two clients."""
    session = await begun(relay, standing)
    citizen = await opened(await relay.ticket(session.id, "citizen"), port, {"type": "hello", "page": 1})
    agent = await opened(await relay.ticket(session.id, "agent", session.agent.id), port, {"type": "hello"})
    return [citizen, agent]


async def opened(ticket: str, port: int, hello: dict[str, Any]) -> socket.socket:
    """A WebSocket that has said hello and been answered."""
    from madang.remote_support.messages import SUBPROTOCOL

    loop, client = asyncio.get_running_loop(), socket.socket()
    client.setblocking(False)
    await loop.sock_connect(client, ("127.0.0.1", port))
    key = base64.b64encode(os.urandom(16)).decode()
    head = (
        f"GET /support/socket?ticket={ticket} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n"
    )
    await loop.sock_sendall(client, head.encode())
    answer = await loop.sock_recv(client, 4096)
    if not answer.startswith(b"HTTP/1.1 101"):
        raise RuntimeError(answer[:100].decode("latin-1"))
    text = msgspec.json.encode(hello)
    await loop.sock_sendall(client, bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text)  # masked with zeros
    await loop.sock_recv(client, 65536)
    return client
