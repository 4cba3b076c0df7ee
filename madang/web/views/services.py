"""The gateway: search and browse all services. The fragment of results is what a full page would hold."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from madang.forms.characters import presentable
from madang.web.page import Page, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.views.cards import CategoryLink, Elsewhere, ServiceCard, category_links, elsewhere, service_card

PAGE_SIZE = 20
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class ServicesPage(Page):
    template: ClassVar[str] = "services/index.html"
    robots: ClassVar[str] = "index"
    query: Public[str]
    category: Public[str]
    categories: Public[tuple[CategoryLink, ...]]
    services: Public[tuple[ServiceCard, ...]]
    total: Public[int]
    page: Public[int]
    pages: Public[int]
    did_you_mean: Public[str]
    elsewhere: Public[Elsewhere]


@dataclass(frozen=True, slots=True)
class ResultsFragment(ServicesPage):
    template: ClassVar[str] = "services/_results.html"


async def show(request: Request) -> Response:
    """GET /{lang}/services?q=&category=&page="""
    page = _page(request, ServicesPage)
    return await render(request, page, cacheable=not page.query)


async def results(request: Request) -> Response:
    """GET /{lang}/services/results: the list alone, for htmx while the person types."""
    return await render(request, _page(request, ResultsFragment))


def _page(request: Request, kind: type[ServicesPage]) -> ServicesPage:
    shelf = portal(request).shelf
    query = presentable(request.query_params.get("q", "").strip()[:LONGEST_QUERY])
    category = request.query_params.get("category", "")
    if category not in {c.id for c in shelf.categories}:
        category = ""
    number = _number(request.query_params.get("page", ""))
    hits = shelf.search(query, locale_of(request), limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE, category=category)
    found = (shelf.service(item.service) for item in hits.items)
    return kind(
        query=query,
        category=category,
        categories=category_links(shelf),
        services=tuple(service_card(service) for service in found if service is not None),
        total=hits.total,
        page=number,
        pages=max(1, -(-hits.total // PAGE_SIZE)),
        did_you_mean=hits.did_you_mean,
        elsewhere=elsewhere(shelf),
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 5 and int(typed) else 1
