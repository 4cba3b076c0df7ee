"""The time that a returning, signed-in person needs from home to a certificate, by the keystroke-level model.

What is pressed is recorded in a real browser; the seconds are the model's (Card, Moran, Newell 1980), not this
machine's.
"""

import tempfile
from pathlib import Path

from citizen import ARGUMENTS, Citizen, seconds
from playwright.sync_api import sync_playwright
from portal_server import Server

from bench.houses import ROOT
from bench.table import Row, at_most

assert ROOT
CHROMIUM = "/usr/bin/chromium"


def recorded(base: str) -> list[str]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            with Citizen(browser, base, "ko") as citizen:
                citizen.go("/ko/services/resident-register")
                citizen.press("apply")
                citizen.sign_in("oh-sunrye")
                citizen.choose("kind")
                citizen.press("continue")
                citizen.press("continue")
                citizen.choose("purpose")
                citizen.press("continue")
                citizen.press("submit")
                citizen.go("/ko/")
                citizen.operators.clear()
                citizen.press("again:1")
                citizen.press("submit")
                citizen.ref("download").wait_for()
                return citizen.operators
        finally:
            browser.close()


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        try:
            server.wait()
            operators = recorded(server.base)
        finally:
            server.stop()
    done = f" ({len(operators)} presses: {' '.join(operators)})"
    return [
        at_most("Home to resident certificate, returning person", seconds(operators), 15, "s", done),
        at_most("The same, an older person (1.8 times)", seconds(operators, 1.8), 30, "s"),
    ]
