"""Checks that change the window or the text: 320 px wide, text spaced out, text twice as large. All is put back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from madang.accessibility.checks.base import Check, findings, look
from madang.accessibility.findings import Finding, PageState

if TYPE_CHECKING:
    from playwright.sync_api import Page

NARROW: Final = 320
"""CSS px: 1280 at 400 %, of criterion 1.4.10."""
SPACED: Final = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    "p { margin-block-end: 2em !important }"
)
"""The four of criterion 1.4.12."""
TWICE: Final = "html { font-size: 200% !important }"
ADOPT: Final = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); globalThis.madangSheet = sheet;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
DROP: Final = """() => { const sheet = globalThis.madangSheet; delete globalThis.madangSheet;
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(each => each !== sheet); }"""
Spread = dict[str, Any]


def spread(page: "Page", *, sizes: bool = False) -> Spread:
    """How the text lies now (``js/spread.js``)."""
    answer: Spread = look(page, "spread", {"sizes": sizes})
    return answer


def styled(page: "Page", css: str) -> Spread:
    """How the text lies under ``css``."""
    page.evaluate(ADOPT, css)
    try:
        return spread(page)
    finally:
        page.evaluate(DROP)


def resized(page: "Page", width: int, height: int) -> Spread:
    """How the text lies in a window of that size."""
    size = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    try:
        return spread(page, sizes=True)
    finally:
        if size:
            page.set_viewport_size(size)


def _rows(
    criterion: str, places: list[dict[str, Any]], advice: str, outcome: str = "failed"
) -> Iterator[dict[str, Any]]:
    for place in places:
        yield {"criterion": criterion, "outcome": outcome, "advice": advice.format(place.get("text", "")), **place}


def worse(criterion: str, before: Spread, after: Spread, when: str) -> Iterator[dict[str, Any]]:
    """What is cut off or covered only afterwards."""
    for kind, says in (("cut", "“{{}}” is cut off %s."), ("over", "Text lies over “{{}}” %s.")):
        had = {place["target"] for place in before[kind]}
        yield from _rows(
            criterion,
            [place for place in after[kind] if place["target"] not in had],
            (says % when).replace("{{}}", "{}") + " Let the box grow with its text.",
        )


def reflow(page: "Page", state: PageState) -> Iterator[Finding]:
    """Criterion 1.4.10."""
    before = spread(page)
    after = before if state.width <= NARROW else resized(page, NARROW, 512)
    rows = [
        *_rows(
            "1.4.10",
            [p for p in after["wide"] if not p["table"] and not p.get("inner")],
            "It sticks out of a window of 320 px.",
        ),
        *_rows("1.4.10", [p for p in after["wide"] if p.get("inner")], "Text must be scrolled sideways.", "cantTell"),
        *_rows("1.4.10", [p for p in after["wide"] if p["table"]], "Scroll it inside a box of its own.", "cantTell"),
        *_rows("1.4.10", after["covered"], "It covers more than half of a small window.", "cantTell"),
    ]
    if after is not before:
        rows += worse("1.4.10", before, after, "at 320 px")
        gone = [text for text in before["said"] if len(text) > 20 and text not in set(after["said"])]
        if gone and not after["toggles"]:
            rows.append(
                {
                    "criterion": "1.4.10",
                    "outcome": "failed",
                    "advice": f"“{gone[0]}” is gone at 320 px, and nothing opens it.",
                }
            )
    return findings("reflow", rows)


def text_spacing(page: "Page", state: PageState) -> Iterator[Finding]:
    """Criterion 1.4.12."""
    return findings("text-spacing", worse("1.4.12", spread(page), styled(page, SPACED), "when text is spaced out"))


def text_size(page: "Page", state: PageState) -> Iterator[Finding]:
    """Criterion 1.4.4: text alone at 200 %, and the page zoomed to 200 %."""
    before = spread(page, sizes=True)
    rows = [*look(page, "zoomable"), *worse("1.4.4", before, styled(page, TWICE), "at 200 % text")]
    if state.width >= 2 * NARROW:
        zoomed = resized(page, state.width // 2, 400)
        rows += worse("1.4.4", before, zoomed, "at 200 % zoom")
        for target, size in zoomed["sizes"].items():
            if size < before["sizes"].get(target, 0) * 0.6:
                rows.append(
                    {
                        "criterion": "1.4.4",
                        "outcome": "failed",
                        "target": target,
                        "advice": "The text shrinks as fast as people zoom: size it in rem.",
                    }
                )
    return findings("text-size", rows)


WINDOWS: Final = (
    Check("reflow", ("1.4.10",), reflow),
    Check("text-spacing", ("1.4.12",), text_spacing),
    Check("text-size", ("1.4.4",), text_size),
)
