"""The language of a request: its first path segment; only where that names none, what the browser would rather have.

Nothing is redirected and no path is changed: an address without a language is the route table's to answer.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from madang.web.middleware.common import locale_of_path, locale_of_request


class Language:
    """Sets ``scope["madang.locale"]``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["madang.locale"] = locale_of_path(scope["path"]) or locale_of_request(scope)
        await self._app(scope, receive, send)
