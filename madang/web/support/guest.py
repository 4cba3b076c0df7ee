"""The guardian of a request: who looks with a citizen, too, known by a cookie of their own on their own device."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from madang.remote_support.guardians import Guest
from madang.web.portal import portal

COOKIE: Final = "__Host-madang-guardian"
"""Begins like the session's cookie: no page of who bears it comes from the page cache."""
SECONDS: Final = 7200


async def guest_of(request: Request) -> Guest | None:
    """Raises ``StoreUnavailable``."""
    relay = portal(request).support
    return await relay.guardians.of_token(request.cookies.get(COOKIE, "")) if relay is not None else None


def keep(response: Response, token: str) -> None:
    """Sets the cookie; an empty token deletes it."""
    response.set_cookie(
        COOKIE, token, max_age=SECONDS if token else 0, path="/", secure=True, httponly=True, samesite="lax"
    )
