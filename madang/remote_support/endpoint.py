"""The WebSocket endpoint: one connection of a citizen's page, of a desk, or of a guardian.

Who opens it has been let in to our own pages: host, origin and rate were looked at before. Here a ticket decides, and
whether it is still its owner who shows it.
"""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import parse_qs

from starlette.types import Receive, Scope, Send

from madang.remote_support.connection import Connection, Key
from madang.remote_support.messages import SUBPROTOCOL
from madang.remote_support.ports import StoreUnavailable, Ticket
from madang.remote_support.relay import Relay
from madang.remote_support.states import Lost, Record, Side

Guard = Callable[[Scope, Ticket], Awaitable[bool]]
"""Whether whoever opens a connection is the one whom the ticket was given to, and may still do what it says."""
MOST_OF_A_SIDE: Final = 20
"""Connections of one side of a session, in this process: each tab has one; nobody takes the room of all others."""
log: Final = logging.getLogger("madang.support")


class Endpoint:
    """``most``: connections of this process; whoever comes then is asked to come back."""

    def __init__(self, relay: Relay, guard: Guard, *, most: int = 4000) -> None:
        self._relay = relay
        self._guard = guard
        self._most = most
        self._open: Counter[Key] = Counter()
        self._sides: Counter[tuple[str, Side]] = Counter()

    @property
    def open(self) -> int:
        """Connections at this moment."""
        return self._sides.total()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (await receive())["type"] != "websocket.connect":
            return
        try:
            ticket = await self._admitted(scope)
        except StoreUnavailable:
            ticket = None
        if ticket is None:
            await send({"type": "websocket.close", "code": 1008})  # answered with 403: nothing was accepted yet
            return
        side = (ticket.session, ticket.side)
        if self._sides[side] >= MOST_OF_A_SIDE:
            log.warning("alert: one side of a session holds %s connections and is given no more", MOST_OF_A_SIDE)
            await send({"type": "websocket.close", "code": 1008})
            return
        self._sides[side] += 1
        try:
            await self._connected(scope, ticket, receive, send)
        finally:
            self._sides[side] -= 1
            if not self._sides[side]:
                del self._sides[side]

    async def _connected(self, scope: Scope, ticket: Ticket, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL})

        async def still() -> bool:
            return await self._guard(scope, ticket)

        connection = Connection(self._relay, ticket, still, receive, send)
        key = await connection.hello()
        if key is None:
            await _close(send, 1008)
            return
        self._open[key] += 1
        try:
            code = await connection.run()
            if code is not None:
                await _close(send, code)
        finally:
            await self._left(key)

    async def _left(self, key: Key) -> None:
        """The last connection of a side, or of a page, is lost."""
        self._open[key] -= 1
        if self._open[key] > 0:
            return
        del self._open[key]
        session, side, page = key
        with contextlib.suppress(StoreUnavailable):  # then the session is found to be without it later
            await self._relay.apply(session, Lost(side, page))

    async def _admitted(self, scope: Scope) -> Ticket | None:
        if SUBPROTOCOL not in scope.get("subprotocols", ()):
            return None
        if self.open >= self._most:
            log.warning("no room for another connection of remote support")
            return None
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("ticket", [""])
        ticket = await self._relay.admit(asked[0]) if len(asked) == 1 else None
        if ticket is None:
            log.info("a connection without a ticket that is worth anything was refused")
            return None
        if not await self._guard(scope, ticket):
            log.warning("alert: a ticket of remote support was shown by somebody else, or by who may no longer")
            session = await self._relay.load(ticket.session)
            if session is not None and not session.over:
                self._relay.record(session, Record("system", "refused-connection", ticket.side))
            return None
        return ticket


async def _close(send: Send, code: int) -> None:
    """Says good-bye; a peer that has gone, or reads nothing, is not waited for."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(1):
            await send({"type": "websocket.close", "code": code})
