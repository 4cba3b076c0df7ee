"""More time: who chose it is still signed in long after the usual limit; server and browser turn their clocks."""

import asyncio
import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from personas.browsers import launch
from personas.journeys import SERVICE, answer, begin, finish
from personas.pointer import Pointer, SlowHands
from personas.words import option
from playwright.sync_api import Playwright
from portal_kit import settings
from ports import free_port

from madang.web.app import create_app

LONG = dt.timedelta(minutes=40)
"""Longer than the usual fifteen minutes and shorter than ten times as many."""


@dataclass
class Clock:
    """The server's."""

    ahead: dt.timedelta = field(default_factory=dt.timedelta)

    def __call__(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def base(tmp_path: Any, clock: Clock) -> Iterator[str]:
    port = free_port()
    made = settings(tmp_path / "var", MADANG_BASE_URL=f"http://127.0.0.1:{port}")
    config = uvicorn.Config(create_app(made, now=clock), port=port, log_level="warning", ws="websockets-sansio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


def long_after(person: Any, clock: Clock) -> None:
    """Half a form is done; then nothing, for long."""
    person.page.clock.install()
    begin(person)
    person.choose(option(person.locale, SERVICE, "purpose", "visa"))
    clock.ahead += LONG
    person.page.clock.fast_forward(int(LONG.total_seconds() * 1000))


def test_slow_hands_have_ten_times_as_long(playwright: Playwright, base: str, clock: Clock) -> None:
    browser = launch(playwright, "chromium")
    with SlowHands(browser, base, "en") as person:
        long_after(person, clock)
        assert not person.sees(person.said("You have been signed out"))
        person.press(person.said("Continue"))
        answer(person, "recipient", "consent")
        finish(person)
    browser.close()


def test_others_are_signed_out_by_then(playwright: Playwright, base: str, clock: Clock) -> None:
    browser = launch(playwright, "chromium")
    with Pointer(browser, base, "en") as person:
        long_after(person, clock)
        person.wait(person.said("You have been signed out"))
    browser.close()
