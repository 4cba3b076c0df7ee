"""A client that sends what no browser would: bytes go to the portal as a server hands them on, and every answer is
judged whatever was asked."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import brotli
from invariants import problems
from portal_kit import BASE

from madang.i18n.locales import LOCALES, Locale, is_locale

HOST = BASE.removeprefix("https://")
Headers = Iterable[tuple[str | bytes, str | bytes]]
ONCE = (
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "strict-transport-security",
)
ORIGINS = ("", BASE)
"""Where a redirect may lead: a path of ours, or the same with our own name before it."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    asked: str

    @property
    def text(self) -> str:
        encoding = self.one("content-encoding")
        body = self.body
        if encoding == "br":
            body = brotli.decompress(body)
        elif encoding == "gzip":
            body = gzip.decompress(body)
        return body.decode("utf-8")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def one(self, name: str) -> str:
        found = self.all(name)
        return found[0] if len(found) == 1 else ""

    @property
    def is_page(self) -> bool:
        return self.one("content-type").startswith("text/html") and bool(self.body)


def faults(answer: Answer, locale: Locale | None = None) -> list[str]:
    """What no answer may be, whatever was asked. ``locale``: of the page, where one is expected in a certain one."""
    found = []
    if answer.status >= 500:
        found.append(f"status {answer.status}")
    found += [f"{name} stands {len(answer.all(name))} times" for name in ONCE if len(answer.all(name)) != 1]
    found += [f"{name} stands twice" for name in ("content-type", "location", "etag") if len(answer.all(name)) > 1]
    found += [f"a line break in {name}" for name, value in answer.headers if "\r" in value or "\n" in value]
    if answer.body and not answer.one("content-type"):
        found.append("a body of no type")
    if answer.one("content-type").startswith("text/") and "charset=utf-8" not in answer.one("content-type"):
        found.append("a text without its encoding")
    if "unsafe-" in answer.one("content-security-policy"):
        found.append("the policy admits inline code")
    for target in answer.all("location"):
        parts = urlsplit(target)
        if f"{parts.scheme}://{parts.netloc}".removeprefix("://") not in ORIGINS or target.startswith("//"):
            found.append(f"leads away to {target!r}")
    if answer.is_page:
        fragment = not answer.text.lstrip().lower().startswith("<!doctype")
        if locale is not None and not fragment and f'<html lang="{HTML[locale]}"' not in answer.text:
            found.append(f"the page is not in {locale}")
        found += problems(answer.text, locale, fragment=fragment)
    return [f"{answer.asked}: {answer.status}: {fault}" for fault in found]


HTML = {"ko": "ko", "en": "en", "ja": "ja", "zh": "zh-Hans", "th": "th", "vi": "vi"}


def language_of(path: str) -> Locale | None:
    first = path.split("/")[1] if path.count("/") else ""
    return first if is_locale(first) else None


class Raw:
    """Calls the application as uvicorn would: the path percent-decoded, headers as bytes in lower case."""

    def __init__(self, app: Any, cookie: str = "", address: str = "203.0.113.9") -> None:
        self.app = app
        self.cookie = cookie
        self.address = address

    async def ask(
        self,
        method: str,
        target: str | bytes,
        *,
        headers: Headers = (),
        body: bytes = b"",
        host: str | bytes | None = HOST,
        chunks: int = 1,
        announced: bool = True,
        ours: bool = True,
    ) -> Answer:
        """``target``: path and query as they stand in the request line. ``ours``: as if sent from our own page."""
        raw = target.encode("ascii", "surrogateescape") if isinstance(target, str) else target
        path, _, query = raw.partition(b"?")
        sent = [(_bytes(name).lower(), _bytes(value)) for name, value in headers]
        names = {name for name, _ in sent}
        if host is not None:
            sent.insert(0, (b"host", _bytes(host)))
        if self.cookie and b"cookie" not in names:
            sent.append((b"cookie", self.cookie.encode()))
        if ours and b"sec-fetch-site" not in names:
            sent.append((b"sec-fetch-site", b"same-origin"))
        if body and announced and b"content-length" not in names:
            sent.append((b"content-length", b"%d" % len(body)))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "server": (HOST, 443),
            "client": (self.address, 40000),
            "scheme": "https",
            "method": method,
            "root_path": "",
            "path": unquote(path.decode("latin-1")),
            "raw_path": path,
            "query_string": query,
            "headers": sent,
            "state": {},
        }
        size = -(-len(body) // chunks) if body else 1
        parts = [body[i : i + size] for i in range(0, len(body), size)] or [b""]
        inbox = [
            {"type": "http.request", "body": part, "more_body": index < len(parts) - 1}
            for index, part in enumerate(parts)
        ]
        inbox.append({"type": "http.disconnect"})
        told: list[Any] = []

        async def receive() -> Any:
            return inbox.pop(0) if len(inbox) > 1 else inbox[0]

        async def send(message: Any) -> None:
            told.append(message)

        await self.app(scope, receive, send)
        assert told[0]["type"] == "http.response.start", told
        assert [m["type"] for m in told].count("http.response.start") == 1
        assert not told[-1].get("more_body")
        return Answer(
            told[0]["status"],
            tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in told[0]["headers"]),
            b"".join(message.get("body", b"") for message in told[1:]),
            f"{method} {raw[:120]!r}",
        )

    async def form(self, target: str, fields: Mapping[str, str] | bytes, **more: Any) -> Answer:
        from urllib.parse import urlencode

        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        return await self.ask(
            "POST", target, body=body, headers=[("content-type", "application/x-www-form-urlencoded")], **more
        )


def _bytes(value: str | bytes) -> bytes:
    return value.encode("latin-1") if isinstance(value, str) else value


def rotating(index: int) -> Locale:
    """The six languages by turns."""
    return LOCALES[index % len(LOCALES)]
