"""Years, months and days as people write them: Gregorian, Buddhist era (Thailand) and the eras of Japan."""

import datetime as dt
import re
from functools import lru_cache
from typing import Final, NamedTuple

from babel.dates import get_month_names

from madang.i18n.digits import fold
from madang.i18n.locales import CLDR, Locale

BUDDHIST: Final = 543
"""The Buddhist era is this many years ahead (Thailand's, since 1941 with the same 1 January)."""
FIRST_YEAR: Final = 1868
LAST_YEAR: Final = 2157
"""Gregorian years a date may have; 2400-2700 are then always Buddhist and nothing is ambiguous."""


class Era(NamedTuple):
    """A Japanese era: its name, its letter and its first day."""

    name: str
    letter: str
    start: dt.date


ERAS: Final = (
    Era("令和", "R", dt.date(2019, 5, 1)),
    Era("平成", "H", dt.date(1989, 1, 8)),
    Era("昭和", "S", dt.date(1926, 12, 25)),
    Era("大正", "T", dt.date(1912, 7, 30)),
    Era("明治", "M", dt.date(1868, 10, 23)),
)
_JAPAN_GREGORIAN: Final = dt.date(1873, 1, 1)
"""Japan's calendar was lunisolar before: its era years then do not name Gregorian days."""

_MARKED: Final = re.compile(
    r"(พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|b\.?\s?e\.?|c\.?\s?e\.?|a\.?\s?d\.?|西暦|公元|서기|năm|ปี)?\s*"
    r"(\d{4})\s*(年|년|b\.?\s?e\.?|c\.?\s?e\.?|a\.?\s?d\.?)?",
    re.I,
)
_GREGORIAN_MARKS: Final = ("คศ", "ce", "ad", "西暦", "公元", "서기")
_IMPERIAL: Final = re.compile(r"(令和|令|平成|平|昭和|昭|大正|大|明治|明|[RHSTM])\s*[.\-]?\s*(\d{1,2}|元)\s*年?", re.I)
_LONGEST: Final = 60
_SIGNS: Final = {"㋿": "令和", "㍻": "平成", "㍼": "昭和", "㍽": "大正", "㍾": "明治"}
_MONTH: Final = re.compile(r"(?:(?:tháng|thg)\s*)?(\d{1,2})\s*(?:월|月|日)?", re.I)
_DAY: Final = re.compile(r"(?:ngày\s*|วันที่\s*)?(\d{1,2})\s*(?:일|日|号|st|nd|rd|th)?", re.I)
_WHOLE: Final = re.compile(
    r"(\d{4})\s*[-./年년 ]\s*(\d{1,2})\s*[-./月월 ]\s*(\d{1,2})\s*[일日.]?|(\d{4})(\d{2})(\d{2})"
)


def japanese_era(date: dt.date) -> tuple[str, int] | None:
    """Era name and year in it, e.g. ``("令和", 8)``; None before Japan wrote Gregorian days (1873)."""
    if date < _JAPAN_GREGORIAN:
        return None
    era = next(era for era in ERAS if date >= era.start)
    return era.name, date.year - era.start.year + 1


def buddhist_year(year: int) -> int:
    """2026 -> 2569."""
    return year + BUDDHIST


def _folded(typed: str) -> str:
    """Folded, without the dots that end ordinals; cut, since no part of a date is long and patterns may try in vain."""
    return fold(typed[:_LONGEST]).rstrip(". ")


def read_year(typed: str) -> int | None:
    """The Gregorian year meant by ``2026``, ``2569``, ``พ.ศ. 2569``, ``R8``, ``令和8年``, ``平成元年``; None when it
    cannot be told, as with two digits alone. The result may lie outside FIRST_YEAR..LAST_YEAR."""
    folded = _folded(typed)
    for sign, name in _SIGNS.items():
        folded = folded.replace(sign, name)
    if match := _MARKED.fullmatch(folded):
        year = int(match[2])
        mark = re.sub(r"[.\s]", "", (match[1] or match[3] or "").lower())
        buddhist = mark in ("พศ", "be") or (mark not in _GREGORIAN_MARKS and 2400 <= year <= 2700)
        return year - BUDDHIST if buddhist else year
    if match := _IMPERIAL.fullmatch(folded):
        count = 1 if match[2] == "元" else int(match[2])
        era = next(era for era in ERAS if match[1].upper() == era.letter or era.name.startswith(match[1]))
        return era.start.year + count - 1 if count else None
    return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Month names of the six languages, long and short, folded to lower case without dots."""
    names: dict[str, int] = {}
    for identifier in CLDR.values():
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, identifier).items():
                    names[_plain(name)] = number
    names["sept"] = 9
    return names


def _plain(name: str) -> str:
    return re.sub(r"[.\s]", "", name.lower())


def read_month(typed: str) -> int | None:
    """1-12 from ``11``, ``11月``, ``Nov``, ``พ.ย.``, ``tháng 11``, ``十一月``; other numbers as they are; else None."""
    folded = _folded(typed)
    match = _MONTH.fullmatch(folded)
    return int(match[1]) if match else _months().get(_plain(folded))


def read_day(typed: str) -> int | None:
    """The number in ``22``, ``22일``, ``22nd``; None when there is none."""
    match = _DAY.fullmatch(_folded(typed))
    return int(match[1]) if match else None


def read_whole(typed: str) -> tuple[str, str, str] | None:
    """Year, month and day of a whole date typed or pasted into one control, year first; None when it is none."""
    match = _WHOLE.fullmatch(_folded(typed))
    if match is None:
        return None
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(4, 5, 6)
    return year, month, day


def date_order(locale: Locale) -> tuple[str, str, str]:
    """The order in which a reader expects the parts of a date."""
    return ("year", "month", "day") if locale in ("ko", "ja", "zh") else ("day", "month", "year")
