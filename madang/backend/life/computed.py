"""Kinds that need no agency's note: they follow from the calendar and from who lives in the household."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from madang.backend.life.days import (
    ONE,
    add_months,
    elections,
    month_end,
    pension_age,
    same_day,
    working_day,
)
from madang.contract.messages.identity import Person, PersonName
from madang.contract.messages.life import LifeItem, LifeState
from madang.i18n.korea import age

ADULT: Final = 20
VOTER: Final = 18
RESIDENT_VOTER_YEARS: Final = 3
"""After which a permanent resident may vote in local elections (Public Official Election Act Art. 15)."""
VACCINATIONS: Final = (("mmr", 4, 7), ("dtap5", 4, 7), ("tdap", 11, 13), ("hpv", 12, 13))
"""What children of school age still get: from the first birthday named to the day before the second (National
Immunization Programme)."""
CHECKS: Final = ((4, 7), (9, 13), (18, 25), (30, 37), (42, 49), (54, 61), (66, 72))
"""Check-ups of young children: from so many months of age until the day before so many."""
NEAR: Final = 730
"""Days ahead within which a birthday that changes something is worth telling."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the household; ``name`` is None for the person who is signed in."""

    id: str
    born: dt.date
    relation: str
    name: PersonName | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the registers know when a kind is asked for. ``stay``: the record of the alien register."""

    person: Person | None
    today: dt.date
    stay: Mapping[str, Any] | None = None
    notice: int = 30

    def members(self) -> tuple[Member, ...]:
        """The person first."""
        if self.person is None:
            return ()
        listed = [
            Member(m.id, m.date_of_birth, m.relation, None if m.relation == "self" else m.name)
            for m in self.person.household
        ]
        return tuple(sorted(listed, key=lambda member: member.name is not None))

    def self(self) -> Member | None:
        return next((member for member in self.members() if member.name is None), None)

    def children(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members() if member.relation == "child")

    def named(self, member: Member) -> PersonName | None:
        """For sentences that always name whom they are about."""
        return member.name or (self.person.name if self.person else None)

    def state(self, day: dt.date) -> LifeState:
        if day < self.today:
            return "overdue"
        return "soon" if day <= self.today + dt.timedelta(days=self.notice) else "due"


Found = Iterator[LifeItem]


def stay_expiry(facts: Facts) -> Found:
    until = (facts.stay or {}).get("stay_until")
    if isinstance(until, str):
        day = dt.date.fromisoformat(until)
        yield LifeItem("stay", facts.state(day), day)


def child_vaccination(facts: Facts) -> Found:
    for child in facts.children():
        windows = [
            (what, same_day(child.born, child.born.year + first), same_day(child.born, child.born.year + end) - ONE)
            for what, first, end in VACCINATIONS
        ]
        coming = [window for window in windows if window[2] >= facts.today]
        for what, starts, day in coming:
            if starts > min(each[1] for each in coming):
                continue  # one thing after the other
            yield LifeItem(
                f"{child.id}-{what}", facts.state(day), day, max(starts, facts.today), what=what, who=child.name
            )


def flu_vaccination(facts: Facts) -> Found:
    """Free from 22 September to 30 April for children up to 13 and for people of 65 or more."""
    today = facts.today
    season = today.year if (today.month, today.day) > (4, 30) else today.year - 1
    starts, day = dt.date(season, 9, 22), dt.date(season + 1, 4, 30)
    for member in facts.members():
        years = season - member.born.year
        if years >= 65 or (years <= 13 and add_months(member.born, 6) <= day):
            state: LifeState = "open" if starts <= today else "due"
            yield LifeItem(f"{member.id}-{season}", state, day, starts, who=facts.named(member))


def health_check(facts: Facts) -> Found:
    """Adults, in even years those born in an even year (Framework Act on Health Examination)."""
    me, today = facts.self(), facts.today
    if me is not None and age(me.born, today) >= ADULT and me.born.year % 2 == today.year % 2:
        day = month_end(today.year, 12)
        yield LifeItem(f"{today.year}", facts.state(day), day)


def cancer_screening(facts: Facts) -> Found:
    """Stomach from 40, every other year; bowel from 50, every year (National Cancer Screening Programme)."""
    me, today = facts.self(), facts.today
    if me is None:
        return
    years, day = today.year - me.born.year, month_end(today.year, 12)
    if years >= 40 and me.born.year % 2 == today.year % 2:
        yield LifeItem(f"stomach-{today.year}", facts.state(day), day, what="stomach")
    if years >= 50:
        yield LifeItem(f"bowel-{today.year}", facts.state(day), day, what="bowel")


def child_health_check(facts: Facts) -> Found:
    for child in facts.children():
        for first, end in CHECKS:
            starts, day = add_months(child.born, first), add_months(child.born, end) - ONE
            if day >= facts.today:
                yield LifeItem(f"{child.id}-{first}", facts.state(day), day, starts, who=child.name)
                break


def resident_card(facts: Facts) -> Found:
    """From the month after the 17th birthday, for twelve months (Resident Registration Act Art. 24). The foreign have
    no such card."""
    if facts.person is None or facts.person.kind != "korean":
        return
    for member in facts.members():
        starts = add_months(same_day(member.born, member.born.year + 17).replace(day=1), 1)
        day = add_months(starts, 12) - ONE
        if starts - dt.timedelta(days=365) <= facts.today <= day:
            yield LifeItem(member.id, facts.state(day), day, starts, who=facts.named(member))


def basic_pension(facts: Facts) -> Found:
    """Koreans, from a month before the month of their 65th birthday (Basic Pension Act)."""
    me = facts.self()
    if me is None or facts.person is None or facts.person.kind != "korean":
        return
    day = add_months(same_day(me.born, me.born.year + 65).replace(day=1), -1)
    if day <= facts.today:
        yield LifeItem("claim", "open")
    elif day <= facts.today + dt.timedelta(days=NEAR):
        yield LifeItem("claim", facts.state(day), day)


def school_entry(facts: Facts) -> Found:
    """The meeting early in the year in which a child turns seven."""
    for child in facts.children():
        day = working_day(dt.date(child.born.year + 7, 1, 5))
        if facts.today <= day <= facts.today + dt.timedelta(days=120):
            yield LifeItem(child.id, facts.state(day), day, who=child.name)


def school_costs(facts: Facts) -> Found:
    """The main period for applications, in March, for the new school year."""
    if not any(7 <= facts.today.year - child.born.year <= 18 for child in facts.children()):
        return
    for year in (facts.today.year, facts.today.year + 1):
        day = working_day(dt.date(year, 3, 20))
        if day >= facts.today:
            yield LifeItem(f"{year}", facts.state(day), day, working_day(dt.date(year, 3, 2)))
            return


def election(facts: Facts) -> Found:
    """The next one for Koreans; for permanent residents of three years the local ones."""
    me, coming = facts.self(), elections(facts.today)
    if me is None or facts.person is None:
        return
    if facts.person.kind != "korean":
        coming = {what: day for what, day in coming.items() if what == "local" and _settled(facts.stay, day)}
    for what, day in sorted(coming.items(), key=lambda pair: pair[1])[:1]:
        if age(me.born, day) >= VOTER:
            yield LifeItem(f"{what}-{day.year}", facts.state(day), day, what=what)


def _settled(stay: Mapping[str, Any] | None, day: dt.date) -> bool:
    registered = (stay or {}).get("registered_on")
    if not isinstance(registered, str) or (stay or {}).get("status_of_stay") != "F-5":
        return False
    since = dt.date.fromisoformat(registered)
    return same_day(since, since.year + RESIDENT_VOTER_YEARS) <= day


def pension_day(facts: Facts) -> dt.date | None:
    """From when the National Pension is paid: the month after the birthday."""
    me = facts.self()
    if me is None:
        return None
    return add_months(same_day(me.born, me.born.year + pension_age(me.born)).replace(day=1), 1)


COMPUTED: Final[Mapping[str, Callable[[Facts], Found]]] = {
    "stay-expiry": stay_expiry,
    "child-vaccination": child_vaccination,
    "flu-vaccination": flu_vaccination,
    "health-check": health_check,
    "cancer-screening": cancer_screening,
    "child-health-check": child_health_check,
    "resident-card": resident_card,
    "basic-pension": basic_pension,
    "school-entry": school_entry,
    "school-costs": school_costs,
    "election": election,
}
"""Kind -> what follows for a person. A kind that is not here goes by the rules that its agency keeps."""
