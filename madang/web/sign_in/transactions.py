"""One sign-in on its way: what the server remembers between sending a browser to the provider and its return.

Everything is sealed and short-lived. A browser holds one opaque value, the cookie ``__Host-madang-signin``: it ties a
transaction to the browser that began it, so that nobody can finish their own sign-in in somebody else's browser.
"""

import base64
import hashlib
import hmac
import re
import secrets
from typing import Any, Final, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.catalogue import Assurance
from madang.i18n.locales import Locale
from madang.web.state import State
from madang.web.state.vault import Vault, VaultError

COOKIE: Final = "__Host-madang-signin"
TRANSACTION_SECONDS: Final = 900
LEAVING_SECONDS: Final = 60
_OPAQUE: Final = re.compile(r"[A-Za-z0-9_-]{43}")

S = TypeVar("S", bound=msgspec.Struct)


class Transaction(msgspec.Struct, frozen=True):
    """Between the redirect to the provider and its callback; used once. ``browser`` is the hash of the cookie;
    ``kept`` the id of what waits for the person, or empty."""

    browser: str
    nonce: str
    verifier: str
    to: str
    locale: Locale
    least: Assurance | None = None
    kept: str = ""


class Done(msgspec.Struct, frozen=True):
    """A finished transaction, so that a reloaded callback leads to the page and not to an error."""

    browser: str
    subject: str
    to: str


class Hint(msgspec.Struct, frozen=True):
    """The ID token of a session, only ever sent back to the provider that made it, to sign out there."""

    id_token: str


class Leaving(msgspec.Struct, frozen=True):
    """Where a browser that has just signed out here signs out of the provider."""

    url: str


class Records:
    """Sealed records in the portal's state. Keys are hashed: who reads the store can neither finish nor find a
    sign-in."""

    def __init__(self, state: State, vault: Vault) -> None:
        self._state = state
        self._vault = vault

    async def put(self, kind: str, key: str, record: msgspec.Struct, ttl: int = TRANSACTION_SECONDS) -> None:
        await self._state.put(kind, digest(key), self._vault.seal(msgspec.json.encode(record)), ttl)

    async def get(self, kind: str, key: str, shape: type[S]) -> S | None:
        """The record; None when there is none, or none that our keys open."""
        return self._opened(await self._state.get(kind, digest(key)), shape)

    async def take(self, kind: str, key: str, shape: type[S]) -> S | None:
        """The record, for one caller only: it is gone with the same step."""
        return self._opened(await self._state.take(kind, digest(key)), shape)

    def _opened(self, sealed: bytes | None, shape: type[S]) -> S | None:
        if sealed is None:
            return None
        try:
            return msgspec.json.decode(self._vault.open(sealed), type=shape)
        except (VaultError, msgspec.DecodeError):
            return None


def opaque() -> str:
    """256 random bits as 43 characters."""
    return secrets.token_urlsafe(32)


def is_opaque(value: Any) -> bool:
    """Whether ``value`` has the form of ours."""
    return isinstance(value, str) and _OPAQUE.fullmatch(value) is not None


def digest(value: str) -> str:
    """SHA-256, base64url, of an identifier that should not be stored as it is."""
    return base64.urlsafe_b64encode(hashlib.sha256(value.encode()).digest()).rstrip(b"=").decode()


def browser_of(request: Request) -> str | None:
    """The hash of this browser's cookie; None where there is none, or one that cannot be ours."""
    value = request.cookies.get(COOKIE, "")
    return digest(value) if is_opaque(value) else None


def known_or_new(request: Request) -> tuple[str, str | None]:
    """(hash of this browser's cookie, the value to set where it has none yet)."""
    known = browser_of(request)
    if known is not None:
        return known, None
    value = opaque()
    return digest(value), value


def bind(value: str | None, response: Response) -> None:
    """Sets the cookie where ``value`` is a new one. It ends with the browser; several tabs share it."""
    response.headers["Cache-Control"] = "no-store"
    if value is not None:
        response.set_cookie(COOKIE, value, path="/", secure=True, httponly=True, samesite="lax")


def same(left: str, right: str | None) -> bool:
    """Compares in constant time."""
    return right is not None and hmac.compare_digest(left, right)
