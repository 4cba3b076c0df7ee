"""Compression of fresh public answers. Personal ones are never compressed.

A page that holds something secret beside something that an attacker can choose tells, by its compressed length, when
the two are alike (BREACH). So whatever is ``no-store`` or sets a cookie goes out as it is.
"""

from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang.web.middleware.common import headers_of
from madang.web.middleware.encodings import SMALLEST, accepted, is_text, quickly


class Compression:
    """Compresses answers that come in one piece, are text and public; the page cache compresses its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        encoding = accepted(headers_of(scope).get(b"accept-encoding", b"")) if scope["type"] == "http" else ""
        if not encoding:
            await self._app(scope, receive, send)
            return
        held: Message | None = None

        async def compressing(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and _public(scope, message):
                held = message
            elif held is None:
                await send(message)
            else:
                start, held = held, None
                body = message.get("body", b"")
                if message.get("more_body") or len(body) < SMALLEST:
                    await send(start)
                    await send(message)
                    return
                body = quickly(body, encoding)
                headers = [header for header in start["headers"] if header[0] not in (b"content-length", b"etag")]
                headers += [
                    (b"content-length", b"%d" % len(body)),
                    (b"content-encoding", encoding.encode()),
                    (b"vary", b"Accept-Encoding"),
                ]
                await send({**start, "headers": headers})
                await send({"type": "http.response.body", "body": body})

        await self._app(scope, receive, compressing)


def _public(scope: Scope, start: Message) -> bool:
    """Whether an answer may be compressed. A session that was read has made it ``no-store`` further in."""
    if scope["method"] == "HEAD" or start["status"] in (204, 206, 304):
        return False
    if "madang.keeping" in scope and scope.get("madang.cacheable"):
        return False
    headers: dict[bytes, Any] = dict(start.get("headers", ()))
    return (
        b"content-encoding" not in headers
        and b"set-cookie" not in headers
        and b"no-store" not in headers.get(b"cache-control", b"")
        and b"no-transform" not in headers.get(b"cache-control", b"")
        and is_text(headers.get(b"content-type", b""))
    )
