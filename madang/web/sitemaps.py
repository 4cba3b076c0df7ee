"""Site maps after sitemaps.org: every public page that may be indexed, one file per language and 50,000 addresses.

The other languages of a page stand in its head (hreflang) and not here once more: six times five thousand addresses,
each with seven links, are 30 MB that say nothing new.
"""

import datetime as dt
import gzip
from collections.abc import Iterator
from itertools import islice
from typing import Final

from madang.i18n.locales import LOCALES, Locale
from madang.web.catalogue.shelf import Shelf
from madang.web.links import PATHS, in_locale, link
from madang.web.views.cards import audience_links, category_links
from madang.web.xml import DECLARATION, escape

MOST: Final = 50_000
"""Addresses in one file (sitemaps.org)."""
PAGES: Final = (
    "home",
    "services",
    "a_z",
    "life_events",
    "for_you",
    "site_map",
    "help",
    "life_kinds",
    "holidays",
    "offices",
    "verify",
    "changes",
    "accessibility",
    "accessibility_criteria",
)
"""Public pages of which there is one each."""
_SCHEMA: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
Entry = tuple[str, dt.date | None]


def entries(shelf: Shelf) -> Iterator[Entry]:
    """(path in Korean, day of the last change where that is known); without services that only lead to another."""
    for name in PAGES:
        yield link("ko", name), None
    for category in category_links(shelf):
        yield link("ko", "services", {"category": category.category}), None
    for audience in audience_links(shelf):
        yield link("ko", "audience", audience=audience.audience), None
    reviewed = {service.identifier: service.reviewed for service in shelf.catalogue.services}
    for package in shelf.packages:
        days = [reviewed[member.service] for member in package.members if member.service in reviewed]
        yield link("ko", "life_event", package=package.id), max(days, default=None)
    gone = set()
    for service in shelf.services:
        if service.status.state == "abolished" and service.status.replaced_by in reviewed:
            gone.add(service.identifier)
            continue
        yield link("ko", "guide", service=service.identifier), service.reviewed
        if service.easy:
            yield link("ko", "easy", service=service.identifier), service.reviewed
        if shelf.local.of(service.identifier):
            yield link("ko", "areas", service=service.identifier), service.reviewed
    # An identifier is lower-case letters, digits and hyphens (the snapshot is refused otherwise): nothing to encode.
    guide = PATHS["guide"]
    for variant in shelf.local.variants:
        if variant.of in reviewed and variant.of not in gone:
            yield guide.format(lang="ko", service=variant.identifier), reviewed[variant.of]


def files(shelf: Shelf, base_url: str, locale: Locale, most: int = MOST) -> list[bytes]:
    """The site maps of one language, compressed by gzip."""
    found, made = entries(shelf), []
    while part := list(islice(found, most)):
        rows = "\n".join(_row("url", base_url + in_locale(path, locale), day) for path, day in part)
        made.append(_packed(f"{DECLARATION}<urlset {_SCHEMA}>\n{rows}\n</urlset>\n"))
    return made


def index(shelf: Shelf, base_url: str, most: int = MOST) -> bytes:
    """The index of all site maps, compressed by gzip."""
    count = -(-sum(1 for _ in entries(shelf)) // most)
    day = max((service.reviewed for service in shelf.catalogue.services), default=None)
    rows = "\n".join(
        _row("sitemap", base_url + address(locale, part), day) for locale in LOCALES for part in range(1, count + 1)
    )
    return _packed(f"{DECLARATION}<sitemapindex {_SCHEMA}>\n{rows}\n</sitemapindex>\n")


def address(locale: Locale, part: int) -> str:
    """Path of a language's ``part``-th site map, counted from 1."""
    return f"/sitemap-{locale}.xml" if part == 1 else f"/sitemap-{locale}-{part}.xml"


def _row(tag: str, url: str, day: dt.date | None) -> str:
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<{tag}><loc>{escape(url)}</loc>{changed}</{tag}>"


def _packed(text: str) -> bytes:
    return gzip.compress(text.encode(), 6, mtime=0)
