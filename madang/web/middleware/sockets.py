"""The door of the one WebSocket there is: our host, our own pages as the origin, one client's rate.

A browser lets any site open a WebSocket here and sends our cookies along: only ``Origin`` tells our pages from others.
"""

from collections.abc import Collection
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from madang.web.metrics import Metrics
from madang.web.middleware.clients import Clients
from madang.web.middleware.host import well_formed
from madang.web.middleware.rates import Rates

PATH: Final = "/support/socket"


class Sockets:
    """``app``: answers WebSockets at ``PATH``; None: there is none. ``scheme``: of the public address. Whatever is
    refused is answered with 403 before anything is accepted."""

    def __init__(
        self,
        app: ASGIApp | None,
        *,
        hosts: Collection[str],
        scheme: str,
        clients: Clients,
        rates: Rates,
        metrics: Metrics,
    ) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._scheme = scheme
        self._clients = clients
        self._rates = rates
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None or scope["path"] != PATH or not well_formed(scope["path"], scope["query_string"]):
            await self._refuse("socket-path", receive, send)
        elif not self._ours(scope):
            await self._refuse("socket-origin", receive, send)
        elif await self._rates.hit(self._clients.of(scope)):
            await self._refuse("too-many", receive, send)
        else:
            await self._app(scope, receive, send)

    def _ours(self, scope: Scope) -> bool:
        """Whether one of our own pages opens it: one Host, which is ours, and one Origin, which is the same."""
        hosts = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        origins = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"origin"]
        return len(hosts) == 1 and hosts[0] in self._hosts and origins == [f"{self._scheme}://{hosts[0]}"]

    async def _refuse(self, why: str, receive: Receive, send: Send) -> None:
        self._metrics.refused[why] += 1
        await receive()
        await send({"type": "websocket.close", "code": 1008})
