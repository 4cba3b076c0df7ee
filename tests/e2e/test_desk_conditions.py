"""The desk and the banner at 400 % and in forced colours; the pages of the telephone errand under axe."""

import re

import pytest
from answering import message
from citizen import Citizen
from personas.counterpart import Agent, Caller
from personas.sight import View, look
from personas.words import plain
from playwright.sync_api import Browser, Playwright
from portal_server import Server
from test_axe import Eye

AGENT = "tran-thi-mai"
SUNRYE = {"phone": "010-0000-1003", "born-year": "1948", "born-month": "2", "born-day": "3"}
FIRST = """() => { const seen = new Set();
  for (const each of document.querySelectorAll("main input:is([type=radio],[type=checkbox])"))
    if (!seen.has(each.name)) { seen.add(each.name); each.checked = true; } }"""
"""The first choice of every question."""


@pytest.mark.parametrize(
    ("locale", "width"),
    [
        ("vi", 320),
        *(pytest.param(each, 320, marks=pytest.mark.full) for each in ("en", "ja", "zh", "th")),
        pytest.param("ko", 1280, marks=pytest.mark.full),
    ],
)
def test_the_errand_by_telephone_under_axe(server: Server, browser: Browser, locale: str, width: int) -> None:
    with Citizen(browser, server.base, locale, width=width) as agent:
        eye = Eye(agent)
        agent.go(f"/{locale}/desk/phone")
        agent.sign_in(AGENT)
        eye.look("phone")
        agent.press("continue")
        eye.look("phone, error")
        for name, value in SUNRYE.items():
            agent.type(name, value)
        agent.press("continue")
        eye.look("service")
        agent.page.locator("input[name=service][value=resident-register]").check()
        agent.press("continue")
        for number in range(10):
            if agent.page.url.endswith("/check"):
                break
            eye.look(f"question {number}")
            agent.page.evaluate(FIRST)
            agent.press("continue")
        eye.look("check")
        agent.page.locator("main form button[type=submit]").last.click()
        agent.page.wait_for_url("**/code")
        eye.look("code")
        agent.page.locator("#code").fill("12")
        agent.page.locator("#code").press("Enter")
        agent.page.wait_for_selector("#code-error")
        eye.look("code, error")
        asked = agent.page.url
        agent.go(f"/{locale}/demo-phone")
        eye.look("the demonstration's telephones")
        code = re.search(r"\b\d{6}\b", agent.page.inner_text("main"))
        assert code
        agent.page.goto(asked)
        agent.page.locator("#code").fill(code[0])
        agent.page.locator("#code").press("Enter")
        agent.page.wait_for_selector("text=/\\d{4}-\\d{4}-\\d{4}-\\d{4}/")
        eye.look("submitted")
    assert eye.looked >= 8
    assert not eye.found, "\n".join(eye.found)


def whole(page: object, step: int = 150) -> list[View]:
    """What is seen of a page from its beginning to its end."""
    page.evaluate("scrollTo(0, 0)")  # type: ignore[attr-defined]
    views = [look(page)]
    while not views[-1].bottom and len(views) < 200:
        page.evaluate(f"scrollBy(0, {step})")  # type: ignore[attr-defined]
        views.append(look(page))
    return views


@pytest.mark.parametrize("condition", ["400 %", "forced colours"])
def test_the_desk_and_the_banner(server: Server, playwright: Playwright, condition: str) -> None:
    """All of both can be seen: words, edges, the state of the session; nothing is wider than the window."""
    with (
        Caller(playwright, server.base, "vi") as caller,
        Agent(playwright, server.base, "ko") as agent,
    ):
        for each in (caller, agent):
            if condition == "400 %":
                each.page.set_viewport_size({"width": 320, "height": 256})
            else:
                each.page.emulate_media(forced_colors="active", reduced_motion="reduce")
        agent.enter(caller.asks())
        caller.agrees()
        agent.sees_the_page()
        agent.highlights("apply")
        caller.page.wait_for_selector("[data-support-said]")
        sides = (
            (agent, "ko", ("You can see the citizen’s page", "End the session", "Elements of the page", "Highlight")),
            (caller, "vi", ("A support agent can see this page now", "Stop sharing", "Messages and settings")),
        )
        for each, locale, sentences in sides:
            views = whole(each.page)
            text = plain(" ".join(view.text for view in views))
            wanted = [sentence for sentence in sentences if plain(message(locale, sentence)) not in text]
            bare = {
                thing.words
                for view in views
                for thing in view.things
                if thing.kind in ("button", "box", "choice") and not thing.bounded
            }
            wide = each.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, wide
            assert condition == "400 %" or not bare, bare
            assert not wanted, wanted
        mark = caller.page.evaluate("getComputedStyle(document.querySelector('.beside-mark')).outlineWidth")
        assert float(mark.removesuffix("px")) >= 3
