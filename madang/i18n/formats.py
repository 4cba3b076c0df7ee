"""Dates, times, numbers, money, lists and durations as each language writes them: CLDR (Babel), and what Babel lacks:
the Buddhist era of Thailand, the eras of Japan and the Korean ways of saying won and the time of day.

Instants are shown in Korea's time, whichever zone they come in. Names of persons: ``madang.i18n.names``.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from madang.i18n.calendars import buddhist_year, japanese_era
from madang.i18n.korea import KOREA, day_in_korea
from madang.i18n.locales import CLDR, Locale
from madang.i18n.messages import Gettext, NGettext

DateStyle = Literal["long", "short", "weekday"]
Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]

_PATTERN: Final[dict[DateStyle, dict[Locale, str]]] = {
    "long": {"ko": "long", "en": "d MMMM y", "ja": "long", "zh": "long", "vi": "d MMMM 'năm' y"},
    # A short date never shortens its year, and never leaves open which number is the month.
    "short": {"ko": "y. M. d.", "en": "d MMM y", "ja": "y/M/d", "zh": "y/M/d", "vi": "dd/MM/y"},
    "weekday": {"ko": "full", "en": "full", "ja": "full", "zh": "full", "vi": "EEEE, 'ngày' d MMMM 'năm' y"},
}
_THAI: Final[dict[DateStyle, str]] = {
    "long": "d MMMM '{year}'",
    "short": "d MMM '{year}'",
    "weekday": "EEEE'ที่' d MMMM '{year}'",
}

_YEAR: Final[dict[Locale, str]] = {"ko": "년", "ja": "年", "zh": "年"}


def date(value: dt.date, locale: Locale, style: DateStyle = "long", *, era: bool = False) -> str:
    """``22 พฤศจิกายน 2569``, ``2026년 11월 22일``, ``22 November 2026``; a datetime is taken on its day in Korea.

    ``era`` names the era where the reader knows one: ``22 พฤศจิกายน พ.ศ. 2569``, ``令和8年11月22日``.
    """
    if isinstance(value, dt.datetime):
        value = day_in_korea(value)
    if locale == "th":
        year = f"{'พ.ศ. ' if era else ''}{buddhist_year(value.year)}"
        return format_date(value, _THAI[style].format(year=year), CLDR["th"])
    text = format_date(value, _PATTERN[style][locale], CLDR[locale])
    if locale == "ja" and era and (named := japanese_era(value)):
        name, count = named
        text = f"{name}{'元' if count == 1 else count}年{value.month}月{value.day}日"
        if style == "weekday":
            text += format_date(value, "EEEE", CLDR["ja"])
    return text


def year(value: int, locale: Locale, *, named: bool = False) -> str:
    """A Gregorian year as the reader counts, without a word: ``2026``, in Thai ``2569``. ``named``: as it stands alone,
    ``2026년``, ``2026年``, ``พ.ศ. 2569``."""
    if locale == "th":
        return f"{'พ.ศ. ' if named else ''}{buddhist_year(value)}"
    return f"{value}{_YEAR.get(locale, '') if named else ''}"


def time(value: dt.datetime, locale: Locale) -> str:
    """The time of day in Korea: ``15:05``, Korean ``오후 3:05``, Thai ``15.05 น.``. ``value`` must know its zone."""
    if locale == "th":
        return f"{_in_korea(value):%H.%M} น."
    return format_time(_in_korea(value), "aaaa h:mm" if locale == "ko" else "HH:mm", locale=CLDR[locale])


def date_time(value: dt.datetime, locale: Locale, style: DateStyle = "long", *, era: bool = False) -> str:
    """Day and time in Korea, e.g. ``22 November 2026, 15:05``."""
    moment = _in_korea(value)
    if locale == "th":
        return f"{date(moment, locale, style, era=era)} เวลา {time(moment, locale)}"
    separator = ", " if locale in ("en", "vi") else " "
    return f"{date(moment, locale, style, era=era)}{separator}{time(moment, locale)}"


def _in_korea(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown in Korea's")
    return value.astimezone(KOREA)


def period(start: dt.date, end: dt.date, locale: Locale, gettext: Gettext) -> str:
    """``from 1 May 2026 to 22 November 2026``; in Thai with the era said, as the glossary asks."""
    era = locale == "th"
    return gettext("from %(start)s to %(end)s") % {
        "start": date(start, locale, era=era),
        "end": date(end, locale, era=era),
    }


def number(value: int | Decimal, locale: Locale) -> str:
    """With the reader's separators, every decimal kept: ``1,234.5``, in Vietnamese ``1.234,5``."""
    return format_decimal(value, locale=CLDR[locale], decimal_quantization=False)


@lru_cache(maxsize=1024)
def money(krw: int, locale: Locale) -> str:
    """Won: ``₩2,000``, ``2.000 ₩``, in Korean as it is said, ``2,000원``. A caller says "free of charge" for 0."""
    if locale == "ko":
        return f"{number(krw, locale)}원"
    return format_currency(krw, "KRW", locale=CLDR[locale])


def listing(items: Sequence[str], locale: Locale, style: Literal["and", "or"] = "and") -> str:
    """``a, b and c`` by CLDR; an empty list is an empty string."""
    return format_list(items, "standard" if style == "and" else "or", locale=CLDR[locale])


def duration(amount: int, unit: Unit, locale: Locale) -> str:
    """``15 minutes``, ``15분``, ``15 นาที`` by CLDR."""
    identifier = f"duration-{unit}"
    text = format_unit(amount, identifier, "long", locale=CLDR[locale])
    if identifier in text:
        # Babel does not follow CLDR's alias from long to short forms, and then answers the name of the unit.
        text = format_unit(amount, identifier, "short", locale=CLDR[locale])
    return text.replace(" ", "") if locale == "ja" else text


def working_time(amount: int, unit: Literal["hours", "days"], ngettext: NGettext) -> str:
    """``3 working hours``, ``1 working day``: what CLDR has no unit for."""
    if unit == "hours":
        text = ngettext("%(count)s working hour", "%(count)s working hours", amount)
    else:
        text = ngettext("%(count)s working day", "%(count)s working days", amount)
    return text % {"count": amount}


def file_size(size: int, locale: Locale) -> str:
    """Bytes as people read them, in powers of 1,000: ``840 kB``, ``2.4 MB``; anything up to 999 bytes is ``1 kB``."""
    if size < 1_000_000:
        text = format_unit(max(1, round(size / 1000)), "digital-kilobyte", "short", locale=CLDR[locale])
    else:
        amount = Decimal(size) / 1_000_000
        text = format_unit(amount, "digital-megabyte", "short", format="#,##0.#", locale=CLDR[locale])
    return text.replace(" ", "\u00a0")  # a number never stands on another line than its unit


def distance(kilometres: float, locale: Locale) -> str:
    """``3.4 km``, from 10 km on whole ones: ``128 km``, by CLDR; nothing is nearer than ``0.1 km``."""
    rounded = max(Decimal("0.1"), Decimal(kilometres).quantize(Decimal("0.1")))
    pattern = "#,##0.#" if rounded < 10 else "#,##0"
    text = format_unit(rounded, "length-kilometer", "short", format=pattern, locale=CLDR[locale])
    return text.replace(" ", "\u00a0")
