"""The middlewares around the portal's pages, in the order that a request meets them."""

from collections.abc import Callable, Collection, Sequence
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from madang.web.logs import AccessLog
from madang.web.metrics import Metrics
from madang.web.middleware.clients import Clients
from madang.web.middleware.common import Refuse, plain_refusal
from madang.web.middleware.compression import Compression
from madang.web.middleware.cross_origin import CrossOrigin
from madang.web.middleware.express import Express
from madang.web.middleware.host import Host
from madang.web.middleware.language import Language
from madang.web.middleware.limits import Limits, body_limit
from madang.web.middleware.observe import Observe
from madang.web.middleware.page_cache import PageCache
from madang.web.middleware.pages import Pages, Variant, no_cookie_of_ours
from madang.web.middleware.personal import Personal
from madang.web.middleware.rates import Rates
from madang.web.middleware.security_headers import SecurityHeaders
from madang.web.middleware.session import SessionMiddleware
from madang.web.middleware.sockets import Sockets
from madang.web.settings import Settings
from madang.web.state import State
from madang.web.state.sessions import Sessions


def wrap(
    app: ASGIApp,
    *,
    settings: Settings,
    state: State,
    sessions: Sessions,
    metrics: Metrics,
    version: Callable[[], str],
    refuse: Refuse = plain_refusal,
    query_keys: Collection[str] = (),
    variant: Variant = no_cookie_of_ours,
    form_action: Sequence[str] = (),
    style_hashes: Sequence[str] = (),
    exempt: Collection[str] = (),
    access_log: AccessLog | None = None,
    socket: ASGIApp | None = None,
) -> "Stack":
    """``app`` inside everything that guards it, and ``socket``, which answers the one WebSocket, behind a door of its
    own. ``version``: of the catalogue, for the page cache. ``query_keys``: the
    parameters that cacheable pages know. ``form_action``: origins that forms may end at, beside our own and the
    issuer's. ``exempt``: first path segments that machines post to without an Origin."""
    issuer = origin(settings.oidc_issuer)
    pages = Pages(version=version, query_keys=query_keys, variant=variant, mib=settings.page_cache_mib)
    wrapped: ASGIApp = SessionMiddleware(Personal(app, pages=pages, sessions=sessions), sessions=sessions)
    scheme = urlsplit(settings.base_url).scheme
    wrapped = CrossOrigin(wrapped, scheme=scheme, refuse=refuse, exempt=exempt)
    clients = Clients(settings.trusted_proxies, settings.derived_keys("clients")[0])
    rates = Rates(settings.client_requests, state if settings.redis_url else None)
    wrapped = Limits(
        wrapped,
        refuse=refuse,
        clients=clients,
        rates=rates,
        limit=body_limit(settings.form_kib * 1024, settings.upload_mib * 1024 * 1024 + 64 * 1024),
        in_flight=settings.in_flight,
        metrics=metrics,
    )
    wrapped = Compression(wrapped)
    cache = PageCache(wrapped, pages=pages, outer=lambda hashes: secured.of(hashes))
    log = access_log or AccessLog(enabled=settings.log_level in ("debug", "info"))
    wrapped = Host(Language(cache), hosts=settings.hosts, refuse=refuse, base_url=settings.base_url)
    secured = SecurityHeaders(
        Observe(wrapped, metrics=metrics, access_log=log, refuse=refuse),
        https=settings.is_https,
        form_action=tuple(dict.fromkeys((*([issuer] if issuer else []), *form_action))),
        style_hashes=style_hashes,
    )
    # The one name alone: under our other names pages move to it.
    one = (urlsplit(settings.base_url).netloc.lower(),)
    express = Express(secured, cache=cache, hosts=one, metrics=metrics, access_log=log)
    sockets = Sockets(socket, hosts=settings.hosts, scheme=scheme, clients=clients, rates=rates, metrics=metrics)
    return Stack(express, app, sockets)


def origin(url: str) -> str:
    """Scheme and host of an address, empty for an empty one."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


class Stack:
    """Start and stop go straight to the application; WebSockets have a door of their own."""

    def __init__(self, wrapped: Express, app: ASGIApp, sockets: Sockets) -> None:
        self._wrapped = wrapped
        self.immediate = wrapped.immediate
        self._app = app
        self._sockets = sockets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._wrapped(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        else:
            await self._sockets(scope, receive, send)
