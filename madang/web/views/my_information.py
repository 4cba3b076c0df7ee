"""Information for life: one card a kind, each from its own call; what one has to do first; all of it as a calendar."""

import contextlib
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.catalogue import Authority, Category, HelpLine, LifeKind
from madang.contract.messages.life import LifeInformation
from madang.i18n.korea import day_in_korea
from madang.i18n.text import Text
from madang.web.catalogue.shelf import Shelf
from madang.web.clients import NotFound, Unavailable, life
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.render import render

_PERSONAL: Final = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class LifeCard:
    """A kind, and what it says to this person. ``answer`` is None when its agency did not answer (``down``), and in a
    masked page."""

    kind: Public[LifeKind]
    category: Public[Category]
    authority: Public[Authority]
    service_title: Public[Text | None]
    """Of the service that deals with it, when the catalogue has it."""
    answer: Private[LifeInformation | None]
    down: Private[bool]
    today: Public[dt.date]
    """In Korea."""


@dataclass(frozen=True, slots=True)
class MyInformationPage(Page):
    template: ClassVar[str] = "my_information/index.html"
    bundle: ClassVar[str] = "record"
    live: ClassVar[bool] = True
    cards: Public[tuple[LifeCard, ...]]
    """In the catalogue's order: how they are grouped says what they answer, and is found out when the page is drawn."""
    help_lines: Public[tuple[HelpLine, ...]]


@dataclass(frozen=True, slots=True)
class LifeCardPage(Page):
    """One kind alone, where there is no script to load it into the page."""

    template: ClassVar[str] = "my_information/card.html"
    bundle: ClassVar[str] = "record"
    live: ClassVar[bool] = True
    card: Public[LifeCard]


@dataclass(frozen=True, slots=True)
class LifeCardFragment(LifeCardPage):
    template: ClassVar[str] = "my_information/_card.html"


def cards(shelf: Shelf, found: dict[str, LifeInformation | None], now: dt.datetime) -> tuple[LifeCard, ...]:
    """The cards of the kinds in ``found``."""
    return tuple(
        LifeCard(
            kind=kind,
            category=shelf.category(kind.category),
            authority=shelf.authority(kind.authority),
            service_title=service.title if kind.service and (service := shelf.service(kind.service)) else None,
            answer=found[kind.id],
            down=found[kind.id] is None,
            today=day_in_korea(now),
        )
        for kind in shelf.catalogue.life_information
        if kind.id in found
    )


async def gathered(request: Request) -> tuple[LifeCard, ...]:
    """All kinds for the person who is signed in; those that do not answer in time say so."""
    p, session = portal(request), await signed_in(request)
    kinds = [kind.id for kind in p.shelf.catalogue.life_information]
    return cards(p.shelf, await life.gathered(p.backend, session, kinds), p.now())


async def one(request: Request) -> LifeCard:
    """The kind that the address names. Raises HTTPException 404 when there is none."""
    p, session = portal(request), await signed_in(request)
    kind: str = request.path_params["kind"]
    if kind not in {each.id for each in p.shelf.catalogue.life_information}:
        raise HTTPException(404)
    answer: LifeInformation | None = None
    with contextlib.suppress(Unavailable, NotFound):  # the card says so
        answer = await life.information(p.backend, session, kind)
    return cards(p.shelf, {kind: answer}, p.now())[0]


async def show(request: Request) -> Response:
    """GET /{lang}/my-information"""
    page = MyInformationPage(cards=await gathered(request), help_lines=tuple(portal(request).shelf.help_lines))
    response = await render(request, page)
    response.headers.update(_PERSONAL)
    return response


async def card(request: Request) -> Response:
    """GET /{lang}/my-information/{kind}: to htmx the card as the whole page holds it, to others a page of its own."""
    kind = LifeCardFragment if request.headers.get("hx-request") == "true" else LifeCardPage
    response = await render(request, kind(card=await one(request)))
    response.headers.update({**_PERSONAL, "Vary": "Cookie, HX-Request"})
    return response


async def calendar(request: Request) -> Response:
    """GET /{lang}/my-information/calendar.ics: every day of every card."""
    return await _file(request, await gathered(request))


async def card_calendar(request: Request) -> Response:
    """GET /{lang}/my-information/{kind}/calendar.ics: the days of one card."""
    return await _file(request, (await one(request),))


async def _file(request: Request, found: Iterable[LifeCard]) -> Response:
    """A file to keep. Raises Unavailable when nobody answered: an empty calendar would say that nothing is due."""
    from madang.web.life_calendar import write  # the library takes a tenth of a second to import

    p, shown = portal(request), tuple(found)
    if shown and all(card.down for card in shown):
        raise Unavailable("life", p.backend.state("life")[1] or p.now(), "no kind answered")
    content = write(shown, locale_of(request), (await signed_in(request)).subject, p)
    headers = {**_PERSONAL, "Content-Disposition": 'attachment; filename="madang.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
