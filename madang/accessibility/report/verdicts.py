"""From evidence to a word per criterion: never "supports" without evidence, nor of what only people can judge."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from madang.accessibility.report.evidence import Counts

Verdict = Literal["supports", "partially", "fails", "untested"]
"""``untested``: nobody and nothing has looked at it yet, or what looked cannot tell."""
Because = Literal["clean", "found", "most", "doubt", "people", "nothing"]
"""``clean``: looked at and nothing found. ``found``, ``most``: findings in some states, in more than half. ``doubt``:
engines suspect and a person must judge. ``people``: only people can judge it. ``nothing``: no evidence."""
How = Literal["engine", "scripted", "human"]
_ORDER: Final[tuple[Verdict, ...]] = ("fails", "partially", "untested", "supports")


@dataclass(frozen=True, slots=True)
class Judged:
    verdict: Verdict
    because: Because
    counts: Counts


def judged(how: How, counts: Counts | None) -> Judged:
    """The verdict on one criterion. ``how``: by what it can be tested at all."""
    seen = counts or Counts()
    if seen.failed:
        most = seen.failed * 2 > max(seen.states, seen.failed)
        return Judged("fails", "most", seen) if most else Judged("partially", "found", seen)
    if how == "human":
        return Judged("untested", "people", seen)
    if not seen.states:
        return Judged("untested", "nothing", seen)
    if seen.cant_tell:
        return Judged("untested", "doubt", seen)
    return Judged("supports", "clean", seen)


def together(parts: Iterable[Judged]) -> Judged:
    """The verdict on a requirement that is made of several: the worst; without any part it is untested."""
    ordered = sorted(parts, key=lambda part: _ORDER.index(part.verdict))
    if not ordered:
        return Judged("untested", "nothing", Counts())
    worst = ordered[0]
    if worst.verdict == "fails" and any(part.verdict == "supports" for part in ordered):
        return Judged("partially", "found", worst.counts)
    return worst
