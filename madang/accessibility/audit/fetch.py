"""Reads a page of any site before a browser does: what cannot be looked at is said in a sentence and costs little."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final
from urllib.parse import urlsplit

LARGEST: Final = 20 * 2**20
"""Bytes of a page; a longer one is not a page that somebody reads."""
REDIRECTS: Final = 10
TOO_LONG: Final = f"It is longer than {LARGEST // 2**20} MB."
SECONDS: Final = 30.0
"""For the whole page."""
AGENT: Final = "madang-audit (accessibility audit; reads pages one after another)"


class Unreadable(Exception):
    """The page cannot be looked at. The message is one English sentence."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """``url``: where the page stands after redirects."""

    url: str
    html: str
    status: int


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = REDIRECTS
    max_repeats = REDIRECTS

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise Unreadable(f"It leads to {newurl[:100]}, which is not an address on the web.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, seconds: float = SECONDS) -> Fetched:
    """The page at ``url``; that of an error status, too, for people meet those. Raises Unreadable."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise Unreadable("It is not an address that begins with http:// or https://.")
    request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "text/html"})  # noqa: S310
    opener = urllib.request.build_opener(_Redirects)
    until = time.monotonic() + seconds
    try:
        try:
            answer: Any = opener.open(request, timeout=min(10.0, seconds))
        except urllib.error.HTTPError as error:
            if error.code in (301, 302, 303, 307, 308):
                raise Unreadable(f"It redirects more than {REDIRECTS} times.") from None
            answer = error
        with answer:
            return _read(answer, until, seconds)
    except TimeoutError:
        raise Unreadable(f"It gave no answer within {seconds:.0f} seconds.") from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise Unreadable("It gave no answer within 10 seconds.") from None
        raise Unreadable(f"It cannot be reached ({_reason(error.reason)}).") from None
    except (OSError, HTTPException, ValueError) as error:
        raise Unreadable(f"It broke off ({_reason(error)}).") from None


def _read(answer: Any, until: float, seconds: float) -> Fetched:
    kind = answer.headers.get_content_type()
    if kind not in ("text/html", "application/xhtml+xml"):
        raise Unreadable(f"It is not a page: its type is {kind}.")
    declared = answer.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > LARGEST:
        raise Unreadable(TOO_LONG)
    parts, size = [], 0
    while part := answer.read1(2**16):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Unreadable(TOO_LONG)
        if time.monotonic() > until:
            raise Unreadable(f"It was not complete within {seconds:.0f} seconds.")
    if declared.isdigit() and size < int(declared):
        raise Unreadable("It broke off before its end.")
    charset = answer.headers.get_content_charset() or "utf-8"
    try:
        text = b"".join(parts).decode(charset, "replace")
    except LookupError:
        text = b"".join(parts).decode("utf-8", "replace")
    return Fetched(answer.url, text, answer.status)


def _reason(error: object) -> str:
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(told).split())[:100]
