"""A kiosk in a real browser: who walks away leaves an empty screen; who sits has everything within reach."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from citizen import Citizen
from playwright.sync_api import Browser, Error, Page, expect
from portal_kit import KIOSK_KEY
from portal_server import Server
from test_axe import AXE, RUN
from test_looks import NOTHING, SMALL, sound
from test_main_job import certificate

from madang.i18n.locales import LOCALES
from madang.web.kiosk import COOKIE

PERSON = {"ko": "suryaningsih", "vi": "nguyen-van-an"}
REACH = 0.42
"""The part of the screen that stays empty for who sits."""


@pytest.fixture(params=["our clock"])
def device(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """A Korean kiosk, upright. Its clock is ours, where a test does not ask for its own: ours hides how a page came."""
    context = browser.new_context(viewport={"width": 1080, "height": 1600}, reduced_motion="reduce")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    if request.param == "our clock":
        page.clock.install()
    page.goto(f"{server.base}/ko/kiosk/device")
    page.fill("#key", KIOSK_KEY)
    page.click("[data-ref=begin]")
    expect(page.locator("[data-ref='begin:ko']")).to_be_visible()
    yield page
    context.close()
    assert not problems


def sign_in(page: Page, locale: str = "vi") -> None:
    page.click(f"[data-ref='begin:{locale}']")
    page.click("[data-ref=sign-in]")
    page.click(f"button[value={PERSON[locale]}]")
    expect(page.locator("[data-ref=account]")).to_be_visible()


def watch(page: Page) -> Any:
    return page.locator("dialog[data-ref=kiosk]")


def test_who_walks_away_leaves_nothing(device: Page, server: Server) -> None:
    sign_in(device)
    device.goto(f"{server.base}/vi/applications")
    device.clock.run_for(89_000)
    expect(watch(device)).to_be_hidden()
    device.clock.run_for(2_000)
    expect(watch(device)).to_be_visible()
    expect(device.locator("[data-ref=kiosk-here]")).to_be_focused()
    expect(watch(device).get_by_role("alert")).to_contain_text("30 giây")
    device.clock.run_for(31_000)
    device.wait_for_url("**/ko/kiosk")
    device.clock.run_for(600_000)
    expect(watch(device)).to_have_count(0)
    device.go_back()
    expect(device.locator("[data-ref=account]")).to_have_count(0)
    device.goto(f"{server.base}/vi/applications")
    assert "/demo-sign-in/" in device.url


def test_one_press_and_one_stays(device: Page) -> None:
    sign_in(device)
    for press in (lambda: device.click("[data-ref=kiosk-here]"), lambda: device.keyboard.press("Escape")):
        device.clock.run_for(91_000)
        expect(watch(device)).to_be_visible()
        press()
        expect(watch(device)).to_be_hidden()
    device.clock.run_for(80_000)
    device.keyboard.press("Tab")  # whoever does anything is there, also while it asks
    device.clock.run_for(100_000)
    device.keyboard.press("Tab")
    device.clock.run_for(25_000)
    expect(watch(device)).to_be_visible()
    device.click("[data-ref=kiosk-here]")
    device.clock.run_for(80_000)
    device.keyboard.press("Tab")
    device.clock.run_for(80_000)
    expect(watch(device)).to_be_hidden()
    expect(device.locator("[data-ref=account]")).to_be_visible()


def test_the_screen_is_empty_while_the_portal_does_not_answer(device: Page) -> None:
    sign_in(device)
    device.route("**/kiosk/finish", lambda route: route.abort())
    device.clock.run_for(91_000)
    device.clock.run_for(31_000)
    expect(device.locator("[data-ref=account]")).to_be_hidden()
    expect(device.locator("h1")).to_be_hidden()
    device.route("**/kiosk/finish", lambda route: route.fulfill(status=503))
    device.clock.run_for(4_000)
    expect(device.locator("h1")).to_be_hidden()
    device.unroute("**/kiosk/finish")
    device.clock.run_for(4_000)
    device.wait_for_url("**/ko/kiosk")


@pytest.mark.parametrize("device", ["its own clock"], indirect=True)
def test_back_shows_no_visit_before_this_one(device: Page, server: Server) -> None:
    device.goto(f"{server.base}/en/offices?near=Jeonju")
    device.goto(f"{server.base}/en/help")
    device.go_back()
    expect(device.locator("h1")).to_be_visible()
    assert "near=Jeonju" in device.url, "within a visit Back is Back"
    device.click("[data-ref=kiosk-finish]")
    device.wait_for_url("**/ko/kiosk")
    for _ in range(2):  # one more leads to the empty page before the first
        with contextlib.suppress(Error):  # the page that comes goes at once
            device.go_back()
        assert "near=" not in device.url
        expect(device.locator("[data-ref='begin:ko']")).to_be_visible()


def test_a_device_that_slept_is_empty_when_it_is_woken(device: Page) -> None:
    sign_in(device)
    device.clock.fast_forward(3_600_000)  # no timer ran
    device.mouse.click(5, 900)
    device.wait_for_url("**/ko/kiosk")


def test_the_browser_fills_in_and_keeps_nothing(device: Page, server: Server) -> None:
    device.goto(f"{server.base}/en/styleguide")
    fields = device.locator(".in:not([type=password])")  # a key may come from the operator's own keeper of passwords
    assert set(fields.evaluate_all("all => all.map((it) => it.autocomplete)")) == {"off"}
    assert device.locator("a[download]").count()
    assert not device.locator("a[download]:visible").count()


def test_nothing_leads_out(device: Page, server: Server) -> None:
    device.goto(f"{server.base}/en/services/hometax/leaving")
    expect(device.locator("[data-ref=go]")).to_be_hidden()
    expect(device.locator(".address")).to_be_visible()
    device.evaluate("document.querySelector('[data-ref=phone]').click()")
    device.evaluate("document.querySelector('[data-ref=go]').click()")
    assert device.url.endswith("/leaving")
    device.goto(f"{server.base}/en/offices?area=seoul")
    assert device.locator("a[href^='geo:']").count() > 0
    assert not device.locator("a[href^='geo:']:visible").count()


def test_a_certificate_is_printed_and_not_downloaded(browser: Browser, server: Server) -> None:
    with Citizen(browser, server.base, "vi", width=1080) as citizen:
        citizen.context.add_cookies([{"name": COOKIE, "value": "ko", "url": server.base}])
        citizen.go("/vi/services/alien-registration")
        certificate(citizen, PERSON["vi"])
        expect(citizen.ref("download")).to_have_count(0)
        citizen.press("view")
        expect(citizen.ref("download")).to_have_count(0)
        citizen.page.evaluate("window.print = () => { document.title = 'printed'; }")
        citizen.ref("print").click()
        expect(citizen.page).to_have_title("printed")
        citizen.press("kiosk-finish")
        citizen.page.wait_for_url("**/ko/kiosk")


SCREENS = ((1080, 1920), (320, 640))


@pytest.mark.parametrize(
    ("locale", "width", "height"),
    [
        pytest.param(locale, *screen, marks=() if (place + turn) % 2 else pytest.mark.full)
        for place, locale in enumerate(LOCALES)
        for turn, screen in enumerate(SCREENS)
    ],
)
def test_low_everything_is_within_reach_and_nothing_is_lost(
    browser: Browser, server: Server, locale: str, width: int, height: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_cookies([{"name": COOKIE, "value": f"{locale}-low", "url": server.base}])
    page = context.new_page()
    page.add_init_script(AXE)
    for path in ("kiosk", "", "services/alien-registration", "kiosk/device"):
        page.goto(f"{server.base}/{locale}/{path}")
        assert page.evaluate("document.body.getBoundingClientRect().top") >= REACH * height - 1
        assert page.evaluate("[scrollY, document.scrollingElement.scrollTop]") == [0, 0]
        page.evaluate("document.body.scrollTo(0, 1e6)")
        last = page.locator(".foot a:visible").last.bounding_box()
        assert last is not None
        assert last["y"] + last["height"] <= height + 1, "the end can be scrolled to"
        assert page.evaluate("[scrollY, document.scrollingElement.scrollTop]") == [0, 0], "the page stays where it is"
        assert sound(page) == NOTHING
        assert not page.evaluate(SMALL, 44)
        assert not page.evaluate(RUN)
        asks = page.locator("dialog[data-ref=kiosk]")
        if asks.count():  # on the first page, where nothing was chosen, nobody is asked
            asks.evaluate("dialog => dialog.showModal()")
            box = asks.bounding_box()
            assert box is not None
            assert REACH * height < box["y"]
            assert box["y"] + box["height"] <= height
            assert not page.evaluate(RUN)
    context.close()
