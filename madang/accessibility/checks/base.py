"""What a check is: something of ours that looks at an open page for what no checker sees.

A check is an expression of JavaScript in ``js/<name>.js``, ``(m, given) => rows``, run inside the page with the helpers
of ``js/lib.js`` as ``m``; where keys, pointers or windows must really move, Python drives the browser between looks.
Pages keep their strict policies: nothing is loaded into them, and styles are set as adopted sheets.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from madang.accessibility.findings import EXCERPT, Browser, Finding, PageState

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST: Final = 10
"""Places that one check names for one criterion on one page."""
Run = Callable[["Page", PageState], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """``run`` looks at a page that stands open in its state. ``criteria``: those that it can name. ``alters``: the page
    is another one afterwards (window, styles, focus, values), so whoever ran it opens the page again."""

    name: str
    criteria: tuple[str, ...]
    run: Run
    browsers: tuple[Browser, ...] = ("chromium", "firefox")
    alters: bool = False


@cache
def source(name: str) -> str:
    """The text of one expression."""
    return (files("madang.accessibility.checks") / "js" / f"{name}.js").read_text(encoding="utf-8").strip().rstrip(";")


def look(page: "Page", name: str, given: object = None) -> Any:
    """What ``js/<name>.js`` answers in ``page``."""
    return page.evaluate(f"(given) => {{ const m = {source('lib')}; return ({source(name)})(m, given); }}", given)


def look_deeper(page: "Page", name: str, given: object = None) -> Any:
    """The same in Chromium, where ``m.listeners(element)`` also knows what scripts listen to."""
    session = page.context.new_cdp_session(page)
    try:
        answer = session.send(
            "Runtime.evaluate",
            {
                "expression": f"(async () => {{ const m = {source('lib')}; const listening = getEventListeners; "
                "m.listeners = e => [...Object.keys(listening(e)), ...m.attributes(e)]; "
                f"return ({source(name)})(m, {json.dumps(given)}); }})()",
                "includeCommandLineAPI": True,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
    finally:
        session.detach()
    if "exceptionDetails" in answer:
        raise RuntimeError(str(answer["exceptionDetails"].get("exception", {}).get("description", answer)))
    return answer["result"].get("value")


def findings(check: str, rows: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    """Rows of a look as findings, at most MOST of a kind."""
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        kind = row["criterion"], row["outcome"]
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= MOST:
            target, html = row.get("target", "")[:EXCERPT], " ".join(row.get("html", "").split())[:EXCERPT]
            yield Finding(kind[0], f"check:{check}", kind[1], target, html, row["advice"])


def looking(name: str, criteria: tuple[str, ...], *, deeper: bool = False, alters: bool = False) -> Check:
    """A check that is one look. ``deeper``: it needs what only Chromium tells of scripts."""

    def run(page: "Page", state: PageState) -> Iterator[Finding]:
        look_at = look_deeper if deeper else look
        return findings(name, look_at(page, name, {"locale": state.locale, "width": state.width}))

    return Check(name, criteria, run, ("chromium",) if deeper else ("chromium", "firefox"), alters)
