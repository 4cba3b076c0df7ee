"""The queue in a real browser: it renews itself, says who came, keeps the focus, and can be told not to."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from citizen import ARGUMENTS
from look_kit import assets
from playwright.sync_api import Page, Route, expect, sync_playwright

from madang.web import assets as house

SCRIPT = Path(house.__file__).parent / "static/js/desk_queue.js"
BASE = "http://127.0.0.1:9"


def desk(rows: dict[str, str], callers: int = 0) -> str:
    """The parts of the desk's page that the script knows."""
    waiting = "".join(
        f'<li data-waits="{name}" data-who="{who}">{who}<button data-ref="take:{name}">Take</button></li>'
        for name, who in rows.items()
    )
    return (
        '<!doctype html><html lang="en"><head><title>t</title>'
        f'<script src="{assets().url("js/desk_queue.js")}" defer></script></head><body>'
        '<p role="status" data-renew-tell data-renew="/desk" data-came="Waiting: {who}" data-called="One more."></p>'
        '<p data-renew hidden><label><input type="checkbox" checked> Renew</label></p>'
        f'<p data-renews="by-code" data-by-code="{callers}">{callers}</p>'
        f'<section data-renews="waiting"><h2>Waiting</h2><ol>{waiting}</ol></section></body></html>'
    )


class Desk:
    """The page, and what the server would say now."""

    def __init__(self, page: Page) -> None:
        self.page, self.now, self.asked = page, desk({"a": "Thai"}), 0
        page.route("**/*", self._serve)
        page.clock.install()
        page.goto(f"{BASE}/")
        page.wait_for_function("!document.querySelector('p[data-renew]:not([role])').hidden")

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(BASE)
        if path in ("/", "/desk"):
            self.asked += path == "/desk"
            route.fulfill(body=self.now, headers={"Content-Type": "text/html; charset=utf-8"})
        elif path == assets().url("js/desk_queue.js"):
            route.fulfill(body=SCRIPT.read_bytes(), headers={"Content-Type": "text/javascript"})
        else:
            route.abort()

    def later(self) -> None:
        """After its next look, unless it is told not to look."""
        asked = self.asked
        self.page.clock.run_for(8_500)
        if self.page.locator("p[data-renew] input").is_checked():
            while self.asked == asked:
                self.page.wait_for_timeout(20)

    def settled(self) -> int:
        """How often it has looked, once nothing is on its way any more."""
        asked = -1
        while asked != self.asked:
            asked = self.asked
            self.page.wait_for_timeout(300)
        return asked


@pytest.fixture
def at() -> Iterator[Desk]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or "", args=ARGUMENTS)
        yield Desk(browser.new_page())
        browser.close()


def test_it_renews_itself(at: Desk) -> None:
    page = at.page
    waiting, told = page.locator("[data-waits]"), page.locator("[data-renew-tell]")
    page.focus("[data-ref='take:a']")
    at.now = desk({"a": "Thai", "b": "Vietnamese, visa"}, 1)
    at.later()
    expect(waiting).to_have_count(2)
    expect(told).to_have_text("Waiting: Vietnamese, visa One more.")
    expect(page.locator("[data-ref='take:a']")).to_be_focused()
    at.now = desk({"b": "Vietnamese, visa"}, 1)
    at.later()
    expect(page.locator("h2"), "what had the focus is gone: its list has it").to_be_focused()
    expect(told, "nothing is new").to_have_text("Waiting: Vietnamese, visa One more.")
    page.uncheck("p[data-renew] input")
    asked, at.now = at.settled(), desk({})
    at.later()
    assert at.settled() == asked, "paused"
    assert waiting.count() == 1
    page.check("p[data-renew] input")
    at.later()
    expect(waiting).to_have_count(0)
    page.clock.run_for(11 * 60_000)
    before = at.settled()
    page.clock.run_for(60_000)
    assert at.settled() == before, "an empty chair keeps nobody signed in"
