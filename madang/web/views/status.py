"""Status: which of the systems behind the portal answer now, since when one does not, and what to do today instead."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import Response

from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render
from madang.web.views.cards import Elsewhere, ServiceCard, elsewhere, service_card

SYSTEMS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("guides", ()),
    ("sign-in", ("sign-in", "sessions")),
    ("applying", ("identity", "drafts", "applications")),
    ("issuing", ("issuance",)),
    ("verifying", ("verification",)),
    ("life", ("life",)),
    ("support", ("support",)),
    ("catalogue", ("catalogue",)),
)
"""What a citizen knows -> the systems of the monitor that it needs. Guides need none: they are the portal's own."""


@dataclass(frozen=True, slots=True)
class SystemState:
    """``since``: since when it does not answer; None while it does."""

    system: Public[str]
    since: Public[dt.datetime | None]


@dataclass(frozen=True, slots=True)
class Linked:
    """A system of another agency, which is not watched from here."""

    card: Public[ServiceCard]
    phone: Public[str]


@dataclass(frozen=True, slots=True)
class StatusPage(Page):
    template: ClassVar[str] = "status/index.html"
    bundle: ClassVar[str] = "gateway"
    live: ClassVar[bool] = True
    systems: Public[tuple[SystemState, ...]]
    failing: Public[int]
    checked: Public[dt.datetime | None]
    linked: Public[tuple[Linked, ...]]
    elsewhere: Public[Elsewhere]


@dataclass(frozen=True, slots=True)
class StatusFragment(StatusPage):
    template: ClassVar[str] = "status/_systems.html"


async def show(request: Request) -> Response:
    """GET /{lang}/status"""
    return await _answer(request, StatusPage)


async def systems(request: Request) -> Response:
    """GET /{lang}/status/systems: the list alone, which htmx asks for while the page is open."""
    return await _answer(request, StatusFragment)


async def _answer(request: Request, kind: type[StatusPage]) -> Response:
    p = portal(request)
    states = tuple(SystemState(name, p.monitor.failing(*needed)) for name, needed in SYSTEMS)
    linked = (service for service in p.shelf.services if service.kind == "external" and service.website)
    page = kind(
        systems=states,
        failing=sum(state.since is not None for state in states),
        checked=max((condition.checked for condition in p.monitor.conditions.values()), default=None),
        linked=tuple(
            Linked(service_card(service), service.phone or p.shelf.authority(service.authority).phone)
            for service in linked
        ),
        elsewhere=elsewhere(p.shelf),
    )
    response = await render(request, page)
    response.headers["Cache-Control"] = "no-store"
    return response
