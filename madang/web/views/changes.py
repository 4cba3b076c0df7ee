"""What is new: what became different for citizens, newest first, as a page and as an Atom feed."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.catalogue import Change
from madang.i18n.korea import KOREA
from madang.i18n.locales import HTML_LANG, Locale
from madang.i18n.messages import N_
from madang.i18n.text import Text
from madang.web.catalogue.shelf import Shelf
from madang.web.links import link
from madang.web.page import Page, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.xml import DECLARATION, escape

MOST: Final = 100
"""Changes that page and feed show."""
TITLE: Final = N_("What is new")
PORTAL: Final = N_("Madang")
ENTRIES: Final = uuid.UUID("5d0c6f0e-2a0b-5f0e-9c0a-6d6164616e67")
"""Name space of the entries' ids: any, as long as it stays the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``service``: what it is about, where it is in the catalogue."""

    text: Public[Text]
    service: Public[str]
    title: Public[Text | None]


@dataclass(frozen=True, slots=True)
class Day:
    day: Public[dt.date]
    entries: Public[tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class ChangesPage(Page):
    template: ClassVar[str] = "changes/index.html"
    bundle: ClassVar[str] = "gateway"
    robots: ClassVar[str] = "index"
    days: Public[tuple[Day, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/changes"""
    shelf = portal(request).shelf
    days: dict[dt.date, list[Entry]] = {}
    for change in newest(shelf):
        service = shelf.service(change.service)
        entry = Entry(change.text, change.service if service else "", service.title if service else None)
        days.setdefault(change.day, []).append(entry)
    page = ChangesPage(tuple(Day(day, tuple(entries)) for day, entries in days.items()))
    return await render(request, page, cacheable=True)


async def feed(request: Request) -> Response:
    """GET /{lang}/changes.atom: after RFC 4287."""
    p, locale = portal(request), locale_of(request)
    say, base = p.environments[locale].translations.gettext, p.settings.base_url
    here, page = f"{base}{link(locale, 'changes_feed')}", base + link(locale, "changes")
    changes = newest(p.shelf)
    entries = "".join(_entry(p.shelf, change, locale, base) for change in changes)
    # A feed must say when it changed: one without entries, when its texts were last read.
    reviewed = (service.reviewed for service in p.shelf.catalogue.services)
    updated = changes[0].day if changes else max(reviewed, default=dt.date(2026, 1, 1))
    body = (
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{HTML_LANG[locale]}">'
        f"<id>{escape(here)}</id><title>{escape(f'{say(TITLE)} – {say(PORTAL)}')}</title>"
        f"<updated>{_moment(updated)}</updated><author><name>{escape(say(PORTAL))}</name></author>"
        f'<link rel="self" type="application/atom+xml" href="{escape(here)}"/>'
        f'<link rel="alternate" type="text/html" href="{escape(page)}"/>{entries}</feed>\n'
    )
    request.scope["madang.cacheable"] = True
    return Response(body, media_type="application/atom+xml")


def newest(shelf: Shelf) -> list[Change]:
    """Newest first; those of one day in the catalogue's order."""
    return sorted(shelf.catalogue.changes, key=lambda change: change.day, reverse=True)[:MOST]


def entry_id(change: Change, locale: Locale) -> str:
    """The same whenever and wherever the feed is made, whatever is written before or after: of the day, what it is
    about, and the Korean text."""
    return f"urn:uuid:{uuid.uuid5(ENTRIES, f'{locale} {change.day} {change.service} {change.text.ko}')}"


def _entry(shelf: Shelf, change: Change, locale: Locale, base: str) -> str:
    service = shelf.service(change.service) if change.service else None
    text = change.text.resolve(locale)
    title = service.title.resolve(locale) if service else text
    url = base + (link(locale, "guide", service=service.identifier) if service else link(locale, "changes"))
    return (
        f"<entry><id>{entry_id(change, locale)}</id>"
        f'<title xml:lang="{HTML_LANG[title.locale]}">{escape(title.text)}</title>'
        f"<updated>{_moment(change.day)}</updated>"
        f'<link rel="alternate" type="text/html" href="{escape(url)}"/>'
        f'<summary xml:lang="{HTML_LANG[text.locale]}">{escape(text.text)}</summary></entry>'
    )


def _moment(day: dt.date) -> str:
    """The day as RFC 3339 has a moment: its beginning in Korea."""
    return dt.datetime.combine(day, dt.time(), KOREA).isoformat()
