"""No other site can make a browser change anything here: unsafe requests must come from our own pages.

``Sec-Fetch-Site`` says so in every browser since 2023; older ones send ``Origin``. A request with neither is refused:
no browser that people use sends it. So pages carry no token, and there is nothing in them for BREACH to guess.
"""

from collections.abc import Collection
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from madang.web.middleware.common import Refuse, headers_of, refuse_with

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class CrossOrigin:
    """``scheme``: of the public address. ``exempt``: first path segments that machines post to (none of ours does)."""

    def __init__(self, app: ASGIApp, *, scheme: str, refuse: Refuse, exempt: Collection[str] = ()) -> None:
        self._app = app
        self._scheme = scheme.encode("ascii") + b"://"
        self._exempt = frozenset(exempt)
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE or self._same_origin(scope):
            await self._app(scope, receive, send)
        else:
            await refuse_with(self._refuse, 403, "cross-origin", scope, receive, send)

    def _same_origin(self, scope: Scope) -> bool:
        headers = headers_of(scope)
        site = headers.get(b"sec-fetch-site")
        if site == b"same-origin":
            return True
        # "none" is a request of the browser itself, such as a page restored with its form: then Origin decides.
        # The Host header has passed the allow-list, so it says which of our own names the page was read under.
        if site in (None, b"none") and headers.get(b"origin") == self._scheme + headers.get(b"host", b""):
            return True
        return scope["path"].split("/", 2)[1] in self._exempt
