"""Checks that point, focus and turn the device: what shows itself then, its contrast, whether it can be sent away."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from madang.accessibility.checks.base import Check, findings, look, look_deeper
from madang.accessibility.checks.windows import ADOPT, DROP
from madang.accessibility.findings import Finding, PageState

if TYPE_CHECKING:
    from playwright.sync_api import Page

PRESSED: Final = "a[href], button, summary, input[type=submit], input[type=button], [role=button], [role=tab]"
WRITTEN: Final = "input:not([type=hidden], [type=submit], [type=button], [type=reset]), textarea, select"
FOCUS: Final = """e => { const able = "a[href], button, input, [tabindex]";
  (e.matches(able) ? e : e.querySelector(able))?.focus(); }"""
STILL: Final = "*, *::before, *::after { transition: none !important; scroll-behavior: auto !important }"
APPEARING: Final = 60
"""Milliseconds that what is shown on pointing may take."""


def contrast_of_states(page: "Page", state: PageState) -> Iterator[Finding]:
    """Criterion 1.4.3 with the pointer on each control and with the focus on it, and in fields."""
    page.evaluate(ADOPT, STILL)
    session = page.context.new_cdp_session(page)
    rows: list[dict[str, Any]] = look(page, "text-contrast", {"where": WRITTEN, "when": ""})
    try:
        had = {row["target"] for row in look(page, "text-contrast", {"where": PRESSED, "when": ""})}
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
        nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": PRESSED})["nodeIds"]
        nodes = [nodes[index] for index in look(page, "text-contrast", {"where": PRESSED, "kinds": True})]
        for classes, when in ((["hover"], "Pointed at, "), (["focus", "focus-visible"], "With the focus, ")):
            for node in nodes:
                session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": classes})
            for row in look(page, "text-contrast", {"where": PRESSED, "when": when}):
                if row["target"] not in had:
                    had.add(row["target"])
                    rows.append(row)
        for node in nodes:
            session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": []})
    finally:
        session.detach()
        page.evaluate(DROP)
    return findings("contrast-of-states", rows)


def _shown(page: "Page", trigger: str, had: dict[str, Any], by: str) -> Iterator[dict[str, Any]]:
    """What pointing at or focusing ``trigger`` showed, and in what it fails."""
    new = look(page, "hovering", {"step": "new", "had": had, "trigger": trigger})
    if new is None:
        return
    place = {"criterion": "1.4.13", "target": trigger, "html": new["html"]}
    if new["pseudo"]:
        yield {**place, "outcome": "cantTell", "advice": "What a style writes cannot be sent away: make it an element."}
        return

    def there() -> bool:
        return bool(look(page, "hovering", {"step": "there", "target": new["target"]}))

    if by == "pointer":
        page.mouse.move(new["x"], new["y"], steps=6)
        page.wait_for_timeout(APPEARING)
        if not there():
            yield {**place, "outcome": "failed", "advice": "What shows itself is gone before the pointer reaches it."}
            return
    if new["covers"]:
        page.keyboard.press("Escape")
        page.wait_for_timeout(APPEARING)
        if there():
            yield {
                **place,
                "outcome": "failed",
                "advice": "What shows itself covers other words: let Escape send it away.",
            }
            return


def hover(page: "Page", state: PageState) -> Iterator[Finding]:
    """Criterion 1.4.13."""
    rows: list[dict[str, Any]] = []
    page.evaluate(ADOPT, STILL)
    for trigger in look_deeper(page, "hovering", {"step": "candidates"}):
        page.mouse.move(0, 0)
        had = look(page, "hovering", {"step": "now"})
        place = page.locator(trigger).first
        place.evaluate("e => e.scrollIntoView({block: 'center'})")
        box = place.bounding_box()
        if box is None:
            continue
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=2)
        page.wait_for_timeout(APPEARING)
        found = list(_shown(page, trigger, had, "pointer"))
        if not found:
            page.mouse.move(0, 0)
            place.evaluate(FOCUS)
            page.wait_for_timeout(APPEARING)
            found = list(_shown(page, trigger, had, "focus"))
            page.evaluate("() => document.activeElement?.blur?.()")
        rows += found
    return findings("hover", rows)


def orientation(page: "Page", state: PageState) -> Iterator[Finding]:
    """Criterion 1.3.4: the window is turned only where a style or a script asks how the device is held."""
    first = look_deeper(page, "orientation", {"first": True})
    rows = list(first["rows"])
    size = page.viewport_size
    if first["asked"] and size:
        looks = []
        for width, height in ((390, 760), (760, 390)):
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(APPEARING)
            looks.append(look(page, "orientation", {"first": False}))
        page.set_viewport_size(size)
        for each, other in ((looks[0], looks[1]), (looks[1], looks[0])):
            rows += each["rows"]
            if each["size"] < other["size"] * 0.5 and (each["turn"] or each["size"] < other["size"] * 0.2):
                rows.append(
                    {
                        "criterion": "1.3.4",
                        "outcome": "failed",
                        "advice": "Held one way, the page shows nothing but a wish to be turned.",
                    }
                )
    return findings("orientation", rows)


POINTERS: Final = (
    Check("contrast-of-states", ("1.4.3",), contrast_of_states, browsers=("chromium",)),
    Check("orientation", ("1.3.4",), orientation, browsers=("chromium",)),
    Check("hover", ("1.4.13",), hover, browsers=("chromium",), alters=True),
)
