"""The guide of a service: what it is, who may apply, fee, time, documents, law, agency, other ways, questions."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.catalogue import Authority, Service
from madang.i18n.text import Text
from madang.web.links import link
from madang.web.page import Page, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.structured import GuideNodes
from madang.web.views.cards import Elsewhere, EventCard, ServiceCard, elsewhere, event_card, service_card

NEEDED: Final = ("sign-in", "identity", "sessions", "drafts", "applications", "issuance")
"""Systems without which a service cannot be applied for and issued."""


@dataclass(frozen=True, slots=True)
class GuidePage(Page):
    template: ClassVar[str] = "guide/index.html"
    robots: ClassVar[str] = "index"
    service: Public[Service]
    card: Public[ServiceCard]
    authority: Public[Authority]
    category: Public[str]
    category_title: Public[Text]
    holders: Public[dict[str, Text]]
    """Authority id -> name, of those that keep the information this service needs."""
    questions: Public[int]
    """How many screens the form asks at most."""
    events: Public[tuple[EventCard, ...]]
    """Life events that it belongs to."""
    areas: Public[int]
    """How many areas offer it each for itself; 0 where the whole country does."""
    place: Public[Text | None]
    """The area, where this is an area's own."""
    national: Public[str]
    """The national service that this is an area's own of."""
    silent_since: Public[dt.datetime | None]
    """Since when something that applying here needs does not answer."""
    elsewhere: Public[Elsewhere]


async def show(request: Request) -> Response:
    """GET /{lang}/services/{service}; an abolished service leads to what replaced it."""
    shelf = portal(request).shelf
    service = shelf.service(request.path_params["service"])
    if service is None:
        raise HTTPException(404)
    if service.status.state == "abolished" and shelf.service(service.status.replaced_by) is not None:
        return RedirectResponse(link(locale_of(request), "guide", service=service.status.replaced_by), 308)
    form = shelf.form(service.form) if service.form else None
    variant = shelf.local.variant(service.identifier)
    category = service.categories[0]
    place = shelf.local.place(variant.area) if variant else None
    packages = shelf.packages_with(variant.of if variant else service.identifier)
    page = GuidePage(
        service=service,
        card=service_card(service),
        authority=shelf.authority(service.authority),
        category=category,
        category_title=shelf.category(category).title,
        holders={item.holder: shelf.authority(item.holder).name for item in service.inputs},
        questions=sum(page.show_if is None for page in form.pages) if form else 0,
        events=tuple(map(event_card, packages)),
        areas=len(shelf.local.of(service.identifier)),
        place=place,
        national=variant.of if variant else "",
        silent_since=portal(request).monitor.failing(*NEEDED) if service.form else None,
        elsewhere=elsewhere(shelf, service.identifier),
    )
    categories = [(name, shelf.category(name).title) for name in service.categories]
    describe = GuideNodes(service, page.authority, categories, place, packages)
    return await render(request, page, cacheable=True, describe=describe)
