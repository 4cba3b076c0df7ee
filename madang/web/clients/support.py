"""Calls of the support group: the trail, receipts, what became of sessions, figures, appointments."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from madang.contract.messages.support import (
    AgentDay,
    Appointment,
    Appointments,
    AppointmentWish,
    Links,
    NewAppointment,
    NewRecord,
    NewRecords,
    Rating,
    Receipt,
    Result,
    Slots,
    SupportSession,
    SupportSessions,
    SupportStatistics,
    SupportTrail,
)
from madang.web.clients.caller import Caller
from madang.web.clients.errors import NotFound
from madang.web.clients.http import Backend


@dataclass(frozen=True, slots=True)
class _Portal:
    """The portal itself. No provider can give its role to a person: it is none of the contract's roles of people."""

    subject: str = "portal"
    acr: str = ""
    roles: Sequence[str] = ("portal",)


PORTAL: Final = _Portal()


async def append(backend: Backend, records: Sequence[NewRecord]) -> None:
    """Writes up to 100 records, in order; those that are written already are not written again.

    Raises Unavailable, Invalid, TooLarge."""
    await backend.call("support_append", session=PORTAL, body=NewRecords(tuple(records)))


async def chain(backend: Backend, session: Caller, after: int = 0) -> Links:
    """For a supervisor: the records behind number ``after``. Raises Forbidden."""
    found: Links = await backend.call("support_chain", session=session, query={"after": str(after)})
    return found


async def receipt(backend: Backend, session_id: str) -> Receipt:
    """What happened in a session, for the citizen whose session it is: the caller has made sure of that.

    Raises NotFound: nothing was written yet (records arrive within a second or so)."""
    found: Receipt = await backend.call("support_receipt", session=PORTAL, params={"session": session_id})
    return found


async def rate(backend: Backend, session_id: str, rating: Rating) -> None:
    """What the citizen says of it, in place of what they said before. Raises NotFound, Invalid."""
    await backend.call("support_rate", session=PORTAL, params={"session": session_id}, body=rating)


async def session(backend: Backend, agent: Caller, session_id: str) -> SupportSession:
    """A session of this agent's, with what was written down of it. Raises NotFound, Forbidden."""
    found: SupportSession = await backend.call("support_session", session=agent, params={"session": session_id})
    return found


async def result(backend: Backend, agent: Caller, session_id: str, result: Result) -> None:
    """What became of it. Raises NotFound (also for a session that this agent had no part in), Invalid, Forbidden."""
    await backend.call("support_result", session=agent, params={"session": session_id}, body=result)


async def sessions(
    backend: Backend, supervisor: Caller, *, before: dt.datetime | None = None, agent: str = ""
) -> SupportSessions:
    """Sessions, the newest first. Raises Forbidden."""
    query = {"before": before.isoformat()} if before else {}
    query |= {"agent": agent} if agent else {}
    found: SupportSessions = await backend.call("support_sessions", session=supervisor, query=query)
    return found


async def trail(backend: Backend, supervisor: Caller, session_id: str) -> SupportTrail:
    """A session and every record of it. Raises NotFound, Forbidden."""
    found: SupportTrail = await backend.call("support_trail", session=supervisor, params={"session": session_id})
    return found


async def statistics(
    backend: Backend, supervisor: Caller, *, first: dt.date | None = None, last: dt.date | None = None
) -> SupportStatistics:
    """The figures of some days in Korea; without any, of the last 30. Raises Forbidden, Invalid."""
    days = {"first": first, "last": last}
    query = {name: day.isoformat() for name, day in days.items() if day}
    found: SupportStatistics = await backend.call("support_statistics", session=supervisor, query=query)
    return found


async def slots(backend: Backend) -> Slots:
    """The times that can be booked."""
    found: Slots = await backend.call("support_slots")
    return found


async def appointments(backend: Backend, session: Caller) -> Appointments:
    """This person's appointments of today and later, the earliest first."""
    found: Appointments = await backend.call("appointments", session=session)
    return found


async def appointment(backend: Backend, session: Caller, identifier: str) -> Appointment:
    """One of this person's. Raises NotFound."""
    found: Appointment = await backend.call("appointment", session=session, params={"appointment": identifier})
    return found


async def book(backend: Backend, session: Caller, wish: NewAppointment) -> Appointment:
    """The appointment; the same again for the same id. Raises Impossible (the slot is full, or three a day, or another
    of theirs at that time), Invalid (no slot, or too late)."""
    made: Appointment = await backend.call("book_appointment", session=session, body=wish)
    return made


async def change(backend: Backend, session: Caller, identifier: str, wish: AppointmentWish) -> Appointment:
    """The appointment as changed. Raises NotFound, Impossible, Invalid."""
    changed: Appointment = await backend.call(
        "change_appointment", session=session, params={"appointment": identifier}, body=wish
    )
    return changed


async def cancel(backend: Backend, session: Caller, identifier: str) -> None:
    """Gives the time free. One that is gone already is no error: the wish is fulfilled. Raises Impossible."""
    try:
        await backend.call("cancel_appointment", session=session, params={"appointment": identifier})
    except NotFound:
        return


async def agent_day(backend: Backend, agent: Caller, day: dt.date | None = None) -> AgentDay:
    """For an agent: the appointments of a day in Korea; without one, of today. Raises Forbidden."""
    query = {"day": day.isoformat()} if day else {}
    found: AgentDay = await backend.call("agent_day", session=agent, query=query)
    return found
