"""Which telephone is answered now, in Korea's time; the help page and the holidays, in six languages."""

import datetime as dt
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from portal_kit import Visitor, running, settings

from madang.contract.messages.catalogue import HelpLine, Opening
from madang.i18n import formats
from madang.i18n.korea import day_in_korea, is_working_day
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.text import Text
from madang.web.app import create_app
from madang.web.calendar_kr import NAMES, public_holidays
from madang.web.opening import state, stays

pytestmark = pytest.mark.anyio
WEEKDAYS = HelpLine("x", Text(ko="x"), "1", Text(ko="x"), ("ko", "en"), (Opening("working-days", "09:00", "18:00"),))
CONTACT = HelpLine(
    "1345",
    Text(ko="x"),
    "1345",
    Text(ko="x"),
    ("ko", "en", "zh", "th"),
    (Opening("working-days", "09:00", "18:00"), Opening("working-days", "18:00", "22:00", ("ko", "en", "zh"))),
)
ALWAYS = HelpLine("110", Text(ko="x"), "110", Text(ko="x"), ("ko",), (Opening(),))


def korea(day: str, clock: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T{clock}:00+09:00")


@pytest.mark.parametrize(
    ("line", "locale", "day", "clock", "expected"),
    [
        (WEEKDAYS, "ko", "2026-11-23", "08:59", "closed"),
        (WEEKDAYS, "ko", "2026-11-23", "09:00", "open"),
        (WEEKDAYS, "ko", "2026-11-23", "17:59", "open"),
        (WEEKDAYS, "ko", "2026-11-23", "18:00", "closed"),
        (WEEKDAYS, "ko", "2026-11-22", "12:00", "closed"),
        (WEEKDAYS, "ko", "2026-12-25", "12:00", "closed"),
        (WEEKDAYS, "ko", "2027-02-09", "12:00", "closed"),
        (WEEKDAYS, "th", "2026-11-23", "12:00", "open"),
        (CONTACT, "th", "2026-11-23", "12:00", "open"),
        (CONTACT, "th", "2026-11-23", "19:00", "other-languages"),
        (CONTACT, "zh", "2026-11-23", "19:00", "open"),
        (CONTACT, "zh", "2026-11-23", "22:00", "closed"),
        (ALWAYS, "vi", "2026-12-25", "23:59", "open"),
        (HelpLine("y", Text(ko="y"), "2", Text(ko="y"), ("ko",)), "ko", "2026-11-23", "12:00", "unknown"),
    ],
)
def test_open_and_closed(line: HelpLine, locale: Locale, day: str, clock: str, expected: str) -> None:
    moment = korea(day, clock)
    assert state(line, locale, moment) == expected
    assert state(line, locale, moment.astimezone(dt.UTC)) == expected, "the zone of the clock makes no difference"


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("08:50", True), ("08:55", False), ("09:00", True), ("12:00", True), ("17:56", False), ("21:57", False),
     ("22:00", True), ("23:53", True), ("23:55", False), ("00:00", True)],
)  # fmt: skip
def test_a_page_that_says_now_is_kept_only_while_it_is_true(clock: str, expected: bool) -> None:
    assert stays([WEEKDAYS, CONTACT, ALWAYS], korea("2026-11-23", clock)) is expected


def test_the_calendar_knows_substitutes_and_the_lunar_year() -> None:
    days = {(holiday.day.isoformat(), holiday.korean, holiday.substitute) for holiday in public_holidays(2027)}
    assert ("2027-02-07", "설날", False) in days
    assert ("2027-02-09", "설날", True) in days
    assert not is_working_day(dt.date(2027, 2, 9))
    assert is_working_day(dt.date(2027, 2, 10))
    assert not is_working_day(dt.date(2027, 2, 13))
    assert day_in_korea(dt.datetime(2026, 12, 31, 15, 30, tzinfo=dt.UTC)) == dt.date(2027, 1, 1)


@pytest.mark.parametrize("year", range(2020, 2035))
def test_every_holiday_has_a_name_in_six_languages(year: int) -> None:
    unnamed = {holiday.korean for holiday in public_holidays(year)} - NAMES.keys()
    assert not unnamed


class Clock:
    def __init__(self) -> None:
        self.moment = dt.datetime.now(dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.moment


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[tuple[Any, Clock]]:
    clock = Clock()
    async with running(create_app(settings(tmp_path_factory.mktemp("opening")), now=clock)) as app:
        yield app, clock


def says(html: str, number: str) -> str:
    """What the help page says of a number: the words after it."""
    found = re.search(rf'data-ref="phone:{number}">[^<]*</a><br><b>([^<]*)</b>', html)
    assert found
    return found[1]


async def test_the_help_page_follows_the_clock(house: tuple[Any, Clock]) -> None:
    app, clock = house
    visitor = Visitor(app)
    for day, time, contact, tax in (
        ("2026-11-23", "12:00", "Open now", "Open now"),
        ("2026-11-23", "19:00", "Open now", "Closed now"),
        ("2026-11-23", "23:00", "Closed now", "Closed now"),
        ("2026-12-25", "12:00", "Closed now", "Closed now"),
    ):
        clock.moment = korea(day, time)
        # A parameter that no page knows goes past the kept pages: this clock jumps, real ones do not.
        html = (await visitor.get(f"/en/help?at={day}{time}")).text
        assert (says(html, "1345"), says(html, "126"), says(html, "110")) == (contact, tax, "Open now")
    assert "is a public holiday: Christmas Day" in html
    clock.moment = korea("2026-11-23", "19:00")
    assert says((await visitor.get("/th/help?at=evening")).text, "1345") == "เปิดให้บริการอยู่ แต่ขณะนี้ไม่มีภาษาไทย"


async def test_the_help_page_is_not_kept_over_a_change(house: tuple[Any, Clock]) -> None:
    app, clock = house
    visitor = Visitor(app)
    clock.moment = korea("2026-11-23", "08:56")
    assert says((await visitor.get("/vi/help")).text, "126") == "Hiện đã hết giờ làm việc"
    clock.moment = korea("2026-11-23", "09:00")
    assert says((await visitor.get("/vi/help")).text, "126") == "Đang làm việc"


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_holidays_of_two_years_as_the_reader_writes_them(house: tuple[Any, Clock], locale: Locale) -> None:
    app, clock = house
    clock.moment = korea("2026-12-31", "12:00")
    html = (await Visitor(app).get(f"/{locale}/help/holidays?day=last")).text
    days = re.findall(r'<time datetime="([\d-]+)">([^<]*)</time>', html)
    assert len(days) == len(public_holidays(2026)) + len(public_holidays(2027)) + 1, "and the next one"
    assert days[0] == ("2027-01-01", formats.date(dt.date(2027, 1, 1), locale, "weekday"))
    assert all(written == formats.date(dt.date.fromisoformat(day), locale, "weekday") for day, written in days)
    assert formats.year(2026, locale, named=True) in html
    assert ("2570" in html) is (locale == "th")
    assert '<span lang="ko">' not in html.partition("<main")[2], "every holiday has its name"


async def test_the_year_turns_at_midnight_in_korea(house: tuple[Any, Clock]) -> None:
    app, clock = house
    clock.moment = dt.datetime(2026, 12, 31, 15, 0, tzinfo=dt.UTC)
    html = (await Visitor(app).get("/en/help/holidays?day=first")).text
    assert 'id="year-2027"' in html
    assert 'id="year-2028"' in html
    assert 'id="year-2026"' not in html
