"""Free times by day, in Korea, and what a citizen typed into the form of one day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from madang.contract.messages.support import Slot
from madang.forms.characters import presentable
from madang.forms.fields.phone import e164
from madang.i18n.korea import day_in_korea
from madang.web.page import Public

LONGEST_TOPIC: Final = 300


@dataclass(frozen=True, slots=True)
class DayOfSlots:
    """A day with what is free on it."""

    day: Public[dt.date]
    times: Public[tuple[dt.datetime, ...]]


def days_of(slots: Iterable[Slot]) -> tuple[DayOfSlots, ...]:
    """The days that have a free time, in order."""
    by_day = groupby(slots, key=lambda slot: day_in_korea(slot.start))
    return tuple(DayOfSlots(day, tuple(slot.start for slot in of_day)) for day, of_day in by_day)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed, and what it comes to. ``start`` None: no time was chosen, or one that is none."""

    start: dt.datetime | None
    topic: str
    phone: str
    number: str | None
    """In E.164; empty where none was given, None for what is no number."""
    service: str

    @property
    def error(self) -> str:
        """ "", "time", "phone" or "topic"."""
        if self.start is None:
            return "time"
        if self.number is None:
            return "phone"
        return "topic" if len(self.topic) > LONGEST_TOPIC else ""


def wished(form: Mapping[str, object]) -> Wish:
    """From what was posted."""
    given = {name: value if isinstance(value, str) else "" for name, value in form.items()}
    phone = given.get("phone", "").strip()[:60]
    return Wish(
        start=moment(given.get("start", "")),
        topic=presentable(given.get("topic", "").strip()),
        phone=phone,
        number=e164(phone) if phone else "",
        service=given.get("service", "")[:80],
    )


def moment(text: str) -> dt.datetime | None:
    """``2026-11-24T01:30:00+00:00`` as a moment; None for anything else."""
    try:
        found = dt.datetime.fromisoformat(text[:40])
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def day(text: str) -> dt.date | None:
    """``2026-11-24`` as a day; None for anything else."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
