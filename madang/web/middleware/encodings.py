"""Which compression a browser accepts, and the two ways to compress: at once for one answer, thoroughly for many."""

import gzip
from functools import lru_cache
from typing import Final, Literal

import brotli  # type: ignore[import-untyped]

Encoding = Literal["br", "gzip", ""]
SMALLEST: Final = 512
"""Bytes below which compressing saves no packet."""
TEXTS: Final = (
    b"text/",
    b"application/json",
    b"application/xml",
    b"application/javascript",
    b"image/svg+xml",
    b"application/atom+xml",
)


@lru_cache(maxsize=256)
def accepted(header: bytes) -> Encoding:
    """The best encoding of an Accept-Encoding header (RFC 9110 section 12.5.3): brotli, gzip or none."""
    offered: dict[str, bool] = {}
    for part in header.decode("latin-1").lower()[:500].split(","):
        name, _, weight = part.partition(";")
        offered[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    if offered.get("br", offered.get("*", False)):
        return "br"
    return "gzip" if offered.get("gzip", False) else ""


def quickly(body: bytes, encoding: Encoding) -> bytes:
    """Some 30 microseconds for a page."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=1, mode=brotli.MODE_TEXT))
    return gzip.compress(body, 1, mtime=0) if encoding == "gzip" else body


def thoroughly(body: bytes, encoding: Encoding) -> bytes:
    """Some 40 milliseconds for a page: in a thread, once for many readers."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=11, mode=brotli.MODE_TEXT))
    return gzip.compress(body, 9, mtime=0) if encoding == "gzip" else body


def is_text(content_type: bytes) -> bool:
    return content_type.startswith(TEXTS)
