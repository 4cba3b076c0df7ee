"""Workers killed, and all replaced, in the middle of a journey in a real browser: the citizen does not notice."""

import itertools
import os
import signal
import time
from collections.abc import Callable, Iterator

import psutil
import pytest
from citizen import Citizen
from playwright.sync_api import Browser
from portal_server import Server

from tests.ops.ops_kit import workers_of


@pytest.fixture(scope="module")
def server(outside: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("rolling") / "var", MADANG_WORKERS="2", **outside)
    try:
        made.wait()
        yield made
    finally:
        made.stop()


def journey(citizen: Citizen, person: str, between: Callable[[], None]) -> str:
    """From Apply to the document on the screen, with ``between`` done before each press; the document's number."""

    def press(name: str) -> None:
        between()
        citizen.press(name)

    citizen.go("/en/services/alien-registration")
    press("apply")
    press(f"person:{person}")
    citizen.choose("purpose")
    press("continue")
    press("continue")
    citizen.choose("consent")
    press("continue")
    press("submit")
    number: str = citizen.page.locator("#document-number").inner_text()
    press("view")
    assert citizen.page.locator("article.certificate").count() == 1
    assert not citizen.problems
    return number


def holders(server: Server) -> list[psutil.Process]:
    """The workers that hold open connections, which are the browser's."""
    return [
        w for w in workers_of(server) if any(c.raddr and c.status == "ESTABLISHED" for c in w.net_connections("tcp"))
    ]


def test_the_worker_that_answers_is_killed_before_every_second_press(server: Server, browser: Browser) -> None:
    presses, killed = itertools.count(), []

    def kill() -> None:
        for worker in holders(server)[:1] if next(presses) % 2 else []:
            os.kill(worker.pid, signal.SIGKILL)
            killed.append(worker.pid)

    with Citizen(browser, server.base, "en") as citizen:
        citizen.page.set_default_timeout(30_000)
        journey(citizen, "osullivan-brooks", kill)
    assert len(killed) >= 3


def test_all_workers_are_replaced_while_somebody_applies(server: Server, browser: Browser) -> None:
    """SIGHUP, as at an upgrade: new ones serve before old ones go."""
    before = {worker.pid for worker in workers_of(server)}
    deadline = time.monotonic() + 60
    while len(before) < 2:  # the last test has killed some
        assert time.monotonic() < deadline
        before = {worker.pid for worker in workers_of(server)}
    asked = []

    def replace() -> None:
        if not asked:
            os.kill(server.process.pid, signal.SIGHUP)
        asked.append(True)
        time.sleep(0.5)

    with Citizen(browser, server.base, "en") as citizen:
        journey(citizen, "nguyen-van-an", replace)
        deadline = time.monotonic() + 60
        while before & {worker.pid for worker in workers_of(server)} and time.monotonic() < deadline:
            citizen.go("/en/applications")
            time.sleep(0.2)
    after = {worker.pid for worker in workers_of(server)}
    assert len(after) == 2
    assert not before & after
