"""Findings that are set aside, each with a written reason: data, at most ten, and none that sets nothing aside."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from madang.accessibility.findings import Finding, PageResult

MOST: Final = 10


class Waiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``rule``: engine and rule. ``target``, ``html``, ``advice``: patterns that are searched for in what the finding
    says, empty for any. ``states``: a pattern for names of states. ``reason``: why it is no fault. ``evidence``: how
    somebody can see that."""

    rule: str
    criterion: str
    reason: str
    evidence: str
    target: str = ""
    html: str = ""
    advice: str = ""
    states: str = ""

    def fits(self, finding: Finding, state: str) -> bool:
        return (
            finding.rule == self.rule
            and finding.criterion == self.criterion
            and all(
                re.search(pattern, text) is not None
                for pattern, text in (
                    (self.target, finding.target),
                    (self.html, finding.html),
                    (self.advice, finding.advice),
                    (self.states, state),
                )
            )
        )


@cache
def waivers() -> tuple[Waiver, ...]:
    data = (files("madang.accessibility") / "data" / "waivers.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=tuple[Waiver, ...])


@dataclass
class Judge:
    """Tells definite findings from waived ones, and remembers which waivers were needed."""

    waivers: tuple[Waiver, ...] = field(default_factory=waivers)
    used: set[int] = field(default_factory=set)

    def waived(self, finding: Finding, state: str) -> bool:
        found = [place for place, waiver in enumerate(self.waivers) if waiver.fits(finding, state)]
        self.used.update(found)
        return bool(found)

    def waiver(self, finding: Finding, state: str) -> Waiver | None:
        """The first that sets ``finding`` aside."""
        return next((each for each in self.waivers if each.fits(finding, state)), None)

    def definite(self, results: Iterable[PageResult]) -> list[tuple[PageResult, Finding]]:
        return [
            (result, finding)
            for result in results
            for finding in result.findings
            if finding.outcome == "failed" and not self.waived(finding, result.state.name)
        ]

    @property
    def unused(self) -> list[Waiver]:
        return [waiver for place, waiver in enumerate(self.waivers) if place not in self.used]
