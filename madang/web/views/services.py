"""The gateway: search and browse all services. The fragment of results is what a full page would hold."""

import contextlib
from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from madang.forms.characters import presentable
from madang.i18n.text import Text
from madang.web.catalogue.building import PACKAGE
from madang.web.catalogue.shelf import Shelf
from madang.web.page import Page, Public
from madang.web.paging import PAGE_SIZE, page_count, page_number
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.state import StateUnavailable
from madang.web.state.unanswered import Unanswered
from madang.web.views.cards import (
    Counted,
    Elsewhere,
    EventCard,
    ServiceCard,
    counted,
    elsewhere,
    event_card,
    service_card,
)
from madang.web.views.narrowing import Narrowing, address, chosen, narrowings

LONGEST_QUERY = 200
NEAREST = 6
"""Life events that are offered where nothing was found."""


@dataclass(frozen=True, slots=True)
class Found:
    """One result: a service, or a life event. ``areas``: how many areas offer the service each for itself."""

    service: Public[ServiceCard | None]
    event: Public[EventCard | None]
    areas: Public[int]
    here: Public[str]
    """The service as the area that was named offers it; empty without one."""


@dataclass(frozen=True, slots=True)
class ServicesPage(Page):
    template: ClassVar[str] = "services/index.html"
    bundle: ClassVar[str] = "gateway"
    live: ClassVar[bool] = True
    robots: ClassVar[str] = "index"
    shares: ClassVar[frozenset[str]] = frozenset({"q"})
    query: Public[str]
    place: Public[Text | None]
    """The area that was named among the words."""
    narrowings: Public[tuple[Narrowing, ...]]
    narrowed: Public[dict[str, str]]
    """What is chosen, as the address has it, without the words."""
    found: Public[tuple[Found, ...]]
    total: Public[int]
    page: Public[int]
    pages: Public[int]
    did_you_mean: Public[str]
    figures: Public[Counted]
    nearest: Public[tuple[EventCard, ...]]
    elsewhere: Public[Elsewhere]

    def canonical(self) -> dict[str, str]:
        """What is chosen and holds something, and the page of the list; a search is no page of its own."""
        if self.query:
            return {}
        held = {n.facet: n.chosen.value for n in self.narrowings if n.chosen is not None and n.chosen.count}
        return held | ({"page": str(self.page)} if 1 < self.page <= self.pages else {})


@dataclass(frozen=True, slots=True)
class ResultsFragment(ServicesPage):
    template: ClassVar[str] = "services/_results.html"


async def show(request: Request) -> Response:
    """GET /{lang}/services?q=&event=&category=&agency=&channel=&fee=&who=&page="""
    page = _page(request, ServicesPage)
    # Not while somebody types: half a word is no question.
    if page.query and not page.total and not page.narrowed and "hx-request" not in request.headers:
        with contextlib.suppress(StateUnavailable):
            await Unanswered(portal(request).state).count(page.query, locale_of(request))
    return await render(request, page, cacheable=not page.query)


async def results(request: Request) -> Response:
    """GET /{lang}/services/results: the list alone, for htmx while the person types."""
    return await render(request, _page(request, ResultsFragment))


def _page(request: Request, kind: type[ServicesPage]) -> ServicesPage:
    shelf = portal(request).shelf
    query = presentable(request.query_params.get("q", "").strip()[:LONGEST_QUERY])
    narrow = chosen(request.query_params)
    number = page_number(request.query_params.get("page", ""))
    areas, words = shelf.places.find(query)
    area = areas[0] if len(areas) == 1 and words else ""
    asked = words if area else query
    hits = shelf.search(asked, locale_of(request), limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE, narrow=narrow)
    return kind(
        query=query,
        place=shelf.local.place(area) if area else None,
        narrowings=narrowings(shelf, hits, narrow, query),
        narrowed=address("", narrow),
        found=tuple(item for hit in hits.items if (item := _found(shelf, hit.service, area)) is not None),
        total=hits.total,
        page=number,
        pages=page_count(hits.total),
        did_you_mean=hits.did_you_mean,
        figures=counted(shelf),
        nearest=() if hits.total else tuple(event_card(package) for package in shelf.packages[:NEAREST]),
        elsewhere=elsewhere(shelf),
    )


def _found(shelf: Shelf, identifier: str, area: str) -> Found | None:
    if identifier.startswith(PACKAGE):
        package = shelf.package(identifier.removeprefix(PACKAGE))
        return Found(None, event_card(package), 0, "") if package else None
    service = shelf.service(identifier)
    if service is None:
        return None
    variant = shelf.local.at(identifier, area) if area else None
    return Found(service_card(service), None, len(shelf.local.of(identifier)), variant.identifier if variant else "")
