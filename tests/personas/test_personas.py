"""All finish: by keyboard, by two switches, at 400 %, in forced colours, without JavaScript, slowly, at a kiosk."""

import datetime as dt
from typing import Any

import pytest
from personas.browsers import missing
from personas.cases import Case, daily, everything, walk
from personas.evidence import note
from playwright.sync_api import Playwright
from portal_server import Server


@pytest.mark.parametrize("turn", range(4), ids=("first", "second", "third", "fourth"))
def test_a_journey_a_day(town: Any, playwright: Playwright, turn: int) -> None:
    """Whose turn it is is asked here: two workers may collect the tests on two days."""
    case = daily(dt.datetime.now(dt.UTC).date().toordinal())[turn]
    assert walk(playwright, town.serving(case.journey == "helped").base, case).finished, case


@pytest.mark.full
@pytest.mark.parametrize("case", list(everything()), ids=str)
def test_every_journey(server: Server, playwright: Playwright, case: Case) -> None:
    if reason := missing(case.browser):
        pytest.skip(reason)
    assert note(walk(playwright, server.base, case)).finished


FAULTS: dict[str, tuple[str, str, str]] = {
    "focus cannot be seen": ("keyboard", "*, *::after { outline: 0 !important; box-shadow: none !important }", "focus"),
    "an edge in colour alone": ("forced-colours", ".btn, .search { border: 0 !important }", "no edge"),
    "small targets": ("slow-hands", ".search .btn { height: 20px; min-height: 0 !important; padding: 0 }", "px"),
    "text laid over": (
        "zoom-400",
        "main::after { content: ''; position: fixed; inset: 0; background: #fff }",
        "not seen|nothing happens",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_stops_them(
    server: Server, playwright: Playwright, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    """They perceive what they say: a page that is spoilt for one of them is not finished."""
    from personas.cases import SIGHTED
    from personas.person import Lost

    persona, css, why = FAULTS[fault]
    kind = SIGHTED[persona]
    arrive = kind.arrive

    def spoilt(self: Any) -> None:
        self.page.evaluate(
            """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }""",
            css,
        )
        arrive(self)

    monkeypatch.setattr(kind, "arrive", spoilt)
    with pytest.raises(Lost, match=why):
        walk(playwright, server.base, Case(persona, "certificate", "en"))


def test_two_switches_need_the_button(server: Server, playwright: Playwright, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, only the first of the choices can be had."""
    monkeypatch.setattr("personas.keyboard.STEPS", 60)
    from personas.browsers import launch
    from personas.journeys import SERVICE, begin
    from personas.keyboard import Switch
    from personas.person import Lost
    from personas.words import option

    browser = launch(playwright, "chromium")
    with Switch(browser, server.base, "en") as person:
        begin(person)
        person.page.evaluate("document.querySelector('[data-next-choice]').style.display = 'none'")
        with pytest.raises(Lost, match="Choose the next one"):
            person.choose(option("en", SERVICE, "purpose", "visa"))
    browser.close()
