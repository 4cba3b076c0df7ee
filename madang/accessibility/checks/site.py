"""What only several pages show: what repeats stands in one order and has one name, help one place, titles differ.

Whoever audits takes ``extract(page, state)`` of each state (plain data, to be kept with the state's evidence) and gives
all of one site to ``across``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import msgspec

from madang.accessibility.checks.base import look
from madang.accessibility.findings import Finding, PageState

if TYPE_CHECKING:
    from playwright.sync_api import Page

CRITERIA: Final = ("2.4.2", "2.4.5", "3.2.3", "3.2.4", "3.2.6", "3.3.7")
"""Those that ``across`` can name."""
FEW: Final = 2
"""Pages that must agree before one that differs is the odd one."""


class Extract(msgspec.Struct, frozen=True):
    """One page, as the others are compared with it. ``repeated``: place, address, name, and the length of a drawing
    without words, of links and buttons outside the content. ``help``: address and place. ``fields``: name, token, 1 if
    filled in. ``step``: the page asks for something, so it may be a step of a process."""

    title: str
    heading: str
    path: str
    repeated: tuple[tuple[str, str, str, int], ...]
    help: tuple[tuple[str, str], ...]
    search: str
    map: bool
    nav: tuple[str, ...]
    step: bool
    fields: tuple[tuple[str, str, int], ...]


def extract(page: "Page", state: PageState) -> Extract:
    """What this page says of itself."""
    return msgspec.convert(look(page, "extract"), Extract)


Site = list[tuple[PageState, Extract]]


def _finding(criterion: str, name: str, outcome: Any, html: str, advice: str) -> Finding:
    return Finding(criterion, f"check:{name}", outcome, "html", html[:200], advice)


def _titles(site: Site) -> Iterator[tuple[PageState, Finding]]:
    first: dict[str, tuple[str, str]] = {}
    for state, each in site:
        if not each.title:
            continue
        path, heading = first.setdefault(each.title, (each.path, each.heading))
        if path != each.path and heading != each.heading:
            advice = f'"{each.title}" is the title of {path} as well: say in it what this page is.'
            yield state, _finding("2.4.2", "titles", "failed", each.title, advice)


def _order(site: Site) -> Iterator[tuple[PageState, Finding]]:
    """Criterion 3.2.3: two things that repeat stand in the order in which most pages have them."""
    sequences: list[tuple[PageState, str, list[str]]] = []
    votes: dict[tuple[str, str, str], int] = defaultdict(int)
    for state, each in site:
        for place in ("header", "nav", "footer", "aside"):
            order = list(dict.fromkeys(href for where, href, *_ in each.repeated if where == place))
            if len(order) > 1:
                sequences.append((state, place, order))
                for a, b in combinations(order, 2):
                    votes[place, a, b] += 1
    for state, place, order in sequences:
        for a, b in combinations(order, 2):
            if votes[place, b, a] >= max(FEW, votes[place, a, b] + 1):
                advice = f"On the other pages {b} stands before {a}: keep what repeats in one order."
                yield state, _finding("3.2.3", "order", "failed", f"{place}: {a}, {b}", advice)
                break


def _names(site: Site) -> Iterator[tuple[PageState, Finding]]:
    """Criterion 3.2.4: what leads to one place has one name on every page; so has the search."""
    names: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, each in site:
        for key, name in _named(each):
            names[key][name] += 1
    for state, each in site:
        had = set()
        for key, name in _named(each):
            known = names[key]
            usual = max(known, key=lambda one: known[one])
            if key not in had and name != usual and known[usual] >= FEW and known[name] < known[usual]:
                had.add(key)
                advice = f'On the other pages it is called "{usual}", here "{name}": call it the same.'
                yield state, _finding("3.2.4", "names", "failed", f"{key[0]}: {key[1]}", advice)


def _named(each: Extract) -> Iterator[tuple[tuple[str, str], str]]:
    counts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place, href, name, _ in each.repeated:
        if name and href != each.path.rstrip("/"):
            counts[place, href].add(name.casefold())
    for key, names in counts.items():
        if len(names) == 1:
            yield key, next(iter(names))
    drawings = {drawing: name for _, _, name, drawing in each.repeated if drawing > 60 and name}
    yield from ((("drawing", str(size)), name.casefold()) for size, name in drawings.items())
    if each.search:
        yield ("search", ""), each.search.casefold()


def _help(site: Site) -> Iterator[tuple[PageState, Finding]]:
    """Criterion 3.2.6: help that several pages offer stands in the same part of each."""
    places: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, each in site:
        for href, where in dict.fromkeys(each.help):
            places[href][where] += 1
    for state, each in site:
        own: dict[str, set[str]] = defaultdict(set)
        for href, where in each.help:
            own[href].add(where)
        for href, here in own.items():
            known = places[href]
            usual = max(known, key=lambda one: known[one])
            if known[usual] >= FEW and usual not in here and sum(known.values()) > known[usual]:
                advice = f"On the other pages {href} is in the {usual}: offer help in the same place everywhere."
                yield state, _finding("3.2.6", "help", "failed", href, advice)
                break


def _ways(site: Site) -> Iterator[tuple[PageState, Finding]]:
    """Criterion 2.4.5: every page that is no step of a process is found in two ways."""
    linked: dict[str, int] = defaultdict(int)
    for _, each in site:
        for href in each.nav:
            linked[href] += 1
    for state, each in site:
        ways = [bool(each.search), each.map, len([href for href in each.nav if href != each.path.rstrip("/")]) >= 3]
        if not each.step and sum(ways) < 2:
            advice = "Offer two ways to other pages: a menu, a search, a map of the site."
            yield state, _finding("2.4.5", "ways", "failed", each.path, advice)


def _again(site: Site) -> Iterator[tuple[PageState, Finding]]:
    """Criterion 3.3.7: a process does not ask empty-handed for what an earlier step asked."""
    asked: dict[tuple[str, str], str] = {}
    for state, each in site:
        process = each.path.rsplit("/", 1)[0]
        for name, token, filled in each.fields:
            key = process, token if token not in ("", "on", "off") else name.casefold()
            if each.step and name and process and asked.setdefault(key, each.path) != each.path and not filled:
                advice = f'"{name}" was asked on {asked[key]}: fill it in, or offer to take the same.'
                yield state, _finding("3.3.7", "again", "failed", name, advice)


def across(extracts: Iterable[tuple[PageState, Extract]]) -> Iterator[tuple[PageState, Finding]]:
    """What the pages of one site say against each other. Pages are compared within one language, width and choice of
    preferences; ``extracts`` may hold several of each."""
    groups: dict[tuple[str, int, str, str], Site] = defaultdict(list)
    for state, each in extracts:
        groups[state.locale, state.width, state.preferences, state.browser].append((state, each))
    for site in groups.values():
        for judge in (_titles, _order, _names, _help, _ways, _again):
            yield from judge(site)
