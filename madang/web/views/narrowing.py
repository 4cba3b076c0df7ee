"""The ways to narrow a list of services: what is chosen in the address, and what else there is to choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from starlette.datastructures import QueryParams

from madang.contract.messages.catalogue import ChannelId
from madang.i18n.text import Text
from madang.web.catalogue.facets import FACETS, FEES, Facet
from madang.web.catalogue.search import Hits
from madang.web.catalogue.shelf import Shelf
from madang.web.page import Public

NAMED_HERE: Final[Mapping[Facet, tuple[str, ...]]] = {"channel": get_args(ChannelId), "fee": FEES}
"""Facets whose values the portal names itself; the catalogue names those of the others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet. ``title`` is None where the portal names it. ``address``: the query that chooses it, or
    that lets it go when it is ``chosen``."""

    value: Public[str]
    title: Public[Text | None]
    count: Public[int]
    chosen: Public[bool]
    address: Public[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Narrowing:
    facet: Public[Facet]
    choices: Public[tuple[Choice, ...]]
    chosen: Public[Choice | None]


def chosen(query: QueryParams) -> dict[Facet, str]:
    """The values that an address names, in the order of the facets; one that nothing has finds nothing."""
    return {facet: value for facet in FACETS if (value := query.get(facet, "")[:80])}


def narrowings(shelf: Shelf, hits: Hits, narrow: Mapping[Facet, str], query: str) -> tuple[Narrowing, ...]:
    """Every facet with more than one value left, or one that is chosen."""
    counts = shelf.counts(hits, narrow)
    titles = _titles(shelf)
    found = []
    for facet in FACETS:
        now = narrow.get(facet, "")
        values = dict(counts[facet])
        if now in titles.get(facet, {}) or now in NAMED_HERE.get(facet, ()):
            values.setdefault(now, 0)
        choices = tuple(
            Choice(
                value=value,
                title=titles.get(facet, {}).get(value),
                count=count,
                chosen=value == now,
                address=address(query, {**narrow, facet: "" if value == now else value}),
            )
            for value, count in values.items()
            if facet in NAMED_HERE or value in titles[facet]
        )
        current = next((choice for choice in choices if choice.chosen), None)
        if len(choices) > 1 or current:
            found.append(Narrowing(facet, choices, current))
    return tuple(found)


def address(query: str, narrow: Mapping[Facet, str]) -> dict[str, str]:
    """The parameters of the gateway's address for these words and choices."""
    given = {"q": query} if query else {}
    return given | {facet: narrow[facet] for facet in FACETS if narrow.get(facet)}


def _titles(shelf: Shelf) -> Mapping[Facet, Mapping[str, Text]]:
    return {
        "event": {package.id: package.title for package in shelf.packages},
        "category": {category.id: category.title for category in shelf.categories},
        "agency": {authority.id: authority.name for authority in shelf.authorities},
        "who": {audience.id: audience.title for audience in shelf.audiences},
    }
