"""What only the pages of one site together show: with each page's result, or (of the portal) as a row of its own."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from madang.accessibility.checks.base import MOST
from madang.accessibility.checks.site import Extract, across
from madang.accessibility.findings import Finding, PageResult, PageState

BY: Final = {
    "2.4.2": "check:titles",
    "2.4.5": "check:ways",
    "3.2.3": "check:order",
    "3.2.4": "check:names",
    "3.2.6": "check:help",
    "3.3.7": "check:again",
}
"""What looks at each criterion."""
GUESSED: Final = ("2.4.5", "3.2.4", "3.2.6", "3.3.7")
"""What rests on a guess (which searches are one, which links are help, which pages are steps): a person must judge."""
ENOUGH: Final = 3
"""Pages that must have been compared before it is said that nothing was found."""
Group = tuple[str, int, str, str]


def _group(state: PageState) -> Group:
    return state.locale, state.width, state.preferences, state.browser


def compared(results: Sequence[PageResult]) -> list[PageResult]:
    """The results, each with what the other pages of the site say against it. Those without an extract stay as they
    are, and so does what is said to be in order where fewer than three pages could be compared."""
    pairs = [(result.state, result.extract) for result in results if result.extract is not None]
    paths: dict[Group, set[str]] = defaultdict(set)
    for state, each in pairs:
        paths[_group(state)].add(each.path)
    against: dict[PageState, list[Finding]] = defaultdict(list)
    for state, finding in across(pairs):
        against[state].append(_weighed(finding))
    made = []
    for result in results:
        found = against[result.state] if result.extract is not None else []
        enough = result.extract is not None and len(paths[_group(result.state)]) >= ENOUGH
        passed = _passed(result.passed, found) if enough else result.passed
        made.append(replace(result, findings=(*result.findings, *found), passed=passed))
    return made


def together(state: PageState, key: str, pairs: Iterable[tuple[PageState, Extract]]) -> PageResult:
    """The pages of a site as one result. A finding's target is the name of the page; at most ten of a criterion."""
    counts: dict[str, int] = defaultdict(int)
    found = []
    for page, finding in across(pairs):
        counts[finding.criterion] += 1
        if counts[finding.criterion] <= MOST:
            found.append(replace(_weighed(finding), target=page.name))
    return PageResult(state, key, tuple(found), _passed({}, found))


def _weighed(finding: Finding) -> Finding:
    return replace(finding, outcome="cantTell") if finding.criterion in GUESSED else finding


def _passed(before: dict[str, tuple[str, ...]], found: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    named = {finding.criterion for finding in found}
    more = {criterion: by for criterion, by in BY.items() if criterion not in named}
    made = {criterion: tuple(sorted({*before.get(criterion, ()), by})) for criterion, by in more.items()}
    return dict(sorted({**before, **made}.items()))
