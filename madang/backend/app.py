"""Composition root of the reference backend: config -> ASGI application."""

import contextlib
import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from madang.backend import (
    applications,
    appointments,
    clerk,
    documents,
    drafts,
    files,
    identity,
    phone,
    places,
    preferences,
    publishing,
    recordings,
    reports,
    sharing,
    submission,
    support,
    support_desk,
    verification,
)
from madang.backend.catalogue.compiled import load
from madang.backend.config import BackendConfig
from madang.backend.database import Database
from madang.backend.house import House, clock
from madang.backend.issuing import IssuingDesk, Press
from madang.backend.life import answers as life
from madang.backend.messenger import messenger
from madang.backend.problems import respond
from madang.backend.routing import Handler, routes

__all__ = ["BackendConfig", "create_backend"]

log = logging.getLogger("madang.backend")

_NOUNS: Final = (
    publishing, identity, sharing, drafts, files, submission, applications, clerk, places, documents, verification,
    reports, life, support, support_desk, appointments, phone, recordings,
    preferences,
)  # fmt: skip


def handlers() -> dict[str, Handler]:
    """Every noun's handlers by the contract's names. Raises RuntimeError when two claim one name."""
    found: dict[str, Handler] = {}
    for noun in _NOUNS:
        for name, handler in noun.HANDLERS.items():
            if name in found:
                raise RuntimeError(f"Two handlers for: {name}")
            found[name] = handler
    return found


def create_backend(
    config: BackendConfig, *, now: Callable[[], dt.datetime] = clock, press: Press | None = None
) -> Starlette:
    """The backend. Its lifespan must be entered: it starts the issuing processes and takes up jobs left behind.

    The database must have been prepared (``python -m madang.backend.prepare``). ``press``: what prints instead of the
    issuing pool (tests). Raises CatalogueInvalid when the catalogue cannot be served."""
    database = Database(config.database_url)
    holdings = load(config.catalogue, config.data, config.demonstration)
    pool = None
    if press is None:
        from madang.backend.issuance.pool import IssuingPool

        press = pool = IssuingPool(
            config.signing_key, config.signing_certificate, config.issuers, trusted=config.former_certificates
        )
    texts = messenger(config.data, config.messages_url, config.messages_key, config.demonstration, now)
    desk = IssuingDesk(config, database, holdings, press, now)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            stack.callback(database.close)
            if pool is not None:
                await stack.enter_async_context(pool)
            group = await stack.enter_async_context(anyio.create_task_group())
            await group.start(desk.run)
            group.start_soon(recordings.sweep_for_ever, database, now)
            try:
                yield
            finally:
                group.cancel_scope.cancel()

    app = Starlette(
        routes=[Route("/livez", _alive), *routes(handlers())],
        lifespan=lifespan,
        exception_handlers={HTTPException: _refused},
    )
    app.router.redirect_slashes = False
    app.state.house = House(config, database, holdings, desk, now, texts)
    return app


async def _alive(_request: Request) -> Response:
    """The process serves; whether the database answers is ``/v1/health``'s to say."""
    return PlainTextResponse("ok")


def _refused(_request: Request, error: Any) -> Response:
    """What the router itself refuses: unknown paths, and ``/livez`` with another method."""
    if error.status_code == 405:
        return respond("method-not-allowed", dict(error.headers or {}))
    return respond("not-found")
