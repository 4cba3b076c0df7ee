"""One line of the bench's table, and how the table is printed."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``met`` is None where there is a figure but no goal."""

    what: str
    goal: str
    measured: str
    met: bool | None = None

    @property
    def verdict(self) -> str:
        return "" if self.met is None else "yes" if self.met else "no"


def at_least(what: str, figure: float, goal: float, unit: str = "x", more: str = "") -> Row:
    """More is better. ``more`` is added to what was measured."""
    return Row(what, f">= {number(goal)}{unit}", f"{number(figure)}{unit}{more}", figure >= goal)


def at_most(what: str, figure: float, goal: float, unit: str, more: str = "") -> Row:
    """Less is better."""
    return Row(what, f"<= {number(goal)} {unit}", f"{number(figure)} {unit}{more}", figure <= goal)


def plain(what: str, measured: str) -> Row:
    return Row(what, "", measured)


def number(value: float) -> str:
    """Three figures that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def markdown(rows: Sequence[Row]) -> str:
    lines = ["| what | goal | measured | met |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.goal} | {row.measured} | {row.verdict} |" for row in rows]
    return "\n".join(lines) + "\n"


def text(rows: Sequence[Row]) -> str:
    columns = [(row.what, row.goal, row.measured, row.verdict) for row in rows]
    columns.insert(0, ("what", "goal", "measured", "met"))
    widths = [max(_width(line[index]) for line in columns) for index in range(4)]
    made = ["  ".join(cell + " " * (widths[i] - _width(cell)) for i, cell in enumerate(line)) for line in columns]
    made.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in made) + "\n"


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in cell)
