"""For balancers and operators: alive, ready, metrics, and where to report a weakness."""

import datetime as dt
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from madang.i18n.locales import HTML_LANG, LOCALES
from madang.web.metrics import Metrics
from madang.web.setting_readers import is_loopback
from madang.web.settings import Settings
from madang.web.state import State, StateUnavailable

NO_STORE: Final = {"Cache-Control": "no-store"}
SECURITY_DAYS: Final = 180
"""How long a copy of security.txt may be trusted: RFC 9116 asks for less than a year."""


@dataclass(frozen=True, slots=True)
class Health:
    """What the probes look at; ``app.state.health``. ``catalogue``: whether a catalogue is loaded. ``backend``: by API
    group, whether it answers; it must not wait (ask the breaker, not the network)."""

    settings: Settings
    state: State
    catalogue: Callable[[], bool]
    backend: Callable[[], Mapping[str, bool]] = field(default=dict)
    database: Callable[[], Awaitable[bool]] | None = None
    """Of the embedded backend, where there is one."""


def _health(request: Request) -> Health:
    return cast(Health, request.app.state.health)


async def livez(request: Request) -> Response:
    """GET /livez: 200 as long as the worker answers at all. If it does not, start it anew."""
    return PlainTextResponse("alive\n", headers=NO_STORE)


async def readyz(request: Request) -> Response:
    """GET /readyz: 200, or 503 when no reader can be served here: without state or without a catalogue.

    A backend that is down makes it ``degraded``, not unready: guides, search and phone numbers still answer, and taking
    the portal away would help nobody."""
    health = _health(request)
    parts = {"state": "ok", "catalogue": "ok" if health.catalogue() else "missing"}
    try:
        await health.state.ping()
    except StateUnavailable:
        parts["state"] = "unavailable"
    ready = set(parts.values()) == {"ok"}
    for group, up in health.backend().items():
        parts[group] = "ok" if up else "degraded"
    if health.database is not None:
        parts["database"] = "ok" if await health.database() else "degraded"
    body = msgspec.json.encode({"ready": ready, "parts": parts}) + b"\n"
    return Response(body, 200 if ready else 503, NO_STORE, "application/json")


async def metrics(request: Request) -> Response:
    """GET /metrics: of this worker, in Prometheus's text format. With the bearer token, or from this machine where none
    is set; anyone else gets 404."""
    token = _health(request).settings.metrics_token
    if token:
        given = request.headers.get("authorization", "").encode("utf-8", "replace")
        allowed = hmac.compare_digest(given, f"Bearer {token}".encode())
    else:
        # A proxy on this machine forwards the whole world from a loopback address.
        peer = request.client.host if request.client else ""
        allowed = is_loopback(peer) and "x-forwarded-for" not in request.headers and "forwarded" not in request.headers
    if not allowed:
        return PlainTextResponse("not found\n", 404, NO_STORE)
    counted = cast(Metrics, request.scope["madang.metrics"])
    return Response(counted.text(), headers=NO_STORE, media_type=CONTENT_TYPE_LATEST)


async def security_txt(request: Request) -> Response:
    """GET /.well-known/security.txt (RFC 9116)."""
    settings = _health(request).settings
    midnight = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.security_contact or settings.base_url + '/en/help'}",
        f"Expires: {(midnight + dt.timedelta(days=SECURITY_DAYS)).isoformat().replace('+00:00', 'Z')}",
        f"Preferred-Languages: {', '.join(HTML_LANG[locale] for locale in LOCALES)}",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")
