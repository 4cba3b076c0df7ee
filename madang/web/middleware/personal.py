"""Public pages for somebody who is signed in: kept once with gaps where the person stands, and filled for each.

A guide says the same to everybody but for the account's menu and the session's end. So it is drawn once with stand-ins
for the name and the seconds, kept beside the pages for strangers, and each request puts in its own person. The template
that drew what is kept was told of nobody: nothing personal is in it that could reach another.
"""

import re
import secrets
import time
from collections.abc import Sequence
from typing import Final

from markupsafe import escape
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang.web.middleware.kept import Key, Pattern
from madang.web.middleware.page_cache import LARGEST
from madang.web.middleware.pages import Pages
from madang.web.middleware.ready import Header
from madang.web.middleware.session import RequestSession
from madang.web.state.sessions import Session, Sessions

NAME: Final = f"name{secrets.token_hex(16)}"
SECONDS: Final = 10**40 + secrets.randbits(100)
"""What the template is told in place of a person's name and of the seconds left. New in each process: no text of a page
can be one of them by chance or by intent."""
_GAPS: Final = re.compile(f"({NAME}|{SECONDS})")
_OWN: Final = (b"content-length", b"etag", b"cache-control", b"vary")
OFFER: Final = "madang.pattern"
"""In the scope: None when a pattern of this answer would be kept, then the pieces of one."""


def pieces(html: str) -> tuple[tuple[bytes, ...], tuple[bool, ...]] | None:
    """A page drawn with the stand-ins, cut at them: the texts between, and of each gap whether it is for the name. None
    when one of the two does not stand there: then the page is no such page."""
    cut = _GAPS.split(html)
    gaps = tuple(stand_in == NAME for stand_in in cut[1::2])
    return (tuple(text.encode() for text in cut[::2]), gaps) if len(set(gaps)) == 2 else None


def filled(texts: Sequence[bytes], gaps: Sequence[bool], name: str, seconds: int) -> bytes:
    """The page for one person. ``name`` is escaped here as a template would."""
    whose, left = str(escape(name)).encode(), b"%d" % seconds
    whole = [texts[0]]
    for is_name, text in zip(gaps, texts[1:], strict=True):
        whole += (whose if is_name else left, text)
    return b"".join(whole)


class Personal:
    """Innermost, where the session is known and its headers (``no-store``) are added around whatever is answered."""

    def __init__(self, app: ASGIApp, *, pages: Pages, sessions: Sessions) -> None:
        self._app = app
        self._pages = pages
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = self._key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        pattern = self._pages.pattern(key)
        if pattern is None:
            await self._made(key, scope, receive, send)
            return
        session = await scope["madang.session"].get()
        if session is None or not session.name or session.roles:
            await self._app(scope, receive, send)
            return
        scope["madang.cache"] = "filled"
        scope["madang.csp_hashes"] = pattern.hashes
        scope["madang.route"] = pattern.route
        await self._answer(pattern, session, scope, send)

    def _key(self, scope: Scope) -> Key | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        asked: RequestSession = scope["madang.session"]
        return self._pages.personal_key_of(scope) if asked.came_with_one else None

    async def _answer(self, pattern: Pattern, session: Session, scope: Scope, send: Send) -> None:
        body = filled(pattern.texts, pattern.gaps, session.name, self._sessions.seconds_left(session))
        headers = [*pattern.headers, (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    async def _made(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        """The page is drawn, and kept when its view offers a pattern of it."""
        scope[OFFER] = None
        version = self._pages.version()

        async def keeping(message: Message) -> None:
            if message["type"] == "http.response.start" and scope[OFFER] is not None:
                self._keep(key, version, scope, message)
            await send(message)

        await self._app(scope, receive, keeping)

    def _keep(self, key: Key, version: str, scope: Scope, start: Message) -> None:
        texts, gaps = scope[OFFER]
        headers: list[Header] = start["headers"]
        names = {name for name, _ in headers}
        if start["status"] != 200 or names & {b"set-cookie", b"content-encoding"} or sum(map(len, texts)) > LARGEST:
            return
        pattern = Pattern(
            texts,
            gaps,
            headers=[header for header in headers if header[0] not in _OWN],
            hashes=scope.get("madang.csp_hashes"),
            route=getattr(scope.get("route"), "path", ""),
            until=time.monotonic() + self._pages.seconds,
        )
        if version == self._pages.version():  # else what it says was overtaken while it was made
            self._pages.put(key, pattern)
            scope["madang.cache"] = "stored"
