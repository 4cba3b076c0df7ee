"""Where do you live? The areas that offer a service each for itself, by province."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang.i18n.text import Text
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render
from madang.web.views.cards import ServiceCard, service_card


@dataclass(frozen=True, slots=True)
class Place:
    """An area's own address of the service."""

    service: Public[str]
    name: Public[Text]


@dataclass(frozen=True, slots=True)
class Province:
    name: Public[Text]
    places: Public[tuple[Place, ...]]


@dataclass(frozen=True, slots=True)
class AreasPage(Page):
    template: ClassVar[str] = "guide/areas.html"
    bundle: ClassVar[str] = "gateway"
    robots: ClassVar[str] = "index"
    card: Public[ServiceCard]
    provinces: Public[tuple[Province, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/services/{service}/areas"""
    shelf = portal(request).shelf
    service = shelf.service(request.path_params["service"])
    variants = shelf.local.of(service.identifier) if service else ()
    if service is None or not variants:
        raise HTTPException(404)
    groups: dict[str, list[Place]] = {}
    for variant in variants:
        area = shelf.local.areas[variant.area]
        groups.setdefault(area.parent or area.id, []).append(Place(variant.identifier, area.name))
    provinces = tuple(Province(shelf.local.areas[area].name, tuple(places)) for area, places in groups.items())
    return await render(request, AreasPage(service_card(service), provinces), cacheable=True)
