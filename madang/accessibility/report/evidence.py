"""What an audit, the personas, the seeded faults and the documents left behind: read from a folder, nothing assumed.

Whatever is missing or cannot be read is simply no evidence: a report never says more than its evidence does.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from madang.accessibility.audit.waivers import Judge, Waiver, waivers
from madang.accessibility.findings import Finding

EVIDENCE: Final = Path(__file__).parents[1] / "data" / "evidence"
"""The evidence of this commit."""
_APART: Final = frozenset({"summary", "personas", "faults", "documents"})
"""Files that hold no states of pages."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was seen of one criterion. Numbers of page states (or of documents).

    ``failed``: where something is wrong. ``cant_tell``: where an engine suspects, and a person must judge. ``waived``:
    findings set aside, each with a written reason. ``by``: the engines and checks that looked.
    """

    states: int = 0
    failed: int = 0
    cant_tell: int = 0
    waived: int = 0
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Journey:
    """One journey of one persona. ``seconds``, ``keys``: what it took."""

    persona: str
    journey: str
    locale: str
    browser: str
    finished: bool
    keys: int
    seconds: float
    date: str


@dataclass(frozen=True, slots=True)
class Faults:
    """Faults put in on purpose, and how many of them the audit found."""

    seeded: int
    found: int


@dataclass(frozen=True, slots=True)
class Scope:
    """How much was looked at. ``pages``: kinds of pages; ``states``: all that was audited, in every language, width,
    browser and set of preferences."""

    pages: int = 0
    states: int = 0
    locales: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    browsers: tuple[str, ...] = ()
    preferences: int = 0
    """Sets of preferences, the default among them."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Signed documents, read back. ``problems``: errors and warnings of the validator, texts that differ, and places
    where the reading order does. ``criteria``: what the validator says of each criterion."""

    made: dt.date
    validator: str
    kinds: int
    documents: int
    problems: int
    criteria: Mapping[str, Counts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it. ``made`` is None where nothing was audited."""

    made: dt.date | None = None
    commit: str = ""
    engines: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, Counts] = field(default_factory=dict)
    scope: Scope = Scope()
    personas: tuple[Journey, ...] = ()
    faults: Mapping[str, Faults] = field(default_factory=dict)
    documents: Documents | None = None


@dataclass(frozen=True, slots=True)
class StateSeen:
    """One page state and what was said of it: criterion -> the engines that found nothing wrong, and the criteria
    that failed or were left to a person, each with the rules that say so. ``waived``: what was set aside, with the
    reasons, and is not in ``failed``."""

    key: str
    name: str
    locale: str
    width: int
    preferences: str
    browser: str
    passed: Mapping[str, tuple[str, ...]]
    failed: Mapping[str, tuple[str, ...]]
    cant_tell: Mapping[str, tuple[str, ...]]
    waived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(folder: Path = EVIDENCE) -> Evidence:
    """The evidence in ``folder``; an empty one where there is none."""
    summary = _dict(_json(folder / "summary.json"))
    return Evidence(
        made=_day(summary.get("made")),
        commit=str(summary.get("commit") or ""),
        engines={str(name): str(version) for name, version in sorted(_dict(summary.get("engines")).items())},
        criteria=_counts(summary.get("criteria")),
        scope=_scope(folder),
        personas=tuple(_journeys(_json(folder / "personas.json"))),
        faults={
            number: Faults(_number(each.get("seeded")), _number(each.get("found")))
            for number, each in sorted(_dict(_json(folder / "faults.json")).items())
            if isinstance(each, dict)
        },
        documents=_documents(_dict(_json(folder / "documents.json"))),
    )


def states(folder: Path = EVIDENCE, set_aside: tuple[Waiver, ...] | None = None) -> Iterator[StateSeen]:
    """Every page state that was audited, by language and key. ``set_aside``: the waivers that hold, this portal's where
    nothing is said."""
    judge = Judge(waivers() if set_aside is None else set_aside)
    for path in sorted(folder.glob("*.json")):
        if path.stem in _APART:
            continue
        for key, row in sorted(_dict(_dict(_json(path)).get("states")).items()):
            if isinstance(row, dict):
                failed, waived = _judged(row.get("failed"), str(row.get("state", "")), judge)
                yield StateSeen(
                    key=key,
                    name=str(row.get("state", "")),
                    locale=str(row.get("locale", path.stem)),
                    width=_number(row.get("width")) or 1280,
                    preferences=str(row.get("preferences", "")),
                    browser=str(row.get("browser", "chromium")),
                    passed=_passed(row.get("passed")),
                    failed=_found(failed),
                    cant_tell=_found(row.get("cant_tell")),
                    waived=_found(waived),
                )


def _scope(folder: Path) -> Scope:
    names, locales, widths, browsers, preferences, count = set(), set(), set(), set(), set(), 0
    for state in states(folder):
        count += 1
        names.add(state.name.partition(",")[0])
        locales.add(state.locale)
        widths.add(state.width)
        browsers.add(state.browser)
        preferences.add(state.preferences)
    return Scope(
        len(names), count, tuple(sorted(locales)), tuple(sorted(widths)), tuple(sorted(browsers)), len(preferences)
    )


def _passed(given: Any) -> dict[str, tuple[str, ...]]:
    return {str(number): tuple(map(str, engines or ())) for number, engines in sorted(_dict(given).items())}


def _judged(given: Any, state: str, judge: Judge) -> tuple[list[Any], list[Any]]:
    """What failed, and what was set aside: as criterion, and rule with the reason."""
    failed: list[Any] = []
    waived: list[Any] = []
    for each in given if isinstance(given, list) else ():
        whole = isinstance(each, list) and 2 <= len(each) <= 5 and all(isinstance(part, str) for part in each)
        finding = Finding(each[0], each[1], "failed", *each[2:]) if whole else None
        waiver = judge.waiver(finding, state) if finding is not None else None
        if finding is None or waiver is None:
            failed.append(each)
        else:
            waived.append([finding.criterion, f"{finding.rule}, set aside: {waiver.reason}"])
    return failed, waived


def _found(given: Any) -> dict[str, tuple[str, ...]]:
    """Findings by criterion. Each is an object ("criterion", "rule") or a list that begins with those two."""
    made: dict[str, list[str]] = {}
    for each in given if isinstance(given, list) else ():
        if isinstance(each, dict):
            number, rule = str(each.get("criterion", "")), str(each.get("rule", ""))
        elif isinstance(each, list) and len(each) >= 2:
            number, rule = str(each[0]), str(each[1])
        else:
            number, rule = str(each), ""
        rules = made.setdefault(number, [])
        if rule not in rules:
            rules.append(rule)
    return {number: tuple(rules) for number, rules in sorted(made.items())}


def _counts(given: Any) -> dict[str, Counts]:
    return {
        str(number): Counts(
            states=_number(each.get("states")),
            failed=_number(each.get("failed")),
            cant_tell=_number(each.get("cant_tell")),
            waived=_number(each.get("waived")),
            by=tuple(sorted(map(str, each.get("by") or ()))),
        )
        for number, each in sorted(_dict(given).items())
        if isinstance(each, dict)
    }


def _journeys(given: Any) -> Iterator[Journey]:
    for each in given if isinstance(given, list) else ():
        if isinstance(each, dict) and each.get("persona"):
            yield Journey(
                persona=str(each["persona"]),
                journey=str(each.get("journey", "")),
                locale=str(each.get("locale", "")),
                browser=str(each.get("browser", "")),
                finished=each.get("finished") is True,
                keys=_number(each.get("keys")),
                seconds=float(each.get("seconds") or 0),
                date=str(each.get("date", "")),
            )


def _documents(given: dict[str, Any]) -> Documents | None:
    made = _day(given.get("made"))
    if made is None:
        return None
    return Documents(
        made=made,
        validator=str(given.get("validator", "")),
        kinds=_number(given.get("kinds")),
        documents=_number(given.get("documents")),
        problems=_number(given.get("problems")),
        criteria=_counts(given.get("criteria")),
    )


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def _dict(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _number(given: Any) -> int:
    return given if isinstance(given, int) and not isinstance(given, bool) and given >= 0 else 0


def _day(given: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(given)[:10])
    except ValueError:
        return None
