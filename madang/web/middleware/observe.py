"""Every answer is counted, timed and logged: by route template, never by path, because paths may name people's things.

Also the last resort: what nothing else has turned into a page becomes one here, and the trace goes to the log.
"""

import logging
import random
import time
from collections.abc import Awaitable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang.web.logs import AccessLog
from madang.web.metrics import Metrics
from madang.web.middleware.common import Refuse, refuse_with
from madang.web.state import StateUnavailable

log: Final = logging.getLogger("madang.web")


class Observe:
    """Sets ``scope["madang.request_id"]`` (also the header ``X-Request-Id``) and ``scope["madang.metrics"]``."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, access_log: AccessLog, refuse: Refuse) -> None:
        self._app = app
        self._metrics = metrics
        self._access_log = access_log
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        metrics = self._metrics
        began = time.perf_counter()
        # A name for the call centre, no secret: no need of the system's randomness.
        identifier = scope["madang.request_id"] = f"{random.getrandbits(64):016x}"
        scope["madang.metrics"] = metrics
        metrics.in_flight += 1
        status, ended = 0, False

        def watched(message: Message) -> Awaitable[None]:
            nonlocal status, ended
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"x-request-id", identifier.encode())]
                message = {"type": "http.response.start", "status": status, "headers": headers}
            else:
                ended = not message.get("more_body")
            return send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if ended:
                pass  # it has been answered, and logged where it was: there is nothing left to do
            elif status:
                log.error("an answer broke off", exc_info=True, extra={"request_id": identifier})
                raise  # the server must cut the connection: what was sent is half a page
            else:
                await self._rescue(error, identifier, scope, receive, watched)
        finally:
            metrics.in_flight -= 1
            seconds = time.perf_counter() - began
            route: str = scope.get("madang.route") or getattr(scope.get("route"), "path", None) or "none"
            locale: str = scope.get("madang.locale", "")
            cache = scope.get("madang.cache", "")
            if cache:
                metrics.cache[cache] += 1
            metrics.observe(route, status, locale, seconds)
            self._access_log.write(identifier, scope["method"], route, status, seconds, locale, cache)

    async def _rescue(self, error: Exception, identifier: str, scope: Scope, receive: Receive, send: Send) -> None:
        if isinstance(error, StateUnavailable):
            await refuse_with(self._refuse, 503, "unavailable", scope, receive, send, retry_after=30)
        else:
            log.error("unhandled", exc_info=error, extra={"request_id": identifier})
            await refuse_with(self._refuse, 500, "failure", scope, receive, send)
