"""Statutory deadlines: working days in Korea."""

import datetime as dt

from madang.i18n.korea import day_in_korea, is_working_day


def due_date(received: dt.datetime, working_days: int) -> dt.date:
    """The last day of a period of ``working_days`` that begins on the day after ``received`` (Civil Act Art. 157: the
    first day does not count)."""
    day = day_in_korea(received)
    for _ in range(working_days):
        day += dt.timedelta(days=1)
        while not is_working_day(day):
            day += dt.timedelta(days=1)
    return day
