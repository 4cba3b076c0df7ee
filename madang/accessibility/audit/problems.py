"""What was found, gathered the way somebody mends it: by criterion, then by what is wrong, then by place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from madang.accessibility.criteria import BEST, WCAG, numbered
from madang.accessibility.findings import PageResult


@dataclass(slots=True)
class Place:
    """Where one rule found something. ``seen``: browsers and widths."""

    page: str
    rule: str
    target: str
    html: str
    advice: str
    seen: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Problem:
    """All places that break one criterion, or (best) only good practice."""

    criterion: str
    places: list[Place]

    @property
    def name(self) -> str:
        """``1.4.3 Contrast (Minimum), level AA``"""
        if self.criterion == BEST:
            return "Good practice and correct markup"
        known = WCAG[self.criterion]
        return f"{known.number} {known.called('en')}, level {known.level}"

    @property
    def why(self) -> str:
        return mending()[self.criterion]["why"]

    @property
    def mend(self) -> str:
        return mending()[self.criterion]["mend"]

    @property
    def pages(self) -> list[str]:
        return list(dict.fromkeys(place.page for place in self.places))


@cache
def mending() -> dict[str, dict[str, str]]:
    """Criterion -> why it matters and how it is mended."""
    read: dict[str, dict[str, str]] = yaml.safe_load(
        (files("madang.accessibility") / "data" / "mending.yaml").read_text(encoding="utf-8")
    )
    return read


def problems(results: Iterable[PageResult], outcome: Literal["failed", "cantTell"] = "failed") -> list[Problem]:
    """By criterion, in their order, good practice last."""
    places: dict[str, dict[tuple[str, str, str], Place]] = {}
    for result in results:
        state = result.state
        for finding in result.findings:
            if finding.outcome != outcome:
                continue
            same = places.setdefault(finding.criterion, {})
            page = state.url if state.name.startswith("/") else f"{state.name} ({state.locale})"
            key = (page, finding.rule, finding.target)
            place = same.setdefault(key, Place(page, finding.rule, finding.target, finding.html, finding.advice))
            seen = f"{state.browser} {state.width}" + (f" {state.preferences}" if state.preferences else "")
            if seen not in place.seen:
                place.seen.append(seen)
    order = sorted(places, key=lambda each: (each == BEST, numbered(each) if each != BEST else ()))
    return [Problem(criterion, list(places[criterion].values())) for criterion in order]
