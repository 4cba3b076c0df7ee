"""The citizen's side in a real browser: the code, consent, words, marks, suggestions, several tabs, Stop."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn
from citizen import ARGUMENTS
from playwright.async_api import Page, async_playwright
from portal_kit import settings
from ports import free_port
from support_kit import AGENT, House, code_on

from madang.i18n.locales import LOCALES
from madang.remote_support import messages as m
from madang.remote_support.states import Session
from madang.web.app import create_app

pytestmark = pytest.mark.anyio

STOP = """() => {
  const stop = document.querySelector("[data-ref=support-stop]"), box = stop.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.height >= 44 && box.top >= 0 && box.bottom <= innerHeight && stop.contains(top);
}"""
"""Whether Stop can be pressed where the page now is."""
HIDDEN = """() => [...document.querySelectorAll("main a, main button, main input, footer a")].filter((each) => {
  each.focus();
  const box = each.getBoundingClientRect();
  if (!box.width || document.activeElement !== each) return false;
  const top = document.elementFromPoint(box.x + Math.min(box.width / 2, 20), box.y + Math.min(box.height / 2, 10));
  return !(top && (each.contains(top) || top.contains(each) || top.closest("label")?.contains(each)));
}).map((each) => each.dataset.ref)"""
"""What is out of sight when the keyboard has reached it."""
HELD = "() => { let now = Date.now(); Date.now = () => now; window.pass = (ms) => { now += ms; }; }"
"""From here on the page's clock stands until it is told that time has passed; its timers ask it when they end."""


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


class Street:
    """A portal that is really served, and a browser in front of it. The tests ask for help eighteen times, all from one
    address, which may ask twenty times an hour (``MOST`` in madang/web/views/support.py)."""

    def __init__(self, house: House, base: str, browser: Any) -> None:
        self.house, self.base, self.browser = house, base, browser

    async def page(self, width: int = 1280, height: int = 800) -> Page:
        context = await self.browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        page: Page = await context.new_page()
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda line: self.faults.append(line.text) if "Content Security" in line.text else None)
        return page

    async def helped(self, page: Page, locale: str, at: str = "services", level: str = "assist") -> Session:
        """From the page ``at`` to the agent beside the citizen on it."""
        await page.goto(f"{self.base}/{locale}/{at}")
        await page.click('[data-ref="foot-support"]')
        await page.click('[data-ref="support-code"]')
        await page.wait_for_selector("[data-support-auto]:visible")
        session = await self.house.relay.enter_code(AGENT, code_on(await page.content()))
        await page.wait_for_url("**/help/support/agree")  # by itself
        await page.check(f'[data-ref="level:{level}"]')
        await page.click('[data-ref="support-yes"]')
        await page.wait_for_url(f"**/{locale}/{at}")
        await self.until(lambda: self.connected(session))
        return session

    async def connected(self, session: Session) -> bool:
        return (await self.house.session(session)).connected

    async def until(self, true: Any) -> None:
        for _ in range(800):
            if await true():
                return
            await asyncio.sleep(0.025)
        raise AssertionError("it did not happen")

    async def act(self, session: Session, message: Any) -> str:
        return await self.house.relay.up(session.id, "agent", message, AGENT)


@pytest.fixture(scope="module")
async def street(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Street]:
    port = free_port()
    made = settings(tmp_path_factory.mktemp("street") / "var", MADANG_BASE_URL=f"http://127.0.0.1:{port}")
    house = House(create_app(made))
    server = uvicorn.Server(uvicorn.Config(house, port=port, log_level="warning", ws="websockets-sansio"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium") or "", args=ARGUMENTS)
        yield Street(house, f"http://127.0.0.1:{port}", browser)
        await browser.close()
    server.should_exit = True
    await serving


async def standing(street: Street, session: Session) -> None:
    """Until the page that stands is known to the agent."""

    async def known() -> bool:
        page, now = await street.house.relay.store.standing(session.id), await street.house.session(session)
        return page is not None and page.number == now.page

    await street.until(known)


async def test_from_the_code_to_stop(street: Street) -> None:
    page = await street.page()
    session = await street.helped(page, "vi")
    await standing(street, session)
    live = page.locator("body > div.vh[role=status]").last
    assert await street.act(session, m.Highlight("search")) == ""
    await page.wait_for_selector(".beside-mark[data-ref=search]")
    (said,) = await street.house.relay.transcript(session.id)
    await page.wait_for_function("text => document.body.lastElementChild.textContent === text", arg=said.text)
    assert await live.get_attribute("lang") == "vi"
    assert await page.locator("[data-support-said]").text_content() == said.text

    assert await street.act(session, m.Suggest("search", "hộ chiếu")) == ""
    await page.evaluate("window.stays = true")
    await page.wait_for_selector("[data-support-offer]")
    await page.locator("[data-support-offer] button[value=yes]").focus()
    await page.keyboard.press("Enter")
    await page.wait_for_function("document.querySelector('[data-ref=search]').value === 'hộ chiếu'")

    async def answered() -> bool:
        return not await street.house.relay.pending(session.id)

    await street.until(answered)
    assert await page.evaluate("document.activeElement.dataset.ref") == "search"
    assert await page.evaluate("window.stays"), "the page stays, whatever it looked up meanwhile"

    await page.fill('[data-ref="search"]', "chưa gửi")
    await page.focus('[data-ref="home"]')  # in a search field Escape means something else, too
    for _ in range(3):
        await page.keyboard.press("Escape")
    await page.wait_for_selector("[data-support=ended]")
    assert (await street.house.session(session)).ended_by == "citizen"
    assert await page.input_value('[data-ref="search"]') == "chưa gửi", "what was typed stays"
    assert await page.locator(".beside-mark").count() == 0
    await page.click('[data-ref="support-receipt"]')
    await page.wait_for_url("**/help/support/receipt")
    assert not street.faults


async def test_stop_on_the_page_of_the_conversation(street: Street) -> None:
    page = await street.page()
    session = await street.helped(page, "th")
    await page.click('[data-ref="support-talk"]')
    await page.wait_for_url("**/help/support/talk?**")
    await page.click('[data-ref="support-stop"]')
    await page.wait_for_selector("[data-support=ended]")
    assert (await street.house.session(session)).state == "ended"


async def test_the_agent_ends_it_and_the_page_says_so(street: Street) -> None:
    page = await street.page()
    session = await street.helped(page, "ko")
    assert await street.act(session, m.Stop()) == ""
    await page.wait_for_selector("[data-support=ended]")
    assert await street.act(session, m.Chat("늦은 말")) == "state"


async def test_what_the_citizen_does_is_told(street: Street) -> None:
    page = await street.page()
    session = await street.helped(page, "en")
    await standing(street, session)
    await page.focus('[data-ref="search"]')
    await page.keyboard.type("passport")

    async def told() -> bool:
        seen = b"".join(await street.house.relay.store.noted(session.id))
        return b"passport" in seen and b'"focus"' in seen and b'"scroll"' in seen

    await street.until(told)


async def test_focus_that_is_moved_takes_no_key_with_it(street: Street) -> None:
    """What is being typed goes on where it began, and an Enter meant for the old place presses nothing here."""
    page = await street.page()
    session = await street.helped(page, "en")
    await standing(street, session)
    await page.focus('[data-ref="search"]')
    await page.evaluate(HELD)
    await page.keyboard.type("pass")
    assert await street.act(session, m.MoveFocus("foot-verify")) == ""
    await page.wait_for_selector(".beside-mark[data-ref=foot-verify]")
    await page.keyboard.type("port")
    assert await page.input_value('[data-ref="search"]') == "passport"
    assert await street.act(session, m.Highlight("search")) == "", "what comes next takes nothing back"
    await page.wait_for_selector(".beside-mark[data-ref=search]")
    await page.evaluate("pass(1000)")
    await page.wait_for_function("() => document.activeElement.dataset.ref === 'foot-verify'")
    await page.keyboard.press("Enter")
    await page.wait_for_timeout(300)
    assert "/en/services" in page.url, "that Enter was not meant for it"
    await page.evaluate("pass(700)")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/en/verify")


async def test_of_two_tabs_the_one_looked_at_counts(street: Street) -> None:
    page = await street.page()
    session = await street.helped(page, "en")
    other = await page.context.new_page()
    await other.goto(f"{street.base}/en/help")
    await street.until(lambda: street.connected(session))
    assert (await street.house.session(session)).page_name == "help"

    async def back() -> bool:
        # Again and again: the page may not have heard yet that another has taken its place.
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        now = await street.house.session(session)
        return now.page_name == "services" and now.connected

    await street.until(back)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256)])
async def test_it_fits_and_stop_is_always_there(street: Street, locale: str, width: int, height: int) -> None:
    page = await street.page(width, height)
    session = await street.helped(page, locale)
    await standing(street, session)
    await street.act(session, m.Highlight("search"))
    await page.wait_for_selector(".beside-mark")
    for where in (0, 600, 100000):
        await page.evaluate("y => scrollTo(0, y)", where)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = await page.evaluate(STOP)
        assert found or where == 0, where
    # What is reached by the keyboard is never under the bar.
    await page.evaluate("scrollTo(0, 0)")
    hidden = await page.evaluate(HIDDEN)
    assert not hidden
