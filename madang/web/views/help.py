"""Help: general questions, phone numbers, counters and kiosks. It needs no backend, so it answers in an outage too."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.catalogue import Faq
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render
from madang.web.views.cards import Elsewhere, elsewhere


@dataclass(frozen=True, slots=True)
class HelpPage(Page):
    template: ClassVar[str] = "help/index.html"
    robots: ClassVar[str] = "index"
    faq: Public[tuple[Faq, ...]]
    elsewhere: Public[Elsewhere]


async def show(request: Request) -> Response:
    """GET /{lang}/help"""
    shelf = portal(request).shelf
    return await render(request, HelpPage(faq=tuple(shelf.faq), elsewhere=elsewhere(shelf)), cacheable=True)
