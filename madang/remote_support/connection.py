"""One open connection: what arrives is checked and passed on, what was published reaches it if it still may.

Everything downwards goes through one place, under one lock: so nothing that was read before a blank is sent after it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

import msgspec
from starlette.types import Receive, Send

from madang.remote_support.inbox import Closed, Inbox, Up
from madang.remote_support.messages import (
    Blanked,
    Down,
    Hello,
    Language,
    Ping,
    Pong,
    RefusedMessage,
)
from madang.remote_support.ports import StoreUnavailable, Ticket
from madang.remote_support.rates import WRONGS
from madang.remote_support.relay import Relay
from madang.remote_support.sealed import Gate, Sealed, unseal
from madang.remote_support.states import Agent, Opened, Session, Side
from madang.remote_support.upward import SMALL

Key = tuple[str, Side, int]
"""Session, side, and of a citizen's connection the page it belongs to."""
OVER: Final = 4000
"""Close code: the session is over, or no longer this connection's."""
WRONG: Final = 1008
LATER: Final = 1013
"""Close code: come back with a new ticket and read everything anew."""
HELLO_SECONDS: Final = 10.0
PING_SECONDS: Final = 20.0
SILENT_SECONDS: Final = 45.0
SEND_SECONDS: Final = 10.0
"""In which a message must have gone out; a peer that takes longer is cut off."""
RECENT: Final = 20
"""So much of what was said is said again to a desk that comes, or comes back."""
EARLY: Final = 100
"""Events that may wait for the registry of their page: it is made after the page itself was sent."""
_FRAGMENTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_FRESH = msgspec.json.Decoder(list[str] | None)
_ENCODER = msgspec.json.Encoder()
log: Final = logging.getLogger("madang.support")


class Connection:
    """``still``: whether the one who opened it may still use it; asked again with every ping."""

    def __init__(
        self, relay: Relay, ticket: Ticket, still: Callable[[], Awaitable[bool]], receive: Receive, send: Send
    ) -> None:
        self._relay, self._still = relay, still
        self._session, self._side, self._subject = ticket.session, ticket.side, ticket.subject
        self._inbox, self._send = Inbox(receive, ticket.side), send
        self._agent: Agent | None = None
        self._page = 0
        self._in_own_language = True
        self._gate = Gate(self._side, agent=ticket.subject)
        self._turn = asyncio.Lock()
        self._over = False
        """The end has been told: nothing comes after it."""
        self._wrong, self._withheld = 0, False
        self._early: list[Up] = []
        self._citizens: str = ""
        self._guardians: str = ""
        self._shown: str = ""
        """In which language the page that was sent last is."""

    async def hello(self) -> Key | None:
        """Waits for the first message; None when it is no hello."""
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                first = await self._inbox.next()
        except (TimeoutError, Closed, msgspec.DecodeError):
            return None
        if not isinstance(first, Hello):
            return None
        if self._side == "citizen":
            self._page = first.page
            self._gate = Gate("citizen", page=first.page)
        return self._session, self._side, self._page

    async def run(self) -> int | None:
        """Until it ends; returns the code to close with, None when the peer has gone."""
        try:
            async with self._relay.store.subscribe(self._session, self._side) as messages:
                await self._relay.here(self._session, self._side)
                before = await self._relay.load(self._session)
                session = await self._relay.apply(self._session, Opened(self._side, self._page))
                again = before is not None and (before.state == "away" or before.connected)
                await self._anew(session, offers=again)
                return await self._all(messages)
        except Closed as closed:
            return closed.code
        except (StoreUnavailable, TimeoutError):
            return LATER

    async def _all(self, messages: AsyncIterator[bytes | None]) -> int | None:
        """Reads, writes and pings, until the first of them ends."""
        tasks = [asyncio.create_task(work) for work in (self._read(), self._write(messages), self._beat())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()
        return OVER

    # Upwards.
    async def _read(self) -> None:
        while True:
            try:
                message = await self._inbox.next()
            except msgspec.DecodeError:
                await self._refuse("", "form")
                continue
            if isinstance(message, Pong):
                continue
            why = await self._relay.up(
                self._session, self._side, message, self._agent, self._page if self._side == "citizen" else None
            )
            if why == "ref" and isinstance(message, SMALL) and await self._is_early():
                self._early.append(message)
            elif why:
                await self._refuse(str(message.__struct_config__.tag), why)
            elif isinstance(message, Hello):
                await self._anew(await self._relay.load(self._session), offers=True)
            elif isinstance(message, Language):
                self._in_own_language = message.whose == "agent"
                async with self._turn:
                    await self._show()

    async def _is_early(self) -> bool:
        """Whether the page has been sent and its registry is still being made."""
        standing = await self._relay.store.standing(self._session)
        drawn = standing is not None and standing.number >= self._page and standing.complete
        return len(self._early) < EARLY and not drawn

    async def _refuse(self, of: str, why: str) -> None:
        self._wrong += 1
        if self._wrong >= WRONGS:
            log.warning("alert: a connection of remote support is ended after %s refused messages", self._wrong)
            raise Closed(WRONG)
        if why != "rate" or self._wrong % 20 == 1:  # who floods us is not flooded in return
            async with self._turn:
                await self._tell(RefusedMessage(of, why))  # type: ignore[arg-type]  # it is one of its reasons

    # Downwards.
    async def _write(self, messages: AsyncIterator[bytes | None]) -> None:
        async for message in messages:
            if message is None:
                await self._anew(await self._relay.load(self._session), offers=True)
                continue
            sealed = unseal(message)
            async with self._turn:
                if self._gate.passes(sealed):
                    await self._hand_on(sealed)
                self._over = self._gate.over
            if self._over:
                return
            if self._withheld and sealed.state in ("viewing", "paused"):
                await self._anew(await self._relay.load(self._session), offers=True)
        raise Closed(LATER)  # too many waited

    async def _hand_on(self, sealed: Sealed) -> None:
        match sealed.kind:
            case "close":
                pass
            case "show" if self._side == "citizen":
                early, self._early = self._early, []
                for message in early:
                    await self._relay.up(self._session, self._side, message, page=self._page)
            case "show":
                fresh = _FRESH.decode(sealed.body)
                if fresh is None or self._language() in fresh:
                    await self._show()
            case "fragment":
                parts = _FRAGMENTS.decode(sealed.body)
                part = parts.get(self._shown) or next(iter(parts.values()), None)
                if part is not None:
                    await self._put(bytes(part))
            case _:
                await self._put(bytes(sealed.body))

    async def _anew(self, session: Session | None, *, offers: bool) -> None:
        """Everything from the beginning: the state, what was said last (a desk knows it by its id), then the page that
        stands. ``offers``: to a citizen also the suggestions not yet answered, because some may have been missed."""
        async with self._turn:
            if session is None or not self._lets(session):
                raise Closed(OVER)
            self._gate.start(session)
            await self._tell(self._relay.status(session))
            if session.over:
                self._over = True
                raise Closed(OVER)
            if self._side != "citizen":
                # What was said to another agent is for this one once the citizen has agreed to them, too.
                self._withheld = self._side == "agent" and session.state == "matched" and session.agreed is not None
                words = await self._relay.transcript(self._session, self._side)
                for said in () if self._withheld else words[-RECENT:]:
                    await self._tell(said)
                await self._show()
            elif offers:
                for suggestion in await self._relay.pending(self._session):
                    await self._tell(suggestion)

    def _lets(self, session: Session) -> bool:
        """Whether the session is still this connection's."""
        self._citizens, self._guardians = session.locale, session.guardian_locale or session.locale
        if self._side == "agent":
            mine = session.agent is not None and session.agent.id == self._subject
            self._agent = session.agent if mine else None  # nobody acts in the name of who took over from them
            return mine
        return self._side == "citizen" or session.guardian or session.over

    async def _show(self) -> None:
        """The page that stands with all that has changed on it since, or nothing at all. The session is read last."""
        standing = await self._relay.store.standing(self._session)
        seen = await self._relay.store.noted(self._session) if standing is not None else ()
        session = await self._relay.load(self._session)
        if session is None or session.state != "viewing" or not self._lets(session):
            await self._tell(Blanked())
            return
        if standing is None or standing.number != session.page:
            return  # it is still being drawn
        order = (self._language(), self._citizens, *standing.twins)
        found = next((locale for locale in order if locale in standing.twins), None)
        if found is None:
            return
        self._shown = found
        await self._tell(standing.twins[found])
        for fragment in standing.fragments.get(found, ()):
            await self._tell(fragment)
        for event in seen:
            await self._put(event)

    def _language(self) -> str:
        """In which language the page is to be looked at."""
        own = self._agent.locale if self._agent is not None else self._guardians
        return own if self._in_own_language else self._citizens

    async def _tell(self, message: Down) -> None:
        await self._put(_ENCODER.encode(message))

    async def _put(self, encoded: bytes) -> None:
        if self._over:
            return
        async with asyncio.timeout(SEND_SECONDS):
            await self._send({"type": "websocket.send", "text": encoded.decode()})

    # Time.
    async def _beat(self) -> None:
        """Asks every so often whether the peer is there, and whether it may still be."""
        self._inbox.heard = _clock()
        while True:
            await asyncio.sleep(PING_SECONDS)
            if _clock() - self._inbox.heard > SILENT_SECONDS:
                raise Closed(LATER)
            if not await self._still():
                raise Closed(OVER)
            await self._relay.here(self._session, self._side)
            async with self._turn:
                await self._tell(Ping())


def _clock() -> float:
    return asyncio.get_running_loop().time()
