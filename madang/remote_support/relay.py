"""The relay: what happens between citizen and agent, over a store that one or several processes share."""

import asyncio
import datetime as dt
import logging
import random
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from madang.i18n.locales import Locale
from madang.remote_support import machine, word_pairs
from madang.remote_support.guardians import Guardians
from madang.remote_support.messages import AgentUp, CitizenUp, Fragment, Said, Status, Suggestion
from madang.remote_support.ports import (
    AuditRecord,
    Recorder,
    Standing,
    Store,
    StoreUnavailable,
    Ticket,
    Trail,
    Translator,
    Veil,
    Words,
)
from madang.remote_support.recordings import Recordings
from madang.remote_support.showing import Showing
from madang.remote_support.speech import Speech
from madang.remote_support.states import (
    Agent,
    Asked,
    Event,
    HandedOver,
    Limits,
    Lost,
    Matched,
    PageShown,
    Record,
    Session,
    Side,
    Stopped,
    Ticked,
    Way,
)
from madang.remote_support.telling import messages, status
from madang.remote_support.tickets import TOKEN_SECONDS, LockedOut, Tickets, WrongCode
from madang.remote_support.upward import Upward

TRIES: Final = 50
"""How often a change is tried again when other processes were faster: each time one of them went on."""
HERE_SECONDS: Final = 60
"""After which a connection that nobody has renewed is taken for lost: its process was killed."""
SWEEP: Final = 10
"""Every so many ticks lost connections are looked for."""
log: Final = logging.getLogger("madang.support")

__all__ = ["LockedOut", "Relay", "WrongCode"]


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Relay:
    """``keys``: secret keys of the codes, newest first. ``translator``: of free text, where the operator has one.
    ``recordable``: days that a recording is kept; 0: nothing is recorded."""

    def __init__(
        self,
        store: Store,
        trail: Trail,
        words: Words,
        translator: Translator | None,
        *,
        keys: Sequence[bytes],
        limits: Limits = Limits(),  # noqa: B008  (frozen)
        now: Callable[[], dt.datetime] = utc_now,
        recorder: Recorder | None = None,
        recordable: int = 0,
    ) -> None:
        self.store = store
        self.recordings = Recordings(store, recorder, self.apply, self.record, self.status)
        self._recordable = recordable
        self.limits = limits
        self._trail = trail
        self._now = now
        self._tickets = Tickets(store, keys)
        self._random = random.SystemRandom()
        self._ticks = 0
        self._speech = Speech(store, words, translator, now)
        self._showing = Showing(store, self.recordings)
        self._upward = Upward(store, self._speech, self.apply, self.record, self.recordings.keep, now)
        self.guardians = Guardians(store, self._tickets, keys, self.apply, self.record)

    # A request, and who answers it.
    async def ask(self, locale: Locale, *, way: Way, need: str, back: str, times: int = 1) -> tuple[Session, str]:
        """A citizen asks for help. Returns the session and the citizen's token, which is shown to nobody else.
        ``back``: the path to return to, kept in the store alone. ``times``: by how much the limits are longer."""
        while True:
            session = Session(
                id=secrets.token_urlsafe(16), locale=locale, created=self._now(), way=way, need=need,
                limits=self.limits.longer(times), recordable=self._recordable,
            )  # fmt: skip
            if way != "code" or await self._tickets.offer(session):
                break
        await self.store.create(session)
        token = await self._tickets.token(session.id)
        await self.store.put("back", session.id, back.encode("utf-8", "surrogatepass"), TOKEN_SECONDS)
        asked = await self.apply(session.id, Asked())
        if asked is None:
            raise StoreUnavailable
        return asked, token

    def code(self, session: Session) -> str:
        """The nine digits of a session, the same at each reload."""
        return self._tickets.code(session)

    async def of_token(self, token: str) -> Session | None:
        """The citizen's session, also one that is over, for a while."""
        found = await self._tickets.of_token(token)
        return await self.load(found) if found else None

    async def back(self, session_id: str) -> str:
        """The path that help was asked from; empty when it is not known any more."""
        return (await self.store.get("back", session_id) or b"").decode("utf-8", "replace")

    async def load(self, session_id: str) -> Session | None:
        return await self.store.load(session_id)

    async def queue(self) -> Sequence[Session]:
        """Who waits, oldest first; those with a code, too."""
        return [session for session in await self.store.every() if session.state == "waiting"]

    async def with_agent(self, agent_id: str) -> Sequence[Session]:
        """The live sessions of an agent."""
        every = await self.store.every()
        return [session for session in every if session.live and session.agent and session.agent.id == agent_id]

    async def enter_code(self, agent: Agent, typed: str) -> Session:
        """Matches an agent with the citizen who read the code out. Raises ``WrongCode``, ``LockedOut``."""
        found = await self._tickets.enter(agent, typed)
        matched = await self._match(agent, found)
        if matched is None:  # it was used up by being entered, but its citizen has gone meanwhile
            raise WrongCode(left=1)
        return matched

    async def take(self, agent: Agent, session_id: str) -> Session | None:
        """An agent takes a request that was made by text or for an appointment; None when it is gone, taken by
        another, or waits for a code."""
        session = await self.load(session_id)
        return await self._match(agent, session_id) if session is not None and session.way != "code" else None

    async def _match(self, agent: Agent, session_id: str) -> Session | None:
        words = word_pairs.pick(self._random)
        after = await self.apply(session_id, Matched(agent, words))
        mine = after is not None and after.state == "matched" and after.agent == agent and after.words == words
        return after if mine else None

    async def hand_over(self, session_id: str, agent: Agent) -> Session | None:
        """To a colleague, whom the citizen is asked about like the first."""
        return await self.apply(session_id, HandedOver(agent, word_pairs.pick(self._random)))

    # What happens.
    async def apply(self, session_id: str, event: Event) -> Session | None:
        """Lets an event happen and carries out what follows, in order. Returns the session as it then is."""
        for _ in range(TRIES):
            session = await self.store.load(session_id)
            if session is None:
                return None
            after, effects = machine.step(session, event, self._now())
            if after.version == session.version:
                return session
            if await self.store.save(after, messages(after, effects, self._now())):
                for effect in effects:
                    if isinstance(effect, Record):
                        self.record(after, effect)
                if after.state != "waiting" and session.state == "waiting" and session.way == "code":
                    await self._tickets.withdraw(session)
                await self.recordings.followed(session, after, effects)
                return after
        raise StoreUnavailable

    @property
    def veil(self) -> Veil | None:
        """Covers what is typed, as the page is covered that it is typed on; without one only numbers are."""
        return self._upward.veil

    @veil.setter
    def veil(self, veil: Veil) -> None:
        self._upward.veil = veil

    def status(self, session: Session) -> Status:
        """What everybody is told of a session."""
        return status(session, self._now())

    def record(self, session: Session, record: Record) -> None:
        """Into the trail."""
        agent = session.agent
        self._trail.append(
            AuditRecord(
                session=session.id,
                at=self._now(),
                who=record.who,
                kind=record.kind,
                detail=record.detail,
                name=agent.name if agent else "",
                agency=agent.agency if agent else "",
                subject=agent.id if agent else "",
                locale=session.locale,
            )
        )

    # The citizen's pages.
    async def page(self, session_id: str, name: str, sensitive: bool) -> Session | None:
        """The citizen asked for a page: to be called before it is rendered. Its number is ``page`` of the result."""
        return await self.apply(session_id, PageShown(name, sensitive))

    async def stand(self, session_id: str, standing: Standing, fresh: Sequence[Locale] | None = None) -> None:
        """Keeps the page that stands; agent and guardian are sent it if they may look, and if it still stands.
        ``fresh``: only those who read one of these languages are sent it; None: all."""
        await self._showing.stand(session_id, standing, fresh)

    async def fragment(self, session_id: str, fragments: Mapping[Locale, Fragment]) -> None:
        """A part of the page that stands was fetched anew."""
        await self._showing.fragment(session_id, fragments)

    # Messages upwards, and what was said.
    async def up(
        self,
        session_id: str,
        side: Side,
        message: CitizenUp | AgentUp,
        agent: Agent | None = None,
        page: int | None = None,
    ) -> str:
        """The gate for sockets and form posts alike. Empty when the message passed, else why it was refused.
        ``agent``: who sends it, of an agent's. ``page``: of the connection it came over."""
        return await self._upward.pass_on(session_id, side, message, agent, page)

    async def pending(self, session_id: str) -> Sequence[Suggestion]:
        """The suggestions for the page that stands, not answered yet."""
        return await self._upward.pending(session_id)

    async def suggestions(self, session_id: str) -> Sequence[Suggestion]:
        """All that are not answered yet, for whichever page."""
        return await self._upward.waiting(session_id)

    async def transcript(self, session_id: str, side: Side = "citizen") -> Sequence[Said]:
        """What was said, oldest first, in the language of that side."""
        return await self._speech.transcript(session_id, side)

    # Connections.
    async def ticket(self, session_id: str, side: Side, subject: str = "", page: int = 0) -> str:
        """Lets one connection in, once, within 30 seconds. ``subject``: an agent's id; the connection is theirs."""
        return await self._tickets.ticket(session_id, side, subject, page)

    async def admit(self, ticket: str) -> Ticket | None:
        return await self._tickets.admit(ticket)

    async def here(self, session_id: str, side: Side) -> None:
        """A connection of that side is alive."""
        await self.store.put("here", f"{session_id}:{side}", b"1", HERE_SECONDS)

    # Time.
    async def tick(self) -> None:
        """Looks once at all sessions: limits that have passed, connections that died with their process, a trail that
        cannot be written."""
        self._ticks += 1
        if self._ticks % SWEEP == 0:
            await self.recordings.again()
        healthy, now = self._trail.healthy(), self._now()
        for session in await self.store.every():
            if machine.step(session, Ticked(), now)[0].version != session.version:
                await self.apply(session.id, Ticked())
            elif not healthy and session.live:
                await self.apply(session.id, Stopped("system"))
            elif self._ticks % SWEEP == 0 and session.live:
                await self._lost(session)

    async def _lost(self, session: Session) -> None:
        if session.connected and await self.store.get("here", f"{session.id}:citizen") is None:
            await self.apply(session.id, Lost("citizen", session.page))
        if session.agent_here and await self.store.get("here", f"{session.id}:agent") is None:
            await self.apply(session.id, Lost("agent"))

    async def watch(self) -> None:
        """Ticks every second, for ever."""
        down = False
        while True:
            try:
                await self.tick()
                down = False
            except StoreUnavailable:
                if not down:
                    log.error("the store of remote support does not answer")
                down = True
            except Exception:
                log.exception("a tick of remote support failed")
            await asyncio.sleep(1)
