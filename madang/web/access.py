"""Who may enter a page. Every row of the route table names one of these."""

from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang.web.links import link
from madang.web.portal import locale_of, portal, session_of

View = Callable[[Request], Awaitable[Response]]


class Access(Enum):
    """PUBLIC: anyone. SIGNED_IN: after signing in, which never loses the page or what was typed. OPERATOR: machines.
    AGENT: who helps others on their own pages, and SUPERVISOR, who looks after the agents: both signed in strongly."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    CLERK = "clerk"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"


ROLES: Final[Mapping[Access, frozenset[str]]] = {
    Access.CLERK: frozenset({"clerk"}),
    Access.AGENT: frozenset({"agent", "supervisor"}),
    Access.SUPERVISOR: frozenset({"supervisor"}),
}
"""Who may enter with any one of these roles."""
STRONG: Final = frozenset({Access.AGENT, Access.SUPERVISOR})
STRONGEST: Final = "high"
"""The level of assurance that a sign-in must have reached before somebody else's pages are shown."""


def guarded(view: View, access: Access) -> View:
    """``view`` behind its rule."""
    if access in (Access.PUBLIC, Access.OPERATOR):
        return view

    async def guard(request: Request) -> Response:
        session = await session_of(request)
        if session is None:
            return await portal(request).sign_in.interrupt(request)
        needed = ROLES.get(access)
        if needed is not None and needed.isdisjoint(session.roles):
            raise HTTPException(403)
        if access in STRONG and session.acr != STRONGEST:
            # What was posted without it came from no page of ours: those are behind the same rule.
            to = request.url.path if request.method == "GET" else link(locale_of(request), "desk")
            return await portal(request).sign_in.begin(request, to, assurance=STRONGEST)
        return await view(request)

    guard.__name__ = getattr(view, "__name__", "view")
    guard.__doc__ = view.__doc__
    return guard
