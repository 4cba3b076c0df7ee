"""The two layers once more, with the twin read out of Firefox: what its own parser and its own accessible texts make of
it. Another engine reads broken markup in another way, and what is nothing in one could be a text in the other."""

import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, Route, async_playwright

from tests.web.test_every_question import app  # noqa: F401
from tests.web.test_two_layers import Case, album, cases, twin  # noqa: F401

pytestmark = [pytest.mark.anyio, pytest.mark.full]
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
READ = """() => {
  const found = [document.title, document.documentElement.outerHTML, document.body.innerText];
  document.querySelectorAll("*").forEach((each) => {
    found.push(each.textContent, ...[...each.attributes].map((one) => one.value));
    if ("value" in each) found.push(String(each.value));
  });
  return found.join("\\n");
}"""
"""Everything that somebody who looks, or a script that ran there, could know."""


@pytest.fixture(scope="module")
async def page(anyio_backend: str) -> AsyncIterator[Page]:
    if not FIREFOX:
        pytest.skip("no Firefox on this machine")
    async with async_playwright() as playwright:
        browser = await playwright.firefox.launch(channel="moz-firefox", executable_path=FIREFOX)
        made = await browser.new_page()
        yield made
        await browser.close()


async def read(page: Page, case: Case, html: str, title: str = "") -> str:
    """What is to be known of a document that stands in Firefox."""
    whole = html if twin.is_whole(html) else f"<!doctype html><title>{title}</title><body>{html}</body>"

    async def serve(route: Route) -> None:
        here = route.request.url.endswith("/here")
        await (route.fulfill(body=whole, content_type="text/html; charset=utf-8") if here else route.abort())

    await page.route("**/*", serve)
    await page.goto("http://127.0.0.1:8999/here", wait_until="domcontentloaded")
    known: str = await page.evaluate(READ)
    await page.unroute("**/*")
    return known


def reflected(case: Case, html: str, *, covered: bool) -> tuple[str, str]:
    """The twin of what was drawn; with the second layer, or with its cover taken away."""
    cover: Any = twin.Cover.of(case.page, case.frame, locales=(case.locale,)) if covered else str
    made = twin.mirror.reflect(html, cover.over(html) if covered else cover, twin.shared_controls(case.page))
    return made.html, made.title


@pytest.mark.parametrize("layers", ["both", "first", "second", "none"])
async def test_what_firefox_knows_of_a_twin(page: Page, album: Any, layers: str) -> None:  # noqa: F811
    """The agent's frame, with either layer taken away; without both the same pages are full of secrets, and so is the
    citizen's own page: the test would see them."""
    leaks, seeds = [], 0
    for case in cases(album, 1, ()):
        html = case.drawn() if layers in ("both", "first") else case.raw()
        inside, title = reflected(case, html, covered=layers in ("both", "second"))
        known = await read(page, case, inside, title)
        seeds += len(case.seeds)
        leaks += [f"{type(case.page).__name__} in {case.locale}: {each}" for each in case.seeds.shown_in(known)]
    assert seeds > 300
    if layers == "none":
        assert len(leaks) > 100
    else:
        assert not leaks, "\n".join(leaks[:40])


async def test_the_citizens_own_page_is_full_of_them(page: Page, album: Any) -> None:  # noqa: F811
    every = [case for case in cases(album, 1, ()) if twin.is_whole(case.raw())]
    known = [case.seeds.shown_in(await read(page, case, case.raw())) for case in every]
    assert sum(map(len, known)) > 100
