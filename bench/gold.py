"""The gold sets: real questions in people's words, and how many of them the search answers.

``tests/gold/<language>.tsv`` was written from descriptions of needs by people who had seen neither titles nor keywords.
A row's half follows from its words alone: the search may be tuned on ``tuning``; ``held-out`` only measures.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

GOLD: Final = Path(__file__).parents[1] / "tests" / "gold"
Half = Literal["tuning", "held-out"]


@dataclass(frozen=True, slots=True)
class Question:
    """``wanted``: the identifier of a service, or ``package:`` and that of a life event."""

    locale: str
    wanted: str
    query: str
    kind: str

    @property
    def half(self) -> Half:
        return "held-out" if hashlib.sha256(self.query.encode()).digest()[0] & 1 else "tuning"


@dataclass(frozen=True, slots=True)
class Result:
    """Shares of the questions, 0 to 1."""

    count: int
    first: float
    in_ten: float


def questions(locale: str) -> Iterator[Question]:
    """Every question of a language, in the file's order."""
    path = GOLD / f"{locale}.tsv"
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Question(locale, row["id"], row["query"], row["kind"])


def places(asked: Sequence[Question], search: Callable[[str, str], Sequence[str]]) -> list[int]:
    """Where each question's answer stands among the first ten that ``search`` gives: 1 to 10, 0 for none."""
    found = []
    for question in asked:
        hits = list(search(question.query, question.locale))[:10]
        found.append(hits.index(question.wanted) + 1 if question.wanted in hits else 0)
    return found


def result(found: Sequence[int]) -> Result:
    count = max(1, len(found))
    return Result(len(found), sum(place == 1 for place in found) / count, sum(place > 0 for place in found) / count)


def by_kind(asked: Sequence[Question], found: Sequence[int]) -> Mapping[str, Result]:
    kinds = sorted({question.kind for question in asked})
    return {
        kind: result([place for question, place in zip(asked, found, strict=True) if question.kind == kind])
        for kind in kinds
    }
