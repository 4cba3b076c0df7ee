"""Who looked at my data: every look-up of this person's information, newest first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.identity import Access
from madang.i18n.korea import day_in_korea
from madang.i18n.text import Text
from madang.web.catalogue.shelf import Shelf
from madang.web.clients import identity
from madang.web.page import Page, Private
from madang.web.portal import portal, signed_in
from madang.web.render import render

OWN: Final = "life-information"
"""What a record names instead of a service when the person looked for themselves."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """One look-up, or all that the person made on one day for information for life (``own``)."""

    at: Private[dt.datetime]
    own: Private[bool]
    authorities: Private[tuple[Text, ...]]
    evidence: Private[tuple[Text, ...]]
    """What was looked at."""
    purpose: Private[Text | None]
    """The service it was for."""
    application: Private[str]
    consent: Private[bool]
    """The person was asked, and agreed."""


@dataclass(frozen=True, slots=True)
class AccessesPage(Page):
    template: ClassVar[str] = "my_information/accesses.html"
    bundle: ClassVar[str] = "record"
    look_ups: Private[tuple[LookUp, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/my-information/accesses"""
    p, session = portal(request), await signed_in(request)
    found = (await identity.accesses(p.backend, session)).items
    response = await render(request, AccessesPage(look_ups=look_ups(p.shelf, found)))
    response.headers["Cache-Control"] = "no-store"
    return response


def look_ups(shelf: Shelf, found: Sequence[Access]) -> tuple[LookUp, ...]:
    """One a record; the person's own of a day become one, at the time of the last."""
    authorities = {authority.id: authority.name for authority in shelf.authorities}
    evidence = {item.evidence: item.name for service in shelf.services for item in service.inputs}
    kinds = {kind.id: kind.title for kind in shelf.catalogue.life_information}
    own: dict[dt.date, list[Access]] = {}
    rows: list[Access] = []
    for access in found:
        if access.service == OWN:
            day = own.setdefault(day_in_korea(access.at), [])
            if not day:
                rows.append(access)
            day.append(access)
        else:
            rows.append(access)
    made = []
    for access in rows:
        mine = access.service == OWN
        together = own[day_in_korea(access.at)] if mine else [access]
        names = kinds if mine else evidence
        made.append(
            LookUp(
                at=access.at,
                own=mine,
                authorities=_named([each.authority for each in together], authorities),
                evidence=_named([each.evidence for each in together], names),
                purpose=None if mine else shelf.title(access.service),
                application=access.application,
                consent=access.consent == "given",
            )
        )
    return tuple(made)


def _named(codes: Sequence[str], names: dict[str, Text]) -> tuple[Text, ...]:
    """Each once; one that the catalogue does not know any more goes by its code."""
    return tuple(names.get(code) or Text(ko=code) for code in dict.fromkeys(codes))
