"""Time in Korea, where deadlines, ages and opening hours count. Pure."""

import datetime as dt
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from holidays import country_holidays

KOREA: Final = ZoneInfo("Asia/Seoul")


def day_in_korea(moment: dt.datetime) -> dt.date:
    """The day that ``moment``, in any zone, falls on in Korea."""
    return moment.astimezone(KOREA).date()


@lru_cache(maxsize=8)
def _public_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(country_holidays("KR", years=year))


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday and no public holiday, substitute holidays included."""
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def age(born: dt.date, today: dt.date) -> int:
    """In completed years; who was born on 29 February completes one on 1 March of a year without that day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
