"""Help: general questions, phone numbers, counters and kiosks. It needs no backend, so it answers in an outage too."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.catalogue import Faq, HelpLine
from madang.i18n.korea import day_in_korea
from madang.web.calendar_kr import Holiday, public_holidays
from madang.web.opening import State, state, stays
from madang.web.page import Page, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.structured import HelpNodes
from madang.web.views.cards import Elsewhere, elsewhere


@dataclass(frozen=True, slots=True)
class Line:
    """A telephone number, and whether it is answered now."""

    line: Public[HelpLine]
    state: Public[State]


@dataclass(frozen=True, slots=True)
class HelpPage(Page):
    template: ClassVar[str] = "help/index.html"
    robots: ClassVar[str] = "index"
    faq: Public[tuple[Faq, ...]]
    elsewhere: Public[Elsewhere]
    day: Public[dt.date]
    """Today in Korea."""
    holidays: Public[tuple[Holiday, ...]]
    """Those of today."""
    lines: Public[tuple[Line, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/help"""
    shelf, now, locale = portal(request).shelf, portal(request).now(), locale_of(request)
    day = day_in_korea(now)
    page = HelpPage(
        faq=tuple(shelf.faq),
        elsewhere=elsewhere(shelf),
        day=day,
        holidays=tuple(holiday for holiday in public_holidays(day.year) if holiday.day == day),
        lines=tuple(Line(line, state(line, locale, now)) for line in shelf.help_lines),
    )
    return await render(request, page, cacheable=stays(shelf.help_lines, now), describe=HelpNodes(page.faq))
