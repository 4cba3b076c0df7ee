"""The support session of a request: known by a cookie of its own, looked up when first asked for."""

import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from madang.remote_support.ports import StoreUnavailable
from madang.remote_support.relay import Relay
from madang.remote_support.states import Session
from madang.web.page import Page
from madang.web.portal import portal

COOKIE: Final = "__Host-madang-support"
"""Begins like the session's cookie, so that no page of who bears it comes from the page cache."""
SECONDS: Final = 4 * 3600
"""How long the browser keeps it: the longest session that more time allows, and time to read the receipt."""
READ: Final = ".read"
"""Behind the token when the receipt was read: pages no longer speak of a session that is over."""
SCOPE: Final = "madang.support"

log = logging.getLogger("madang.support")


class RequestSupport:
    """``scope["madang.support"]``. A request without the cookie never touches the store."""

    __slots__ = ("_asked", "_relay", "_session", "_shown", "read", "token")

    def __init__(self, relay: Relay | None, cookie: str) -> None:
        self._relay = relay
        self.token = cookie.removesuffix(READ)
        self.read = cookie.endswith(READ)
        self._asked = False
        self._shown = False
        self._session: Session | None = None

    @property
    def named(self) -> bool:
        """Whether the request names a session, alive or not: its answer is nobody else's."""
        return bool(self.token)

    async def get(self) -> Session | None:
        """The session, also one that is over. None also while the store is down: pages go on without the agent."""
        if not self._asked and self._relay is not None and self.token:
            self._asked = True
            try:
                self._session = await self._relay.of_token(self.token)
            except StoreUnavailable:
                log.warning("the store of remote support does not answer")
        return self._session

    async def show(self, page: Page) -> Session | None:
        """The session after ``page`` has become the one that stands. Counted once a request."""
        session = await self.get()
        if session is None or session.over or self._shown or self._relay is None:
            return session
        self._shown = True
        try:
            self._session = await self._relay.page(session.id, name_of(page), page.sensitive) or session
        except StoreUnavailable:
            log.warning("the store of remote support does not answer")
        return self._session

    def renew(self, session: Session | None) -> None:
        """What an event has made of the session, for what this request still draws."""
        self._asked, self._session = True, session


def support_of(request: Request) -> RequestSupport:
    """The support session of a request; the same object at each call."""
    found: RequestSupport | None = request.scope.get(SCOPE)
    if found is None:
        found = RequestSupport(portal(request).support, request.cookies.get(COOKIE, ""))
        request.scope[SCOPE] = found
    return found


def keep(response: Response, value: str) -> None:
    """Sets the cookie; an empty value deletes it."""
    response.set_cookie(
        COOKIE, value, max_age=SECONDS if value else 0, path="/", secure=True, httponly=True, samesite="lax"
    )


def name_of(page: Page) -> str:
    """What trail, desk and receipt call a page: never an address. Of a form each question is a page of its own
    ("apply/question/purpose")."""
    name, step = page.template.removesuffix(".html").removesuffix("/index"), getattr(page, "step", "")
    return f"{name}/{step}" if step else name
