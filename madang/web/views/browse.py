"""Finding without words: all services by their first letter, and the map of the whole site."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from madang.i18n.text import Text
from madang.web.page import Page, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.views.cards import (
    AudienceLink,
    CategoryLink,
    EventCard,
    audience_links,
    category_links,
    event_card,
)


@dataclass(frozen=True, slots=True)
class Entry:
    service: Public[str]
    title: Public[Text]


@dataclass(frozen=True, slots=True)
class Letter:
    letter: Public[str]
    services: Public[tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class LettersPage(Page):
    template: ClassVar[str] = "browse/letters.html"
    bundle: ClassVar[str] = "gateway"
    robots: ClassVar[str] = "index"
    letters: Public[tuple[Letter, ...]]


@dataclass(frozen=True, slots=True)
class SiteMapPage(Page):
    template: ClassVar[str] = "browse/site_map.html"
    bundle: ClassVar[str] = "gateway"
    robots: ClassVar[str] = "index"
    categories: Public[tuple[CategoryLink, ...]]
    events: Public[tuple[EventCard, ...]]
    audiences: Public[tuple[AudienceLink, ...]]


async def a_z(request: Request) -> Response:
    """GET /{lang}/services/a-z"""
    groups = portal(request).shelf.by_letter(locale_of(request))
    letters = tuple(
        Letter(letter, tuple(Entry(service.identifier, service.title) for service in services))
        for letter, services in groups.items()
    )
    return await render(request, LettersPage(letters), cacheable=True)


async def site_map(request: Request) -> Response:
    """GET /{lang}/site-map"""
    shelf = portal(request).shelf
    page = SiteMapPage(
        categories=category_links(shelf),
        events=tuple(map(event_card, shelf.packages)),
        audiences=audience_links(shelf),
    )
    return await render(request, page, cacheable=True)
