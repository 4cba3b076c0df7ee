"""Korea's public holidays, substitute holidays and election days included, with names to be translated.

The package ``holidays`` knows the days; its Korean names are the keys of ours. A holiday that the government declares
at short notice is known with the next version of the package.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from holidays import country_holidays

from madang.i18n.messages import N_
from madang.web.page import Public

SUBSTITUTE: Final = " 대체 휴일"
NAMES: Final[Mapping[str, str]] = {
    "신정연휴": N_("New Year's Day"),
    "설날 전날": N_("Day before Lunar New Year (Seollal)"),
    "설날": N_("Lunar New Year (Seollal)"),
    "설날 다음날": N_("Day after Lunar New Year (Seollal)"),
    "삼일절": N_("Independence Movement Day"),
    "노동절": N_("Labour Day"),
    "어린이날": N_("Children's Day"),
    "부처님오신날": N_("Buddha's Birthday"),
    "현충일": N_("Memorial Day"),
    "제헌절": N_("Constitution Day"),
    "광복절": N_("Liberation Day"),
    "추석 전날": N_("Day before Chuseok (harvest festival)"),
    "추석": N_("Chuseok (harvest festival)"),
    "추석 다음날": N_("Day after Chuseok (harvest festival)"),
    "개천절": N_("National Foundation Day"),
    "한글날": N_("Hangeul Day"),
    "기독탄신일": N_("Christmas Day"),
    "국군의 날": N_("Armed Forces Day"),
    "지방선거일": N_("Local elections"),
    "국회의원 선거일": N_("National Assembly elections"),
    "대통령 선거일": N_("Presidential election"),
    "임시공휴일": N_("Temporary public holiday"),
}


@dataclass(frozen=True, slots=True)
class Holiday:
    """``korean``: the package's name, a key of NAMES or one that is not known yet. ``substitute``: a weekday off
    because the holiday itself fell on a Saturday or Sunday."""

    day: Public[dt.date]
    korean: Public[str]
    substitute: Public[bool]


@lru_cache(maxsize=8)
def public_holidays(year: int) -> tuple[Holiday, ...]:
    """The holidays of a Gregorian year by date; two on one day are two."""
    known = country_holidays("KR", years=year, language="ko")
    return tuple(
        Holiday(day, name.removesuffix(SUBSTITUTE), name.endswith(SUBSTITUTE))
        for day in sorted(known)
        for name in known.get_list(day)
    )
