"""Whole public pages, kept in memory: answered before the router, the view and the template are reached.

Only what a view marked with ``scope["madang.cacheable"] = True`` is kept, and only for requests without any cookie of
ours; what under, says ``middleware.pages``.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang.web.middleware.common import headers_of
from madang.web.middleware.encodings import SMALLEST, accepted, quickly, thoroughly
from madang.web.middleware.kept import Form, Kept, Key
from madang.web.middleware.pages import Pages
from madang.web.middleware.ready import Header

Outer = Callable[[Sequence[str] | None], Sequence[Header]]
LARGEST: Final = 1024 * 1024
"""Bytes of a page that is kept."""


class PageCache:
    """``outer``: the headers that middlewares further out add to a page with these hashes."""

    def __init__(self, app: ASGIApp, *, pages: Pages, outer: Outer = lambda hashes: ()) -> None:
        self._app = app
        self._pages = pages
        self._outer = outer
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="page-cache")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        key = self._pages.key_of(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        page = self._pages.page(key)
        if page is not None:
            scope["madang.cache"] = "hit"
            scope["madang.csp_hashes"] = page.hashes
            scope["madang.route"] = page.route
            await self.answer(page, scope, send)
        elif scope["method"] == "HEAD":
            await self._app(scope, receive, send)
        else:
            scope["madang.keeping"] = True
            await self._app(scope, receive, _Keeper(self, key, self._pages.version(), scope, send).send)

    def find(self, path: str, locale: str, headers: dict[bytes, bytes], query: bytes) -> Kept | None:
        """The page that answers a GET or HEAD, if it is here."""
        key = self._pages.key(path, locale, headers, query)
        return self._pages.page(key) if key else None

    def choose(self, page: Kept, headers: dict[bytes, bytes]) -> tuple[int, Form]:
        """The status and the form of a page for a request with these headers: a 304 for who has it already."""
        expected = headers.get(b"if-none-match")
        if expected is not None and (page.etag in expected or expected == b"*"):
            return 304, page.not_modified
        encoding = accepted(headers.get(b"accept-encoding", b""))
        if encoding not in page.forms:
            page.put(encoding, quickly(page.plain, encoding))
        page.hits += 1
        if page.hits == 2 and len(page.plain) >= SMALLEST:  # worth it for what is asked for again
            asyncio.get_running_loop().run_in_executor(self._thread, _compress, page)
        return 200, page.forms[encoding]

    async def answer(self, page: Kept, scope: Scope, send: Send) -> None:
        """Sends a page; the middlewares further out add their headers."""
        status, form = self.choose(page, headers_of(scope))
        await send({"type": "http.response.start", "status": status, "headers": form.headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else form.body})

    async def keep(self, keeper: "_Keeper", start: Message, body: bytes, send: Send) -> None:
        """Keeps one answer, unless the catalogue changed while it was made, and sends it."""
        hashes = keeper.scope.get("madang.csp_hashes")
        page = Kept(
            start["headers"],
            body,
            until=time.monotonic() + self._pages.seconds,
            route=getattr(keeper.scope.get("route"), "path", ""),
            hashes=hashes,
            outer=self._outer(hashes),
        )
        if keeper.version == self._pages.version():
            self._pages.put(keeper.key, page)
        keeper.scope["madang.cache"] = "stored"
        await self.answer(page, keeper.scope, send)


class _Keeper:
    """Watches one answer go by; one that may be kept is held until it is whole."""

    def __init__(self, cache: PageCache, key: Key, version: str, scope: Scope, send: Send) -> None:
        self._cache, self.key, self.version, self.scope = cache, key, version, scope
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._may_keep(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if len(self._body) > LARGEST:
                start, self._start = self._start, None
                await self._send(start)
                await self._send({**message, "body": self._body})
            elif not message.get("more_body"):
                await self._cache.keep(self, self._start, self._body, self._send)

    def _may_keep(self, start: Message) -> bool:
        if self.scope.get("madang.cacheable") is not True or start["status"] != 200:
            return False
        for name, value in start.get("headers", ()):
            if name in (b"set-cookie", b"content-encoding") or (name == b"cache-control" and b"no-store" in value):
                return False
        return True


def _compress(page: Kept) -> None:
    page.put("br", thoroughly(page.plain, "br"))
    page.put("gzip", thoroughly(page.plain, "gzip"))
