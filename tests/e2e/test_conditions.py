"""The real portal in Chromium as people set it up: enlarged, spaced, in forced colours, on paper, interrupted."""

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from citizen import ARGUMENTS, Citizen
from playwright.sync_api import Browser
from portal_server import Server

LOCALES = ("ko", "en", "ja", "zh", "th", "vi")
PEOPLE = ("suryaningsih", "osullivan-brooks", "takasaki-rin", "chen-xiaoyu", "siriphanwadi", "nguyen-van-an")
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
STYLE = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter(e => {
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const apart = ".vh, .skip, .who, dialog:not([open]), svg, [hidden], select, textarea, input";
  if (e.closest(apart) || !e.textContent.trim() || !e.checkVisibility()) return false;
  if (box.width <= 1 || box.height <= 1) return false;
  const cut = (axis, scroll, client) => ["hidden", "clip"].includes(style["overflow" + axis]) && scroll > client + 1;
  return cut("Y", e.scrollHeight, e.clientHeight) || cut("X", e.scrollWidth, e.clientWidth);
}).map(e => e.outerHTML.slice(0, 120))"""
"""Cut off. (``.who``, a long name in the header, stands in full in the menu below it.)"""
OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll("main :is(a[href], button, input, p, h1, h2), header a[href], summary")]
    .filter(e => e.checkVisibility() && !e.closest(".vh, .skip, dialog, [hidden]"))
    .filter(e => getComputedStyle(e).display !== "inline")
    .map(e => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width > 1 && box.height > 1);
  const found = [];
  for (const [i, [e, a]] of boxes.entries()) for (const [f, b] of boxes.slice(i + 1)) {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 3 && high > 3 && !e.contains(f) && !f.contains(e) && !e.control && !f.closest("label, .choice"))
      found.push(e.outerHTML.slice(0, 90) + " / " + f.outerHTML.slice(0, 90));
  }
  return found; }"""
STICKING = """() => [...document.querySelectorAll("body *")].filter(e => {
  const box = e.getBoundingClientRect();
  const stays = ["fixed", "sticky"].includes(getComputedStyle(e).position);
  return stays && e.checkVisibility() && !e.closest(".skip, dialog")
    && box.height > innerHeight / 4 && box.width > innerWidth / 2; }).map(e => e.outerHTML.slice(0, 90))"""
"""What stays in sight must leave room for the rest."""


@pytest.fixture(scope="module")
def large(browser: Browser) -> Iterator[Browser]:
    """A browser whose person has set the text to twice its usual size."""
    twice = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    launched = browser.browser_type.launch(executable_path=shutil.which("chromium") or "", args=twice)
    yield launched
    launched.close()


def pages(citizen: Citizen, locale: str, person: str) -> Iterator[str]:
    """The main job page by page, with the error states in between."""
    for path in ("/", "/services", "/services/resident-register", "/help", "/verify", "/verify?number=", "/nothing"):
        citizen.go(f"/{locale}{path}")
        yield path
    citizen.go(f"/{locale}/services/alien-registration")
    yield "guide"
    citizen.press("apply")
    yield "people"
    citizen.sign_in(person)
    if citizen.ref("start").count():
        yield "start"
        citizen.press("start")
    yield "question"
    citizen.press("continue")
    yield "error"
    citizen.choose("purpose")
    citizen.press("continue")
    yield "text"
    citizen.press("continue")
    citizen.choose("consent")
    citizen.press("continue")
    yield "check"
    citizen.press("submit")
    yield "done"
    citizen.press("view")
    yield "document"
    citizen.go(f"/{locale}/applications")
    yield "applications"
    citizen.go(f"/{locale}/apply/entry-exit")
    citizen.press("start")
    citizen.press("continue")
    yield "dates"


CONDITIONS: dict[str, tuple[int, int, str, bool]] = {
    "400 %": (320, 256, "", False),
    "spacing": (1280, 800, SPACING, False),
    "spacing on a phone": (320, 640, SPACING, False),
    "twice the text": (1280, 800, "", True),
    "twice the text on a phone": (360, 640, "", True),
    "on its side": (640, 320, "", False),
}
"""Width and height in CSS pixels, a style sheet of the reader's own, text of twice the size."""
DAILY = {(locale, list(CONDITIONS)[i % len(CONDITIONS)]) for i, locale in enumerate(LOCALES)}
CASES = [
    pytest.param(locale, condition, marks=() if (locale, condition) in DAILY else pytest.mark.full)
    for locale, condition in itertools.product(LOCALES, CONDITIONS)
]


@pytest.mark.parametrize(("locale", "condition"), CASES)
def test_everything_can_be_read_and_used(
    server: Server, browser: Browser, large: Browser, locale: str, condition: str
) -> None:
    """WCAG 1.4.4, 1.4.10, 1.4.12: nothing is cut off, laid over another or wider than the screen; all can be done."""
    width, height, style, twice = CONDITIONS[condition]
    found: list[str] = []
    with Citizen(large if twice else browser, server.base, locale, width=width) as citizen:
        citizen.page.set_viewport_size({"width": width, "height": height})
        for state in pages(citizen, locale, PEOPLE[LOCALES.index(locale)]):
            if twice:
                assert citizen.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
            citizen.page.evaluate(STYLE, style)
            if (wide := citizen.sideways()) > 0:
                found.append(f"{state}: {wide} px wider than the screen")
            for name, script in (("cut off", CLIPPED), ("one over the other", OVERLAPPING), ("in the way", STICKING)):
                found += [f"{state}: {name}: {each}" for each in citizen.page.evaluate(script)]
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)


def test_forced_colours_show_every_control(server: Server, browser: Browser) -> None:
    """Borders where colour alone would show a control; drawings take the text's colour; focus can be seen."""
    with Citizen(browser, server.base, "ko") as citizen:
        citizen.page.emulate_media(forced_colors="active")
        found = []
        for state in pages(citizen, "ko", "suryaningsih"):
            found += [f"{state}: {each}" for each in citizen.page.evaluate(
                """() => [...document.querySelectorAll("main :is(.btn, input:not([type=hidden]), select, textarea)")]
                .filter(e => e.checkVisibility() && !e.closest(".vh"))
                .filter(e => { const s = getComputedStyle(e);
                  return !["radio", "checkbox", "file"].includes(e.type) && parseFloat(s.borderTopWidth) < 1
                    && parseFloat(s.outlineWidth) < 1 && !(s.textDecorationLine || "").includes("underline"); })
                .map(e => e.outerHTML.slice(0, 120))"""
            )]  # fmt: skip
            citizen.page.keyboard.press("Tab")
            ring = citizen.page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; }"
            )
            if ring[0] == "none" or float(ring[1].removesuffix("px")) < 2:
                found.append(f"{state}: focus is not seen: {ring}")
        assert not found, json.dumps(found, indent=1, ensure_ascii=False)


def test_paper_shows_the_document_and_nothing_to_press(server: Server, browser: Browser, tmp_path: Path) -> None:
    with Citizen(browser, server.base, "vi") as citizen:
        for state in pages(citizen, "vi", "nguyen-van-an"):
            citizen.page.emulate_media(media="print")
            shown = citizen.page.evaluate(
                """() => [...document.querySelectorAll("header.top, .btn, .skip, .menu, dialog, nav")]
                .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 1)
                .map(e => e.outerHTML.slice(0, 90))"""
            )
            if state in ("document", "guide", "done"):
                assert not shown, (state, shown)
            if state == "document":
                paper = citizen.page.pdf(path=str(tmp_path / "paper.pdf"), format="A4")
                assert paper.startswith(b"%PDF")
                assert citizen.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
            citizen.page.emulate_media(media="screen")


def test_nothing_moves_for_those_who_want_it_still(server: Server, browser: Browser) -> None:
    with Citizen(browser, server.base, "th") as citizen:
        for state in pages(citizen, "th", "siriphanwadi"):
            moving = citizen.page.evaluate(
                """() => [...document.querySelectorAll("*")].filter(e => { const s = getComputedStyle(e);
                const times = [...s.transitionDuration.split(","), ...s.animationDuration.split(",")];
                return times.some(t => parseFloat(t) > 0.01)
                  || s.scrollBehavior === "smooth"; }).map(e => e.outerHTML.slice(0, 90)).slice(0, 3)"""
            )
            assert not moving, (state, moving)


def test_the_checks_would_see_a_fault(server: Server, browser: Browser) -> None:
    with Citizen(browser, server.base, "en") as citizen:
        citizen.go("/en/verify")
        page = citizen.page
        page.evaluate(STYLE, "main h1 { height: 8px; overflow: hidden } main .btn { transform: translateY(-5rem) }")
        assert page.evaluate(CLIPPED)
        assert page.evaluate(OVERLAPPING)
        page.evaluate(STYLE, "main { min-width: 3000px } header.top { position: fixed; height: 400px; width: 100% }")
        assert citizen.sideways() > 0
        assert page.evaluate(STICKING)
