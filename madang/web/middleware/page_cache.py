"""Whole public pages, kept in memory: answered before the router, the view and the template are reached.

Only what a view marked with ``scope["madang.cacheable"] = True`` is kept, only for requests without any cookie of ours,
and keyed by everything that a page may depend on: path, language, the query parameters on a list (a request with any
other parameter goes through), what ``variant`` makes of the cookies, and the catalogue's version.
"""

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang.web.middleware.common import headers_of
from madang.web.middleware.encodings import SMALLEST, Encoding, accepted, quickly, thoroughly
from madang.web.state.sessions import COOKIE

Key = tuple[str, str, str, bytes]
Variant = Callable[[bytes], str | None]
LARGEST: Final = 1024 * 1024
"""Bytes of a page that is kept."""
LONGEST_QUERY: Final = 200
DROPPED: Final = (b"content-length", b"etag", b"vary", b"cache-control")
SHARED: Final = ((b"cache-control", b"public, no-cache"), (b"vary", b"Accept-Encoding, Cookie"))
"""Kept by browsers and proxies, but asked for every time: who signs in sees the change at once. Costs a 304."""
_OURS: Final = COOKIE.encode("ascii")


def no_cookie_of_ours(cookies: bytes) -> str | None:
    """The variant of a request: None (no cache) with any cookie whose name begins like our session's."""
    return None if _OURS in cookies else ""


class Kept:
    """One page: its bytes and headers, per encoding, ready to be sent."""

    __slots__ = ("_base", "etag", "forms", "hashes", "hits", "not_modified", "plain", "route", "size", "until")

    def __init__(self, headers: list[tuple[bytes, bytes]], body: bytes, scope: Scope, until: float) -> None:
        self.plain = body
        # Weak, because it is the same in every encoding; enough for If-None-Match, which compares weakly.
        self.etag = b'"' + hashlib.blake2b(body, digest_size=16).hexdigest().encode() + b'"'
        self._base = [header for header in headers if header[0] not in DROPPED]
        self._base += [(b"etag", b"W/" + self.etag), *SHARED]
        self.not_modified = [header for header in self._base if not header[0].startswith(b"content-")]
        self.forms: dict[Encoding, tuple[list[tuple[bytes, bytes]], bytes]] = {}
        self.route = getattr(scope.get("route"), "path", "")
        self.hashes = scope.get("madang.csp_hashes")
        self.until = until
        self.size = 2 * len(body) + 4096
        self.hits = 0
        self.put("", body)

    def put(self, encoding: Encoding, body: bytes) -> None:
        """Adds a compressed form; one that is no smaller is not used."""
        headers = [*self._base, (b"content-length", b"%d" % len(body))]
        if encoding and len(body) < len(self.plain):
            headers.append((b"content-encoding", encoding.encode()))
        elif encoding:
            headers, body = self.forms[""]
        self.forms[encoding] = (headers, body)  # at once: a thread puts while the loop reads


class Shelf:
    """The least recently used pages leave first when ``limit`` bytes are reached."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def get(self, key: Key) -> Kept | None:
        page = self._kept.get(key)
        if page is not None:
            if page.until < time.monotonic():
                self._used -= self._kept.pop(key).size
                return None
            self._kept.move_to_end(key)
        return page

    def put(self, key: Key, page: Kept) -> None:
        old = self._kept.pop(key, None)
        self._used += page.size - (old.size if old else 0)
        self._kept[key] = page
        while self._used > self._limit and self._kept:
            self._used -= self._kept.popitem(last=False)[1].size

    def clear(self) -> None:
        self._kept.clear()
        self._used = 0

    def __len__(self) -> int:
        return len(self._kept)


class PageCache:
    """``version``: the catalogue's; when it changes, everything is forgotten. ``query_keys``: parameters that pages
    know. ``seconds``: how long a page is kept at most, for what on it depends on the day."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        version: Callable[[], str],
        query_keys: Collection[str] = (),
        variant: Variant = no_cookie_of_ours,
        mib: int = 32,
        seconds: float = 300.0,
    ) -> None:
        self._app = app
        self._version = version
        self._seen = version()
        self._query_keys = frozenset(query_keys)
        self._variant = variant
        self._seconds = seconds
        # Searches are without number: on a shelf of their own they cannot push the guides out.
        self._pages = Shelf(mib * 1024 * 1024 * 3 // 4)
        self._searches = Shelf(mib * 1024 * 1024 // 4)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="page-cache")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        headers = headers_of(scope)
        variant = self._variant(headers.get(b"cookie", b""))
        query = self._canonical(scope["query_string"]) if scope["query_string"] else b""
        if variant is None or query is None or b"hx-request" in headers or b"authorization" in headers:
            await self._app(scope, receive, send)
            return
        version = self._version()
        if version != self._seen:
            self._seen = version
            self._pages.clear()
            self._searches.clear()
        shelf = self._searches if query else self._pages
        key = (scope["path"], scope["madang.locale"], variant, query)
        page = shelf.get(key)
        if page is not None:
            scope["madang.cache"] = "hit"
            scope["madang.csp_hashes"] = page.hashes
            scope["madang.route"] = page.route
            await self._answer(page, scope, headers, send)
        elif scope["method"] == "HEAD":
            await self._app(scope, receive, send)
        else:
            scope["madang.keeping"] = True
            await self._app(scope, receive, _Keeper(self, shelf, key, version, scope, send).send)

    def _canonical(self, query: bytes) -> bytes | None:
        """The query with its parameters in one order, or None when it holds any that no page knows."""
        if len(query) > LONGEST_QUERY:
            return None
        pairs = parse_qsl(query.decode("ascii", "replace"), keep_blank_values=True)
        if not pairs or any(name not in self._query_keys for name, _ in pairs):
            return None
        return repr(sorted(pairs, key=lambda pair: pair[0])).encode()

    async def _answer(self, page: Kept, scope: Scope, headers: dict[bytes, bytes], send: Send) -> None:
        expected = headers.get(b"if-none-match")
        if expected is not None and (page.etag in expected or expected == b"*"):
            await send({"type": "http.response.start", "status": 304, "headers": page.not_modified})
            await send({"type": "http.response.body", "body": b""})
            return
        encoding = accepted(headers.get(b"accept-encoding", b""))
        if encoding not in page.forms:
            page.put(encoding, quickly(page.plain, encoding))
        page.hits += 1
        if page.hits == 2 and len(page.plain) >= SMALLEST:  # worth it for what is asked for again
            asyncio.get_running_loop().run_in_executor(self._thread, _compress, page)
        ready, body = page.forms[encoding]
        await send({"type": "http.response.start", "status": 200, "headers": ready})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def keep(self, keeper: "_Keeper", start: Message, body: bytes, send: Send) -> None:
        """Keeps one answer, unless the catalogue changed while it was made, and sends it."""
        page = Kept(list(start["headers"]), body, keeper.scope, time.monotonic() + self._seconds)
        if keeper.version == self._version():
            keeper.shelf.put(keeper.key, page)
        keeper.scope["madang.cache"] = "stored"
        await self._answer(page, keeper.scope, headers_of(keeper.scope), send)


class _Keeper:
    """Watches one answer go by; one that may be kept is held until it is whole."""

    def __init__(self, cache: PageCache, shelf: Shelf, key: Key, version: str, scope: Scope, send: Send) -> None:
        self._cache, self.shelf, self.key, self.version, self.scope, self._send = (
            cache,
            shelf,
            key,
            version,
            scope,
            send,
        )
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
