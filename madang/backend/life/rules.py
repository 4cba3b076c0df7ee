"""The register's rules: what an agency knows about a person, kept so that its days stay sensible as time passes.

A demonstration that stored days would be full of things long overdue a year later. So a rule says how to find the day:
from the calendar (``yearly``, ``monthly``, ``weekday``, ``tax_months``), from a first day and a number of years
(``cycle``), or, where it is about a moment in a person's life, so many days from today (``within``).
"""

import datetime as dt
from typing import Annotated, Literal

import msgspec

from madang.backend.life.days import Weekday, month_end, next_weekday, same_day, working_day

MonthDay = Annotated[str, msgspec.Meta(pattern=r"^\d\d-\d\d$")]


class Cycle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every so many years from a first day: a licence of ten years."""

    first: dt.date
    years: int


class Rule(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One thing of a kind. At most one of the ways to find a day is given; without one it is open (``LifeState``)."""

    key: str
    within: int | None = None
    """Days from today; negative: so many days ago."""
    yearly: tuple[MonthDay, ...] = ()
    monthly: int = 0
    """Day of the month."""
    weekday: Weekday | None = None
    tax_months: tuple[int, ...] = ()
    """Payable from the 16th to the last day of these months (Local Tax Act)."""
    cycle: Cycle | None = None
    shift: Literal["none", "later", "earlier"] = "none"
    """To which working day a day moves that is none."""
    opens: int = 0
    """It can be done from so many days before its day; 0: always."""
    late: int = 0
    """For so many days after its day it still counts as not done; then the next one is meant."""
    amount: int | None = None
    count: int | None = None
    what: str = ""
    who: str = ""
    """Id of the member of the household whom it is about."""


def days(rule: Rule, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """(first day on which it can be done, last day), either None where there is no such day."""
    since = today - dt.timedelta(days=rule.late)
    day: dt.date | None = None
    if rule.within is not None:
        day = _shifted(rule, today + dt.timedelta(days=rule.within))
    elif rule.weekday is not None:
        day = next_weekday(rule.weekday, today)
    else:
        day = min(
            (found for each in _candidates(rule, today) if (found := _shifted(rule, each)) >= since), default=None
        )
    if day is None:
        return None, None
    if rule.tax_months:
        first = day.replace(day=1)  # a last day that fell on a weekend lies in the next month
        first = first if day.day >= 16 else (first - dt.timedelta(days=1)).replace(day=1)
        return first.replace(day=16), day
    return (day - dt.timedelta(days=rule.opens) if rule.opens else None), day


def _candidates(rule: Rule, today: dt.date) -> list[dt.date]:
    years = (today.year - 1, today.year, today.year + 1)
    if rule.yearly:
        return [same_day(dt.date(2000, int(text[:2]), int(text[3:])), year) for year in years for text in rule.yearly]
    if rule.tax_months:
        return [month_end(year, month) for year in years for month in rule.tax_months]
    if rule.monthly:
        return [dt.date(year, month, rule.monthly) for year in years for month in range(1, 13)]
    if rule.cycle is not None:
        first, every = rule.cycle.first, rule.cycle.years
        begun = max(0, (today.year - first.year) // every - 1)
        return [same_day(first, first.year + every * number) for number in range(begun, begun + 4)]
    return []


def _shifted(rule: Rule, day: dt.date) -> dt.date:
    if rule.tax_months or rule.shift == "later":
        return working_day(day)
    return working_day(day, back=True) if rule.shift == "earlier" else day
