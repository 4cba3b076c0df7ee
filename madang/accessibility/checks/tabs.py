"""The walk with the Tab key: everything reached, nothing a trap, in reading order, the focus seen and not covered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from madang.accessibility.checks.base import Check, findings, look
from madang.accessibility.findings import Finding, PageState

if TYPE_CHECKING:
    from playwright.sync_api import Page

FAINT: Final = 1.5
"""A ring of less contrast than this is not seen by most."""
ENOUGH: Final = 3.0
"""What criterion 1.4.11 asks of a ring."""
LONGEST: Final = 400
"""Stops after which a page is not walked on."""
NOWHERE: Final = -2
PIXELS: Final = 6
"""Stops looked at as pictures at most, where no style says that they have the focus."""


@dataclass
class Walk:
    """What was met. ``order``: indices of stops in the order of the document."""

    order: list[int] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    trapped: bool = False
    pictures: int = 0

    def add(self, criterion: str, place: dict[str, Any], advice: str, outcome: str = "failed") -> None:
        self.rows.append({"criterion": criterion, "outcome": outcome, "advice": advice, **place})


def here(page: "Page") -> dict[str, Any]:
    place: dict[str, Any] = page.evaluate("() => globalThis.madangWalk ? madangWalk.here() : {index: -3}")
    return place


def press(page: "Page", keys: str) -> dict[str, Any]:
    page.keyboard.press(keys)
    return here(page)


def invisible(page: "Page", place: dict[str, Any]) -> bool:
    """Whether the place looks the same, dot for dot, with the focus and without it."""
    if not place["onScreen"]:
        return False
    clip = place["box"]
    focused = page.screenshot(clip=clip)
    page.evaluate("() => { globalThis.madangHad = document.activeElement; madangHad.blur(); }")
    plain = page.screenshot(clip=clip)
    page.evaluate("() => { madangHad.focus({preventScroll: true}); delete globalThis.madangHad; }")
    return focused == plain


def seen(page: "Page", walk: Walk, place: dict[str, Any]) -> None:
    """Criteria 2.4.7, 2.4.11 and 1.4.11 at one stop."""
    if place["cover"]:
        walk.add("2.4.11", place, f"{place['cover']} covers it when it has the focus: leave room by scroll-padding.")
    if not place["there"]:
        walk.add("2.4.7", place, "It takes the focus and is not to be seen.")
    elif not place["shown"] and not place["frame"]:
        if walk.pictures < PIXELS:
            walk.pictures += 1
            if invisible(page, place):
                walk.add("2.4.7", place, "Nothing shows that it has the focus: give it an outline.")
        else:
            walk.add("2.4.7", place, "No style shows that it has the focus: give it an outline.", "cantTell")
    elif (contrast := place.get("contrast")) is not None:
        if contrast < FAINT:
            walk.add("2.4.7", place, f"Its ring of focus has a contrast of {contrast:.1f}: nobody sees it.")
        elif contrast < ENOUGH:
            walk.add("1.4.11", place, f"Its ring of focus has a contrast of {contrast:.1f}: 3 is asked.")


def caught(page: "Page", walk: Walk, place: dict[str, Any]) -> bool:
    """Whether neither another Tab nor Shift+Tab nor Escape leads away from ``place``; a modal dialog is no trap."""
    if place["modal"] or place["frame"]:
        return True
    index = place["index"]
    away = press(page, "Tab")
    if away["index"] not in (index, *walk.order):
        return False
    page.keyboard.press("Escape")
    after = press(page, "Tab")
    outcome = "failed" if after["index"] in (index, *walk.order) else "cantTell"
    walk.add("2.1.2", place, "The Tab key does not lead away from here.", outcome)
    walk.trapped = True
    return True


def tab_walk(page: "Page", state: PageState) -> Iterator[Finding]:
    """Criteria 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11, 1.4.11 (of the ring)."""
    begun, walk, last = look(page, "walk"), Walk(), NOWHERE
    for place in begun["early"]:
        walk.add("2.4.3", place, "A positive tabindex puts it before what stands above it: take the number away.")
    for _ in range(min(begun["expected"] * 2 + 10, LONGEST)):
        place = press(page, "Tab")
        index = place["index"]
        if index <= NOWHERE:
            break
        if index == -1:  # a stop that was not there when the walk began: a menu that opened, a region that scrolls
            continue
        if walk.order and index == walk.order[0] and len(walk.order) > 1:
            if not begun["modal"] and page.evaluate("order => madangWalk.missed(order).length", walk.order):
                caught(page, walk, place)
            break
        if index == last and place["frame"]:  # a player or a frame has stops of its own
            continue
        if index == last or index in walk.order:
            if caught(page, walk, place):
                break
            last = NOWHERE
            continue
        if walk.order and index < max(walk.order) and not any(row["criterion"] == "2.4.3" for row in walk.rows):
            walk.add(
                "2.4.3", place, "The Tab key jumps back to it from further down: take positive tabindex values away."
            )
        walk.order.append(index)
        seen(page, walk, place)
        last = index
    else:
        walk.trapped = True  # not walked to the end: nothing is said of what was not reached
    if here(page)["index"] == -3:
        return findings("tab-walk", walk.rows)
    if not walk.trapped and len(walk.order) < LONGEST - 10:
        for place in page.evaluate("order => madangWalk.missed(order)", walk.order):
            walk.add("2.1.1", place, "The Tab key never reaches it.")
    page.evaluate("() => madangWalk.end()")
    return findings("tab-walk", walk.rows)


TABS: Final = (Check("tab-walk", ("2.1.1", "2.1.2", "2.4.3", "2.4.7", "2.4.11", "1.4.11"), tab_walk, alters=True),)
