"""Statutory deadlines: working days in Korea."""

import datetime as dt

import pytest

from madang.backend.deadlines import due_date
from madang.i18n.korea import is_working_day

SEOUL = dt.timezone(dt.timedelta(hours=9))


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ("2026-11-23T10:00", 1, "2026-11-24"),  # Monday: the first day does not count
        ("2026-11-20T10:00", 1, "2026-11-23"),  # Friday -> Monday
        ("2026-11-21T10:00", 1, "2026-11-23"),  # Saturday
        ("2026-09-23T10:00", 1, "2026-09-28"),  # over Chuseok, 24-26 September, and a Sunday
        ("2026-12-24T10:00", 3, "2026-12-30"),  # over Christmas, a Friday
        ("2026-12-31T10:00", 1, "2027-01-04"),  # into the next year
        ("2026-11-23T10:00", 0, "2026-11-23"),
        ("2026-11-23T23:59", 1, "2026-11-24"),
    ],
)
def test_the_last_day(received: str, days: int, due: str) -> None:
    moment = dt.datetime.fromisoformat(received).replace(tzinfo=SEOUL)
    assert due_date(moment, days).isoformat() == due
    assert due_date(moment.astimezone(dt.UTC), days).isoformat() == due


def test_a_substitute_holiday_is_no_working_day() -> None:
    assert not is_working_day(dt.date(2026, 3, 2))  # for 1 March, a Sunday
    assert is_working_day(dt.date(2026, 3, 3))
