"""What one client, one body and one worker may ask for; beyond it a kind refusal instead of a slow failure for all.

Only what the page cache did not answer comes here. Under six times the load that a worker can carry, without shedding
most requests time out; with it, everyone who is let in is served as fast as ever.
"""

import time
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang.i18n.locales import Locale
from madang.web.kiosk import COOKIE as KIOSK
from madang.web.kiosk import Kiosk, kiosk_in
from madang.web.metrics import Metrics
from madang.web.middleware.bodies import Body
from madang.web.middleware.clients import Clients
from madang.web.middleware.common import PROBES, Refuse, headers_of, refuse_with
from madang.web.middleware.cross_origin import SAFE
from madang.web.middleware.rates import Rates

COME_BACK: Final = 3
"""Seconds after which someone who was shed may try again."""
WAITING: Final = 8
"""Bodies that may be on their way at once, per request that may be in flight."""
DISCARDED: Final = 64 * 1024 * 1024
"""A refused body up to this size is read and thrown away by the server, so that the browser shows the page that says
why; a larger one is cut off."""
REFUSAL_SECONDS: Final = 30.0

BodyLimit = Callable[[Scope], int]


def body_limit(form: int, upload: int) -> BodyLimit:
    """Bytes that a request may carry: uploads are told by their type, everything else is a form."""

    def limit(scope: Scope) -> int:
        kind = headers_of(scope).get(b"content-type", b"").lower()
        return upload if kind.startswith((b"multipart/form-data", b"application/pdf")) else form

    return limit


class Limits:
    """Sets ``scope["madang.client"]``, the client's digest, for stricter counters further in (``web.limits``)."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        refuse: Refuse,
        clients: Clients,
        rates: Rates,
        limit: BodyLimit,
        in_flight: int,
        metrics: Metrics,
    ) -> None:
        self._app = app
        self._refuse = refuse
        self._clients = clients
        self._rates = rates
        self._limit = limit
        self._most = in_flight
        self._working = 0
        self._waiting = 0
        self._metrics = metrics
        self._busy_pages: dict[tuple[str, str], tuple[float, list[Message]]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["madang.client"] = client = self._clients.of(scope)
        if scope["path"] in PROBES:
            await self._app(scope, receive, send)
            return
        if self._working >= self._most or self._waiting >= self._most * WAITING:
            self._metrics.refused["busy"] += 1
            await self._busy(scope, receive, send)
            return
        wait = await self._rates.hit(client)
        if wait:
            self._metrics.refused["too-many"] += 1
            await refuse_with(self._refuse, 429, "too-many", scope, receive, send, retry_after=wait)
            return
        if scope["method"] not in SAFE:
            allowed, announced = self._limit(scope), int(headers_of(scope).get(b"content-length", b"0"))
            if announced > allowed:
                self._metrics.refused["too-large"] += 1
                close = announced > DISCARDED
                await refuse_with(self._refuse, 413, "too-large", scope, receive, send, close=close)
                return
            receive = self._slow(Body(receive, allowed))
        await self._admit(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request in flight, until its answer begins: whoever reads it slowly holds nobody up."""
        self._working += 1
        working = True

        def answering(message: Message) -> Awaitable[None]:
            nonlocal working
            if working:
                working = False
                self._working -= 1
            return send(message)

        try:
            await self._app(scope, receive, answering)
        finally:
            if working:
                self._working -= 1

    def _slow(self, body: Body) -> Receive:
        """While a body is on its way, its request takes no one's place."""

        async def waiting() -> Message:
            if body.whole:
                return await body.receive()
            self._working -= 1
            self._waiting += 1
            try:
                return await body.receive()
            finally:
                self._waiting -= 1
                self._working += 1

        return waiting

    async def _busy(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page that asks to come back, made once per language: making it anew would cost what is to be saved. It is
        drawn for nobody, because it is shown to many; at kiosks, which watch every page, for nobody at a kiosk."""
        kiosk = kiosk_in(headers_of(scope).get(b"cookie", b""))
        of = (scope["madang.locale"], kiosk.place if kiosk else "")
        at, page = self._busy_pages.get(of, (0.0, []))
        if time.monotonic() - at > REFUSAL_SECONDS:
            page = []

            async def keep(message: Message) -> None:
                page.append(message)

            nobody = _nobodys(scope, kiosk)
            await refuse_with(self._refuse, 503, "busy", nobody, receive, keep, retry_after=COME_BACK)
            self._busy_pages[of] = (time.monotonic(), page)
            page[0]["madang.csp_hashes"] = nobody.get("madang.csp_hashes")
        scope["madang.csp_hashes"] = page[0].get("madang.csp_hashes")
        for message in page:
            await send({**message})


def _nobodys(scope: Scope, kiosk: Kiosk | None) -> Scope:
    """The home page as nobody in particular asks for it: without address, cookies and whatever was found out so far."""
    locale: Locale = scope["madang.locale"]
    headers = [(name, value) for name, value in scope["headers"] if name == b"host"]
    if kiosk is not None:
        headers.append((b"cookie", f"{KIOSK}={Kiosk(locale, kiosk.low).written()}".encode()))
    bare = {name: value for name, value in scope.items() if not name.startswith("madang.")}
    path = f"/{locale}/"
    bare |= {"method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers}
    return bare | {"madang.locale": locale, "madang.request_id": ""}
