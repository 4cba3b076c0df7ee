"""Appointments for remote support: half hours on working days, so many at once, so many a person and day.

What must never happen twice (a place, a person's turn) is a unique key, so that of two who book at once one finds the
next place or is told that there is none.
"""

import datetime as dt
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from madang.backend.identifiers import opaque
from madang.backend.identity import person_of
from madang.backend.problems import Refusal, invalid
from madang.backend.routing import Call, Handler
from madang.backend.support_desk import day, midnight
from madang.backend.tables import appointments
from madang.contract.messages.identity import PersonName
from madang.contract.messages.support import (
    AgentDay,
    Appointment,
    Appointments,
    AppointmentWish,
    Booked,
    NewAppointment,
    Slot,
    Slots,
)
from madang.i18n.korea import KOREA, day_in_korea, is_working_day

MINUTES: Final = 30
OPENS, NOON, AFTERNOON, CLOSES = 9, 12, 13, 18
"""Hours in Korea; nobody is there at noon."""
SEATS: Final = 3
"""Appointments at the same time."""
A_DAY: Final = 3
"""Of one person."""
WORKING_DAYS: Final = 10
"""How far ahead, today included."""
LEAD: Final = dt.timedelta(minutes=30)
"""How long before it begins a slot can be booked."""
KEPT: Final = dt.timedelta(days=30)
"""After an appointment is over, it is deleted."""


def slots_of(of: dt.date) -> list[dt.datetime]:
    """When the slots of a day in Korea begin (UTC); none on a day without work."""
    if not is_working_day(of):
        return []
    begins = midnight(of)
    minutes = (minute for minute in range(OPENS * 60, CLOSES * 60, MINUTES) if not NOON <= minute / 60 < AFTERNOON)
    return [(begins + dt.timedelta(minutes=minute)).astimezone(dt.UTC) for minute in minutes]


def bookable(now: dt.datetime) -> list[dt.datetime]:
    """When the slots begin that can be booked, if they are not full."""
    found: list[dt.datetime] = []
    today, days = day_in_korea(now), 0
    while days < WORKING_DAYS:
        if of_day := slots_of(today):
            days += 1
            found += [start for start in of_day if start >= now + LEAD]
        today += dt.timedelta(days=1)
    return found


async def slots(call: Call) -> Slots:
    """What is free, for anyone."""
    ahead = bookable(call.now)

    def work(connection: Connection) -> Slots:
        statement = (
            select(appointments.c.start, func.count())
            .where(appointments.c.start >= call.now)
            .group_by(appointments.c.start)
        )
        taken = {row[0]: row[1] for row in connection.execute(statement)}
        free = ((start, SEATS - taken.get(start, 0)) for start in ahead)
        return Slots(tuple(Slot(start, MINUTES, left) for start, left in free if left > 0))

    return await call.house.database.read(work)


async def listed(call: Call) -> Appointments:
    """The caller's, those of today and later."""
    today = day_in_korea(call.now)
    statement = (
        select(appointments)
        .where(appointments.c.owner == call.owner, appointments.c.day >= today)
        .order_by(appointments.c.start)
    )

    def work(connection: Connection) -> Appointments:
        return Appointments(tuple(_appointment(row) for row in connection.execute(statement).mappings()))

    return await call.house.database.read(work)


async def one(call: Call) -> Appointment:
    """One of the caller's."""
    wanted = opaque(call.path["appointment"])
    return await call.house.database.read(lambda connection: _appointment(_find(connection, wanted, call.owner)))


async def book(call: Call) -> Appointment:
    """A new one; the same one again for the same id. Refuses not-possible when the slot is full, or the person has
    their share of the day, or another at that time."""
    wish: NewAppointment = call.message

    def work(connection: Connection) -> Appointment:
        statement = select(appointments).where(appointments.c.id == wish.id)
        known = connection.execute(statement).mappings().first()
        if known is not None:
            if known["owner"] != call.owner:
                raise Refusal("not-possible")
            return _appointment(known)
        place = _place(connection, call, wish, "")
        connection.execute(delete(appointments).where(appointments.c.start < call.now - KEPT))
        values = _wished(wish) | place | {"id": wish.id, "owner": call.owner, "created": call.now, "changed": call.now}
        connection.execute(insert(appointments).values(**values))
        return _appointment(_find(connection, wish.id, call.owner))

    return await call.house.database.settle(work)


async def change(call: Call) -> Appointment:
    """Another time, or other words; possible until it begins."""
    wanted = opaque(call.path["appointment"])
    wish: AppointmentWish = call.message

    def work(connection: Connection) -> Appointment:
        found = _find(connection, wanted, call.owner)
        _ahead(found, call)
        place = {} if found["start"] == wish.start else _place(connection, call, wish, wanted)
        values = _wished(wish) | place | {"changed": call.now}
        connection.execute(update(appointments).where(appointments.c.id == wanted).values(**values))
        return _appointment(_find(connection, wanted, call.owner))

    return await call.house.database.settle(work)


async def cancel(call: Call) -> None:
    """Gives the place free; possible until it begins."""
    wanted = opaque(call.path["appointment"])

    def work(connection: Connection) -> None:
        _ahead(_find(connection, wanted, call.owner), call)
        connection.execute(delete(appointments).where(appointments.c.id == wanted))

    await call.house.database.write(work)


async def agent_day(call: Call) -> AgentDay:
    """For an agent: who comes when."""
    wanted = day(call.query.get("day"), "day", day_in_korea(call.now))

    def work(connection: Connection) -> AgentDay:
        statement = (
            select(appointments).where(appointments.c.day == wanted).order_by(appointments.c.start, appointments.c.seat)
        )
        rows = connection.execute(statement).mappings().all()
        return AgentDay(wanted, tuple(Booked(_appointment(row), _name(connection, row["owner"])) for row in rows))

    return await call.house.database.read(work)


def _place(connection: Connection, call: Call, wish: AppointmentWish, itself: str) -> dict[str, Any]:
    """Time, day, seat and turn for a wish. ``itself``: the appointment that moves. Raises Refusal invalid for what is
    no slot, not-possible for one that cannot be had."""
    try:
        start = wish.start.astimezone(dt.UTC)
        on = start.astimezone(KOREA).date()
    except OverflowError:
        raise invalid(("start", "wrong")) from None
    if start not in bookable(call.now):
        raise invalid(("start", "wrong"))
    c = appointments.c
    taken = set(connection.execute(select(c.seat).where(c.start == start, c.id != itself)).scalars())
    statement = select(c.turn, c.start).where(c.owner == call.owner, c.day == on, c.id != itself)
    own = connection.execute(statement).all()
    seat = next((seat for seat in range(SEATS) if seat not in taken), None)
    turn = next((turn for turn in range(A_DAY) if turn not in {row.turn for row in own}), None)
    if seat is None or turn is None or start in {row.start for row in own}:
        raise Refusal("not-possible")
    return {"start": start, "day": on, "seat": seat, "turn": turn}


def _wished(wish: AppointmentWish) -> dict[str, Any]:
    return {"locale": wish.locale, "service": wish.service, "topic": wish.topic, "phone": wish.phone}


def _find(connection: Connection, wanted: str, owner: str) -> RowMapping:
    statement = select(appointments).where(appointments.c.id == wanted, appointments.c.owner == owner)
    row = connection.execute(statement).mappings().first()
    if row is None:
        raise Refusal("not-found")
    return row


def _ahead(row: RowMapping, call: Call) -> None:
    if row["start"] <= call.now:
        raise Refusal("not-possible")


def _appointment(row: RowMapping) -> Appointment:
    members = {name: row[name] for name in Appointment.__struct_fields__ if name != "minutes"}
    return msgspec.convert({**members, "minutes": MINUTES}, Appointment)


def _name(connection: Connection, subject: str) -> PersonName:
    person = person_of(connection, subject)
    return person.name if person else PersonName(subject)


HANDLERS: Final[dict[str, Handler]] = {
    "support_slots": slots,
    "appointments": listed,
    "appointment": one,
    "book_appointment": book,
    "change_appointment": change,
    "cancel_appointment": cancel,
    "agent_day": agent_day,
}
