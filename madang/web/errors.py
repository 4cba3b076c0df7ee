"""Errors become pages here and nowhere else, in the reader's language, inside the headers of every other page."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from madang.i18n.text import Text
from madang.web.clients import BackendError, Forbidden, Impossible, NotFound, Refused, TooManyRequests, Unavailable
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
    assert isinstance(error, HTTPException)
    response = await error_page(request, error.status_code, KINDS.get(error.status_code, "failure"))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def on_backend_error(request: Request, error: Exception) -> Response:
    """Typed errors of the clients that a view has not answered itself."""
    assert isinstance(error, BackendError)
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


class Refusal:
    """What a middleware answers instead of the page asked for; an ASGI app of one error page."""

    def __init__(self, scope: Scope, status: int, kind: str, retry_after: int = 0) -> None:
        self._status, self._kind, self._retry_after = status, kind, retry_after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("path_params", {})
        request = Request(scope, receive)
        response = await error_page(request, self._status, self._kind, retry_after=self._retry_after)
        await response(scope, receive, send)
