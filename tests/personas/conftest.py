"""The portal as it is served, and Playwright: each persona opens a browser of their own."""

from collections.abc import Iterator

import pytest
from personas.browsers import playing
from playwright.sync_api import Playwright
from portal_server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("personas") / "var")
    made.wait()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with playing() as found:
        yield found
