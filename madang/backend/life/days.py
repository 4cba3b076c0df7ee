"""Days that the calendar and the law give: tax periods, elections, ages. Pure; ``today`` is a day in Korea."""

import calendar
import datetime as dt
from functools import lru_cache
from typing import Final, Literal

from holidays import country_holidays

from madang.i18n.korea import is_working_day

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONE: Final = dt.timedelta(days=1)


def working_day(day: dt.date, *, back: bool = False) -> dt.date:
    """``day``, or the next working day (the one before, with ``back``): Framework Act on National Taxes Art. 5."""
    while not is_working_day(day):
        day += -ONE if back else ONE
    return day


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def same_day(day: dt.date, year: int) -> dt.date:
    """A day of the year in another year; 29 February becomes 1 March, as ages are counted."""
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(month_end(year, month + 1), dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1))


def next_weekday(weekday: Weekday, today: dt.date) -> dt.date:
    """That day of the week, today counted."""
    return today + dt.timedelta(days=(WEEKDAYS.index(weekday) - today.weekday()) % 7)


def pension_age(born: dt.date) -> int:
    """From which age the National Pension is paid (National Pension Act, addenda 1998 Art. 3): 60 for those born before
    1953, then a year more every four years, 65 from 1969 on."""
    return min(65, max(60, 61 + (born.year - 1953) // 4))


ELECTIONS: Final = {
    "Presidential Election Day": "president",
    "National Assembly Election Day": "assembly",
    "Local Election Day": "local",
}
"""Names of polling days, which are holidays, in the calendar of holidays -> codes of ours."""


@lru_cache(maxsize=4)
def elections(today: dt.date) -> dict[str, dt.date]:
    """The next polling day of each kind of election (Public Official Election Act Art. 34), today counted."""
    holidays = country_holidays("KR", years=range(today.year, today.year + 6), language="en_US")
    found: dict[str, dt.date] = {}
    for day in sorted(holidays):
        code = ELECTIONS.get(holidays[day])
        if code and day >= today:
            found.setdefault(code, day)
    return found
