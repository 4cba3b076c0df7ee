"""Who may enter a page. Every row of the route table names one of these."""

from collections.abc import Awaitable, Callable
from enum import Enum

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang.web.portal import portal, session_of

View = Callable[[Request], Awaitable[Response]]


class Access(Enum):
    """PUBLIC: anyone. SIGNED_IN: after signing in, which never loses the page or what was typed. OPERATOR: machines."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"
    CLERK = "clerk"
    OPERATOR = "operator"


def guarded(view: View, access: Access) -> View:
    """``view`` behind its rule."""
    if access in (Access.PUBLIC, Access.OPERATOR):
        return view

    async def guard(request: Request) -> Response:
        session = await session_of(request)
        if session is None:
            return await portal(request).sign_in.interrupt(request)
        if access is Access.CLERK and "clerk" not in session.roles:
            raise HTTPException(403)
        return await view(request)

    guard.__name__ = getattr(view, "__name__", "view")
    guard.__doc__ = view.__doc__
    return guard
