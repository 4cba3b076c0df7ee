"""What the provider needs to be told, and what it needs of its surroundings."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from starlette.requests import Request
from starlette.responses import Response

from madang.backend.catalogue.templates import DemonstrationPerson
from madang.i18n.locales import Locale

Refusal = Literal["client", "redirect", "request", "person", "sign-out"]
"""Why a request is answered with a page and not with a redirect: its address to return to cannot be trusted."""


@dataclass(frozen=True, slots=True)
class ProviderConfig:
    """One client, registered here. ``client_secret`` empty: a public client, PKCE alone protects it. Redirect
    addresses must match exactly. ``key``: JWK file of the signature key, made at first start, readable by its owner
    alone."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    post_logout_redirect_uris: tuple[str, ...]
    key: Path
    people: tuple[DemonstrationPerson, ...]


class Store(Protocol):
    """Short-lived values that every worker sees: a code is made by one process and may be redeemed at another."""

    async def put(self, kind: str, key: str, value: bytes, ttl: int) -> None: ...
    async def take(self, kind: str, key: str) -> bytes | None: ...


class Pages(Protocol):
    """The provider's two pages, drawn by whoever embeds it. A form posts ``person`` (a subject), or nothing to
    cancel, to ``action``."""

    async def choose(
        self, request: Request, people: tuple[DemonstrationPerson, ...], action: str, locale: Locale
    ) -> Response: ...

    async def refuse(self, request: Request, reason: Refusal, locale: Locale) -> Response: ...


Clock = Callable[[], float]
"""Seconds since 1970."""
