"""Records reach the backend in order, each once, however long it was silent; and the trail says when it is not well."""

import asyncio
import datetime as dt
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from portal_kit import portal
from support_kit import silenced

from madang.contract.chain import Reader
from madang.remote_support.ports import AuditRecord
from madang.web.clerk_desk import Clerk
from madang.web.clients import Unavailable, support
from madang.web.support import trail as module
from madang.web.support.trail import SupportTrail
from tests.web.test_versions import app_portal

pytestmark = pytest.mark.anyio
AT = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
BOSS = Clerk("ma-yunseul", roles=("supervisor",))


class Hours:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Any]:
    async with portal(tmp_path_factory.mktemp("portal")) as made:
        yield made


@pytest.fixture
def backend(app: Any) -> Any:
    return app_portal(app).backend


def record(session: str, kind: str, **more: Any) -> AuditRecord:
    return AuditRecord(session, AT, "citizen", kind, **more)


async def kinds(backend: Any, session: str) -> list[str]:
    return [act.kind for act in (await support.trail(backend, BOSS, session)).acts]


async def test_many_arrive_in_order(backend: Any) -> None:
    trail, session = SupportTrail(backend), secrets.token_urlsafe(16)
    names = [f"act-{chr(97 + index // 26)}{chr(97 + index % 26)}" for index in range(257)]
    for name in names:
        trail.append(record(session, name))
    await trail.flush()
    assert trail.waiting == 0
    assert await kinds(backend, session) == names


async def test_what_comes_while_it_sends_comes_after(backend: Any) -> None:
    trail, session = SupportTrail(backend), secrets.token_urlsafe(16)
    task = asyncio.create_task(trail.deliver_forever())
    names = [f"act-{chr(97 + index)}" for index in range(20)]
    for name in names:
        trail.append(record(session, name))
        await asyncio.sleep(0.01)
    async with asyncio.timeout(20):
        while trail.waiting:
            await asyncio.sleep(0.02)
    task.cancel()
    assert await kinds(backend, session) == names


async def test_a_silent_backend_loses_nothing(backend: Any, tmp_path: Path) -> None:
    """The records wait, the trail says that it is not well after a minute, and then all arrive."""
    clock, session = Hours(), secrets.token_urlsafe(16)
    trail = SupportTrail(backend, clock=clock)
    with silenced(backend):
        for name in ("one", "two", "three"):
            trail.append(record(session, name))
        with pytest.raises(Unavailable):
            await trail.flush()
        assert (trail.waiting, trail.healthy()) == (3, True)
        clock.now += 61
        assert not trail.healthy()
        await trail.close()
        assert trail.waiting == 3, "what could not be written is not thrown away"
    async with asyncio.timeout(30):
        while trail.waiting:
            try:
                await trail.flush()
            except Unavailable:  # the breaker tries again by itself
                await asyncio.sleep(0.2)
    assert trail.healthy()
    assert await kinds(backend, session) == ["one", "two", "three"]


async def test_an_answer_that_was_lost_writes_nothing_twice(backend: Any) -> None:
    session = secrets.token_urlsafe(16)
    trail = SupportTrail(backend)
    trail.append(record(session, "once"))
    waiting = list(trail._waiting)
    await trail.flush()
    trail._waiting.extend(waiting)  # as if nobody had heard that it was written
    await trail.flush()
    assert await kinds(backend, session) == ["once"]


async def test_nothing_can_make_the_backend_refuse(backend: Any) -> None:
    """Whatever stands in a name: it is shortened and cleaned, never lost."""
    trail, session = SupportTrail(backend), secrets.token_urlsafe(16)
    trail.append(record(session, "page", detail="x" * 500, name="a\0b\ud800", agency="기" * 300, locale="ko"))
    for _ in range(99):
        trail.append(record(session, "page", detail="기" * 200, name="기" * 200, agency="기" * 200, subject="기" * 200))
    await trail.flush()
    acts = (await support.trail(backend, BOSS, session)).acts
    assert len(acts) == 100, "too much for one message goes in several"
    assert (len(acts[0].detail), acts[0].name) == (200, "ab?")


async def test_a_full_queue_is_not_well(backend: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    trail = SupportTrail(backend)
    for _ in range(3):
        trail.append(record("a-session-of-tests", "x"))
    assert not trail.healthy()


async def test_the_chain_is_whole(backend: Any) -> None:
    reader = Reader()
    while (links := await support.chain(backend, BOSS, reader.count)).items:
        assert reader.read(links.items) is None
    assert reader.end(links.head) is None
