"""What the portal, agents and supervisors read and write down of sessions; the figures."""

import datetime as dt
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Connection, and_, func, select, update

from madang.backend import recordings
from madang.backend.problems import Refusal, invalid
from madang.backend.routing import Call, Handler
from madang.backend.support import acts, append, note
from madang.backend.support_sums import as_session, find
from madang.backend.tables import support_records, support_sessions
from madang.contract.messages.support import (
    AgentFigures,
    Counted,
    Moment,
    Rating,
    Receipt,
    Result,
    SupportSession,
    SupportSessions,
    SupportStatistics,
    SupportTrail,
)
from madang.i18n.korea import KOREA, day_in_korea

MOST: Final = 200
DAYS: Final = 30
RATINGS: Final = 5
"""Who rates and rates again fills no trail."""
_NEEDS: Final = 20
_AGENTS: Final = 200
_EARLIEST: Final = dt.date(2000, 1, 1)
_LATEST: Final = dt.date(2999, 12, 31)
"""Days that every part can reckon with."""
_HELPING: Final = ("matched", "handed-over")


async def receipt(call: Call) -> Receipt:
    """For the portal, which knows whose session it is."""
    name = call.path["session"]

    def work(connection: Connection) -> Receipt:
        sums = find(connection, name)
        return Receipt(
            sums.id, sums.asked, acts(connection, name), sums.locale, sums.agreed, sums.ended, sums.reason,
            sums.rating, recordings.summary(connection, name, call.now),
        )  # fmt: skip

    return await call.house.database.read(work)


async def rate(call: Call) -> None:
    """The citizen's opinion, as often as they change it; the trail has the first ``RATINGS`` changes."""
    name = call.path["session"]
    rating: Rating = call.message

    def work(connection: Connection) -> None:
        before = find(connection, name)
        values = {"rating": rating.stars, "comment": rating.comment}
        connection.execute(update(support_sessions).where(support_sessions.c.id == name).values(**values))
        rated = (support_records.c.session == name, support_records.c.kind == "rated")
        told = connection.execute(select(func.count()).select_from(support_records).where(*rated)).scalar_one()
        if before.rating != rating.stars and told < RATINGS:
            append(connection, [note(call, name, "citizen", "rated", str(rating.stars))])

    await call.house.database.write(work)


async def session(call: Call) -> SupportSession:
    """For an agent: a session of theirs. A supervisor may read any."""
    name = call.path["session"]

    def work(connection: Connection) -> SupportSession:
        found = find(connection, name)
        _own(connection, call, name)
        return found

    return await call.house.database.read(work)


async def result(call: Call) -> None:
    """What became of a session, written down by an agent of it or a supervisor."""
    name = call.path["session"]
    told: Result = call.message

    def work(connection: Connection) -> None:
        before = find(connection, name)
        _own(connection, call, name)
        values = {"outcome": told.outcome, "note": told.note}
        connection.execute(update(support_sessions).where(support_sessions.c.id == name).values(**values))
        if before.result is None or before.result.outcome != told.outcome:
            append(connection, [note(call, name, "agent", "outcome", told.outcome)])

    await call.house.database.write(work)


async def sessions(call: Call) -> SupportSessions:
    """For a supervisor: the newest first."""
    statement = select(support_sessions).order_by(support_sessions.c.asked.desc(), support_sessions.c.id).limit(MOST)
    if (before := call.query.get("before")) is not None:
        statement = statement.where(support_sessions.c.asked < _moment(before, "before"))
    if agent := call.query.get("agent"):
        statement = statement.where(support_sessions.c.agent == agent)

    def work(connection: Connection) -> SupportSessions:
        return SupportSessions(tuple(as_session(row) for row in connection.execute(statement).mappings()))

    return await call.house.database.read(work)


async def trail(call: Call) -> SupportTrail:
    """For a supervisor: every record of a session, and never what stood on a page."""
    name = call.path["session"]

    def work(connection: Connection) -> SupportTrail:
        recording = recordings.summary(connection, name, call.now)
        return SupportTrail(find(connection, name), acts(connection, name), recording)

    return await call.house.database.read(work)


async def statistics(call: Call) -> SupportStatistics:
    """For a supervisor: the figures of a period."""
    last = day(call.query.get("last"), "last", day_in_korea(call.now))
    first = day(call.query.get("first"), "first", max(last - dt.timedelta(days=DAYS), _EARLIEST))
    if first > last:
        raise invalid(("first", "wrong"))
    start, end = midnight(first), midnight(last + dt.timedelta(days=1))
    return await call.house.database.read(lambda connection: _figures(connection, first, last, start, end))


def _figures(
    connection: Connection, first: dt.date, last: dt.date, start: dt.datetime, end: dt.datetime
) -> SupportStatistics:
    c = support_sessions.c
    within = and_(c.asked >= start, c.asked < end)

    def counts(column: Column[Any], condition: Any = True, most: int = 100) -> tuple[Counted, ...]:
        many = func.count()
        statement = select(column, many).where(within, condition).group_by(column).order_by(many.desc(), column)
        return tuple(Counted(str(name), count) for name, count in connection.execute(statement.limit(most)))

    sums = (func.count(), func.count(c.matched), func.count(c.agreed))
    means = (func.avg(c.wait), func.avg(c.length), func.avg(c.rating))
    asked, matched, helped, wait, length, rating = connection.execute(select(*sums, *means).where(within)).one()
    many = func.count()
    by_agent = (
        select(c.agent, func.max(c.agent_name), many, func.avg(c.length), func.avg(c.rating))
        .where(within, c.agent != "")
        .group_by(c.agent)
        .order_by(many.desc(), c.agent)
        .limit(_AGENTS)
    )
    return SupportStatistics(
        first=first,
        last=last,
        asked=asked,
        matched=matched,
        helped=helped,
        wait=_whole(wait),
        length=_whole(length),
        rating=_tenth(rating),
        ratings=counts(c.rating, c.rating.is_not(None)),
        outcomes=counts(c.outcome, c.outcome.is_not(None)),
        reasons=counts(c.reason, c.ended.is_not(None)),
        locales=counts(c.locale),
        needs=counts(c.need, c.need != "", _NEEDS),
        agents=tuple(
            AgentFigures(agent, name, sessions, _whole(length), _tenth(rating))
            for agent, name, sessions, length, rating in connection.execute(by_agent)
        ),
    )


def day(given: str | None, name: str, otherwise: dt.date) -> dt.date:
    """A day of the query. Raises Refusal invalid."""
    if given is None:
        return otherwise
    try:
        found = msgspec.convert(given, dt.date)
    except msgspec.ValidationError:
        raise invalid((name, "wrong")) from None
    if not _EARLIEST <= found <= _LATEST:
        raise invalid((name, "wrong"))
    return found


def midnight(of: dt.date) -> dt.datetime:
    """When a day begins in Korea."""
    return dt.datetime.combine(of, dt.time(), KOREA)


def _moment(given: str, name: str) -> dt.datetime:
    try:
        return msgspec.convert(given, Moment).astimezone(dt.UTC)
    except (msgspec.ValidationError, OverflowError):
        raise invalid((name, "wrong")) from None


def _own(connection: Connection, call: Call, session: str) -> None:
    """Raises Refusal not-found for a session in which the caller never helped."""
    claims = call.claims
    if claims is not None and "supervisor" in claims.roles:
        return
    c = support_records.c
    statement = select(c.number).where(c.session == session, c.subject == call.owner, c.kind.in_(_HELPING)).limit(1)
    if connection.execute(statement).first() is None:
        raise Refusal("not-found")


def _whole(mean: Any) -> int | None:
    return None if mean is None else round(float(mean))


def _tenth(mean: Any) -> float | None:
    return None if mean is None else round(float(mean), 1)


HANDLERS: Final[dict[str, Handler]] = {
    "support_receipt": receipt,
    "support_rate": rate,
    "support_session": session,
    "support_result": result,
    "support_sessions": sessions,
    "support_trail": trail,
    "support_statistics": statistics,
}
