"""Statutory deadlines: working days in Korea."""

import datetime as dt
from functools import lru_cache
from typing import Final

from holidays import country_holidays

KOREA: Final = dt.timezone(dt.timedelta(hours=9))


@lru_cache(maxsize=4)
def _public_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(country_holidays("KR", years=year))


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday and no public holiday, substitute holidays included."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def due_date(received: dt.datetime, working_days: int) -> dt.date:
    """The last day of a period of ``working_days`` that begins on the day after ``received`` (Civil Act Art. 157: the
    first day does not count)."""
    day = received.astimezone(KOREA).date()
    for _ in range(working_days):
        day += dt.timedelta(days=1)
        while not is_working_day(day):
            day += dt.timedelta(days=1)
    return day
