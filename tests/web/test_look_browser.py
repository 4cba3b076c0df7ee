"""The look in a real browser under a strict content policy: the script's comforts, reflow, and life without script."""

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from look_kit import assets, page_in, styleguide
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from madang.i18n.locales import LOCALES, Locale

BASE = "http://127.0.0.1:9/"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MEDIA = {".js": "text/javascript", ".svg": "image/svg+xml"}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def show(browser: Browser) -> Iterator[Open]:
    """show(html, bundle, **context options) -> the page, served under a strict content policy. What was posted, and
    what the policy refused, are kept on ``page.posted`` and ``page.refused``."""
    contexts = []

    def open_page(html: str, bundle: str = "task", scripts: bool = True, **options: Any) -> Page:
        context = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce", **options)
        contexts.append(context)
        page: Any = context.new_page()
        page.posted, page.refused, page.answers = [], [], {}
        page.on("console", lambda message: page.refused.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.refused.append(str(error)))
        policy = (
            f"default-src 'none'; script-src 'self'; style-src {assets().bundle(bundle).csp_hash}; img-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'"
        )

        def serve(route: Route) -> None:
            path = route.request.url.removeprefix(BASE.rstrip("/")).partition("?")[0]
            if route.request.method == "POST":
                page.posted.append(route.request)
                route.fulfill(**page.answers.get(path, {"status": 204}))
            elif path in assets().by_url:
                media = MEDIA["." + path.rpartition(".")[2]]
                route.fulfill(body=assets().by_url[path].encodings[b""], content_type=media)
            elif path == "/":
                headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}
                route.fulfill(body=html, headers=headers)
            else:
                route.fulfill(status=404)

        context.route("**/*", serve)
        page.goto(BASE)
        return page

    yield open_page
    for context in contexts:
        context.close()


def body(content: str, **shell: Any) -> str:
    source = (
        '{% extends "layouts/task.html" %}{% block title %}t{% endblock %}'
        '{% from "components/error_summary.html" import error_summary %}'
        "{% block content %}" + content + "{% endblock %}"
    )
    return page_in("en", source, **shell)


ERRORS = body(
    '{{ error_summary([("given", "Enter your name")]) }}<h1>Name</h1><form method="post">'
    '<label for="given">Name</label><input id="given" name="given" data-ref="given"></form>'
)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_error_summary_takes_focus_with_and_without_the_script(show: Open, scripts: bool) -> None:
    page = show(ERRORS, scripts=scripts)
    expect(page.locator("#errors")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Enter your name")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#given")).to_be_focused() if scripts else expect(page).to_have_url(re.compile("#given$"))


def test_nothing_breaks_the_content_policy(show: Open) -> None:
    page: Any = show(styleguide("en"), "styleguide")
    page.wait_for_function("window.htmx !== undefined")
    assert page.refused == []


def posted(page: Any, count: int) -> list[str | None]:
    """The bodies of what was posted: waits for so many, and then as long as one too many might take."""
    while len(page.posted) < count:
        page.wait_for_timeout(20)
    page.wait_for_timeout(200)
    return [request.post_data for request in page.posted]


def test_a_form_is_sent_once_and_its_button_keeps_name_and_focus(show: Open) -> None:
    page: Any = show(body('<h1>t</h1><form method="post" action="/go"><button name="a" value="1">Send</button></form>'))
    page.answers["/go"] = {"body": "x", "headers": {"Content-Disposition": "attachment; filename=x.pdf"}}
    button = page.get_by_role("button", name="Send")
    press = button.bounding_box()
    for _ in range(3):  # the answer is a download: the page stays, and a second press would be sent, too
        page.mouse.click(press["x"] + 5, press["y"] + 5)
        page.wait_for_timeout(50)
    assert posted(page, 1) == ["a=1"]
    assert button.get_attribute("disabled") is None  # a disabled button would lose its name and the focus
    expect(button).to_be_focused()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    page.mouse.click(press["x"] + 5, press["y"] + 5)
    assert posted(page, 2) == ["a=1", "a=1"]


def test_menus_open_without_the_script_and_close_on_escape_with_it(show: Open) -> None:
    plain = show(ERRORS, scripts=False)
    plain.locator("[data-ref=language]").click()
    expect(plain.get_by_role("link", name="ภาษาไทย").first).to_be_visible()
    page = show(ERRORS)
    page.locator("[data-ref=language]").click()
    expect(page.locator("[data-ref='language:th']")).to_be_visible()
    page.locator("[data-ref='language:th']").focus()
    page.keyboard.press("Escape")
    expect(page.locator("[data-ref='language:th']")).to_be_hidden()
    expect(page.locator("[data-ref=language]")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("h1").click()
    expect(page.locator("[data-ref='language:th']")).to_be_hidden()


def test_the_session_warns_is_heard_and_is_kept_with_one_press(show: Open) -> None:
    page: Any = show(ERRORS, scripts=True)
    page.clock.install()
    page.answers["/en/session"] = {"status": 200, "json": {"expires_in": 900}}
    page.reload()
    page.clock.run_for(770_000)
    dialog = page.locator("dialog")
    expect(dialog).to_be_hidden()
    page.clock.run_for(20_000)
    expect(dialog).to_be_visible()
    expect(page.locator("[data-live]")).to_have_text("You will be signed out in 2 minutes.")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    page.clock.run_for(60_000)
    expect(page.locator("[data-live]")).to_have_text("You will be signed out in 1 minute.")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert [request.url for request in page.posted] == [BASE + "en/session"]
    page.clock.run_for(770_000)
    expect(dialog).to_be_hidden()


def test_a_session_that_is_over_says_so_and_hides_the_page(show: Open) -> None:
    page: Any = show(ERRORS)
    page.clock.install()
    page.reload()
    page.clock.run_for(901_000)
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_focused()
    expect(page.get_by_text("Your answers up to the last page are saved.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_have_attribute(
        "href", re.compile(r"^/en/sign-in\?")
    )


def test_a_failed_extension_can_be_tried_again_and_a_refused_one_ends(show: Open) -> None:
    page: Any = show(ERRORS)
    page.clock.install()
    page.answers["/en/session"] = {"status": 503}
    page.reload()
    page.clock.run_for(790_000)
    stay = page.get_by_role("button", name="Stay signed in")
    stay.click()
    expect(page.locator("[data-failed]")).to_be_visible()
    page.answers["/en/session"] = {"status": 401}
    stay.click()
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()


def test_copy_count_and_drop(show: Open) -> None:
    page: Any = show(styleguide("en"), "styleguide", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the number 7K3M-92QF-4XTA-C8WS").click()
    expect(page.locator("[data-say]")).to_have_text("The number is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "7K3M-92QF-4XTA-C8WS"
    area = page.locator("#sg-area")
    area.fill("가" * 60)
    expect(page.locator("#sg-area-count")).to_contain_text("Characters left: 40")
    page.evaluate(
        """() => { const files = new DataTransfer();
        files.items.add(new File(["x"], "a.pdf", {type: "application/pdf"}));
        const box = document.querySelector("#sg-files").closest("[data-drop]");
        for (const name of ["dragover", "drop"])
          box.dispatchEvent(new DragEvent(name, {dataTransfer: files, bubbles: true, cancelable: true})); }"""
    )
    assert page.evaluate("document.querySelector('#sg-files').files[0].name") == "a.pdf"


def test_without_the_script_nothing_is_offered_that_needs_it(show: Open) -> None:
    page = show(styleguide("en"), "styleguide", scripts=False)
    expect(page.locator("[data-copy]")).to_be_hidden()
    expect(page.locator("[data-print]")).to_be_hidden()
    expect(page.locator("dialog")).to_be_hidden()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sideways_scroll_at_320_px_nor_with_twice_the_text(show: Open, locale: Locale) -> None:
    page = show(styleguide(locale), "styleguide", viewport={"width": 320, "height": 640})
    too_wide = """() => document.documentElement.scrollWidth <= innerWidth ? []
        : [...document.querySelectorAll("body *")]
        .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".vh, .skip"))
        .map((e) => e.outerHTML.slice(0, 90)).slice(0, 3)"""
    assert page.evaluate(too_wide) == []
    page.set_viewport_size({"width": 640, "height": 640})
    page.evaluate(
        """() => { const twice = new CSSStyleSheet(); twice.replaceSync(":root{font-size:225%}");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, twice]; }"""
    )
    assert page.evaluate(too_wide) == []


def test_everything_that_can_be_pressed_is_large_enough(show: Open) -> None:
    page = show(styleguide("en"), "styleguide", viewport={"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = !d.matches('.menu'); })")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select")]
        .map((e) => [e.closest(".choice") ?? e, e])
        .filter(([box, e]) => e.checkVisibility() && !e.closest("p:not(.row)"))
        .map(([box, e]) => [e.outerHTML.slice(0, 80), box.getBoundingClientRect()])
        .filter(([, r]) => r.width && r.height > 1 && (r.height < 43.5 || r.width < 43.5)).map(([html, r]) => html)"""
    )
    assert [html for html in small if 'class="skip"' not in html and "card" not in html] == []
