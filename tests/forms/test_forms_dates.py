"""Dates, in whichever era, script and width they are written."""

import datetime as dt
from pathlib import Path

import pytest
from form_reading import answer, code, form, read
from form_samples import TODAY, field

import madang.web
from madang.forms.errors import message
from madang.forms.raw import raw_of
from madang.forms.validate import validate_page
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.messages import Catalogues

DATE = field("date")
CATALOGUES = Catalogues(Path(madang.web.__file__).parent / "locales")


@pytest.mark.parametrize(
    "parts",
    [
        ("2026", "11", "22"),
        ("２０２６", "１１", "２２"),
        ("๒๕๖๙", "๑๑", "๒๒"),
        ("2569", "11", "22"),
        ("พ.ศ. 2569", "พ.ย.", "22"),
        ("พศ2569", "พฤศจิกายน", "วันที่ 22"),
        ("ค.ศ. 2026", "11", "22"),
        ("R8", "11", "22"),
        ("r8", "11", "22"),
        ("令和8年", "11月", "22日"),
        ("㋿8", "11", "22"),
        ("2026년", "11월", "22일"),
        ("2026年", "十一月", "22号"),
        ("2026", "November", "22nd"),
        ("2026 ", " nov. ", "22."),
        ("năm 2026", "tháng 11", "ngày 22"),
        ("2026", "thg 11", "22"),
        ("BE 2569", "11", "22"),
        ("2026 AD", "11", "22"),
        ("2026-11-22", "", ""),
        ("", "", "2026. 11. 22."),
        ("20261122", "", ""),
        ("2026年11月22日", "", ""),
        ("2569/11/22", "", ""),
        ("٢٠٢٦", "١١", "٢٢"),
    ],
)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_date_is_understood_however_it_is_written(parts: tuple[str, str, str], locale: Locale) -> None:
    assert answer(DATE, dict(zip(("year", "month", "day"), parts, strict=True)), locale) == "2026-11-22"


@pytest.mark.parametrize(
    ("year", "expected"),
    [("H31", "2019"), ("平成元", "1989"), ("S64", "1989"), ("昭和55", "1980"), ("T15", "1926"), ("明治45", "1912")],
)
def test_the_eras_of_japan(year: str, expected: str) -> None:
    assert answer(DATE, {"year": year, "month": "3", "day": "3"}) == f"{expected}-03-03"


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        ("", "11", "22", ("no-year", "year")),
        ("2026", "", "22", ("no-month", "month")),
        ("2026", "11", "", ("no-day", "day")),
        ("26", "11", "22", ("year", "year")),
        ("0", "11", "22", ("year", "year")),
        ("R0", "11", "22", ("year", "year")),
        ("2399", "11", "22", ("year-range", "year")),
        ("2701", "11", "22", ("year-range", "year")),
        ("1800", "11", "22", ("year-range", "year")),
        ("yes", "11", "22", ("year", "year")),
        ("2026", "13", "22", ("not-a-date", "month")),
        ("2026", "0", "22", ("not-a-date", "month")),
        ("2026", "Brumaire", "22", ("not-a-date", "month")),
        ("2026", "11", "31", ("not-a-date", "day")),
        ("2026", "2", "29", ("not-a-date", "day")),
        ("2026", "2", "0", ("not-a-date", "day")),
        ("11/22/2026", "", "", ("no-month", "month")),
        ("2026-13-45", "", "", ("not-a-date", "month")),
        ("2026\0", "11", "22", ("year", "year")),
    ],
)
def test_a_date_that_is_none(year: str, month: str, day: str, expected: tuple[str, str]) -> None:
    assert code(DATE, {"year": year, "month": month, "day": day}) == expected


def test_the_29th_of_february_of_a_leap_year_in_the_buddhist_era() -> None:
    assert answer(DATE, {"year": "2567", "month": "2", "day": "29"}) == "2024-02-29"


@pytest.mark.parametrize(
    ("rules", "typed", "expected"),
    [
        ({"latest": "today"}, "2026-11-22", None),
        ({"latest": "today"}, "2026-11-23", "future"),
        ({"earliest": "today"}, "2026-11-21", "past"),
        ({"earliest": "today-10y"}, "2016-11-22", None),
        ({"earliest": "today-10y"}, "2016-11-21", "too-early"),
        ({"latest": "today+3m"}, "2027-02-22", None),
        ({"latest": "today+3m"}, "2027-02-23", "too-late"),
        ({"earliest": "today-30d"}, "2026-10-22", "too-early"),
        ({"earliest": "2020-01-01"}, "2019-12-31", "too-early"),
    ],
)
def test_bounds_of_a_date(rules: dict[str, str], typed: str, expected: str | None) -> None:
    result = read(field("date", **rules), {"year": typed, "month": "", "day": ""})
    assert [error.code for error in result.errors] == ([expected] if expected else [])


def test_three_months_before_the_31st_of_may_is_the_last_of_february() -> None:
    definition = form(field("date", earliest="today-3m"))
    for day, wrong in (("28", False), ("27", True)):
        posted = {"it-year": ["2026"], "it-month": ["2"], "it-day": [day]}
        result = validate_page(definition, "p", posted, answers={}, today=dt.date(2026, 5, 31))
        assert bool(result.errors) is wrong


@pytest.mark.parametrize("locale", LOCALES)
def test_a_date_left_empty_leads_to_the_part_that_stands_first(locale: Locale) -> None:
    first = "year" if locale in ("ko", "ja", "zh") else "day"
    assert code(DATE, {"year": " ", "month": "", "day": "\u3000"}, locale) == ("enter", first)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_thai_reader_sees_the_buddhist_year(locale: Locale) -> None:
    shown = raw_of("it", DATE, "2026-11-22", locale)["it-year"]
    assert shown == (("2569",) if locale == "th" else ("2026",))


@pytest.mark.parametrize(
    ("rules", "locale", "expected"),
    [
        ({}, "ko", ("1868", "2157")),
        ({}, "th", ("2411", "2700")),
        ({"earliest": "2020-01-01", "latest": "today"}, "en", ("2020", str(TODAY.year))),
        ({"latest": "today-10y"}, "vi", ("1868", str(TODAY.year - 10))),
    ],
)
def test_a_year_out_of_range_is_told_the_range(
    rules: dict[str, str], locale: Locale, expected: tuple[str, str]
) -> None:
    definition = field("date", **rules)
    for typed in ("1800", "2999"):
        (error,) = read(definition, {"year": typed, "month": "1", "day": "1"}, locale).errors
        assert error.code == "year-range"
        said = message(error, form(definition), locale, CATALOGUES.translations(locale).gettext)
        assert all(year in said for year in expected), said
        assert "%(" not in said
