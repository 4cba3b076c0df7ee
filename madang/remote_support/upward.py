"""The gate for everything that anybody sends: may it pass, whom does it reach, and what is written down of it."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, get_args

import msgspec

from madang.remote_support import acts, redaction
from madang.remote_support.accessible import TICKED
from madang.remote_support.messages import (
    Act,
    AgentUp,
    Answer,
    Answered,
    Chat,
    CitizenUp,
    FieldValue,
    Fill,
    Focus,
    GuardianUp,
    Guide,
    Hello,
    Kept,
    Language,
    Phrase,
    Pong,
    Seen,
    SetLevel,
    Small,
    Stop,
    Suggest,
    Suggestion,
)
from madang.remote_support.ports import Standing, Store, Veil
from madang.remote_support.rates import ACTS, ANEW, CHATS, MESSAGES, Rates
from madang.remote_support.sealed import seal
from madang.remote_support.speech import Speech
from madang.remote_support.states import Agent, Did, Event, LevelSet, Record, Session, Side, Stopped
from madang.remote_support.suggestions import Suggestions

Up = CitizenUp | AgentUp
ALLOWED: Final[dict[Side, frozenset[type]]] = {
    "citizen": frozenset(get_args(CitizenUp)),
    "agent": frozenset(get_args(AgentUp)),
    "guardian": frozenset(get_args(GuardianUp)),
}
SMALL: Final = get_args(Small)
ACT: Final = get_args(Act)
ACTIVE_SECONDS: Final = 10
"""A session is noted as used at most so often: it is idle only after minutes."""
DRAWN_SECONDS: Final = 0.02
DRAWN_TRIES: Final = 100
"""How often an act looks again whether the page has been drawn whole, and how long it waits between."""
log: Final = logging.getLogger("madang.support")


class Upward:
    """``apply`` lets an event happen; ``record`` writes into the trail; ``keep`` adds to a recording."""

    def __init__(
        self,
        store: Store,
        speech: Speech,
        apply: Callable[[str, Event], Awaitable[Session | None]],
        record: Callable[[Session, Record], None],
        keep: Callable[[Session, Kept], None],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._store = store
        self._speech = speech
        self._apply = apply
        self._record = record
        self._keep = keep
        self._now = now
        self._rates = Rates()
        self._suggestions = Suggestions(store, speech, record)
        self.veil: Veil | None = None

    async def pass_on(self, session_id: str, side: Side, message: Up, agent: Agent | None, page: int | None) -> str:
        """Empty, or why not."""
        if type(message) not in ALLOWED[side]:
            return "form"
        session = await self._store.load(session_id)
        if session is None or session.over or not _takes_part(session, side, agent):
            return "state"
        if isinstance(message, Stop):  # before any limit: it always works
            await self._apply(session_id, Stopped(side))
            return ""
        if not self._in_time(session_id, side, message):
            return "rate"
        why = await self._pass(session, side, message, page)
        if why and side == "agent":
            self._record(session, Record("agent", "refused-act", f"{_tag(message)} {why}"))
            log.info("an act of an agent was refused: %s, %s", _tag(message), why)
        return why

    def _in_time(self, session_id: str, side: Side, message: Up) -> bool:
        if not self._rates.take(MESSAGES, session_id, side):
            return False
        if isinstance(message, Chat):
            return self._rates.take(CHATS, session_id, side, "chat")
        if isinstance(message, Hello | Language):
            return self._rates.take(ANEW, session_id, side, "anew")
        return not isinstance(message, ACT) or self._rates.take(ACTS, session_id, "act")

    async def _pass(self, session: Session, side: Side, message: Up, page: int | None) -> str:
        if isinstance(message, Hello | Pong | Language):
            return ""
        if isinstance(message, SMALL) and page is not None and page != session.page:
            return "state"  # of a page that was left, or of another tab
        standing = await self._store.standing(session.id) if isinstance(message, (*SMALL, *ACT)) else None
        if isinstance(message, ACT) and standing is not None and not standing.complete:
            standing = await self._completed(session.id)
            session = await self._store.load(session.id) or session
        why: str = acts.may(session, message, standing)
        if why:
            return why
        if not isinstance(message, Chat | SetLevel | Answer):
            await self._used(session)
        match message:
            case SetLevel(level):
                await self._apply(session.id, LevelSet(level))
            case Chat(text):
                await self._speech.chat(session, side, text)
                self._record(session, Record(side, "chat"))
                await self._used(session)
            case Answer():
                return await self._answered(session, message)
            case Phrase():
                return await self._phrase(session, message, standing)
            case _ if standing is None:
                # Only a focus that is nowhere needs no page: then nobody looks at one.
                return ""
            case Suggest():
                return await self._suggestions.suggest(session, message, standing)
            case _ if isinstance(message, SMALL):
                await self._seen(session, message, standing)
            case _ if isinstance(message, ACT):
                await self._guide(session, message, standing)
        return ""

    async def _completed(self, session_id: str) -> Standing | None:
        """The page that stands once it is drawn in the citizen's language, too: an act is told in it."""
        for _ in range(DRAWN_TRIES):
            await asyncio.sleep(DRAWN_SECONDS)
            standing = await self._store.standing(session_id)
            if standing is None or standing.complete:
                return standing
        return None

    async def _used(self, session: Session) -> None:
        if session.active is None or (self._now() - session.active).total_seconds() >= ACTIVE_SECONDS:
            await self._apply(session.id, Did())

    async def _seen(self, session: Session, event: Small, standing: Standing) -> None:
        """A small event: to whoever looks, and for those who come later."""
        element = standing.elements.get(event.ref) if event.ref is not None else None
        if isinstance(event, FieldValue) and event.value:
            writing = element is not None and element.role in ("textbox", "searchbox")
            value = self.veil.cover(standing.hidden, event.value) if self.veil is not None else event.value
            covered = redaction.cover_begun(value) if writing else redaction.cover(value)
            event = msgspec.structs.replace(event, value=covered)
        if isinstance(event, Focus) and element is not None and element.role in TICKED and not element.shared:
            event = Focus()  # what is pressed has the focus: to name it would be to tell the answer
        told = Seen(session.page, event)
        seen = msgspec.json.encode(told)
        self._keep(session, told)
        sealed = seal(session, "content", raw=seen)
        await self._store.publish(session.id, "agent", sealed)
        if session.guardian:
            await self._store.publish(session.id, "guardian", sealed)
        await self._store.note(session.id, session.page, _key(event), seen)

    async def _guide(self, session: Session, message: Act, standing: Standing) -> None:
        tag = _tag(message)
        value = message.value if isinstance(message, Fill) else ""
        checked = message.checked if isinstance(message, Fill) else None
        ref = message.ref or ""
        said = self._speech.act(session, tag, ref, standing, value, checked)  # type: ignore[arg-type]
        guide = Guide(kind=tag, ref=ref, said=said["citizen"], value=value, checked=checked)  # type: ignore[arg-type]
        self._record(session, Record("agent", tag, ref))
        await self._speech.tell(session, said, guide)

    async def _phrase(self, session: Session, message: Phrase, standing: Standing | None) -> str:
        said = self._speech.phrase(session, message, standing)
        if said is None:
            return "form"
        self._record(session, Record("agent", "phrase", message.phrase))
        await self._speech.tell(session, said)
        return ""

    async def _answered(self, session: Session, message: Answer) -> str:
        suggestion = await self._suggestions.answered(session, message.suggestion)
        if suggestion is None:
            return "ref"
        kind = "accepted" if message.accepted else "refused"
        self._record(session, Record("citizen", kind, suggestion.ref))
        answered = seal(session, "words", Answered(message.suggestion, message.accepted))
        for ear in ("agent", "guardian"):
            await self._store.publish(session.id, ear, answered)
        await self._used(session)
        return ""

    async def pending(self, session_id: str) -> Sequence[Suggestion]:
        session = await self._store.load(session_id)
        if session is None or session.state != "viewing":
            return []
        return await self._suggestions.pending(session, await self._store.standing(session_id))

    async def waiting(self, session_id: str) -> Sequence[Suggestion]:
        session = await self._store.load(session_id)
        return [] if session is None or session.state != "viewing" else await self._suggestions.waiting(session)


def _takes_part(session: Session, side: Side, agent: Agent | None) -> bool:
    if side == "agent":
        return agent is not None and session.agent is not None and session.agent.id == agent.id
    return side != "guardian" or session.guardian


def _tag(message: Up) -> str:
    return str(message.__struct_config__.tag)


def _key(event: Small) -> str:
    """Of events with the same key only the last counts."""
    ref = "" if isinstance(event, Focus) else event.ref
    return f"{_tag(event)}:{'' if _tag(event) == 'scroll' else ref}"
