"""From the contract's table to routes: one address per path, one handler per operation, refusals as problems."""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from madang.backend import door
from madang.backend.eligibility import level
from madang.backend.problems import Refusal, invalid, respond
from madang.contract.assertion import Claims
from madang.contract.endpoints import ENDPOINTS, PDF, Caller, Endpoint

if TYPE_CHECKING:
    from madang.backend.house import House

log = logging.getLogger("madang.backend")

_QUERY_LENGTH: Final = 200
_ROLES: Final[Mapping[Caller, frozenset[str]]] = {
    "clerk": frozenset({"clerk"}),
    "agent": frozenset({"agent", "supervisor"}),
    "supervisor": frozenset({"supervisor"}),
    "portal": frozenset({"portal"}),
}
"""Who may call, by any of these roles."""
_SURE: Final[frozenset[Caller]] = frozenset({"agent", "supervisor"})
"""Who sees others' matters live: they must have signed in with high assurance."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call as a handler sees it: checked, decoded, and by whom. ``claims`` is None where anyone may call;
    ``message`` is the request's struct, ``content`` its bytes when the request is a file."""

    request: Request
    house: "House"
    now: dt.datetime
    claims: Claims | None = None
    message: Any = None
    content: bytes = b""
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """The caller's subject."""
        if self.claims is None:
            raise Refusal("unauthenticated")
        return self.claims.sub

    @property
    def is_clerk(self) -> bool:
        return self.claims is not None and "clerk" in self.claims.roles


Handler: TypeAlias = Callable[[Call], Awaitable[Any]]
"""Returns the endpoint's response struct, the bytes of a PDF, None, or a whole Response."""


def routes(handlers: Mapping[str, Handler]) -> list[Route]:
    """A route per path of the contract. Raises RuntimeError when an endpoint has no handler or a handler no
    endpoint."""
    named = {endpoint.name for endpoint in ENDPOINTS}
    if missing := named - handlers.keys():
        raise RuntimeError(f"No handler for: {', '.join(sorted(missing))}")
    if surplus := handlers.keys() - named:
        raise RuntimeError(f"Not in the contract: {', '.join(sorted(surplus))}")
    paths: dict[str, dict[str, Endpoint]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method] = endpoint
    return [Route(path, _Address(by_method, handlers)) for path, by_method in paths.items()]


class _Address:
    """All operations of one path, as an ASGI application."""

    def __init__(self, operations: Mapping[str, Endpoint], handlers: Mapping[str, Handler]) -> None:
        self._operations = operations
        self._handlers = handlers
        self._allow = ", ".join(sorted(operations.keys() | ({"HEAD"} if "GET" in operations else set())))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive, send)
        method = "GET" if request.method == "HEAD" else request.method
        endpoint = self._operations.get(method)
        if endpoint is None:
            response = respond("method-not-allowed", {"Allow": self._allow})
        else:
            response = await self._answer(endpoint, request)
        await response(scope, receive, send)

    async def _answer(self, endpoint: Endpoint, request: Request) -> Response:
        try:
            result = await self._handlers[endpoint.name](await _call(endpoint, request))
        except Refusal as refusal:
            return respond(refusal.kind, **refusal.details)
        except Exception:
            # The caller can only try again or go elsewhere, which is what "unavailable" says; the trace is for us.
            log.exception("%s failed", endpoint.name)
            return respond("unavailable")
        if isinstance(result, Response):
            return result
        headers = {"Cache-Control": "no-store"}
        if endpoint.response is None:
            return Response(status_code=endpoint.status, headers=headers)
        if endpoint.response == PDF:
            return Response(result, endpoint.status, headers, PDF)
        return Response(msgspec.json.encode(result), endpoint.status, headers, "application/json")


async def _call(endpoint: Endpoint, request: Request) -> Call:
    house: House = request.app.state.house
    now = house.now()
    claims = None if endpoint.caller == "anyone" else door.caller(request, house.config.assertion_keys, now)
    if claims is not None and endpoint.caller in _ROLES:
        sure = endpoint.caller not in _SURE or level(claims.acr) >= level("high")
        if not sure or _ROLES[endpoint.caller].isdisjoint(claims.roles):
            raise Refusal("forbidden")
    query = {name: request.query_params[name] for name in endpoint.query if name in request.query_params}
    for name, value in query.items():
        door.check_text(value, name)
        if len(value) > _QUERY_LENGTH:
            raise invalid((name, "too-long"))
    message, content = None, b""
    if endpoint.request == PDF:
        if door.media_type(request) != PDF:
            raise Refusal("unsupported-media-type")
        content = await door.body(request, door.FILE_BYTES)
    elif endpoint.request == "file":
        content = await door.body(request, door.FILE_BYTES)
    elif endpoint.request is not None:
        message = await door.message(request, endpoint.request)
    return Call(request, house, now, claims, message, content, request.path_params, query)
