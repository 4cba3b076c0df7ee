"""Workers killed while people submit through the portal: none lost, none doubled. Without the key, doubles show.

The backend alone is put to the same test in tests/backend/test_sturdy.py, whose soak and checks are used here.
"""

import contextlib
import itertools
import os
import random
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import psutil
import pytest
from portal_server import Server
from sturdy_app import without_unique_rules
from test_sturdy import AT_ONCE, Soak, check, doubled_in, is_worker, run, settled

from madang.backend.config import CATALOGUE
from madang.backend.database import engine_for
from madang.backend.seed import seed
from tests.backend.conftest import fresh_postgres
from tests.ops.ops_kit import ROOT, Jar, all_ready, serving

pytestmark = pytest.mark.anyio
PERIOD = {"from-year": "2020", "from-month": "1", "from-day": "1", "to-year": "2026", "to-month": "11", "to-day": "1"}
NUMBER = re.compile(r"/documents/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")
BASE = re.compile(r'name="base" value="([^"]*)"')
BEGUN = re.compile(r'href="([^"]+)" data-ref="carry-on:1"')
ACTION = re.compile(r'<form[^>]*action="([^"]*demo-sign-in[^"]*)"')
PEOPLE = ("seonu-daon", "han-garam", "nguyen-van-an", "chen-xiaoyu", "takasaki-rin", "suryaningsih")
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
PROXY = {"MADANG_TRUSTED_PROXIES": "127.0.0.1/32"}
"""The soak stands for a proxy in front, so that it may speak for many clients."""


class PortalSoak(Soak):
    """The same soak, by pages: people are signed in, answer the questions, and press Submit on the check page."""

    async def open(self) -> None:
        """Signs in as many people as submit at once."""
        self.free: list[httpx.AsyncClient] = []
        self.owners: dict[str, httpx.AsyncClient] = {}
        assert len(PEOPLE) == AT_ONCE
        for index, name in enumerate(PEOPLE):
            headers = {"X-Forwarded-For": f"198.51.100.{index}", **SAME_ORIGIN}
            limits = httpx.Limits(max_keepalive_connections=0)
            person = httpx.AsyncClient(base_url=self.address, headers=headers, cookies=Jar(), limits=limits, timeout=20)
            page = await self.ask(person, "GET", "/en/sign-in", params={"to": "/en/applications"})
            action = ACTION.search(page.text)
            assert action, page.text[:300]
            page = await self.ask(person, "POST", action[1].replace("&amp;", "&"), data={"person": name})
            assert page.url.path == "/en/applications"
            self.free.append(person)

    async def close(self) -> None:
        for person in self.free:
            await person.aclose()

    async def ask(self, person: httpx.AsyncClient, method: str, path: str, **options: Any) -> httpx.Response:
        """The page at the end, as a patient person gets it: what fails is sent again, the very same."""
        while True:
            response = await self.once(person, method, path, **options)
            if response is not None and response.status_code < 500:
                assert response.status_code in (200, 303), (path, response.status_code, response.text)
                if response.status_code == 200:
                    return response
                method, path, options = "GET", response.headers["location"], {}
                continue
            self.retried += 1
            await anyio.sleep(0.1)

    @staticmethod
    async def once(person: httpx.AsyncClient, method: str, path: str, **options: Any) -> httpx.Response | None:
        with contextlib.suppress(httpx.TransportError):
            return await person.request(method, path, **options)
        return None

    async def submit(self, client: httpx.AsyncClient, index: int, doubled: bool) -> None:
        person = self.free.pop()
        try:
            await self._submit(person, index, doubled)
        finally:
            self.free.append(person)

    async def _submit(self, person: httpx.AsyncClient, index: int, doubled: bool) -> None:
        purpose = f"soak {index}"
        page = await self._begin(person)
        for step, given in (("period", PERIOD), ("purpose", {"purpose": "other"}), ("other", {"other": purpose})):
            assert page.url.path.endswith(f"/{step}"), (page.url, step)
            base = BASE.search(page.text)
            assert base, page.text[:300]
            page = await self.ask(person, "POST", page.url.path, data={"base": base[1], **given})
        assert page.url.path.endswith("/check"), page.url
        path = page.url.path
        draft = path.split("/")[-2]
        self.purposes[draft] = purpose

        async def send() -> None:
            """Presses Submit until a number is shown."""
            done = await self.ask(person, "POST", path)
            assert "/applications/" in done.url.path, done.url
            number = done.url.path.rpartition("/")[2]
            self.shown.setdefault(draft, set()).add(number)
            self.owners[number] = person

        async with anyio.create_task_group() as group:
            group.start_soon(send)
            if doubled:
                group.start_soon(send)

    async def kill_every(self, seconds: float, most: int) -> None:
        """Kills workers that have begun to serve: one that is still starting has nothing to lose."""
        while self.killed < most:
            await anyio.sleep(seconds)
            if serving := [worker for worker in self.supervisor.children() if _serves(worker)]:
                os.kill(random.choice(serving).pid, signal.SIGKILL)
                self.killed += 1

    async def _begin(self, person: httpx.AsyncClient) -> httpx.Response:
        """The first question of a draft. Who was shown none goes on with the one that was begun, as people do."""
        while True:
            page = await self.ask(person, "GET", "/en/apply/entry-exit")
            if begun := BEGUN.search(page.text):
                return await self.ask(person, "GET", begun[1])
            first = await self.once(person, "POST", "/en/apply/entry-exit", data={"new": "1"})
            if first is not None and first.status_code == 303:
                return await self.ask(person, "GET", first.headers["location"])
            assert first is None or first.status_code >= 500, first.text
            self.retried += 1

    async def verify_all(self) -> int:
        """Looks up each number that was shown, as its owner, and the document there, as anybody; how many."""
        documents = set()
        room = anyio.CapacityLimiter(AT_ONCE)

        async def one(number: str, address: int) -> None:
            async with room:
                person = self.owners[number]
                page = await self.ask(person, "GET", f"/en/applications/{number}")
                found = NUMBER.search(page.text)
                assert found, f"{number} has no document"
                documents.add(found[1])
                headers = {"X-Forwarded-For": f"203.0.113.{address % 250}", **SAME_ORIGIN}
                async with httpx.AsyncClient(base_url=self.address, headers=headers, timeout=20) as bank:
                    result = await self.ask(bank, "POST", "/en/verify", data={"number": found[1]})
                assert 'data-result="genuine"' in result.text, found[1]

        async with anyio.create_task_group() as group:
            for address, number in enumerate(itertools.chain.from_iterable(self.shown.values())):
                group.start_soon(one, number, address)
        return len(documents)


def _serves(process: psutil.Process) -> bool:
    """Whether a worker has started its issuing process, which is the last thing before it serves."""
    try:
        return is_worker(process) and bool(process.children())
    except psutil.Error:
        return False


@contextlib.asynccontextmanager
async def soaking(server: Server) -> AsyncIterator[PortalSoak]:
    soak = PortalSoak(server.base, psutil.Process(server.process.pid))
    await soak.open()
    try:
        yield soak
    finally:
        await soak.close()


def orphans(data: Path) -> list[int]:
    """Processes of this portal that nobody looks after any more: those of workers that are gone."""
    left = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.ppid() == 1 and process.environ().get("MADANG_DATA") == str(data):
                left.append(process.pid)
    return left


async def soak_through_the_portal(data: Path, url: str, count: int, kills: int, **environment: str) -> PortalSoak:
    async with serving(data, 2, **PROXY, **environment) as server, soaking(server) as soak:
        await run(soak, count, kills)
        await all_ready(server, 2)
        for _ in range(1 + count // 200):  # a minute for each two hundred that may have been left behind
            with contextlib.suppress(TimeoutError):
                await settled(url)
                break
        else:
            raise AssertionError("documents are still waiting to be made")
        shown = {draft: set(numbers) for draft, numbers in soak.shown.items()}
        assert await soak.verify_all() == count
        assert soak.shown == shown
        with anyio.fail_after(30):
            while orphans(data):  # what a killed worker had started ends by itself
                await anyio.sleep(0.2)
    check(soak, url, count)
    return soak


async def test_workers_killed_behind_the_portal_lose_and_double_nothing(
    outside: dict[str, str], tmp_path: Path
) -> None:
    soak = await soak_through_the_portal(tmp_path / "var", outside["MADANG_DATABASE_URL"], 25, 2, **outside)
    assert soak.killed >= 1


async def test_without_the_key_the_portal_shows_doubles(tmp_path: Path) -> None:
    """The control: the same pages and presses over a backend that has no idea of keys."""
    data = tmp_path / "var"
    data.mkdir()
    url = f"sqlite:///{data / 'madang.sqlite'}"
    without_unique_rules(url)
    engine = engine_for(url)
    with engine.begin() as connection:
        seed(connection, CATALOGUE)
    engine.dispose()
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "backend")))
    control = ("-m", "tests.ops.forgetful")
    async with serving(data, 2, arguments=control, PYTHONPATH=paths, **PROXY) as server, soaking(server) as soak:
        await run(soak, 40, kills=0)
    assert doubled_in(url) >= 1  # the second press may come so late that the page says it is done
    with pytest.raises(AssertionError):
        check(soak, url, 40)


@pytest.mark.full
@pytest.mark.alone
@pytest.mark.parametrize("kind", ["sqlite", "outside"])
async def test_two_thousand_through_the_portal(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    data, environment = tmp_path / "var", {}
    url = f"sqlite:///{data / 'madang.sqlite'}"
    if kind == "outside":
        url = fresh_postgres(request.getfixturevalue("postgres"))
        environment = request.getfixturevalue("outside") | {"MADANG_DATABASE_URL": url}
    soak = await soak_through_the_portal(data, url, 2000, 10**6, **environment)
    print(f"{kind}: 2000 submissions, 400 of them twice, {soak.killed} kills, {soak.retried} retries")
