"""How complete the languages are: for translators and operators, what is there and where most is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import Response

from madang.contract.completeness import LAYERS, Counted, Entry, Kind, Layer, Report, completeness
from madang.i18n.text import Text
from madang.web.catalogue.shelf import Shelf
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render
from madang.web.views.cards import audience_links

MOST: Final = 100
"""Entries that the page names."""
NAMED: Final = 5
"""Missing texts of a layer that are named."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One layer of a row; ``wanted`` is 0 where there is nothing to translate."""

    layer: Public[Layer]
    percent: Public[int]
    missing: Public[int]
    wanted: Public[int]


@dataclass(frozen=True, slots=True)
class KindRow:
    """``kind`` is None for all together."""

    kind: Public[Kind | None]
    entries: Public[int]
    cells: Public[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Gap:
    """What one layer of an entry lacks: the first names, and how many there are."""

    layer: Public[Layer]
    names: Public[tuple[str, ...]]
    count: Public[int]


@dataclass(frozen=True, slots=True)
class WorstEntry:
    kind: Public[Kind]
    entry: Public[str]
    title: Public[Text]
    page: Public[str]
    """Name of the page that shows it; empty where it has none of its own."""
    gaps: Public[tuple[Gap, ...]]


@dataclass(frozen=True, slots=True)
class CompletenessPage(Page):
    template: ClassVar[str] = "completeness/index.html"
    bundle: ClassVar[str] = "gateway"
    rows: Public[tuple[KindRow, ...]]
    worst: Public[tuple[WorstEntry, ...]]
    more: Public[int]
    """Entries that lack something, beside those that are named."""


async def show(request: Request) -> Response:
    """GET /{lang}/completeness"""
    p = portal(request)
    shelf = p.shelf
    page = await p.computed.of(shelf.version, "completeness", lambda: _page(completeness(shelf.catalogue), shelf))
    return await render(request, page, cacheable=True)


def _page(report: Report, shelf: Shelf) -> CompletenessPage:
    kinds = report.by_kind().items()
    everything = KindRow(None, len(report.entries), _cells(report.totals()))
    rows = (everything, *(KindRow(kind, count, _cells(layers)) for kind, (count, layers) in kinds))
    worst = report.worst()
    audiences = {link.audience for link in audience_links(shelf)}
    named = tuple(_worst(entry, audiences) for entry in worst[:MOST])
    return CompletenessPage(rows, named, len(worst) - len(named))


def _cells(layers: Mapping[Layer, Counted]) -> tuple[Cell, ...]:
    found = ((layer, layers[layer]) for layer in LAYERS)
    return tuple(Cell(layer, counted.percent, counted.missing, counted.wanted) for layer, counted in found)


def _worst(entry: Entry, audiences: set[str]) -> WorstEntry:
    pages = {"own": "guide", "external": "guide", "listed": "guide", "package": "life_event"}
    page = "audience" if entry.kind == "audience" and entry.id in audiences else pages.get(entry.kind, "")
    gaps = tuple(Gap(layer, names[:NAMED], len(names)) for layer, names in entry.missing.items())
    return WorstEntry(entry.kind, entry.id, entry.title, page, gaps)
