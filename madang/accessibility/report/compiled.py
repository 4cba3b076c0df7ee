"""Evidence and criteria put together: one row for each criterion, item and clause, each with its verdict."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final, Literal

import msgspec

from madang.accessibility.audit.waivers import Waiver
from madang.accessibility.criteria import EN_301_549, HUMAN, KWCAG, REQUIRED, WCAG, Clause, Criterion, Item
from madang.accessibility.report.evidence import EVIDENCE, Evidence, StateSeen, read, states
from madang.accessibility.report.verdicts import Judged, Verdict, judged, together
from madang.i18n.text import Text

Standing = Literal["unknown", "partial", "full"]
"""Of the whole, as the EU's model statement words it; ``unknown``: nothing was tested, so nothing is claimed."""
_ORDER: Final[tuple[Verdict, ...]] = ("supports", "partially", "fails", "untested")
_TITLES: Final = Path(__file__).parents[1] / "data" / "report" / "kwcag.yaml"


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion on web pages, and on the documents that are issued."""

    criterion: Criterion
    web: Judged
    documents: Judged


@dataclass(frozen=True, slots=True)
class ItemRow:
    """``title``: the official name in Korean, and what it means in the other languages."""

    item: Item
    title: Text
    judged: Judged


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """``judged`` is None where the clause does not apply; ``clause.applies`` then says why. ``criterion``: the one of
    WCAG that the clause is."""

    clause: Clause
    criterion: Criterion | None
    judged: Judged | None


@dataclass(frozen=True)
class Report:
    """``folder``: where the evidence was read from. ``set_aside``: the waivers that hold, this portal's if None."""

    evidence: Evidence
    folder: Path = EVIDENCE
    set_aside: tuple[Waiver, ...] | None = None

    def states(self) -> Iterator[StateSeen]:
        return states(self.folder, self.set_aside)

    @cached_property
    def wcag(self) -> tuple[CriterionRow, ...]:
        """The 55 criteria of A and AA, and what we look at of AAA, in order."""
        return tuple(CriterionRow(each, self._web(number), self._documents(number)) for number, each in WCAG.items())

    @cached_property
    def kwcag(self) -> tuple[ItemRow, ...]:
        return tuple(ItemRow(item, _title(item), together(self._parts(item))) for item in KWCAG.values())

    @cached_property
    def en_301_549(self) -> tuple[ClauseRow, ...]:
        return tuple(ClauseRow(each, WCAG.get(each.wcag), self._clause(each)) for each in EN_301_549.values())

    @cached_property
    def tally(self) -> dict[Verdict, int]:
        """How many of the 55 have each verdict, on web pages."""
        found = Counter(self._web(number).verdict for number in REQUIRED)
        return {verdict: found[verdict] for verdict in _ORDER}

    @property
    def standing(self) -> Standing:
        """Full only when every one of the 55 is supported, what only people judge among them."""
        if self.evidence.made is None:
            return "unknown"
        return "full" if self.tally["supports"] == len(REQUIRED) else "partial"

    def those(self, *verdicts: Verdict) -> tuple[CriterionRow, ...]:
        """Of the 55, those with one of ``verdicts`` that people alone need not judge."""
        return tuple(
            row
            for row in self.wcag
            if row.web.verdict in verdicts and row.criterion.level != "AAA" and row.web.because != "people"
        )

    @property
    def people(self) -> tuple[CriterionRow, ...]:
        """What only people can judge: not yet done."""
        return tuple(row for row in self.wcag if row.criterion.number in HUMAN)

    def _web(self, number: str) -> Judged:
        return judged(WCAG[number].tested, self.evidence.criteria.get(number))

    def _documents(self, number: str) -> Judged:
        known = self.evidence.documents
        return judged("engine", known.criteria.get(number) if known else None)

    def _parts(self, item: Item) -> Iterator[Judged]:
        yield from (self._web(number) for number in item.wcag if WCAG[number].level != "AAA")
        if item.checks or item.own:
            keys = (f"KWCAG {item.number}", *item.checks)
            counts = next((self.evidence.criteria[key] for key in keys if key in self.evidence.criteria), None)
            yield judged("scripted" if item.checks else "human", counts)

    def _clause(self, clause: Clause) -> Judged | None:
        if clause.applies != "yes":
            return None
        if not clause.wcag:
            return judged("human", None)
        return self._documents(clause.wcag) if clause.about == "document" else self._web(clause.wcag)


def compiled(folder: Path = EVIDENCE, set_aside: tuple[Waiver, ...] | None = None) -> Report:
    """The report on the evidence in ``folder``."""
    return Report(read(folder), folder, set_aside)


@cache
def _titles() -> dict[str, dict[str, str]]:
    return msgspec.yaml.decode(_TITLES.read_bytes(), type=dict[str, dict[str, str]])


def _title(item: Item) -> Text:
    return Text.of({"ko": item.ko, "en": item.en, **_titles()[item.number]})
