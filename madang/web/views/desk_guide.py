"""The guide beside the session: of the service that the citizen's page is about, or of one the agent looks up."""

from dataclasses import dataclass
from typing import Final

from madang.contract.messages.catalogue import Service
from madang.i18n.locales import Locale, is_locale
from madang.i18n.text import Text
from madang.remote_support.messages import Page
from madang.web.catalogue.shelf import Shelf
from madang.web.page import Public
from madang.web.views.desk_parts import service_of

MOST: Final = 6
"""Guides that a search offers."""


@dataclass(frozen=True, slots=True)
class Hit:
    service: Public[str]
    title: Public[Text]


@dataclass(frozen=True, slots=True)
class Found:
    """``query``: what was searched; empty for nothing."""

    query: Public[str]
    hits: Public[tuple[Hit, ...]]


def guide_of(shelf: Shelf, asked: str, need: str, twin: Page | None) -> Service | None:
    """The service the agent asked for; else the one whose title stands on the citizen's page; else the one that help
    was asked for."""
    service = shelf.service(asked) if asked else None
    return service or (_named(shelf, twin) if twin is not None else None) or service_of(shelf, need)


def _named(shelf: Shelf, twin: Page) -> Service | None:
    """The own service that the page names: by its title, else by its text; the longest title wins, since one may hold
    another."""
    if not is_locale(twin.lang):
        return None
    own = [service for service in shelf.services if service.kind == "own"]
    for text in (twin.title, twin.html):
        named = [service for service in own if (title := getattr(service.title, twin.lang)) and title in text]
        if text is twin.html and len(named) > 1:
            return None  # a list of services is about none of them
        if named:
            return max(named, key=lambda service: len(getattr(service.title, twin.lang)))
    return None


def found(shelf: Shelf, query: str, locale: Locale) -> Found:
    """What a search for a guide finds."""
    query = query.strip()[:200]
    if not query:
        return Found("", ())
    hits = shelf.search(query, locale, MOST).items
    services = [shelf.service(hit.service) for hit in hits]
    return Found(query, tuple(Hit(service.identifier, service.title) for service in services if service is not None))
