"""Home: one question, the most used services, and what this person did last."""

import contextlib
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.i18n.text import Text
from madang.web.clients import BackendError, applications
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import Portal, locale_of, portal, session_of
from madang.web.render import render
from madang.web.state.sessions import Session
from madang.web.views.appointments import AppointmentView, ahead
from madang.web.views.cards import (
    AudienceLink,
    Counted,
    EventCard,
    ServiceCard,
    audience_links,
    counted,
    event_card,
    service_card,
)
from madang.web.views.draft_cards import DraftCard, draft_cards

MOST_USED = 6
EVENTS = 6
MINE = 3


@dataclass(frozen=True, slots=True)
class Again:
    """A service that this person had issued before: one press to its check page."""

    number: Private[str]
    service: Public[str]
    title: Public[Text]


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    template: ClassVar[str] = "home/index.html"
    bundle: ClassVar[str] = "home"
    robots: ClassVar[str] = "index"
    shares: ClassVar[frozenset[str]] = frozenset({"q"})
    services: Public[tuple[ServiceCard, ...]]
    events: Public[tuple[EventCard, ...]]
    audiences: Public[tuple[AudienceLink, ...]]
    figures: Public[Counted]
    examples: Public[tuple[str, ...]]
    """Words to try in the search, in the page's language."""
    again: Private[tuple[Again, ...]]
    unfinished: Private[tuple[DraftCard, ...]]
    appointments: Private[tuple[AppointmentView, ...]]
    signed_in: Private[bool]
    mine_unavailable: Private[bool]
    """The person's own part could not be read: the rest of the page stands."""


EXAMPLES: dict[str, tuple[str, ...]] = {
    "ko": ("등본", "외국인등록 증명", "출입국 기록"),
    "en": ("resident certificate", "alien registration", "entry and exit"),
    "ja": ("住民登録謄本", "外国人登録", "出入国"),
    "zh": ("居民登记副本", "外国人登记", "出入境"),
    "th": ("ทะเบียนราษฎร", "คนต่างด้าว", "เดินทางเข้า-ออก"),
    "vi": ("đăng ký người nước ngoài", "đăng ký cư dân", "xuất nhập cảnh"),
}


async def show(request: Request) -> Response:
    """GET /{lang}/"""
    p = portal(request)
    shelf = p.shelf
    session = await session_of(request)
    again: tuple[Again, ...] = ()
    unfinished: tuple[DraftCard, ...] = ()
    appointments: tuple[AppointmentView, ...] = ()
    unavailable = False
    if session is not None:
        with contextlib.suppress(BackendError):  # a reminder: who books sees it on the page of appointments, too
            appointments = await ahead(request)
        try:
            again, unfinished = await _mine(request, p, session)
        except BackendError:
            unavailable = True
    page = HomePage(
        services=tuple(service_card(service) for service in shelf.most_used(MOST_USED)),
        events=tuple(map(event_card, shelf.packages[:EVENTS])),
        audiences=audience_links(shelf),
        figures=counted(shelf),
        examples=EXAMPLES[request.scope["madang.locale"]],
        again=again,
        unfinished=unfinished,
        appointments=appointments,
        signed_in=session is not None,
        mine_unavailable=unavailable,
    )
    return await render(request, page, cacheable=True)


async def _mine(request: Request, p: Portal, session: Session) -> tuple[tuple[Again, ...], tuple[DraftCard, ...]]:
    shelf = p.shelf
    last: dict[str, Again] = {}
    for application in (await applications.listed(p.backend, session)).items:
        service = shelf.service(application.service)
        if service is None or application.service in last or application.status != "completed":
            continue
        last[application.service] = Again(application.number, application.service, service.title)
    listed = await p.drafts.listed(session)
    unfinished = [draft for draft in listed if draft.state == "open" and shelf.service(draft.service) is not None]
    return tuple(last.values())[:MINE], await draft_cards(request, unfinished[:MINE])


async def choose_language(request: Request) -> Response:
    """GET /: the reader's language, by the browser's wish. Only here; every other address names its language."""
    response = RedirectResponse(link(locale_of(request), "home"), 302)
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    return response
