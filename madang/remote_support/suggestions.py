"""What an agent suggests for a field: kept until the citizen accepts or refuses it, or until whoever suggested it is no
longer their agent."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from madang.remote_support.messages import Element, Suggest, Suggestion
from madang.remote_support.ports import Standing, Store
from madang.remote_support.speech import Speech
from madang.remote_support.states import Record, Session

MOST_OPEN: Final = 20
"""Suggestions of a session that wait for an answer; with more of them nobody finds their way."""
_LISTED: Final = 50


class _Pending(msgspec.Struct, frozen=True):
    suggestion: Suggestion
    agent: str = ""


_PENDING = msgspec.json.Decoder(_Pending)


class Suggestions:
    """``record`` writes into the trail."""

    def __init__(self, store: Store, speech: Speech, record: Callable[[Session, Record], None]) -> None:
        self._store, self._speech, self._record = store, speech, record

    async def suggest(self, session: Session, message: Suggest, standing: Standing) -> str:
        """Tells the citizen; takes the place of an earlier one for the same field. Returns why not, "" when it did."""
        open_ = await self._open(session)
        earlier = [
            each for each in open_ if (each.suggestion.page, each.suggestion.ref) == (session.page_name, message.ref)
        ]
        if len(open_) - len(earlier) >= MOST_OPEN:
            return "many"
        for each in earlier:
            await self._store.take("suggestion", f"{session.id}:{each.suggestion.id}")
        said = self._speech.act(session, "suggest", message.ref, standing, message.value, message.checked)
        element = standing.elements[message.ref]
        suggestion = Suggestion(
            id=said["citizen"].id,
            ref=message.ref,
            label=element.name,
            value=message.value,
            shown=_as_it_reads(element, message.value),
            said=said["citizen"],
            checked=message.checked,
            page=session.page_name,
        )
        agent = session.agent.id if session.agent is not None else ""
        kept = msgspec.json.encode(_Pending(suggestion, agent))
        await self._store.put("suggestion", f"{session.id}:{suggestion.id}", kept, session.limits.whole)
        await self._store.append(session.id, "suggestions", suggestion.id.encode(), most=_LISTED)
        self._record(session, Record("agent", "suggest", message.ref))
        await self._speech.tell(session, said, suggestion)
        return ""

    async def answered(self, session: Session, name: str) -> Suggestion | None:
        """The suggestion of that name, which waits no longer; None where there is none, or it has been answered, or it
        is of an agent who has handed the session over: it would be taken for the new one's."""
        kept = await self._store.take("suggestion", f"{session.id}:{name}")
        pending = _PENDING.decode(kept) if kept is not None else None
        return pending.suggestion if pending is not None and _of_agent(session, pending) else None

    async def waiting(self, session: Session) -> Sequence[Suggestion]:
        """Those not answered, for whichever page."""
        return [each.suggestion for each in await self._open(session)]

    async def pending(self, session: Session, standing: Standing | None) -> Sequence[Suggestion]:
        """Those for the page that stands."""
        stands = standing.elements if standing is not None and standing.number == session.page else None
        if standing is not None and not standing.complete:
            stands = None
        # Questions are pages of one name: once the page's registry is known, it must have the field, too.
        return [
            each.suggestion
            for each in await self._open(session)
            if each.suggestion.page == session.page_name and (stands is None or each.suggestion.ref in stands)
        ]

    async def _open(self, session: Session) -> list[_Pending]:
        found = []
        for name in await self._store.listed(session.id, "suggestions"):
            kept = await self._store.get("suggestion", f"{session.id}:{name.decode()}")
            if kept is not None and _of_agent(session, pending := _PENDING.decode(kept)):
                found.append(pending)
        return found


def _of_agent(session: Session, pending: _Pending) -> bool:
    return session.agent is not None and session.agent.id == pending.agent


def _as_it_reads(element: Element, value: str) -> str:
    """An option by its label; what is written as it is."""
    return dict(zip(element.options, element.labels, strict=False)).get(value, value)
