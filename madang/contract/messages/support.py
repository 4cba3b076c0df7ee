"""The support group: the trail of remote support, what became of a session, and appointments.

Nothing in it is content of a page. The trail is a chain: ``madang.contract.chain`` says how a record's hash is made.
"""

import datetime as dt
from typing import Annotated, Literal

import msgspec

from madang.contract.messages.identity import PersonName
from madang.i18n.locales import Locale

Who = Literal["citizen", "agent", "guardian", "system", "supervisor"]
Outcome = Literal["solved", "partly", "referred", "unsolved", "ended-early"]
"""What the citizen came for is done; a part of it is; they were sent elsewhere; it is not; the session broke off."""

SessionName = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]
Key = Annotated[str, msgspec.Meta(pattern="^[a-z2-7]{26}$")]
Moment = Annotated[dt.datetime, msgspec.Meta(tz=True)]


class NewRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One act, before it is numbered and chained. ``key`` is chosen by the portal, so that sending it twice is writing
    it once. ``kind``: asked, matched, agreed, level, page, paused, resumed, away, back, handed-over, guardian-joined,
    guardian-left, recording-agreed, recording-withdrawn, recording-deleted, recording-full, ended, expired, or the name
    of a message (highlight, suggest, ...). ``detail``: names of pages, elements, levels or reasons; never content.
    ``name``, ``agency``, ``subject``: the agent's; ``locale``: the citizen's."""

    key: Key
    session: SessionName
    at: Moment
    who: Who
    kind: Annotated[str, msgspec.Meta(pattern="^[a-z][a-z-]{0,39}$")]
    detail: Annotated[str, msgspec.Meta(max_length=200)] = ""
    name: Annotated[str, msgspec.Meta(max_length=200)] = ""
    agency: Annotated[str, msgspec.Meta(max_length=200)] = ""
    subject: Annotated[str, msgspec.Meta(max_length=200)] = ""
    locale: Locale | None = None


class NewRecords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In the order in which they happened."""

    items: Annotated[tuple[NewRecord, ...], msgspec.Meta(min_length=1, max_length=100)]


class Link(msgspec.Struct, frozen=True):
    """A record as it is kept, every member as text, so that a damaged one can still be read. ``number``: its place in
    the chain of all sessions, from 1. ``hash``: see ``madang.contract.chain``."""

    number: int
    key: str
    session: str
    at: str
    who: str
    kind: str
    detail: str
    name: str
    agency: str
    subject: str
    locale: str
    hash: str


class Head(msgspec.Struct, frozen=True):
    """How many records were written, and the hash of the last."""

    count: int
    hash: str


class Links(msgspec.Struct, frozen=True):
    """Up to 1,000 records after a number, in order, and the head at the same moment."""

    items: tuple[Link, ...]
    head: Head


class Act(msgspec.Struct, frozen=True, omit_defaults=True):
    """One record, as the citizen's receipt and a supervisor's list have it."""

    at: dt.datetime
    who: Who
    kind: str
    detail: str = ""
    name: str = ""
    agency: str = ""


class RecordingSummary(msgspec.Struct, frozen=True):
    """That there is a recording, and until when."""

    begun: dt.datetime
    expires: dt.datetime


class Receipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the citizen may know of a session: all of its acts, in order, and what they said of it. ``locale``: None
    where no record told it."""

    session: str
    asked: dt.datetime
    acts: tuple[Act, ...]
    locale: Locale | None = None
    agreed: dt.datetime | None = None
    ended: dt.datetime | None = None
    reason: str = ""
    rating: int | None = None
    recording: RecordingSummary | None = None


class Rating(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """``stars``: 1 (poor) to 5 (very good)."""

    stars: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an agent writes down about a session of theirs. ``note``: for colleagues; nothing about the person."""

    outcome: Outcome
    note: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class SupportSession(msgspec.Struct, frozen=True, omit_defaults=True):
    """A session as the desk lists it. ``wait``: seconds from asking to being matched; ``length``: from consent to the
    end. ``agent``: the opaque id of whoever helped last. ``records``: how many the trail holds."""

    id: str
    asked: dt.datetime
    locale: Locale | None = None
    need: str = ""
    matched: dt.datetime | None = None
    agreed: dt.datetime | None = None
    ended: dt.datetime | None = None
    wait: int | None = None
    length: int | None = None
    reason: str = ""
    agent: str = ""
    agent_name: str = ""
    agency: str = ""
    records: int = 0
    rating: int | None = None
    comment: str = ""
    result: Result | None = None


class SupportSessions(msgspec.Struct, frozen=True):
    """Newest first, 200 at most; ``before`` of the query continues with the last one's ``asked``."""

    items: tuple[SupportSession, ...]


class SupportTrail(msgspec.Struct, frozen=True, omit_defaults=True):
    """A session with its records, and whether there is a recording of it."""

    session: SupportSession
    acts: tuple[Act, ...]
    recording: RecordingSummary | None = None


class Counted(msgspec.Struct, frozen=True):
    """``name`` empty: not known."""

    name: str
    count: int


class AgentFigures(msgspec.Struct, frozen=True, omit_defaults=True):
    """Of the sessions in which this agent helped last."""

    agent: str
    name: str
    sessions: int
    length: int | None = None
    rating: float | None = None


class SupportStatistics(msgspec.Struct, frozen=True):
    """Sessions asked for on the days ``first`` to ``last`` in Korea. ``wait`` and ``length``: means in seconds;
    ``rating``: the mean of all. The lists: most frequent first."""

    first: dt.date
    last: dt.date
    asked: int
    matched: int
    helped: int
    """Consented to."""
    wait: int | None
    length: int | None
    rating: float | None
    ratings: tuple[Counted, ...]
    outcomes: tuple[Counted, ...]
    reasons: tuple[Counted, ...]
    locales: tuple[Counted, ...]
    needs: tuple[Counted, ...]
    agents: tuple[AgentFigures, ...]


class Slot(msgspec.Struct, frozen=True):
    """``minutes`` from ``start`` on; ``free``: how many can still be booked."""

    start: dt.datetime
    minutes: int
    free: int


class Slots(msgspec.Struct, frozen=True):
    """Those that lie ahead and are not full, in order."""

    items: tuple[Slot, ...]


class AppointmentWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """``start``: of a slot. ``phone``: where the agent calls, if the citizen wants to be called. ``service``: of the
    catalogue. ``topic``: what it is about, in the citizen's words."""

    start: Moment
    locale: Locale
    service: Annotated[str, msgspec.Meta(max_length=80, pattern="^[a-z0-9-]*$")] = ""
    topic: Annotated[str, msgspec.Meta(max_length=300)] = ""
    phone: Annotated[str, msgspec.Meta(max_length=20, pattern=r"^(\+[0-9]{6,18})?$")] = ""


class NewAppointment(AppointmentWish, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """``id`` is chosen by the portal, so that booking twice is booking once."""

    id: Key


class Appointment(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    start: dt.datetime
    minutes: int
    locale: Locale
    created: dt.datetime
    changed: dt.datetime
    service: str = ""
    topic: str = ""
    phone: str = ""


class Appointments(msgspec.Struct, frozen=True):
    """This person's, the earliest first: those ahead, and those of today."""

    items: tuple[Appointment, ...]


class Booked(msgspec.Struct, frozen=True):
    appointment: Appointment
    name: PersonName


class AgentDay(msgspec.Struct, frozen=True):
    """All appointments of a day in Korea, the earliest first."""

    day: dt.date
    items: tuple[Booked, ...]
