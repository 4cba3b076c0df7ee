"""The portal as it is served, and Playwright: each persona opens a browser of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from personas.browsers import playing
from playwright.sync_api import Playwright
from portal_server import Server

HELPED: Final = 8
"""Journeys with an agent on one server: from one address help is asked for only so often in an hour."""


class Town:
    """A portal, and another one for who comes after many others from the same address."""

    def __init__(self, new: Callable[[], Path]) -> None:
        self.new, self.helped = new, 0
        self.server: Server | None = None

    def serving(self, helped: bool) -> Server:
        self.helped += helped
        if self.server is None or self.helped > HELPED:
            self.close()
            self.server = Server(self.new())
            self.server.wait()
            self.helped = int(helped)
        return self.server

    def close(self) -> None:
        if self.server is not None:
            self.server.stop()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    made = Town(lambda: tmp_path_factory.mktemp("personas") / "var")
    yield made
    made.close()


@pytest.fixture
def server(request: pytest.FixtureRequest, town: Town) -> Server:
    return town.serving("help" in request.node.name)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with playing() as found:
        yield found
