"""Pages that are kept in memory, and the shelf that holds so many of them."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final, NamedTuple

from madang.web.middleware.encodings import Encoding
from madang.web.middleware.ready import Header, Ready

Key = tuple[str, str, str, bytes]
"""Path, language, variant, query."""
DROPPED: Final = (b"content-length", b"etag", b"vary", b"cache-control")
SHARED: Final = ((b"cache-control", b"public, no-cache"), (b"vary", b"Accept-Encoding, Cookie"))
"""Kept by browsers and proxies, but asked for every time: who signs in sees the change at once. Costs a 304."""


class Form(NamedTuple):
    """A page in one encoding. ``ready``: with the headers of the middlewares further out, for the short way."""

    headers: list[Header]
    ready: Ready
    body: bytes


class Kept:
    """One page. ``outer``: the headers that middlewares further out would add. ``until``: on the monotonic clock."""

    __slots__ = (
        "_base",
        "_outer",
        "etag",
        "forms",
        "hashes",
        "hits",
        "not_modified",
        "plain",
        "route",
        "size",
        "until",
    )

    def __init__(
        self,
        headers: Sequence[Header],
        body: bytes,
        *,
        until: float,
        route: str = "",
        hashes: Sequence[str] | None = None,
        outer: Sequence[Header] = (),
    ) -> None:
        self.plain = body
        # Weak, because it is the same in every encoding; enough for If-None-Match, which compares weakly.
        self.etag = b'"' + hashlib.blake2b(body, digest_size=16).hexdigest().encode() + b'"'
        self._base = [header for header in headers if header[0] not in DROPPED]
        self._base += [(b"etag", b"W/" + self.etag), *SHARED]
        self._outer = tuple(outer)
        bare = [header for header in self._base if not header[0].startswith(b"content-")]
        self.not_modified = Form(bare, Ready([*bare, *outer], None), b"")
        self.forms: dict[Encoding, Form] = {}
        self.route = route
        self.hashes = hashes
        self.until = until
        self.size = 2 * len(body) + 8192
        self.hits = 0
        self.put("", body)

    def put(self, encoding: Encoding, body: bytes) -> None:
        """Adds a compressed form; one that is no smaller is not used."""
        if encoding and len(body) >= len(self.plain):
            form = self.forms[""]
        else:
            headers = [*self._base, (b"content-encoding", encoding.encode())] if encoding else self._base
            ready = Ready([*headers, *self._outer], len(body))
            form = Form([*headers, (b"content-length", b"%d" % len(body))], ready, body)
        self.forms[encoding] = form  # at once: a thread puts while the loop reads


class Pattern:
    """A page as it is for anybody who is signed in, with gaps where the person stands (``middleware.personal``)."""

    __slots__ = ("gaps", "hashes", "headers", "route", "size", "texts", "until")

    def __init__(
        self,
        texts: Sequence[bytes],
        gaps: Sequence[bool],
        *,
        headers: Sequence[Header],
        hashes: Sequence[str] | None,
        route: str,
        until: float,
    ) -> None:
        self.texts = tuple(texts)
        self.gaps = tuple(gaps)
        self.headers = tuple(headers)
        self.hashes = hashes
        self.route = route
        self.until = until
        self.size = sum(map(len, texts)) + 2048


class Shelf:
    """The least recently used pages leave first when ``limit`` bytes are reached."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._kept: OrderedDict[Key, Kept | Pattern] = OrderedDict()

    def get(self, key: Key) -> Kept | Pattern | None:
        page = self._kept.get(key)
        if page is not None:
            if page.until < time.monotonic():
                self._used -= self._kept.pop(key).size
                return None
            self._kept.move_to_end(key)
        return page

    def put(self, key: Key, page: Kept | Pattern) -> None:
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
