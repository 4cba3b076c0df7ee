"""What was seen, kept: one file for each language, one line for each state, so that a diff shows what changed."""

import datetime as dt
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from madang.accessibility.audit.keys import versions
from madang.accessibility.audit.waivers import Judge, Waiver, waivers
from madang.accessibility.criteria import BEST, WCAG
from madang.accessibility.findings import Finding, PageResult, PageState

FOLDER: Final = Path(__file__).parents[1] / "data" / "evidence"
Row = dict[str, Any]


def row_of(result: PageResult) -> Row:
    """A result as it is kept. Doubts are counted: what they say, an engine says again whenever it is asked."""
    doubts: dict[tuple[str, str], int] = {}
    for finding in result.findings:
        if finding.outcome == "cantTell":
            doubts[finding.criterion, finding.rule] = doubts.get((finding.criterion, finding.rule), 0) + 1
    state = result.state
    return {
        "state": state.name,
        "locale": state.locale,
        "width": state.width,
        "preferences": state.preferences,
        "browser": state.browser,
        "failed": sorted(
            [each.criterion, each.rule, each.target, each.html, each.advice]
            for each in result.findings
            if each.outcome == "failed"
        ),
        "cant_tell": [[criterion, rule, count] for (criterion, rule), count in sorted(doubts.items())],
        "passed": {criterion: list(by) for criterion, by in sorted(result.passed.items())},
    }


def result_of(key: str, row: Row) -> PageResult:
    """The kept result, its doubts without their places."""
    state = PageState(row["state"], row["locale"], "", row["width"], row["preferences"], row["browser"])
    failed = [Finding(each[0], each[1], "failed", *each[2:]) for each in row["failed"]]
    doubts = [Finding(each[0], each[1], "cantTell") for each in row["cant_tell"]]
    return PageResult(state, key, (*failed, *doubts), {c: tuple(by) for c, by in row["passed"].items()})


@dataclass
class Evidence:
    """What is kept in ``folder``, by key. Results with problems are not kept: they are looked at again. ``set_aside``:
    the waivers that hold."""

    folder: Path = FOLDER
    rows: dict[str, Row] = field(default_factory=dict)
    set_aside: tuple[Waiver, ...] = field(default_factory=waivers)

    @classmethod
    def read(cls, folder: Path = FOLDER) -> "Evidence":
        """What can be read of it; engines of other versions are in the keys already."""
        made = cls(folder)
        for path in sorted(folder.glob("??.json")):
            try:
                made.rows.update(json.loads(path.read_text(encoding="utf-8"))["states"])
            except (ValueError, KeyError, TypeError):
                continue
        return made

    def __contains__(self, key: str) -> bool:
        return key in self.rows

    def looked_at(self, state: PageState) -> bool:
        """Whether this state was ever looked at, as whatever it then was."""
        same = state.name, state.locale, state.width, state.preferences, state.browser
        return any(
            same == (row["state"], row["locale"], row["width"], row["preferences"], row["browser"])
            for row in self.rows.values()
        )

    def result(self, key: str) -> PageResult:
        return result_of(key, self.rows[key])

    def add(self, result: PageResult) -> bool:
        """Whether it is kept."""
        if result.problems:
            return False
        self.rows[result.key] = row_of(result)
        return True

    def replace(self, now: Iterable[tuple[PageState, str]]) -> None:
        """Forgets what was said of states that now have another key: the page changed, or what looks at it."""
        keys: dict[tuple[object, ...], set[str]] = {}
        for state, key in now:
            same = state.name, state.locale, state.width, state.preferences, state.browser
            keys.setdefault(same, set()).add(key)
        for key, row in list(self.rows.items()):
            known = keys.get((row["state"], row["locale"], row["width"], row["preferences"], row["browser"]))
            if known is not None and key not in known:
                del self.rows[key]

    def write(self) -> None:
        """Each language's file, and the summary; a file is replaced whole, so that a run may be stopped at any time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for locale in sorted({row["locale"] for row in self.rows.values()}):
            rows = sorted(
                ((key, row) for key, row in self.rows.items() if row["locale"] == locale),
                key=lambda item: (
                    item[1]["state"],
                    item[1]["browser"],
                    item[1]["width"],
                    item[1]["preferences"],
                    item[0],
                ),
            )
            lines = ",\n".join(f"{_told(key)}: {_told(row)}" for key, row in rows)
            text = f'{{"engines": {_told(versions())},\n"states": {{\n{lines}\n}}}}\n'
            _replace(self.folder / f"{locale}.json", text)
        _replace(self.folder / "summary.json", json.dumps(self.summary(), indent=1, ensure_ascii=False) + "\n")

    def summary(self) -> dict[str, Any]:
        """Each criterion over all states; ``made`` is today."""
        judge = Judge(self.set_aside)
        counts: dict[str, dict[str, Any]] = {}

        def of(criterion: str) -> dict[str, Any]:
            return counts.setdefault(criterion, {"states": 0, "failed": 0, "cant_tell": 0, "waived": 0, "by": set()})

        for key, row in self.rows.items():
            result = result_of(key, row)
            failed, doubted, waived = set(), set(), set()
            for finding in result.findings:
                if finding.outcome != "failed":
                    doubted.add(finding.criterion)
                elif judge.waived(finding, result.state.name):
                    waived.add(finding.criterion)
                else:
                    failed.add(finding.criterion)
                of(finding.criterion)["by"].add(_by(finding.rule))
            for criterion in {*result.passed, *failed, *doubted, *waived}:
                of(criterion)["states"] += 1
                of(criterion)["by"].update(map(_by, result.passed.get(criterion, ())))
                of(criterion)["failed"] += criterion in failed
                of(criterion)["cant_tell"] += criterion in doubted
                of(criterion)["waived"] += criterion in waived
        order = [number for number in WCAG if number in counts] + ([BEST] if BEST in counts else [])
        return {
            "made": dt.datetime.now(dt.UTC).date().isoformat(),
            "commit": "",
            "engines": versions(),
            "states": len(self.rows),
            "criteria": {each: {**counts[each], "by": sorted(counts[each]["by"])} for each in order},
        }


def _by(rule: str) -> str:
    """``axe:label`` and ``axe`` as axe; checks by their own names."""
    return rule if rule.startswith("check:") else rule.partition(":")[0]


def _told(value: Mapping[str, Any] | str) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _replace(path: Path, text: str) -> None:
    made = path.with_suffix(".new")
    made.write_text(text, encoding="utf-8")
    os.replace(made, path)
