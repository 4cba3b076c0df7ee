"""How pages look in a real browser: nothing is lost at any size, every theme can be read, and no script is needed."""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from portal_server import Server

from madang.accessibility.preferences import CHOICES
from madang.i18n.locales import LOCALES
from madang.web.preferring import COOKIE

PATHS = ("", "services/alien-registration", "help", "preferences")
WIDE = """() => {
  document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  const width = document.documentElement.clientWidth;
  const lost = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && box.height && element.checkVisibility({ visibilityProperty: true })
      && (box.right > width + 1 || box.left < -1)
      && !element.closest(".vh, .skip, .who, svg, dialog:not([open])");
  });
  const cut = [...document.querySelectorAll("main :is(a, button, h1, h2, h3, p, span, label)")].filter((element) =>
    getComputedStyle(element).overflow === "hidden" && element.scrollWidth > element.clientWidth + 1
    && !element.closest(".vh, .who"));
  const name = (element) => element.tagName + "." + element.className + " " + element.textContent.slice(0, 30);
  const scrolls = document.documentElement.scrollWidth > width;
  return { scrolls, lost: lost.slice(0, 5).map(name), cut: cut.map(name) };
}"""
SMALL = """(least) => [...document.querySelectorAll("a[href], button, select, summary, input:not([type=hidden])")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true })
    && !element.closest(".vh, .skip, dialog:not([open]), .card"))
  .map((element) => [element, (element.closest("label.choice") ?? element).getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < least - 0.5 || box.height < least - 0.5))
  .map(([element, box]) => element.outerHTML.slice(0, 90) + " " + box.width + "x" + box.height)"""
CONTRAST = """() => {
  const parts = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const linear = (c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => [r, g, b].map((c) => linear(c / 255))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility()
    && !element.closest(".vh, .skip, .who, [class*=looks-theme]")
    && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  return texts.map((element) => {
    const [high, low] = [light(parts(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a);
    return [(high + 0.05) / (low + 0.05), element.outerHTML.slice(0, 80)];
  }).filter(([ratio]) => ratio < 7);
}"""
Open = Callable[..., Page]


@pytest.fixture
def see(browser: Browser, server: Server) -> Iterator[Open]:
    """see(path, written look, width=, **context options) -> the page; a violation of the content policy fails."""
    contexts = []

    def open_page(path: str, look: str = "", width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 700}, **options)
        contexts.append(context)
        if look:
            context.add_cookies([{"name": COOKIE, "value": look, "url": server.base}])
        page = context.new_page()
        page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
        page.goto(server.base + path)
        return page

    refused: list[str] = []
    yield open_page
    for context in contexts:
        context.close()
    assert not refused


def sound(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(WIDE)
    return found


NOTHING: dict[str, Any] = {"scrolls": False, "lost": [], "cut": []}
WIDEST = "size-300.spacing-widest.targets-large"


@pytest.mark.parametrize(("locale", "path"), [("en", ""), ("vi", "services/alien-registration"), ("ko", "preferences")])
def test_nothing_is_lost_at_three_hundred_per_cent_on_a_small_phone(see: Open, locale: str, path: str) -> None:
    page = see(f"/{locale}/{path}", "size-300", 320)
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == pytest.approx(54)
    assert sound(page) == NOTHING


@pytest.mark.parametrize("locale", LOCALES)
def test_the_header_is_one_line_on_a_small_phone(see: Open, locale: str) -> None:
    page = see(f"/{locale}/", width=320)
    tops = page.locator(".top .wrap :is(.brand, .tool, summary):visible").evaluate_all(
        "parts => parts.map((part) => Math.round(part.getBoundingClientRect().top))"
    )
    assert len(tops) == 4
    assert len(set(tops)) == 1


@pytest.mark.full
@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_lost_in_any_size_spacing_and_width(see: Open, locale: str) -> None:
    looks = [f"size-{size}" for size in CHOICES["size"][1:]] + ["spacing-widest", "targets-large", WIDEST]
    found = {}
    for look, width in itertools.product(looks, (320, 1280)):
        page = see(f"/{locale}/", look, width)
        for path in PATHS:
            page.goto(re.sub(r"(/..)/.*", rf"\1/{path}", page.url))
            if (wrong := sound(page)) != NOTHING:
                found[look, width, path] = wrong
        page.context.close()
    assert not found


def test_widest_spacing_is_that_of_the_standard_or_more(see: Open) -> None:
    page = see("/en/services/alien-registration", "spacing-widest", 320)
    assert sound(page) == NOTHING
    short = page.evaluate(
        """() => [...document.querySelectorAll("main :is(p, li, dd, h1, h2, summary, a, td)")].filter((element) => {
          const style = getComputedStyle(element), of = (name) => parseFloat(style[name]), size = of("fontSize");
          return element.checkVisibility() && (of("lineHeight") < 1.5 * size || of("letterSpacing") < 0.119 * size
            || of("wordSpacing") < 0.159 * size);
        }).map((element) => element.outerHTML.slice(0, 80))"""
    )
    assert not short


@pytest.mark.parametrize("path", ["", "services/alien-registration", "preferences"])
def test_large_targets_are_forty_four_pixels_at_least(see: Open, path: str) -> None:
    assert not see(f"/en/{path}", "targets-large", 320).evaluate(SMALL, 44)


@pytest.mark.parametrize("theme", CHOICES["theme"][1:])
@pytest.mark.parametrize("path", ["", "services/alien-registration", "preferences"])
def test_every_text_is_seven_to_one_in_each_theme(see: Open, theme: str, path: str) -> None:
    other = "light" if theme != "light" else "dark"
    page = see(f"/en/{path}", f"theme-{theme}", color_scheme=other)
    assert not page.evaluate(CONTRAST)


def test_forced_colours_of_the_system_stand_above_a_theme(see: Open) -> None:
    page = see("/en/", "theme-yellow", forced_colors="active", color_scheme="light")
    assert page.evaluate("getComputedStyle(document.querySelector('main h1')).color") != "rgb(255, 255, 0)"


def test_paper_knows_nothing_of_a_look(see: Open) -> None:
    plain, yellow = see("/en/help"), see("/en/help", "size-300.theme-yellow.spacing-widest")
    of = "getComputedStyle(document.querySelector('main p'))"
    style = f"[{of}.color, {of}.fontSize, {of}.letterSpacing]"
    for page in (plain, yellow):
        page.emulate_media(media="print")
    assert plain.evaluate(style) == yellow.evaluate(style)


def test_no_movement_is_none(see: Open) -> None:
    page = see("/en/", "motion-none")
    moves = "(element) => parseFloat(getComputedStyle(element).transitionDuration) > 0"
    moving = f"[...document.querySelectorAll('html, body *')].filter({moves}).length"
    assert page.evaluate(moving) == 0
    assert see("/en/").evaluate(moving) > 0


def test_by_keyboard_without_a_script(see: Open) -> None:
    """Tab to the entry, choose with the arrow, try, save: back where one was, in the new look."""
    page = see("/en/help", "", 320, java_script_enabled=False)
    page.locator("[data-ref=look]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/preferences?from=*")
    page.locator("#theme-system").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.locator("[data-ref=try]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**theme=yellow*")
    assert page.locator("html").get_attribute("data-theme") == "yellow"
    assert not [cookie for cookie in page.context.cookies() if cookie.get("name") == COOKIE]
    page.locator("[data-ref=save]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/help")
    assert page.locator("html").get_attribute("data-theme") == "yellow"


def test_with_a_script_the_page_changes_at_once_and_says_so_once(see: Open) -> None:
    page = see("/ko/preferences", "size-125")
    page.locator("#size-200").check()
    assert page.locator("html").get_attribute("data-size") == "200"
    page.locator("#size-100").check()
    assert page.locator("html").get_attribute("data-size") is None
    page.locator("#theme-dark").check()
    expect(page.locator("[data-say]")).to_contain_text("미리보기")
    assert [c.get("value") for c in page.context.cookies() if c.get("name") == COOKIE] == ["size-125"], "not saved"


def test_the_ruler_covers_nothing_and_catches_no_press(see: Open) -> None:
    page = see("/en/help", "ruler-on")
    link = page.locator("[data-ref=foot-services]")
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + box["height"] / 2)
    band = page.locator(".ruler.on").bounding_box()
    assert band
    assert band["y"] < box["y"] + box["height"] / 2 < band["y"] + band["height"]
    assert page.evaluate("getComputedStyle(document.querySelector('.ruler')).backgroundColor") == "rgba(0, 0, 0, 0)"
    page.mouse.click(box["x"] + 5, box["y"] + box["height"] / 2)
    page.wait_for_url("**/services")
    still = see("/en/help", "ruler-on", java_script_enabled=False)
    line = still.locator("main p").first
    line.hover()
    assert still.evaluate("getComputedStyle(document.querySelector('main p')).boxShadow") != "none"
