"""Errors become pages here and nowhere else, in the reader's language, inside the headers of every other page."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from madang.i18n.text import Text
from madang.web.clients import BackendError, Forbidden, Impossible, NotFound, Refused, TooManyRequests, Unavailable
from madang.web.middleware.common import NO_SESSION, Refuse
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render
from madang.web.views.cards import Elsewhere, elsewhere

log = logging.getLogger("madang.errors")

KINDS: Final[dict[int, str]] = {
    400: "bad-request",
    401: "forbidden",
    403: "forbidden",
    404: "not-found",
    405: "wrong-method",
    408: "bad-request",
    409: "not-possible",
    411: "bad-request",
    413: "too-large",
    414: "bad-request",
    415: "bad-request",
    421: "wrong-host",
    422: "bad-request",
    429: "too-many",
    431: "bad-request",
    503: "unavailable",
}


@dataclass(frozen=True, slots=True)
class ErrorPage(Page):
    template: ClassVar[str] = "errors/index.html"
    bundle: ClassVar[str] = "task"
    kind: Public[str]
    """One of the values of KINDS, "cross-origin", "busy", "outage" or "failure"."""
    status: Public[int]
    reference: Public[str]
    """The request's id, for the call centre."""
    since: Public[dt.datetime | None]
    """When the agency's system stopped answering."""
    service: Public[str]
    title: Public[Text | None]
    draft_kept: Public[bool]
    elsewhere: Public[Elsewhere]


async def error_page(
    request: Request, status: int, kind: str, *, since: dt.datetime | None = None, retry_after: int = 0
) -> Response:
    """The page of one error. On an address of a draft it says that the draft is kept."""
    shelf = portal(request).shelf
    service = shelf.service(request.path_params.get("service", "")) if hasattr(request, "path_params") else None
    page = ErrorPage(
        kind=kind,
        status=status,
        reference=request.scope.get("madang.request_id", ""),
        since=since,
        service=service.identifier if service else "",
        title=service.title if service else None,
        draft_kept="draft" in request.path_params,
        elsewhere=elsewhere(shelf, service.identifier if service else None),
    )
    response = await render(request, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


async def on_http_exception(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    response = await error_page(request, error.status_code, KINDS.get(error.status_code, "failure"))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(_methods(request))
    return response


def _methods(request: Request) -> list[str]:
    """What the address knows: showing and sending are two routes, and the router has asked the first one alone."""
    here = [route for route in request.app.routes if isinstance(route, Route)]
    return sorted(
        {m for route in here if route.matches(request.scope)[0] is not Match.NONE for m in route.methods or ()}
    )


async def on_backend_error(request: Request, error: Exception) -> Response:
    """Typed errors of the clients that a view has not answered itself."""
    if not isinstance(error, BackendError):
        raise error
    if isinstance(error, Unavailable):
        return await error_page(request, 503, "outage", since=error.since, retry_after=30)
    if isinstance(error, NotFound):
        return await error_page(request, 404, "not-found")
    if isinstance(error, Forbidden):
        return await error_page(request, 403, "forbidden")
    if isinstance(error, Impossible):
        return await error_page(request, 409, "not-possible")
    if isinstance(error, TooManyRequests):
        return await error_page(request, 429, "too-many", retry_after=60)
    status = error.problem.status if isinstance(error, Refused) else 500
    if status in KINDS:
        return await error_page(request, status, KINDS[status])
    log.error("a backend refused what the portal should not have sent", exc_info=error)
    return await error_page(request, 500, "failure")


async def on_failure(request: Request, error: Exception) -> Response:
    """A mistake of ours. It is logged with the request's id, and the person is told what to do."""
    log.error("unhandled", exc_info=error, extra={"request_id": request.scope.get("madang.request_id", "")})
    return await error_page(request, 500, "failure")


async def on_state_unavailable(request: Request, error: Exception) -> Response:
    """Sessions cannot be read now: nobody is signed in on this page, and nothing was done."""
    log.error("the state store does not answer", exc_info=error)
    request.scope["madang.session"] = NO_SESSION
    return await error_page(request, 503, "unavailable", retry_after=30)


async def on_support_unavailable(request: Request, error: Exception) -> Response:
    """The store of remote support does not answer: what was asked of it was not done."""
    log.error("the store of remote support does not answer", exc_info=error)
    return await error_page(request, 503, "unavailable", retry_after=30)


def refuser(application: Starlette) -> Refuse:
    """What middlewares answer with instead of the page asked for: an error page drawn by ``application``'s parts."""

    def refuse(scope: Scope, status: int, kind: str, retry_after: int = 0) -> ASGIApp:
        async def refusal(scope: Scope, receive: Receive, send: Send) -> None:
            drawn = {**scope, "app": application, "path_params": {}}
            if status == 400:  # an address that cannot be read leads nowhere in another language either
                drawn |= {"path": f"/{scope['madang.locale']}/", "raw_path": b"", "query_string": b""}
            response = await error_page(Request(drawn, receive), status, kind, retry_after=retry_after)
            for name in ("madang.csp_hashes", "madang.noindex", "madang.page"):
                if name in drawn:
                    scope[name] = drawn[name]
            await response(scope, receive, send)

        return refusal

    return refuse
