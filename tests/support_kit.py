"""The portal with the relay inside it, a citizen who asks for help by HTTP alone, and an agent who helps them."""

import contextlib
import itertools
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
from portal_kit import Visitor, portal

from madang.i18n.locales import Locale
from madang.remote_support.relay import Relay
from madang.remote_support.states import Agent, Session
from madang.web.portal import Portal

AGENT = Agent("agent-1", "백노을", "정부민원안내콜센터", "ko")
GUIDE = "services/entry-exit"
_addresses = (f"203.0.{n // 250}.{n % 250 + 1}" for n in itertools.count())


class House:
    """The portal; ``relay`` is how tests speak as an agent's desk does."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.relay: Relay

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)
        if "app" in scope:
            self.relay = scope["app"].state.portal.support

    @property
    def portal(self) -> Portal:
        """Its parts, inside everything that guards it."""
        found: Portal = self.app._app._app.state.portal
        return found

    def visitor(self) -> Visitor:
        """A citizen at an address of their own."""
        return Visitor(self, next(_addresses))

    async def session(self, session: Session) -> Session:
        """The session as it now is."""
        found = await self.relay.load(session.id)
        assert found is not None
        return found

    async def asked(self, locale: Locale, way: str = "code", back: str = "") -> tuple[Visitor, Session]:
        """A citizen who has asked for help, and the session."""
        visitor = self.visitor()
        page = await visitor.post(f"/{locale}/help/support", {"way": way, "from": back or f"/{locale}/{GUIDE}"})
        assert page.url.path == f"/{locale}/help/support/waiting"
        session = (await self.relay.queue())[-1]
        assert (session.locale, session.way) == (locale, way)
        return visitor, session

    async def matched(self, locale: Locale) -> tuple[Visitor, Session]:
        """A citizen who has read the code on the page to an agent."""
        visitor, session = await self.asked(locale)
        assert visitor.page is not None
        await self.relay.enter_code(AGENT, code_on(visitor.page.text))
        page = await visitor.get(f"/{locale}/help/support/waiting")
        assert page.url.path == f"/{locale}/help/support/agree"
        return visitor, await self.session(session)

    async def helped(self, locale: Locale, level: str = "suggest") -> tuple[Visitor, Session]:
        """A citizen with an agent on the guide that help was asked from."""
        visitor, session = await self.matched(locale)
        page = await visitor.post(f"/{locale}/help/support/agree", {"answer": "yes", "level": level})
        assert page.url.path == f"/{locale}/{GUIDE}"
        return visitor, await self.session(session)


def code_on(html: str) -> str:
    """The nine digits that the page shows."""
    shown = re.search(r"(?:<span>\d{3}</span>){3}", html)
    assert shown, "no code"
    return re.sub(r"\D", "", shown[0])


@contextlib.asynccontextmanager
async def house(data: Path, **more: str) -> AsyncIterator[House]:
    async with portal(data, **more) as app:
        made = House(app)
        await made.visitor().get("/en/help/support")
        yield made


class Silent:
    """A transport that reaches nobody."""

    async def handle_async_request(self, request: Any) -> Any:
        raise httpx.ConnectError("nobody there")

    async def aclose(self) -> None:
        pass


@contextlib.contextmanager
def silenced(backend: Any) -> Iterator[None]:
    """The backend's records of remote support cannot be reached."""
    line = backend._lines["support"]
    base, transport = line.base, line.transport
    line.base, line.transport = "http://backend.invalid:1", Silent()
    try:
        yield
    finally:
        line.base, line.transport = base, transport
