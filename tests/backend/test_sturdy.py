"""Workers killed while people submit: nothing is lost, nothing is doubled. Without the key, the same test must fail."""

import contextlib
import datetime as dt
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import httpx
import psutil
import pytest
from backend_kit import ANSWERS
from ports import free_port
from sqlalchemy import func, select, text
from sturdy_app import KEY, without_unique_rules

from madang.backend.config import CATALOGUE
from madang.backend.database import engine_for, prepare
from madang.backend.identifiers import new_opaque
from madang.backend.issuance.identity import ensure_identity
from madang.backend.seed import seed
from madang.backend.tables import accesses, applications, documents, drafts, events, jobs
from madang.contract import assertion
from tests.backend.conftest import fresh_postgres

pytestmark = pytest.mark.anyio
HERE = Path(__file__).parent
AT_ONCE = 6
KILL_SECONDS = 2.0


@dataclass
class Soak:
    """What was shown to people: number -> the draft it was shown for."""

    address: str
    supervisor: psutil.Process
    shown: dict[str, set[str]] = field(default_factory=dict)
    purposes: dict[str, str] = field(default_factory=dict)
    killed: int = 0
    retried: int = 0

    async def call(self, client: httpx.AsyncClient, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Until it is answered: as a patient client does, with the very same message."""
        while True:
            token = assertion.make("han-garam", "substantial", ("citizen",), KEY, dt.datetime.now(dt.UTC))
            try:
                headers = {"Authorization": f"Bearer {token}"}
                response = await client.request(method, f"{self.address}{path}", json=body, headers=headers)
                if response.status_code == 201:
                    answer: dict[str, Any] = response.json()
                    return answer
                assert response.status_code in (502, 503), response.text
            except httpx.TransportError:
                pass
            self.retried += 1
            await anyio.sleep(0.1)

    async def submit(self, client: httpx.AsyncClient, index: int, doubled: bool) -> None:
        purpose = f"soak {index}"
        answers = ANSWERS["entry-exit"] | {"purpose": "other", "other": purpose}
        body = {"id": new_opaque(), "service": "entry-exit", "form": "entry-exit@1", "locale": "en", "answers": answers}
        draft = await self.call(client, "POST", "/v1/drafts", body)
        self.purposes[draft["id"]] = purpose
        message = {"version": 1, "idempotency_key": draft["idempotency_key"], "locale": "en"}

        async def send() -> None:
            application = await self.call(client, "POST", f"/v1/drafts/{draft['id']}/submission", message)
            self.shown.setdefault(draft["id"], set()).add(application["number"])

        async with anyio.create_task_group() as group:
            group.start_soon(send)
            if doubled:
                group.start_soon(send)

    async def kill_every(self, seconds: float, most: int) -> None:
        while self.killed < most:
            await anyio.sleep(seconds)
            self.kill()

    def kill(self) -> None:
        """One worker, whatever it is doing."""
        if workers := [child for child in self.supervisor.children() if is_worker(child)]:
            os.kill(random.choice(workers).pid, signal.SIGKILL)
            self.killed += 1


def is_worker(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:
        return False


@contextlib.asynccontextmanager
async def serving(url: str, data: Path, **environment: str) -> AsyncIterator[Soak]:
    """Two workers behind one port."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "sturdy_app:create", "--workers", "2",
               "--port", str(port), "--no-access-log", "--log-level", "critical"]  # fmt: skip
    ensure_identity(data / "key.pem", data / "certificate.pem")
    variables = os.environ | {"STURDY_URL": url, "STURDY_DATA": str(data), **environment}
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=HERE, env=variables, stdout=log, stderr=log)
    try:
        soak = Soak(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
        async with httpx.AsyncClient() as client:
            with anyio.fail_after(60):
                while True:
                    with contextlib.suppress(httpx.TransportError):
                        if (await client.get(f"{soak.address}/livez")).status_code == 200:
                            break
                    await anyio.sleep(0.1)
        yield soak
    finally:
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        process.kill()
        process.wait()


async def run(soak: Soak, count: int, kills: int, kill_at: Collection[int] = ()) -> None:
    """``count`` submissions, one in five sent twice, while a worker is killed every two seconds, ``kills`` times, and
    as the submissions of ``kill_at`` begin: a short run must not depend on how fast the machine is."""
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(timeout=20, limits=limits) as client, anyio.create_task_group() as killers:
        killers.start_soon(soak.kill_every, KILL_SECONDS, kills)
        room = anyio.CapacityLimiter(AT_ONCE)

        async def one(index: int) -> None:
            async with room:
                if index in kill_at:
                    soak.kill()
                await soak.submit(client, index, doubled=index % 5 == 0)

        async with anyio.create_task_group() as group:
            for index in range(count):
                group.start_soon(one, index)
        killers.cancel_scope.cancel()


async def settled(url: str) -> None:
    """Every job that was left behind is done."""
    engine = engine_for(url)
    waiting = select(func.count()).select_from(jobs).where(jobs.c.state == "waiting")
    with anyio.fail_after(60):
        while True:
            with engine.connect() as connection:
                if connection.execute(waiting).scalar_one() == 0:
                    break
            await anyio.sleep(0.2)
    engine.dispose()


def doubled_in(url: str) -> int:
    """Applications beyond one a draft."""
    engine = engine_for(url)
    with engine.connect() as connection:
        counts = Counter(connection.execute(select(applications.c.draft)).scalars())
    engine.dispose()
    return sum(counts.values()) - len(counts)


def check(soak: Soak, url: str, count: int) -> None:
    """What people were shown is what is kept, once."""
    engine = engine_for(url)
    with engine.connect() as connection:
        kept = {
            row.number: row
            for row in connection.execute(
                select(applications.c.number, applications.c.draft, applications.c.answers, applications.c.status)
            )
        }
        assert len(soak.shown) == count
        for draft, numbers in soak.shown.items():
            assert len(numbers) == 1, "one submission was shown two numbers"
            row = kept[numbers.pop()]
            assert (row.draft, row.answers["other"], row.status) == (draft, soak.purposes[draft], "completed")
        assert len(kept) == count
        printed = connection.execute(select(documents.c.application, documents.c.content)).all()
        assert Counter(row.application for row in printed) == Counter(list(kept))
        for row in printed:
            assert kept[row.application].answers["other"] in str(row.content)
        assert Counter(connection.execute(select(accesses.c.application)).scalars()) == Counter(list(kept))
        history = connection.execute(select(events.c.application, events.c.status)).all()
        assert Counter(map(tuple, history)) == Counter(
            (number, status) for number in kept for status in ("received", "completed")
        )
        closed = select(func.count()).select_from(drafts).where(drafts.c.state == "submitted")
        assert connection.execute(closed).scalar_one() == count
        if url.startswith("sqlite"):
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    engine.dispose()


async def test_workers_that_are_killed_lose_and_double_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'backend.sqlite3'}"
    prepare(url)
    async with serving(url, tmp_path) as soak:
        await run(soak, 50, kills=0, kill_at=(10, 30))
        await settled(url)
        assert soak.killed == 2
    check(soak, url, 50)


async def test_without_the_key_the_same_test_finds_doubles(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'backend.sqlite3'}"
    without_unique_rules(url)
    engine = engine_for(url)
    with engine.begin() as connection:
        seed(connection, CATALOGUE)
    engine.dispose()
    async with serving(url, tmp_path, STURDY_WITHOUT_KEY="1") as soak:
        await run(soak, 25, kills=0)
    assert doubled_in(url) >= 5
    with pytest.raises(AssertionError):
        check(soak, url, 25)


@pytest.mark.full
@pytest.mark.alone
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_two_thousand(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{tmp_path / 'backend.sqlite3'}"
    if kind == "postgresql":
        url = fresh_postgres(request.getfixturevalue("postgres"))
    prepare(url)
    async with serving(url, tmp_path) as soak:
        await run(soak, 2000, kills=10**6)
        await settled(url)
    print(f"{kind}: 2000 submissions, 400 of them twice, {soak.killed} kills, {soak.retried} retries")
    check(soak, url, 2000)
