"""The endpoint behind its door, served by uvicorn as the portal is; and clients that speak to it over real sockets."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import uvicorn
from relay_kit import MINA, House
from starlette.types import ASGIApp, Receive, Scope, Send
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from madang.remote_support.endpoint import Endpoint
from madang.remote_support.messages import SUBPROTOCOL
from madang.remote_support.ports import Ticket
from madang.remote_support.states import Side
from madang.web.metrics import Metrics
from madang.web.middleware.clients import Clients
from madang.web.middleware.common import headers_of
from madang.web.middleware.rates import Rates
from madang.web.middleware.sockets import PATH, Sockets
from madang.web.serve import configuration

SIGHT: Final = 20.0
"""Seconds until what must come has come: what is late is not wrong."""


class Portal:
    """Start and stop, and the socket's door. A client is who its cookie says."""

    def __init__(self, app: House, endpoint: Endpoint, host: str) -> None:
        self.endpoint = endpoint
        self._watch: asyncio.Task[None] | None = None
        self._relay = app.relay
        self.metrics = Metrics()
        self._door = Sockets(
            endpoint,
            hosts={host},
            scheme="http",
            clients=Clients((), "key"),
            rates=Rates(100_000),
            metrics=self.metrics,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": message["type"] + ".complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        await self._door(scope, receive, send)


async def by_cookie(scope: Scope, ticket: Ticket) -> bool:
    """The cookie names whom the ticket was given to, and nobody else."""
    return headers_of(scope).get(b"cookie", b"").decode() == f"who={ticket.subject or ticket.side}"


@dataclass
class Server:
    """``at``: the relay behind it."""

    at: House
    port: int
    app: Portal
    name: str = "127.0.0.1"

    @property
    def origin(self) -> str:
        return f"http://{self.name}:{self.port}"

    @contextlib.asynccontextmanager
    async def open(
        self, session: str, side: Side, *, page: int = 0, agent: str = MINA.id, hello: bool = True, **more: Any
    ) -> AsyncIterator["Client"]:
        ticket = await self.at.relay.ticket(session, side, agent if side == "agent" else "")
        who = agent if side == "agent" else side
        async with self.raw(ticket, who=who, **more) as connection:
            client = Client(connection)
            if hello:
                await client.send(type="hello", page=page)
            yield client

    def raw(self, ticket: str, *, who: str = "citizen", origin: str | None = None, **more: Any) -> connect:
        return connect(
            f"ws://{self.name}:{self.port}{more.pop('path', PATH)}?ticket={ticket}",
            origin=origin or self.origin,  # type: ignore[arg-type]
            subprotocols=more.pop("subprotocols", [SUBPROTOCOL]),
            additional_headers={"Cookie": f"who={who}"},
            compression=None,
            ping_interval=None,
            max_size=None,
            proxy=None,
            **more,
        )


@dataclass
class Client:
    connection: ClientConnection
    seen: list[dict[str, Any]] = field(default_factory=list)

    async def send(self, **message: Any) -> None:
        await self.connection.send(msgspec.json.encode(message).decode())

    async def next(self, *kinds: str) -> dict[str, Any]:
        """The next message of one of these kinds; others are kept in ``seen``."""
        async with asyncio.timeout(SIGHT):
            while True:
                message: dict[str, Any] = msgspec.json.decode(await self.connection.recv())
                self.seen.append(message)
                if not kinds or message["type"] in kinds:
                    return message

    async def state(self, *states: str) -> dict[str, Any]:
        """Waits until the session is in one of these states."""
        while True:
            message = await self.next("state")
            if message["state"] in states:
                return message

    async def closed(self) -> int | None:
        """The code that the server closes with; what comes before is kept in ``seen``."""
        async with asyncio.timeout(SIGHT):
            with contextlib.suppress(ConnectionClosed):
                while True:
                    self.seen.append(msgspec.json.decode(await self.connection.recv()))
            await self.connection.wait_closed()
        return self.connection.close_code

    async def quiet(self, seconds: float = 0.15) -> list[dict[str, Any]]:
        """What arrives while nothing should."""
        found = []
        with contextlib.suppress(TimeoutError, ConnectionClosed):
            async with asyncio.timeout(seconds):
                while True:
                    found.append(await self.next())
        return found


@contextlib.asynccontextmanager
async def serving(at: House, most: int = 1000) -> AsyncIterator[Server]:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    app = Portal(at, Endpoint(at.relay, by_cookie, most=most), f"127.0.0.1:{port}")
    server = uvicorn.Server(configured(app))
    task = asyncio.create_task(server.serve([listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield Server(at, port, app)
    finally:
        server.should_exit = True
        await task
        listening.close()


def configured(app: ASGIApp) -> uvicorn.Config:
    """The portal's own, with an application that is made already."""
    made = configuration("unused:unused", 1, sockets=1000)
    made.app, made.factory, made.loop = app, False, "none"
    made.timeout_graceful_shutdown = 1
    return made
