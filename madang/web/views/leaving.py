"""You are leaving: which other system does this service, before the link to it."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.catalogue import Authority
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render
from madang.web.views.cards import ServiceCard, service_card


@dataclass(frozen=True, slots=True)
class LeavingPage(Page):
    template: ClassVar[str] = "guide/leaving.html"
    bundle: ClassVar[str] = "gateway"
    card: Public[ServiceCard]
    authority: Public[Authority]
    phone: Public[str]
    website: Public[str]
    host: Public[str]
    """The part of the address by which a reader recognises where it leads."""


async def show(request: Request) -> Response:
    """GET /{lang}/services/{service}/leaving"""
    shelf = portal(request).shelf
    service = shelf.service(request.path_params["service"])
    if service is None or not service.website:
        raise HTTPException(404)
    authority = shelf.authority(service.authority)
    host = urlsplit(service.website).hostname or ""
    page = LeavingPage(service_card(service), authority, service.phone or authority.phone, service.website, host)
    return await render(request, page, cacheable=True)
