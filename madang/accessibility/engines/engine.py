"""What an engine is: something that looks at a page that stands in a browser and says what it found."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from madang.accessibility.criteria import BEST, WCAG
from madang.accessibility.findings import EXCERPT, Browser, Finding, Outcome

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST: Final = 10
"""Places that one rule names on one page; the eleventh helps nobody to mend the first."""
HERE: Final = Path(__file__).parent


class EngineFailed(Exception):
    """An engine could not look at this page. The message is one English sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one engine said of one page. ``passed``: criteria of which a rule applied here and was satisfied."""

    findings: tuple[Finding, ...] = ()
    passed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Engine:
    """``run`` is given the page as it stands and the HTML as it was sent; it raises EngineFailed. ``markup``: it reads
    only that HTML, so that one look serves every width and browser."""

    name: str
    version: str
    run: "Callable[[Page, str], Verdict]"
    browsers: tuple[Browser, ...] = ("chromium",)
    markup: bool = False


@cache
def rules() -> dict[str, Any]:
    """``rules.yaml``: what we decided of single rules."""
    read: dict[str, Any] = yaml.safe_load((HERE / "rules.yaml").read_text(encoding="utf-8"))
    return read


def criteria_of(engine: str, rule: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """The criteria that a finding of ``rule`` is about: ours where we decided, else the engine's ``own``; of these only
    what is in scope. Empty: good practice only."""
    decided = rules().get(f"{engine}:{rule}", {}).get("criteria")
    return tuple(sorted(set(WCAG).intersection(own if decided is None else decided)))


def weight_of(engine: str, rule: str, outcome: Outcome) -> Outcome | None:
    """``outcome``, or what we decided instead: a rule that only suspects, or one that is not listened to (None)."""
    decided = rules().get(f"{engine}:{rule}", {}).get("outcome")
    if decided == "ignored":
        return None
    return "cantTell" if decided == "cantTell" and outcome == "failed" else outcome


@dataclass
class Gathering:
    """Collects what one engine says, rule by rule."""

    engine: str
    findings: list[Finding] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def satisfied(self, rule: str, own: Iterable[str]) -> None:
        self.passed.update(criteria_of(self.engine, rule, own))

    def found(
        self, rule: str, own: Iterable[str], outcome: Outcome, *, target: str = "", html: str = "", advice: str = ""
    ) -> None:
        weight = weight_of(self.engine, rule, outcome)
        count = self._counts[rule, outcome] = self._counts.get((rule, outcome), 0) + 1
        if weight is None or count > MOST:
            return
        for criterion in criteria_of(self.engine, rule, own) or (BEST,):
            self.findings.append(
                Finding(
                    criterion,
                    f"{self.engine}:{rule}",
                    weight,
                    target[:EXCERPT],
                    " ".join(html.split())[:EXCERPT],
                    sentence(advice),
                )
            )

    def verdict(self) -> Verdict:
        failed = {finding.criterion for finding in self.findings if finding.outcome == "failed"}
        return Verdict(tuple(self.findings), frozenset(self.passed - failed))


def sentence(text: str) -> str:
    """One line that ends like a sentence."""
    line = " ".join(text.split())[:300]
    return f"{line[:1].upper()}{line[1:]}" + ("" if line.endswith((".", "!", "?")) else ".") if line else ""


def selector(path: str) -> str:
    """``/html[1]/body[1]/p[2]`` as a CSS selector; text nodes and what cannot be said in CSS are left away."""
    steps = []
    for step in path.strip("/").split("/"):
        name, _, number = step.partition("[")
        if not name or name.endswith("()") or name.startswith(("@", "#")):
            break
        steps.append(name if name in ("html", "head", "body") else f"{name}:nth-of-type({number.rstrip(']') or 1})")
    return " > ".join(steps)


def version_of(modules: Path, package: str) -> str:
    """The version of an npm package as it is installed."""
    read: Mapping[str, str] = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
    return read["version"]
