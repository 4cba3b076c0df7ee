"""The session of a request: looked up when first asked for, its cookie set and cleared here and nowhere else."""

from collections.abc import Awaitable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang.web.middleware.common import headers_of
from madang.web.state import StateUnavailable
from madang.web.state.sessions import COOKIE, Session, Sessions

_NAME: Final = COOKIE.encode("ascii") + b"="
_ATTRIBUTES: Final = "; Path=/; Secure; HttpOnly; SameSite=Lax"
_PERSONAL: Final = ((b"cache-control", b"no-store"), (b"vary", b"Cookie"))


def session_id(cookies: bytes) -> str | None:
    """The session's id in a Cookie header, or None."""
    if _NAME not in cookies:
        return None
    for pair in cookies.split(b";"):
        pair = pair.strip()
        if pair.startswith(_NAME):
            return pair[len(_NAME) :].decode("latin-1")
    return None


class RequestSession:
    """``scope["madang.session"]``. A request without the cookie never touches the store."""

    __slots__ = ("_asked", "_cookie", "_id", "_session", "_sessions")

    def __init__(self, sessions: Sessions, identifier: str | None) -> None:
        self._sessions = sessions
        self._id = identifier
        self._asked = False
        self._session: Session | None = None
        self._cookie: str | None = None

    async def get(self) -> Session | None:
        """The person's session, or None. None also while the store is down: guides, search and phone numbers then still
        answer, and what needs to know the person fails where it uses the store itself."""
        if not self._asked and self._id is not None:
            self._asked = True
            try:
                self._session = await self._sessions.find(self._id)
            except StateUnavailable:
                return None  # the cookie stays: the session may well be alive
            if self._session is None:
                self._cookie = ""  # it names a session that is over
        return self._session

    async def start(self, session: Session) -> None:
        """Signs in: a new session under a new id; the one that this request came with is ended."""
        self._id = self._cookie = await self._sessions.start(session, self._id)
        self._asked = True
        self._session = await self._sessions.find(self._id)

    async def lengthen(self, times: int | None) -> None:
        """Gives the session that this request came with, or has started, ``times`` its usual limits; None: no limit."""
        if self._id is not None and await self.get() is not None:
            await self._sessions.lengthen(self._id, times)
            self._session = await self._sessions.find(self._id)

    async def end(self) -> None:
        """Signs out: the session ends on the server, and the browser forgets its id."""
        if self._id is not None:
            await self._sessions.end(self._id)
        self.forget()

    def forget(self) -> None:
        """Signs out in this browser alone, where the session cannot be ended: its id is forgotten."""
        self._asked, self._session, self._cookie = True, None, ""

    async def end_all(self) -> None:
        """Signs this person out everywhere."""
        session = await self.get()
        if session is not None:
            await self._sessions.end_all(session.subject)
        await self.end()

    @property
    def came_with_one(self) -> bool:
        """Whether the request names a session, alive or not, and nobody has asked for it yet."""
        return self._id is not None and not self._asked

    @property
    def personal(self) -> bool:
        """Whether the response depends on who asks."""
        return self._asked

    def set_cookie(self) -> bytes | None:
        """The Set-Cookie header of the response, if it needs one."""
        if self._cookie is None:
            return None
        lifetime = "" if self._cookie else "; Max-Age=0"
        return f"{COOKIE}={self._cookie}{_ATTRIBUTES}{lifetime}".encode("ascii")


class SessionMiddleware:
    """Puts ``RequestSession`` into the scope. What read a session is ``no-store`` and never whole in a cache."""

    def __init__(self, app: ASGIApp, *, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        session = RequestSession(self._sessions, session_id(headers_of(scope).get(b"cookie", b"")))
        scope["madang.session"] = session

        def with_cookie(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start" and session.personal:
                scope["madang.noindex"] = True
                scope.pop("madang.cacheable", None)
                kept = [header for header in message.get("headers", ()) if header[0] not in (b"cache-control", b"etag")]
                cookie = session.set_cookie()
                if cookie is not None:
                    kept.append((b"set-cookie", cookie))
                message = {**message, "headers": [*kept, *_PERSONAL]}
            return send(message)

        await self._app(scope, receive, with_cookie)
