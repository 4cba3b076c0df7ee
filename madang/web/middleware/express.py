"""The short way for what most requests ask for: a cached page, by a browser without a cookie of ours.

Goes past the other middlewares only where they would have nothing to say: the Host is exactly one of ours, the address
was well-formed when its page was kept, the security headers are part of what was kept. The rest goes the long way.
"""

import time
from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from madang.web.logs import AccessLog
from madang.web.metrics import Metrics
from madang.web.middleware.common import headers_of, locale_of_path
from madang.web.middleware.page_cache import PageCache


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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["query_string"] and scope["method"] in ("GET", "HEAD"):
            began = time.perf_counter()
            headers = headers_of(scope)
            locale = locale_of_path(scope["path"])
            # As many names as headers: none is given twice, Host neither.
            if locale is not None and len(headers) == len(scope["headers"]) and headers.get(b"host") in self._hosts:
                page = self._cache.find(scope["path"], locale, headers, b"")
                if page is not None:
                    status = await self._cache.answer(page, scope, headers, send)
                    seconds = time.perf_counter() - began
                    self._metrics.cache["hit"] += 1
                    self._metrics.observe(page.route, status, locale, seconds)
                    self._access_log.write("", scope["method"], page.route, status, seconds, locale, "hit")
                    return
        await self._app(scope, receive, send)
