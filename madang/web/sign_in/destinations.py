"""Where a person may land after signing in: our own pages by relative path, nothing else (no open redirect)."""

import re
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from madang.i18n.locales import Locale, is_locale

MAX_LENGTH: Final = 2048
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ufeff]")
"""Control characters, white space and backslashes: browsers drop or turn them, so a path means something else to
them."""
_LOOPS: Final = frozenset({"sign-in", "sign-out", "signed-out", "demo-sign-in"})
"""Pages about signing in itself: landing on them again would confuse or loop."""


def home(locale: Locale) -> str:
    """The path of the home page in ``locale``."""
    return f"/{locale}/"


def safe_destination(raw: str | None) -> str | None:
    """``raw`` unchanged when it is a path (with query and fragment) of this portal under one of the six languages;
    None for everything else: other origins in any disguise, control characters, dot segments, sign-in itself."""
    if not raw or len(raw) > MAX_LENGTH or not raw.startswith("/") or _FORBIDDEN.search(raw):
        return None
    try:
        parts = urlsplit(raw)
        # What a proxy or a browser may decode must be as harmless as what is written.
        decoded = unquote_to_bytes(parts.path).decode("utf-8")
        unquote_to_bytes(parts.query).decode("utf-8")
        raw.encode("utf-8")
    except ValueError:  # UnicodeError is one, too
        return None
    if parts.scheme or parts.netloc or _FORBIDDEN.search(decoded):
        return None
    language, *segments = decoded[1:].split("/")
    if not is_locale(language) or any(segment in (".", "..") for segment in segments):
        return None
    if "" in segments[:-1] or (segments and segments[0] in _LOOPS):
        return None
    return raw


def path_of(destination: str) -> str:
    """The path alone, without query and fragment: what kept answers are filed under."""
    return urlsplit(destination).path
