"""The portal as ``make run`` starts it, and a real browser in front of it."""

import shutil
from collections.abc import Iterator

import pytest
from citizen import ARGUMENTS
from playwright.sync_api import Browser, Playwright, sync_playwright
from portal_server import Server


@pytest.fixture(scope="module")  # people and their applications are counted: what another file did is none of them
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("e2e") / "var")
    made.wait()
    yield made
    made.stop()


@pytest.fixture(scope="module")  # no longer: its event loop would run on under tests that bring their own
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=shutil.which("chromium") or "", args=ARGUMENTS)
    yield launched
    launched.close()
