"""The report of ``madang check-catalogue --report``: how complete each language is, as lines of a terminal."""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from madang.contract.completeness import LAYERS, Counted, Layer, Report

WIDTH: Final = 42
NAMED: Final = 3
"""Missing texts of a layer that are named; JSON has all."""


def as_table(report: Report) -> Iterator[str]:
    """All entries by kind in percent, then each entry that lacks something, the worst first: texts there / wanted."""
    yield _line("kind (entries)", LAYERS)
    for kind, (count, layers) in report.by_kind().items():
        yield _line(f"{kind} ({count})", _percents(layers))
    yield _line(f"everything ({len(report.entries)})", _percents(report.totals()))
    worst = report.worst()
    if not worst:
        yield "\nNothing is missing."
        return
    yield f"\n{len(worst)} entries lack something, the worst first (texts there/wanted):"
    for entry in worst:
        cells = (f"{c.there}/{c.wanted}" if c.wanted else "-" for c in (entry.layers[layer] for layer in LAYERS))
        yield _line(f"{entry.kind} {entry.id}", cells)
        for layer, names in entry.missing.items():
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield f"    {layer}: {', '.join(names[:NAMED])}{more}"


def as_json(report: Report) -> Iterator[str]:
    """The whole report as one JSON document, an entry's layers as ``{"there": 5, "wanted": 5}``."""
    data = {
        "version": report.version,
        "totals": report.totals(),
        "kinds": {kind: {"entries": count, "layers": layers} for kind, (count, layers) in report.by_kind().items()},
        "entries": report.entries,
    }
    yield msgspec.json.format(msgspec.json.encode(data), indent=1).decode()


def _percents(layers: Mapping[Layer, Counted]) -> Iterator[str]:
    for layer in LAYERS:
        yield f"{layers[layer].percent} %" if layers[layer].wanted else "-"


def _line(name: str, cells: Iterator[str] | tuple[str, ...]) -> str:
    return (name.ljust(WIDTH) + "".join(cell.rjust(9) for cell in cells)).rstrip()
