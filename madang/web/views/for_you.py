"""For you: what people in one situation need most, on one page."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render
from madang.web.views.cards import (
    AudienceLink,
    EventCard,
    ServiceCard,
    audience_links,
    event_card,
    has_page,
    service_card,
)


@dataclass(frozen=True, slots=True)
class ForYouPage(Page):
    template: ClassVar[str] = "for_you/index.html"
    bundle: ClassVar[str] = "gateway"
    robots: ClassVar[str] = "index"
    audiences: Public[tuple[AudienceLink, ...]]


@dataclass(frozen=True, slots=True)
class AudiencePage(Page):
    template: ClassVar[str] = "for_you/show.html"
    bundle: ClassVar[str] = "gateway"
    robots: ClassVar[str] = "index"
    audience: Public[AudienceLink]
    services: Public[tuple[ServiceCard, ...]]
    events: Public[tuple[EventCard, ...]]
    others: Public[tuple[AudienceLink, ...]]


async def listed(request: Request) -> Response:
    """GET /{lang}/for-you"""
    return await render(request, ForYouPage(audience_links(portal(request).shelf)), cacheable=True)


async def show(request: Request) -> Response:
    """GET /{lang}/for-you/{audience}"""
    shelf = portal(request).shelf
    wanted = request.path_params["audience"]
    audience = next((a for a in shelf.audiences if a.id == wanted and has_page(a)), None)
    if audience is None:
        raise HTTPException(404)
    services = (shelf.service(identifier) for identifier in audience.services)
    packages = (shelf.package(identifier) for identifier in audience.packages)
    page = AudiencePage(
        audience=AudienceLink(audience.id, audience.title, audience.summary),
        services=tuple(service_card(service) for service in services if service is not None),
        events=tuple(event_card(package) for package in packages if package is not None),
        others=tuple(other for other in audience_links(shelf) if other.audience != wanted),
    )
    return await render(request, page, cacheable=True)
