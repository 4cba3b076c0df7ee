"""What the middlewares share: the request's headers as a dict, and how one refuses."""

from collections.abc import Awaitable
from functools import lru_cache
from typing import Final, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang.i18n.locales import LOCALES, Locale
from madang.i18n.negotiate import negotiate

PROBES: Final = frozenset({"/livez", "/readyz", "/metrics"})
"""Answered whatever the Host and however busy: balancers ask by address, and most when it is busy."""
_LOCALES: Final = frozenset(LOCALES)


class Refuse(Protocol):
    """Makes the ASGI app that answers instead of the page. ``kind`` names the explanation; see ``web.errors``."""

    def __call__(self, scope: Scope, status: int, kind: str, retry_after: int = 0) -> ASGIApp: ...


def plain_refusal(scope: Scope, status: int, kind: str, retry_after: int = 0) -> ASGIApp:
    """One line of plain text, for where no pages exist."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        body = kind.encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
        if retry_after:
            headers.append((b"retry-after", b"%d" % retry_after))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


class NoSession:
    """``scope["madang.session"]`` of a request that was refused before its session could be looked up."""

    async def get(self) -> None:
        return None


NO_SESSION: Final = NoSession()
_negotiated = lru_cache(maxsize=512)(negotiate)


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """The headers by lower-case name, made once a request. Of a repeated one the last counts; cookies join."""
    headers: dict[bytes, bytes] | None = scope.get("madang.headers")
    if headers is None:
        raw = scope["headers"]
        headers = scope["madang.headers"] = dict(raw)
        if len(headers) != len(raw) and b"cookie" in headers:
            headers[b"cookie"] = b"; ".join(value for name, value in raw if name == b"cookie")
    return headers


def locale_of_path(path: str) -> Locale | None:
    """The language that a path names, or None. All six are two letters long."""
    if path[1:3] in _LOCALES and path[3:4] in ("/", ""):
        return path[1:3]  # type: ignore[return-value]  # it is in LOCALES
    return None


def locale_of_request(scope: Scope) -> Locale:
    """The language of the path, or the one that the browser would rather have."""
    return locale_of_path(scope["path"]) or _negotiated(
        headers_of(scope).get(b"accept-language", b"").decode("latin-1")[:2000]
    )


async def refuse_with(
    refuse: Refuse,
    status: int,
    kind: str,
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    retry_after: int = 0,
    close: bool = False,
) -> None:
    """Answers with a refusal. ``close=True``: the connection ends after it, because what still arrives is too much."""
    scope.setdefault("madang.locale", locale_of_request(scope))
    scope.setdefault("madang.session", NO_SESSION)

    def closing(message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
        return send(message)

    answer = refuse(scope, status, kind, retry_after)
    await answer(scope, receive, closing if close else send)
