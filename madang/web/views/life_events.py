"""Life events: one-stop packages of the services that a change in life needs, in the order that works best."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang.i18n.text import Text
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render
from madang.web.structured import LifeEventNodes
from madang.web.views.cards import EventCard, ServiceCard, event_card, service_card


@dataclass(frozen=True, slots=True)
class Step:
    """A service of the event. ``days``: within how many days the law wants it; 0 without such a limit."""

    card: Public[ServiceCard]
    note: Public[Text]
    days: Public[int]


@dataclass(frozen=True, slots=True)
class LifeEventsPage(Page):
    template: ClassVar[str] = "life_events/index.html"
    bundle: ClassVar[str] = "gateway"
    robots: ClassVar[str] = "index"
    events: Public[tuple[EventCard, ...]]


@dataclass(frozen=True, slots=True)
class LifeEventPage(Page):
    template: ClassVar[str] = "life_events/show.html"
    bundle: ClassVar[str] = "gateway"
    robots: ClassVar[str] = "index"
    event: Public[EventCard]
    description: Public[Text]
    steps: Public[tuple[Step, ...]]
    good_to_know: Public[tuple[Text, ...]]
    others: Public[tuple[EventCard, ...]]


async def listed(request: Request) -> Response:
    """GET /{lang}/life-events"""
    shelf = portal(request).shelf
    return await render(request, LifeEventsPage(tuple(map(event_card, shelf.packages))), cacheable=True)


async def show(request: Request) -> Response:
    """GET /{lang}/life-events/{package}"""
    shelf = portal(request).shelf
    package = shelf.package(request.path_params["package"])
    if package is None:
        raise HTTPException(404)
    members = [
        (member, service) for member in package.members if (service := shelf.service(member.service)) is not None
    ]
    page = LifeEventPage(
        event=event_card(package),
        description=package.description,
        steps=tuple(Step(service_card(service), member.note, member.days) for member, service in members),
        good_to_know=package.good_to_know,
        others=tuple(event_card(other) for other in shelf.packages if other.id != package.id),
    )
    describe = LifeEventNodes(package, [service for _, service in members])
    return await render(request, page, cacheable=True, describe=describe)
