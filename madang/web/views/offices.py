"""Counters and kiosks near a place, or of a province. The place is what the person types or chooses: the page never
asks the browser where it is."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.catalogue import Area, HelpLine, Office
from madang.forms.characters import presentable
from madang.i18n.text import Text
from madang.web.catalogue.shelf import Shelf
from madang.web.page import Page, Private, Public
from madang.web.paging import PAGE_SIZE, page_count, page_number
from madang.web.portal import portal
from madang.web.render import render
from madang.web.views.office_filters import Filters, chosen

LONGEST: Final = 200
"""Characters of a typed place."""
EARTH: Final = 6371.0
"""Kilometres."""


@dataclass(frozen=True, slots=True)
class AreaLink:
    """``name`` with its province where it is not the only one of its name."""

    area: Public[str]
    name: Public[Text]


@dataclass(frozen=True, slots=True)
class FoundOffice:
    office: Public[Office]
    kilometres: Public[float | None]
    """As the crow flies from the area's seat; None where no municipality was named."""


@dataclass(frozen=True, slots=True)
class OfficesPage(Page):
    template: ClassVar[str] = "offices/index.html"
    bundle: ClassVar[str] = "offices"
    robots: ClassVar[str] = "index"
    near: Private[str]
    problem: Public[Literal["", "unknown", "which"]]
    candidates: Public[tuple[AreaLink, ...]]
    """What an unclear name may mean."""
    area: Public[str]
    place: Public[Text | None]
    within: Public[tuple[AreaLink, ...]]
    """The municipalities of the chosen province."""
    provinces: Public[tuple[AreaLink, ...]]
    filters: Public[Filters]
    service_title: Public[Text | None]
    found: Public[tuple[FoundOffice, ...]]
    total: Public[int]
    page: Public[int]
    pages: Public[int]
    help_lines: Public[tuple[HelpLine, ...]]

    def canonical(self) -> dict[str, str]:
        """An area's offices, and the page of their list; what one of them must have makes no page of its own."""
        area = {"area": self.area} if self.area else {}
        return area | ({"page": str(self.page)} if self.page > 1 and not self.filters.query() else {})


async def show(request: Request) -> Response:
    """GET /{lang}/offices?near=&area=&kind=&language=&step_free=&hearing_loop=&service=&page="""
    query = request.query_params
    shelf = portal(request).shelf
    near = presentable(query.get("near", "").strip()[:LONGEST])
    areas = shelf.local.areas
    named = shelf.places.near(near) if near else ()
    asked = query.get("area", "")
    area = _area(areas.get(asked), near, named)
    problem: Literal["", "unknown", "which"] = ""
    if near and not area:
        problem = "which" if named else "unknown"
    filters = chosen(query, shelf)
    found = () if problem else _found(shelf, areas[area] if area else None, filters)
    pages = page_count(len(found))
    number = min(pages, page_number(query.get("page", "")))
    page = OfficesPage(
        near=near,
        problem=problem,
        candidates=_links(shelf, named, whole=True) if problem == "which" else (),
        area=area,
        place=shelf.local.place(area) if area else None,
        within=_links(shelf, (other.id for other in areas.values() if area and other.parent == area)),
        provinces=_links(shelf, (other.id for other in areas.values() if other.level == "province")),
        filters=filters,
        service_title=shelf.title(filters.service) if filters.service else None,
        found=found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        total=len(found),
        page=number,
        pages=pages,
        help_lines=shelf.help_lines,
    )
    return await render(request, page, cacheable=not request.url.query)


def _area(asked: Area | None, near: str, named: tuple[str, ...]) -> str:
    """The area that is meant; empty for none. What was typed counts before what was chosen, unless the choice is among
    what the typed words may mean."""
    if asked is not None and (not near or asked.id in named or asked.parent in named):
        return asked.id
    return named[0] if len(named) == 1 else ""


def _found(shelf: Shelf, area: Area | None, filters: Filters) -> tuple[FoundOffice, ...]:
    """Near a municipality, the nearest first; of a province, and of the whole country, in the catalogue's order."""
    offices = [office for office in shelf.offices if filters.admits(office)]
    if filters.service:
        there = {office.id for office in shelf.offices_for(filters.service)}
        offices = [office for office in offices if office.id in there]
    if area is None:
        return tuple(FoundOffice(office, None) for office in offices)
    if any(other.parent == area.id for other in shelf.local.areas.values()):
        inside = [o for o in offices if o.area == area.id or _parent(shelf, o) == area.id]
        return tuple(FoundOffice(office, None) for office in inside)
    measured = [FoundOffice(office, kilometres(area, office)) for office in offices]
    return tuple(sorted(measured, key=lambda item: math.inf if item.kilometres is None else item.kilometres))


def _parent(shelf: Shelf, office: Office) -> str:
    area = shelf.local.areas.get(office.area)
    return area.parent if area else ""


def kilometres(area: Area, office: Office) -> float | None:
    """The great circle between an area's seat and an office; None for an office whose place is not known."""
    if office.latitude is None or office.longitude is None:
        return None
    here, there = math.radians(area.latitude), math.radians(office.latitude)
    across = math.radians(office.longitude - area.longitude)
    chord = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(across / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(chord))


def _links(shelf: Shelf, areas: Iterable[str], *, whole: bool = False) -> tuple[AreaLink, ...]:
    return tuple(AreaLink(area, shelf.local.place(area) if whole else shelf.local.areas[area].name) for area in areas)
