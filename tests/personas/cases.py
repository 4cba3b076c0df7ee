"""Who goes where, in which language and browser; and how one of these journeys is made."""

import contextlib
import datetime as dt
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from personas import journeys, support
from personas.browsers import launch
from personas.counterpart import Agent, Caller
from personas.evidence import Run
from personas.keyboard import ForcedColours, Keyboard, Switch
from personas.person import Person
from personas.pointer import NoScript, Seated, SlowHands, Zoomed
from playwright.sync_api import Playwright

from madang.i18n.locales import LOCALES, Locale

SIGHTED: dict[str, type[Person]] = {
    each.name: each for each in (Keyboard, Switch, Zoomed, ForcedColours, NoScript, SlowHands, Seated)
}
JOURNEYS = ("certificate", "resumed", "helped")
AGENTS = ("keyboard", "forced-colours")
"""Those of the sighted personas who are tried as agents, too: the desk has lists that two switches cannot pick from."""
AT_A_KIOSK = ("visit", "helped")
QUICK = tuple(
    zip(
        (*SIGHTED, "kiosk"),
        ("certificate", "resumed", "helped", "certificate", "resumed", "certificate", *AT_A_KIOSK),
        strict=True,
    )
)
"""One journey of each persona, two at a kiosk, for the daily suite: half of them a day."""


@dataclass(frozen=True)
class Case:
    persona: str
    journey: str
    locale: Locale
    browser: str = "chromium"

    def __str__(self) -> str:
        return f"{self.persona}-{self.journey}-{self.locale}-{self.browser}"


def daily(day: int) -> list[Case]:
    """Four journeys of sighted personas, the others on the next day; in another language each time."""
    quick = [
        Case(persona, journey, LOCALES[(day // 2 + number) % len(LOCALES)])
        for number, (persona, journey) in enumerate(QUICK)
    ]
    return quick[day % 2 :: 2]


def everything() -> Iterator[Case]:
    """All personas but the blind, all journeys, all languages, both browsers."""
    for browser in ("chromium", "firefox"):
        for persona in SIGHTED:
            if browser == "firefox" and persona in NOT_IN_FIREFOX:
                continue
            journeys = AT_A_KIOSK if persona == "kiosk" else (*JOURNEYS, *(("helping",) if persona in AGENTS else ()))
            for journey in journeys:
                yield from (Case(persona, journey, locale, browser) for locale in LOCALES)


NOT_IN_FIREFOX = frozenset({"no-script"})
"""Without JavaScript, Firefox's remote control gave up half way (``input.performActions: unknown error``)."""


def walk(playwright: Playwright, base: str, case: Case) -> Run:
    """Makes one journey. Raises what kept the person from its end."""
    browser = launch(playwright, case.browser, case.persona)
    began = time.monotonic()
    try:
        with contextlib.ExitStack() as stack:
            person = stack.enter_context(SIGHTED[case.persona](browser, base, case.locale, case.browser))
            travel(playwright, stack, person, case.journey)
            assert not person.problems, person.problems
            return record(case, person, began)
    finally:
        browser.close()


def travel(playwright: Playwright, stack: contextlib.ExitStack, person: Person, journey: str) -> None:
    """The journey itself, with somebody on the other side where it takes two."""
    if journey == "helped":
        support.helped(person, stack.enter_context(Agent(playwright, person.base, "ko")))
    elif journey == "helping":
        support.helping(person, stack.enter_context(Caller(playwright, person.base, _other(person.locale))))
    else:
        getattr(journeys, {"time": "time_out"}.get(journey, journey))(person)


def record(case: Case, person: Any, began: float, *, finished: bool = True) -> Run:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    took = round(time.monotonic() - began)
    return Run(case.persona, case.journey, case.locale, case.browser, finished, person.keys, took, today)


def _other(locale: Locale) -> Locale:
    """The caller's language: another than the agent's."""
    return random.Random(locale).choice([each for each in LOCALES if each != locale])
