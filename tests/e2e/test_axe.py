"""axe-core finds nothing on any page, in any state, in six languages; no page is wider than a phone."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from citizen import Citizen
from playwright.sync_api import Browser
from portal_server import Server

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RUN = """async () => {
  const found = await axe.run(document, {preload: false, resultTypes: ["violations"], runOnly: {type: "tag", values:
    ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    rules: {"color-contrast-enhanced": {enabled: true}, "target-size": {enabled: true}}});
  return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160)).join(" | "));
}"""
LOCALES = ("ko", "en", "ja", "zh", "th", "vi")
PEOPLE = ("suryaningsih", "osullivan-brooks", "takasaki-rin", "chen-xiaoyu", "siriphanwadi", "nguyen-van-an")
UNFOLDED = "document.querySelectorAll('main details').forEach(e => { e.removeAttribute('name'); e.open = true; })"
SCREENS = tuple(itertools.product((320, 1280), (False, True)))
"""(width, dark)."""
CASES = [
    pytest.param(locale, screen, marks=() if index % 4 == LOCALES.index(locale) % 4 else pytest.mark.full)
    for locale in LOCALES
    for index, screen in enumerate(SCREENS)
]


class Eye:
    """Looks at each page once, and keeps what is wrong."""

    def __init__(self, citizen: Citizen) -> None:
        self.citizen = citizen
        self.found: list[str] = []
        self.looked = 0

    def look(self, state: str) -> None:
        page = self.citizen.page
        page.evaluate(AXE)
        violations: list[Any] = page.evaluate(RUN)
        self.looked += 1
        self.found += [f"{state}: {violation}" for violation in violations]
        if (wide := self.citizen.sideways()) > 0:
            self.found.append(f"{state}: {wide} px wider than the screen")


def states(citizen: Citizen, locale: str, person: str) -> Iterator[str]:
    """Walks through every page and state, yielding when each stands there."""
    public = {
        "home": "/",
        "services": "/services",
        "found": "/services?q=%EB%93%B1%EB%B3%B8",
        "not found": "/services?q=qqqqqqqq",
        "category": "/services?category=identity",
        "guide alien-registration": "/services/alien-registration",
        "guide resident-register": "/services/resident-register",
        "guide entry-exit": "/services/entry-exit",
        "help": "/help",
        "verify": "/verify",
        "verify mistyped": "/verify?number=7K3M-92QF-4XTA-C8WE",
        "verify empty": "/verify?number=",
        "signed out": "/signed-out",
        "timed out": "/signed-out?why=time",
        "sign-in problem": "/sign-in/problem?kind=cancelled",
        "no such page": "/nothing-here",
        "accessibility": "/accessibility",
        "accessibility criteria": "/accessibility/criteria",
        "report a barrier": "/report?page=/accessibility&wrong=accessibility",
        "answer to a report": "/report/answer",
        "answer to no report": "/report/answer?reference=x",
        "style guide": "/styleguide",
    }
    for state, path in public.items():
        citizen.go(f"/{locale}{path}")
        yield state
    citizen.go(f"/{locale}/services/alien-registration")
    citizen.press("apply")
    yield "people"
    citizen.sign_in(person)
    if citizen.ref("start").count():
        citizen.press("start")
    yield "radios"
    citizen.press("continue")
    yield "radios, error"
    citizen.choose("purpose-other")
    citizen.press("continue")
    yield "text"
    citizen.press("continue")
    yield "text, error"
    citizen.type("other", "가나다 ABC")
    citizen.press("continue")
    yield "optional text"
    citizen.press("continue")
    yield "yes or no"
    citizen.choose("consent-no")
    citizen.press("continue")
    yield "files"
    citizen.press("continue")
    yield "files, error"
    citizen.press("back")
    citizen.choose("consent")
    citizen.press("continue")
    yield "check"
    citizen.press("submit")
    yield "done"
    citizen.press("view")
    yield "document"
    citizen.press("revoke")
    yield "revoke"
    citizen.go(f"/{locale}/apply/entry-exit")
    citizen.press("start")
    yield "dates"
    citizen.press("continue")
    yield "dates, error"
    citizen.go(f"/{locale}/apply/entry-exit")
    yield "start with a draft"
    citizen.press("delete:1")
    yield "delete"
    citizen.go(f"/{locale}/applications")
    yield "applications"
    citizen.go(f"/{locale}/session")
    yield "session"
    citizen.go(f"/{locale}/")
    yield "home, signed in"


GATEWAY = {
    "a guide that is listed": "/services/marriage-report",
    "a guide of another system": "/services/hometax",
    "a guide of one area": "/services/bulky-waste-seoul-jongno",
    "areas": "/services/bulky-waste/areas",
    "leaving": "/services/hometax/leaving",
    "easy language": "/services/resident-register/easy",
    "facet chosen": "/services?category=foreign",
    "found, narrowed": "/services?q=%EB%93%B1%EB%B3%B8&fee=free",
    "A to Z": "/services/a-z",
    "life events": "/life-events",
    "one life event": "/life-events/relocation",
    "for you": "/for-you",
    "one situation": "/for-you/newcomer",
    "site map": "/site-map",
    "offices": "/offices",
    "offices found": "/offices?area=seoul&kind=kiosk",
    "offices, place unknown": "/offices?near=qqqqqq",
    "offices, which place": "/offices?near=%EC%A4%91%EA%B5%AC",
    "holidays": "/help/holidays",
    "life information, kinds": "/help/life-information",
    "status": "/status",
    "what is new": "/changes",
    "completeness": "/completeness",
}


def gateway_states(citizen: Citizen, locale: str, person: str, share: int | None) -> Iterator[str]:
    """The kinds of pages that lead to a service, whatever folds opened, and what is only for a person signed in. Of
    these a sixth, the ``share``th, unless it is None."""
    turn = itertools.count()

    def mine() -> bool:
        return share is None or next(turn) % len(LOCALES) == share

    for state, path in GATEWAY.items():
        if not mine():
            continue
        answer = citizen.page.goto(f"{citizen.base}/{locale}{path}")
        assert answer is not None
        assert answer.status == 200, path
        yield state
        if citizen.page.locator("main details:not([open])").count():
            citizen.page.evaluate(UNFOLDED)
            yield f"{state}, unfolded"
    if mine():
        citizen.go(f"/{locale}/report?page=/services/hometax")
        yield "report"
        citizen.press("send-report")
        yield "report, error"
        citizen.choose("wrong:unclear")
        citizen.press("send-report")
        yield "report, sent"
    for state, path in {"my information": "", "accesses": "/accesses"}.items():
        if mine():
            citizen.go(f"/{locale}/my-information{path}")
            if citizen.ref(f"person:{person}").count():
                citizen.sign_in(person)
            yield state
            citizen.page.evaluate(UNFOLDED)
            yield f"{state}, unfolded"


@pytest.mark.parametrize(("locale", "screen"), CASES)
def test_axe_finds_nothing(server: Server, browser: Browser, locale: str, screen: tuple[int, bool]) -> None:
    width, dark = screen
    with Citizen(browser, server.base, locale, width=width, dark=dark) as citizen:
        eye = Eye(citizen)
        for state in states(citizen, locale, PEOPLE[LOCALES.index(locale)]):
            eye.look(state)
        assert eye.looked >= 36
        assert not eye.found, json.dumps(eye.found, indent=1, ensure_ascii=False)


@pytest.mark.parametrize(
    ("locale", "screen", "share"),
    [(locale, SCREENS[turn % 4], turn) for turn, locale in enumerate(LOCALES)]
    + [pytest.param(locale, screen, None, marks=pytest.mark.full) for locale in LOCALES for screen in SCREENS],
)
def test_axe_finds_nothing_in_the_gateway(
    server: Server, browser: Browser, locale: str, screen: tuple[int, bool], share: int | None
) -> None:
    """By default each kind of page once, in the language of its turn; each in all languages in the full run."""
    width, dark = screen
    with Citizen(browser, server.base, locale, width=width, dark=dark) as citizen:
        eye = Eye(citizen)
        for state in gateway_states(citizen, locale, PEOPLE[LOCALES.index(locale)], share):
            eye.look(state)
        assert eye.looked >= (4 if share is not None else len(GATEWAY) + 7)
        assert not eye.found, json.dumps(eye.found, indent=1, ensure_ascii=False)


def test_axe_would_find_something(server: Server, browser: Browser) -> None:
    """The check can fail: a page with a fault seeded into it is found."""
    with Citizen(browser, server.base, "en") as citizen:
        citizen.go("/en/")
        citizen.page.evaluate("document.querySelector('input[name=q]').labels[0].remove()")
        eye = Eye(citizen)
        eye.look("home")
        assert any("label" in found for found in eye.found)
