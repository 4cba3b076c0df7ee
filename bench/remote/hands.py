"""What is done to the bench's page, the same whoever looks on: keys, navigations, what a script does to secrets."""

import statistics
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import Page

from bench.remote.seeds import Secrets, Seeded

KEYS, STEPS = 40, 12
WATCH = """
window.did = [];
addEventListener("keydown", (e) => did.push({kind: "key", at: performance.timeOrigin + e.timeStamp}), true);
addEventListener("click", (e) => {
  const name = (e.target.closest("[data-ref]") || {dataset: {}}).dataset.ref || "";
  const at = performance.timeOrigin + e.timeStamp;
  if (name === "bench-next") sessionStorage.left = at;
  did.push({kind: "click", name, at});
}, true);
"""
"""For every document: when a key was pressed or something clicked, in the clock that all pages share, in ms."""


def violations(page: Page) -> list[str]:
    """Fills with what the page's console says of the content security policy, frames included."""
    found: list[str] = []
    page.on("console", lambda m: found.append(m.text) if "Content Security Policy" in m.text else None)
    return found


def type_keys(page: Page, count: int = KEYS, pause: int = 120) -> list[float]:
    """Types into the shared field; when each key went down."""
    page.locator("#note").click()
    page.evaluate("window.did.length = 0")
    for at in range(count):
        page.keyboard.press("abcdefghij"[at % 10])
        page.wait_for_timeout(pause)
    return [each["at"] for each in page.evaluate("window.did") if each["kind"] == "key"]


def step(page: Page) -> tuple[float, str]:
    """Follows the link to the next page: when it was clicked, and what the next page is called."""
    with page.expect_navigation():
        page.locator("[data-ref=bench-next]").click()
    return float(page.evaluate("sessionStorage.left")), str(page.locator("[data-ref=bench-number]").text_content())


def disturb(page: Page, seeds: Seeded) -> None:
    """Types secrets into private fields, shows a password, moves a secret out of its place and writes it elsewhere."""
    for index, secrets in enumerate(seeds.kinds, start=1):
        page.fill(f"#free-{index}", secrets.typed)
        page.fill(f"#pass-{index}", secrets.password_shown)
        page.evaluate(SCRIPT, [index, moved(secrets)])
    page.wait_for_timeout(600)


def moved(secrets: Secrets) -> dict[str, str]:
    return {"moved": secrets.moved, "written": secrets.written}


SCRIPT = """([n, secrets]) => {
  document.getElementById("pass-" + n).type = "text";
  const moving = document.getElementById("moving-" + n);
  moving.textContent = secrets.moved;
  document.getElementById("elsewhere").append(moving);
  const written = document.getElementById("written-" + n);
  written.dataset.code = secrets.written;
  written.title = secrets.written;
}"""


def address(base: str, locale: str, number: int, seeds: Seeded, recorder: str = "") -> str:
    """The page's address with its own secrets in it."""
    query = "&".join(f"who{at}={secrets.address}" for at, secrets in enumerate(seeds.kinds))
    return f"{base}/{locale}/bench/{number}?{query}" + (f"&recorder={recorder}" if recorder else "")


def by_length(began: Sequence[float], seen: Sequence[tuple[float, str]]) -> list[float]:
    """From the n-th key to the first time that at least n letters are seen."""
    found = []
    for at, start in enumerate(began, start=1):
        after = [time for time, text in seen if time >= start and len(text) >= at]
        if after:
            found.append(min(after) - start)
    if len(found) < len(began):
        raise RuntimeError(f"only {len(found)} of {len(began)} keys were seen")
    return found


def p95(times: Sequence[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def p50(times: Sequence[float]) -> float:
    return statistics.median(times)


def waited(page: Page, done: Callable[[], Any], seconds: float = 10) -> Any:
    """What ``done`` gives once it is true."""
    for _ in range(int(seconds * 50)):
        if found := done():
            return found
        page.wait_for_timeout(20)
    raise RuntimeError("waited in vain")
