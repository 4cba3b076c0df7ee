"""Where whole pages are kept, and what each is kept under.

Keyed by everything that a page may depend on: path, language, the query parameters on a list (a request with any other
parameter goes through), what ``variant`` makes of the cookies, and the catalogue's version. Never by who asks.
"""

from collections.abc import Callable, Collection
from typing import Final
from urllib.parse import parse_qsl

from starlette.types import Scope

from madang.web.middleware.common import headers_of
from madang.web.middleware.kept import Kept, Key, Pattern, Shelf
from madang.web.sign_in.transactions import COOKIE as BROWSER
from madang.web.state.sessions import COOKIE

Variant = Callable[[bytes], str | None]
LONGEST_QUERY: Final = 200
_OURS: Final = COOKIE.encode("ascii")
_BROWSER: Final = (BROWSER.encode("ascii") + b"=",)
"""Ties a sign-in under way to the browser and stays there; no page but the sign-in's own reads it."""
_SESSION: Final = _OURS + b"="
_PERSONAL: Final = (*_BROWSER, _SESSION)
_PERSON: Final = "\0person"
"""Begins the variant of patterns: no variant of strangers does."""


def no_cookie_of_ours(cookies: bytes) -> str | None:
    """The variant of a request: None (no cache) with any cookie whose name begins like our session's."""
    return None if _OURS in cookies else ""


def without(cookies: bytes, names: tuple[bytes, ...]) -> bytes:
    """A Cookie header without the pairs whose names (each with its ``=``) are given."""
    if _OURS not in cookies:
        return cookies
    return b"; ".join(pair for each in cookies.split(b";") if not (pair := each.strip()).startswith(names))


class Pages:
    """``version``: the catalogue's; when it changes, everything is forgotten. ``query_keys``: parameters that pages
    know. ``seconds``: how long a page is kept at most, for what on it depends on the day."""

    def __init__(
        self,
        *,
        version: Callable[[], str],
        query_keys: Collection[str] = (),
        variant: Variant = no_cookie_of_ours,
        mib: int = 32,
        seconds: float = 300.0,
    ) -> None:
        self.version = version
        self.seconds = seconds
        self._seen = version()
        self._query_keys = frozenset(query_keys)
        self._variant = variant
        # Searches are without number, and looks are many: on shelves of their own they cannot push the guides out.
        self._pages = Shelf(mib * 1024 * 1024 * 5 // 8)
        self._looks = Shelf(mib * 1024 * 1024 // 8)
        self._searches = Shelf(mib * 1024 * 1024 // 4)

    def key_of(self, scope: Scope) -> Key | None:
        """What the answer to a stranger's GET or HEAD is kept under, or None when it must not come from here."""
        headers = headers_of(scope)
        query = self._canonical(scope["query_string"]) if scope["query_string"] else b""
        return self.key(scope["path"], scope["madang.locale"], headers, query) if query is not None else None

    def personal_key_of(self, scope: Scope) -> Key | None:
        """The same for those who are signed in, whoever they are. Whatever cookies there are beside the session's count
        as they do for a stranger."""
        headers = headers_of(scope)
        query = self._canonical(scope["query_string"]) if scope["query_string"] else b""
        if query is None:
            return None
        others = without(headers.get(b"cookie", b""), _PERSONAL)
        key = self._key(scope["path"], scope["madang.locale"], headers, query, others)
        return (key[0], key[1], _PERSON + key[2], key[3]) if key else None

    def key(self, path: str, locale: str, headers: dict[bytes, bytes], query: bytes) -> Key | None:
        """The same of a request's parts; ``query`` is canonical."""
        cookies = headers.get(b"cookie", b"")
        if _SESSION in cookies:  # at once, for this is asked for every page of who is signed in
            return None
        return self._key(path, locale, headers, query, without(cookies, _BROWSER))

    def page(self, key: Key) -> Kept | None:
        """The page that answers a stranger, if it is here."""
        found = self._shelf(key).get(key)
        return found if isinstance(found, Kept) else None

    def pattern(self, key: Key) -> Pattern | None:
        """The page with gaps that is kept under a personal key."""
        found = self._shelf(key).get(key)
        return found if isinstance(found, Pattern) else None

    def put(self, key: Key, page: Kept | Pattern) -> None:
        self._shelf(key).put(key, page)

    def _key(self, path: str, locale: str, headers: dict[bytes, bytes], query: bytes, cookies: bytes) -> Key | None:
        variant = self._variant(cookies)
        if variant is None or b"hx-request" in headers or b"authorization" in headers:
            return None
        version = self.version()
        if version != self._seen:
            self._seen = version
            self._pages.clear()
            self._looks.clear()
            self._searches.clear()
        return (path, locale, variant, query)

    def _shelf(self, key: Key) -> Shelf:
        if key[3]:
            return self._searches
        return self._pages if key[2] in ("", _PERSON) else self._looks

    def _canonical(self, query: bytes) -> bytes | None:
        """The query with its parameters in one order, or None when it holds any that no page knows."""
        if len(query) > LONGEST_QUERY:
            return None
        pairs = parse_qsl(query.decode("ascii", "replace"), keep_blank_values=True)
        if not pairs or any(name not in self._query_keys for name, _ in pairs):
            return None
        return repr(sorted(pairs, key=lambda pair: pair[0])).encode()
