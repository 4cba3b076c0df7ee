"""Composition root: settings -> ASGI application."""

import asyncio
import contextlib
import datetime as dt
import os
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.types import ASGIApp

from madang.i18n.messages import Catalogues
from madang.remote_support.ports import StoreUnavailable
from madang.web import errors, wiring
from madang.web.assets import PREFIX, Assets, Static
from madang.web.catalogue.facets import FACETS
from madang.web.catalogue.store import CatalogueStore
from madang.web.clients import BackendError
from madang.web.clients.http import GROUPS, Observation
from madang.web.health import Health
from madang.web.metrics import Metrics
from madang.web.middleware.stack import wrap
from madang.web.portal import Portal
from madang.web.preferring import variant
from madang.web.routes import routes
from madang.web.settings import Settings
from madang.web.sign_in.client import SignIn
from madang.web.sign_in.config import DEMONSTRATION_PATH, SignInConfig
from madang.web.state import StateUnavailable, open_state
from madang.web.state.outbox import Drafts
from madang.web.state.sessions import Session, Sessions, utc_now
from madang.web.state.stash import Stash
from madang.web.state.vault import Vault
from madang.web.support import wiring as support
from madang.web.support.journal import Journal
from madang.web.support.recorder import SupportRecorder
from madang.web.support.trail import SupportTrail
from madang.web.templating import TEMPLATES
from madang.web.views import apply
from madang.web.voice import Voice

LOCALES: Final = TEMPLATES.parent / "locales"
QUERY_KEYS: Final = (*FACETS, "page", "q")
"""The parameters that change a public page; whatever else a link carries is not part of the cache's key."""


def create_app(
    settings: Settings | None = None, *, backend: Any = None, now: Callable[[], dt.datetime] = utc_now
) -> ASGIApp:
    """The portal. ``backend``: an ASGI app to call instead of the reference one (its lifespan is the caller's)."""
    settings = settings or Settings.from_environment(os.environ)
    embedded = None if settings.backend_urls else backend or wiring.embedded_backend(settings)
    metrics = Metrics()

    def observe(observation: Observation) -> None:
        if observation.outcome in ("unavailable", "rejected"):
            metrics.backend_errors[observation.group, observation.outcome] += 1

    calls = wiring.client(settings, embedded, observe)
    assets = Assets()
    state = open_state(settings)
    vault = Vault(settings.derived_keys("vault"))
    stash = Stash(state, vault)
    sessions = Sessions(state, idle_minutes=settings.session_idle_minutes, hours=settings.session_hours, now=now)
    config = SignInConfig.from_settings(settings)
    demonstration = wiring.identity_provider(settings, config, state) if config.embedded else None
    provider = wiring.provider(config, demonstration)
    sign_in = SignIn(
        config,
        provider,
        state=state,
        vault=vault,
        stash=stash,
        sessions=sessions,
        on_intent=_on_intent,
    )
    catalogue = CatalogueStore(
        settings.data / "catalogue", wiring.fetcher(calls), seconds=settings.catalogue_seconds, now=now
    )
    monitor = wiring.monitor(calls, state, provider, now)
    catalogues = Catalogues(LOCALES)
    translator = support.translator(settings)
    trail = SupportTrail(calls, Journal(settings.data, vault))
    recorder = SupportRecorder(calls, support.strongbox(settings), now)
    relay = support.relay(settings, trail, support.words(settings, catalogues), translator, now, recorder)
    portal = Portal(
        settings=settings,
        state=state,
        backend=calls,
        drafts=Drafts(state, vault, calls, now=now),
        stash=stash,
        catalogue=catalogue,
        environments=wiring.environments(settings, catalogues, assets),
        assets=assets,
        sign_in=sign_in,
        monitor=monitor,
        now=now,
        voice=Voice(settings.voice, settings.derived_keys("voice")),
        support=relay,
        support_trail=trail,
    )

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(state.close)
            stack.push_async_callback(calls.aclose)
            stack.push_async_callback(sign_in.aclose)
            if embedded is not None and backend is None:
                await stack.enter_async_context(embedded.router.lifespan_context(embedded))
            if not catalogue.load():
                await catalogue.refresh()
            if translator is not None:
                stack.push_async_callback(translator.aclose)
            for_ever = [catalogue.keep_fresh(), portal.drafts.deliver_forever(), monitor.watch()]
            if relay is not None:
                stack.push_async_callback(relay.store.close)
                stack.push_async_callback(trail.close)
                stack.push_async_callback(recorder.close)
                for_ever += [relay.watch(), trail.deliver_forever(), recorder.deliver_for_ever()]
            tasks = [asyncio.create_task(work) for work in for_ever]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    application = Starlette(
        routes=[
            Mount(PREFIX.rstrip("/"), app=Static(assets)),
            *([Mount(DEMONSTRATION_PATH, app=demonstration)] if demonstration is not None else []),
            *routes(demonstration=demonstration is not None),
        ],
        exception_handlers={
            HTTPException: errors.on_http_exception,
            BackendError: errors.on_backend_error,
            StateUnavailable: errors.on_state_unavailable,
            StoreUnavailable: errors.on_support_unavailable,
            Exception: errors.on_failure,
        },
        lifespan=lifespan,
    )
    application.router.redirect_slashes = False
    application.state.portal = portal
    application.state.health = Health(
        settings=settings,
        state=state,
        catalogue=lambda: bool(catalogue.current.services),
        backend=lambda: {group: calls.state(group)[1] is None for group in GROUPS},
    )
    socket = support.endpoint(settings, relay, sessions)
    if socket is not None:
        metrics.connections = lambda: socket.open
    return wrap(
        wiring.CallContexts(application),
        settings=settings,
        state=state,
        sessions=sessions,
        metrics=metrics,
        version=lambda: catalogue.current.version + monitor.version,
        refuse=errors.refuser(application),
        query_keys=QUERY_KEYS,
        variant=variant,
        socket=socket,
    )


async def _on_intent(request: Request, session: Session, intent: str, to: str) -> Response:
    """Apply was pressed before signing in: goes on as if it had been pressed after."""
    parts = to.strip("/").split("/")
    request.scope["madang.locale"] = parts[0]
    request.scope["path_params"] = {"lang": parts[0], "service": parts[-1].partition("?")[0]}
    return await apply.begin(request, session, fresh=False)
