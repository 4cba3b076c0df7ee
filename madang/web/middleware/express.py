"""The short way for what most requests ask for: a cached page, by a browser without a cookie of ours.

Goes past the other middlewares only where they would have nothing to say: the Host is exactly one of ours, the address
was well-formed when its page was kept, the security headers are part of what was kept. The rest goes the long way.
"""

import time
from collections.abc import Collection, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from madang.web.logs import AccessLog
from madang.web.metrics import Metrics
from madang.web.middleware.common import locale_of_path
from madang.web.middleware.page_cache import PageCache
from madang.web.middleware.ready import Header, Ready


class Express:
    """Outermost. Counts and logs its answers like ``Observe``; they have no request id, for they cannot fail."""

    def __init__(
        self, app: ASGIApp, *, cache: PageCache, hosts: Collection[str], metrics: Metrics, access_log: AccessLog
    ) -> None:
        self._app = app
        self._cache = cache
        self._hosts = frozenset(host.encode("ascii") for host in hosts)
        self._metrics = metrics
        self._access_log = access_log

    def immediate(self, method: str, path: str, raw: Sequence[Header]) -> tuple[int, Ready, bytes] | None:
        """Status, headers and body of a request without query that can be answered at once, else None.

        ``web.protocol`` asks here before it makes a task of a request: most of what a cached page costs is that."""
        began = time.perf_counter()
        headers = dict(raw)
        locale = locale_of_path(path)
        # As many names as headers: none is given twice, Host neither.
        if locale is None or len(headers) != len(raw) or headers.get(b"host") not in self._hosts:
            return None
        page = self._cache.find(path, locale, headers, b"")
        if page is None:
            return None
        status, form = self._cache.choose(page, headers)
        seconds = time.perf_counter() - began
        self._metrics.cache["hit"] += 1
        self._metrics.observe(page.route, status, locale, seconds)
        self._access_log.write("", method, page.route, status, seconds, locale, "hit")
        return status, form.ready, b"" if method == "HEAD" else form.body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = None
        asked = scope["type"] == "http" and not scope["query_string"] and scope["method"] in ("GET", "HEAD")
        if asked and "madang.tried" not in scope:
            answer = self.immediate(scope["method"], scope["path"], scope["headers"])
        if answer is None:
            await self._app(scope, receive, send)
        else:
            await send({"type": "http.response.start", "status": answer[0], "headers": answer[1]})
            await send({"type": "http.response.body", "body": answer[2]})
