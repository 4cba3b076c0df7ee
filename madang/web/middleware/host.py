"""The door: which Host headers are answered, and which addresses are well-formed at all."""

from collections.abc import Collection
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from madang.web.middleware.common import PROBES, Refuse, headers_of, refuse_with

LONGEST: Final = 4096
"""Characters of a path, and of a query."""


class Host:
    """Refuses a missing or repeated Host (400), one that is not ours (421), and addresses that no browser makes (400):
    bytes that are not UTF-8, control characters, NUL, sheer length. With ``base_url``, pages asked for under another of
    our names move to it: a sign-in that began under one name cannot end under another."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], refuse: Refuse, base_url: str = "") -> None:
        self._app = app
        self._base = base_url.encode("ascii")
        self._canonical = urlsplit(base_url).netloc.lower().encode("ascii")
        self._hosts = frozenset(host.lower().encode("ascii") for host in hosts)
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = headers_of(scope)
        host = headers.get(b"host")
        repeated = len(headers) != len(scope["headers"]) and sum(name == b"host" for name, _ in scope["headers"]) > 1
        if repeated or not host or not well_formed(scope["path"], scope["query_string"]):
            await refuse_with(self._refuse, 400, "bad-request", scope, receive, send)
        elif host not in self._hosts and host.lower() not in self._hosts and scope["path"] not in PROBES:
            await refuse_with(self._refuse, 421, "wrong-host", scope, receive, send)
        elif self._elsewhere(host) and scope["method"] == "GET" and scope["path"] not in PROBES:
            await _moved(self._base + scope["raw_path"].split(b"?")[0], scope["query_string"], send)
        else:
            await self._app(scope, receive, send)

    def _elsewhere(self, host: bytes) -> bool:
        return bool(self._canonical) and host != self._canonical and host.lower() != self._canonical


async def _moved(address: bytes, query: bytes, send: Send) -> None:
    """To the same page under the one name that sign-in and cookies know."""
    location = address + (b"?" + query if query else b"")
    headers = [(b"location", location), (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 307, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def well_formed(path: str, query: bytes) -> bool:
    """Whether an address (``path`` decoded, ``query`` raw) can be handed on. Servers decode bytes that are not UTF-8 to
    U+FFFD, so a path that holds one is refused."""
    if len(path) > LONGEST or len(query) > LONGEST or not path.startswith("/") or path.startswith("//"):
        return False
    if not path.isprintable() and any(letter < " " or letter == "\x7f" for letter in path):
        return False
    if not path.isascii() and ("\ufffd" in path or any("\ud800" <= letter <= "\udfff" for letter in path)):
        return False
    if not query:
        return True
    if not query.isascii():
        return False
    if b"%" in query:
        try:
            return "\x00" not in unquote_to_bytes(query).decode("utf-8")
        except UnicodeDecodeError:
            return False
    return b"\x00" not in query
