"""The real portal in Chromium by hand and by keyboard: sessions that end, errors, menus, search, files."""

import time
from pathlib import Path

import pytest
from citizen import Citizen
from playwright.sync_api import Browser, expect
from portal_server import Server

LOCALES = ("ko", "en", "ja", "zh", "th", "vi")


def test_the_session_warns_extends_and_ends(server: Server, browser: Browser) -> None:
    """With the real portal: heard, one press by keyboard, focus comes back, and after the end nothing is lost."""
    with Citizen(browser, server.base, "ko") as citizen:
        page = citizen.page
        page.clock.install()
        citizen.go("/ko/services/alien-registration")
        citizen.press("apply")
        citizen.sign_in("jung-haneul")
        if citizen.ref("start").count():
            citizen.press("start")
        citizen.choose("purpose-other")
        citizen.press("continue")
        citizen.type("other", "동호회")
        citizen.ref("other").focus()
        dialog, live = page.locator("dialog"), page.locator("[data-live]")
        page.clock.run_for(12 * 60_000)
        expect(dialog).to_be_hidden()
        page.clock.run_for(70_000)
        expect(dialog).to_be_visible()
        assert live.get_attribute("role") == "alert"
        assert "2" in live.inner_text()
        assert page.evaluate("document.activeElement.dataset.ref") == "session-stay"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        assert page.evaluate(inside), "the page behind is out of reach"
        citizen.ref("session-stay").focus()
        with page.expect_response("**/ko/session") as answer:
            page.keyboard.press("Enter")
        assert answer.value.json()["expires_in"] > 800
        expect(dialog).to_be_hidden()
        assert page.evaluate("document.activeElement.dataset.ref") == "other", "focus is where it was"
        assert citizen.ref("other").input_value() == "동호회"
        page.clock.run_for(16 * 60_000)
        expect(citizen.ref("session-again")).to_be_visible()
        citizen.context.clear_cookies(name="__Host-madang")
        citizen.press("session-again")
        citizen.sign_in("jung-haneul")
        assert page.url.endswith("/other"), "back where it was"
        citizen.go(page.url.removeprefix(server.base).replace("/other", "/purpose"))
        assert citizen.ref("purpose-other").is_checked(), "what was saved is there"
        assert not citizen.problems


@pytest.mark.full
def test_a_session_that_really_runs_out(tmp_path: Path, browser: Browser) -> None:
    """No clock is turned: two minutes of silence, and what is typed then survives the sign-in."""
    server = Server(tmp_path / "var", MADANG_SESSION_IDLE_MINUTES="2")
    try:
        server.wait()
        with Citizen(browser, server.base, "en") as citizen:
            citizen.go("/en/services/alien-registration")
            citizen.press("apply")
            citizen.sign_in("chen-xiaoyu")
            citizen.choose("purpose-other")
            citizen.press("continue")
            citizen.type("other", "a chess club")
            expect(citizen.page.locator("dialog")).to_be_hidden()
            citizen.page.locator("[data-warn]").wait_for(timeout=80_000)
            citizen.ref("session-stay").click()
            expect(citizen.page.locator("dialog")).to_be_hidden()
            citizen.page.locator("[data-warn]").wait_for(timeout=80_000)
            citizen.ref("session-again").wait_for(timeout=80_000)
            citizen.press("session-again")
            citizen.sign_in("chen-xiaoyu")
            assert citizen.page.url.endswith("/other")
        with Citizen(browser, server.base, "en", script=False) as plain:
            plain.go("/en/apply/alien-registration")
            plain.sign_in("osullivan-brooks")
            plain.press("start")
            plain.choose("purpose-other")
            plain.press("continue")
            plain.type("other", "a rowing club")
            time.sleep(185)  # idle minutes, and the minute of grace
            plain.press("continue")
            plain.press("sign-in-onward")
            plain.sign_in("osullivan-brooks")
            assert plain.ref("other").input_value() == "a rowing club"
    finally:
        server.stop()


def test_errors_take_the_focus_and_lead_to_the_field(server: Server, browser: Browser) -> None:
    with Citizen(browser, server.base, "en", hand="keyboard") as citizen:
        citizen.go("/en/services/entry-exit")
        citizen.press("apply")
        citizen.sign_in("seonu-daon")
        if citizen.ref("start").count():
            citizen.press("start")
        citizen.press("continue")
        page = citizen.page
        assert page.title().startswith("Error: ")
        assert page.evaluate("document.activeElement.id") == "errors"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#errors') !== null")
        target = page.evaluate("document.activeElement.getAttribute('href')")
        page.keyboard.press("Enter")
        assert page.evaluate("'#' + document.activeElement.id") == target
        described = page.evaluate(
            """document.activeElement.getAttribute("aria-describedby").split(" ")
            .map(name => document.getElementById(name).textContent).join(" ")"""
        )
        assert "Enter" in described
        assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
        for hand in ("verify-number",):
            citizen.go("/en/verify")
            citizen.press(hand)
            assert page.evaluate("document.activeElement.id") == "errors"


@pytest.mark.parametrize("script", [True, False])
def test_the_first_tab_skips_to_the_content(server: Server, browser: Browser, script: bool) -> None:
    with Citizen(browser, server.base, "ja", script=script) as citizen:
        for path in ("/ja/", "/ja/services/entry-exit", "/ja/verify", "/ja/nothing"):
            citizen.go(path)
            citizen.page.keyboard.press("Tab")
            skip = citizen.ref("skip")
            expect(skip).to_be_focused()
            assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
            citizen.page.keyboard.press("Enter")
            citizen.page.keyboard.press("Tab")
            if script:
                assert citizen.page.evaluate("document.querySelector('main').contains(document.activeElement)"), path


def test_menus_by_keyboard(server: Server, browser: Browser) -> None:
    with Citizen(browser, server.base, "zh", hand="keyboard") as citizen:
        citizen.go("/zh/help")
        citizen.press("sign-in")
        citizen.sign_in("chen-xiaoyu")
        page = citizen.page
        for menu in ("language", "account"):
            citizen.press(menu)
            opened = page.locator(f"details:has([data-ref='{menu}'])")
            expect(opened).to_have_attribute("open", "")
            page.keyboard.press("Escape")
            expect(opened).not_to_have_attribute("open", "")
            assert page.evaluate("document.activeElement.dataset.ref") == menu, "focus stays with the menu"
            citizen.press(menu)
            for _ in range(12):
                page.keyboard.press("Tab")
            expect(opened).not_to_have_attribute("open", "")
        citizen.press("language")
        citizen.press("language:vi")
        assert page.url.endswith("/vi/help")


@pytest.mark.parametrize(
    "locale", [*LOCALES[:2], *(pytest.param(each, marks=pytest.mark.full) for each in LOCALES[2:])]
)
def test_search_as_one_types_equals_a_fresh_load(server: Server, browser: Browser, locale: str) -> None:
    words = {"ko": "등본", "en": "entry", "ja": "住民", "zh": "出入境", "th": "ทะเบียน", "vi": "đăng ký"}
    with Citizen(browser, server.base, locale) as citizen, Citizen(browser, server.base, locale) as fresh:
        citizen.go(f"/{locale}/services")
        box = citizen.ref("search")
        for word in (words[locale], "qqqq", f"{words[locale]} ", ""):
            with citizen.page.expect_response(lambda r: "/services" in r.url):
                box.fill(word)
            citizen.page.wait_for_function("() => !document.querySelector('.htmx-request')")
            citizen.page.wait_for_timeout(150)
            expect(box).to_be_focused()
            assert box.input_value() == word
            fresh.page.goto(citizen.page.url)
            # Attributes have no order, and a morph keeps that of the element it changes.
            same = citizen.page.evaluate(
                """html => document.querySelector("#results").isEqualNode(
                  new DOMParser().parseFromString(html, "text/html").querySelector("#results"))""",
                fresh.page.content(),
            )
            assert same, word
        assert not citizen.problems


def test_a_file_is_dropped_on_its_box(server: Server, browser: Browser) -> None:
    with Citizen(browser, server.base, "en") as citizen:
        citizen.go("/en/verify")
        citizen.page.evaluate(
            """() => { const files = new DataTransfer();
            files.items.add(new File(["%PDF-1.7 nothing"], "somebody.pdf", {type: "application/pdf"}));
            const box = document.querySelector("#file").closest("[data-drop]");
            for (const name of ["dragover", "drop"])
              box.dispatchEvent(new DragEvent(name, {dataTransfer: files, bubbles: true, cancelable: true})); }"""
        )
        assert citizen.page.evaluate("document.querySelector('#file').files[0].name") == "somebody.pdf"
        citizen.press("verify-file")
        assert citizen.page.locator("[data-result]").count() == 1
        assert citizen.page.locator("[data-result=genuine]").count() == 0
        assert not citizen.problems
