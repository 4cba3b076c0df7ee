"""A guide in easy language: short sentences, one idea each, nothing else on the page."""

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
class EasyPage(Page):
    template: ClassVar[str] = "guide/easy.html"
    bundle: ClassVar[str] = "gateway"
    robots: ClassVar[str] = "index"
    card: Public[ServiceCard]
    sentences: Public[tuple[Text, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/services/{service}/easy"""
    service = portal(request).shelf.service(request.path_params["service"])
    if service is None or not service.easy:
        raise HTTPException(404)
    return await render(request, EasyPage(service_card(service), service.easy), cacheable=True)
