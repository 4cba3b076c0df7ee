"""Korea's public holidays of this and the next year: the days on which counters are closed."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from madang.i18n.korea import day_in_korea
from madang.web.calendar_kr import Holiday, public_holidays
from madang.web.opening import stays
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render


@dataclass(frozen=True, slots=True)
class Year:
    year: Public[int]
    days: Public[tuple[Holiday, ...]]


@dataclass(frozen=True, slots=True)
class HolidaysPage(Page):
    template: ClassVar[str] = "help/holidays.html"
    robots: ClassVar[str] = "index"
    years: Public[tuple[Year, ...]]
    following: Public[Holiday | None]
    """The next one, today's included."""


async def show(request: Request) -> Response:
    """GET /{lang}/help/holidays"""
    now = portal(request).now()
    day = day_in_korea(now)
    years = tuple(Year(year, public_holidays(year)) for year in (day.year, day.year + 1))
    following = next((holiday for year in years for holiday in year.days if holiday.day >= day), None)
    return await render(request, HolidaysPage(years, following), cacheable=stays((), now))
