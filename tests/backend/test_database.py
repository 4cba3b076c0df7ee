"""The database fails: a kind 503, never a false success; and it heals by itself."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import anyio
import httpx
import pytest
from backend_kit import KEY, Backend, Clock, refused
from sqlalchemy import create_engine, text

from madang.backend.app import create_backend
from madang.backend.config import BackendConfig
from madang.backend.database import Database, engine_for, prepare
from madang.backend.issuance.pool import IssuingPool
from madang.backend.problems import Refusal
from tests.backend.conftest import fresh_postgres

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("database_url", ["unused"])
def test_other_databases_are_refused(database_url: str) -> None:
    with pytest.raises(ValueError, match="sqlite: or postgresql:"):
        engine_for("mysql://localhost/x")


def test_sqlite_is_set_for_safety(tmp_path: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    with engine.connect() as connection:
        found = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in
                 ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}  # fmt: skip
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


async def running(url: str, tmp_path: Path, press: IssuingPool) -> Backend:
    clock = Clock()
    config = BackendConfig(url, tmp_path, (KEY,), "https://portal.example", tmp_path / "k", tmp_path / "c")
    app = create_backend(config, now=clock, press=press)
    return Backend(app, httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://backend"), clock)


async def test_a_locked_database_is_waited_for_and_then_unavailable(tmp_path: Path, press: IssuingPool) -> None:
    url = f"sqlite:///{tmp_path / 'backend.sqlite3'}"
    prepare(url)
    backend = await running(url, tmp_path, press)
    person = await backend.newcomer()
    draft = await person.draft()
    other = sqlite3.connect(tmp_path / "backend.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert (await person.get(f"/v1/drafts/{draft['id']}"))["version"] == 1
    response = await person.send(draft)
    refused(response, 503, "unavailable")
    assert response.headers["retry-after"] == "5"
    other.execute("ROLLBACK")
    other.close()
    assert (await person.get("/v1/applications"))["items"] == []
    assert (await person.send(draft)).status_code == 201


async def test_a_full_disk_is_unavailable_and_still_reads(tmp_path: Path, press: IssuingPool) -> None:
    url = f"sqlite:///{tmp_path / 'backend.sqlite3'}"
    prepare(url)
    backend = await running(url, tmp_path, press)
    person = await backend.newcomer()
    draft = await person.draft()

    def fill(connection: object) -> None:
        pages = connection.execute(text("PRAGMA page_count")).scalar()  # type: ignore[attr-defined]
        connection.execute(text(f"PRAGMA max_page_count={pages}"))  # type: ignore[attr-defined]

    # max_page_count is the connection's own: with one writer at a time the pool hands out the same one.
    await backend.house.database.write(fill)
    path = f"/v1/drafts/{draft['id']}/files"
    refused(await person.call("POST", path, content=b"%PDF-" + b" " * 5_000_000), 503, "unavailable")
    assert "files" not in await person.get(f"/v1/drafts/{draft['id']}")


async def test_a_database_that_was_never_prepared_is_unavailable(tmp_path: Path, press: IssuingPool) -> None:
    backend = await running(f"sqlite:///{tmp_path / 'empty.sqlite3'}", tmp_path, press)
    refused(await backend.person("han-garam").call("GET", "/v1/me"), 503, "unavailable")


async def test_a_dead_server_is_unavailable_and_the_catalogue_still_answers(tmp_path: Path, press: IssuingPool) -> None:
    backend = await running("postgresql://nobody@127.0.0.1:9/none", tmp_path, press)
    refused(await backend.person("han-garam").call("GET", "/v1/me"), 503, "unavailable")
    assert (await backend.client.get("/v1/catalogue")).status_code == 200
    health = (await backend.client.get("/v1/health")).json()
    assert health["status"] == "degraded"
    assert {group for group, state in health["groups"].items() if state == "ok"} == {"catalogue"}


async def test_connections_that_died_are_replaced(tmp_path: Path, press: IssuingPool, postgres: str) -> None:
    url = fresh_postgres(postgres)
    prepare(url)
    backend = await running(url, tmp_path, press)
    person = await backend.newcomer()
    draft = await person.draft()
    killer = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with killer.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    killer.dispose()
    assert (await person.send(draft)).status_code == 201


async def test_a_transaction_that_dies_in_the_middle_leaves_nothing(database_url: str) -> None:
    database = Database(database_url)

    def half(connection: object) -> None:
        connection.execute(text("INSERT INTO marks (name, value) VALUES ('half', 'x')"))  # type: ignore[attr-defined]
        raise Refusal("not-possible")

    with pytest.raises(Refusal):
        await database.write(half)
    count = text("SELECT count(*) FROM marks WHERE name = 'half'")
    assert await database.read(lambda connection: connection.execute(count).scalar()) == 0
    database.close()


async def test_many_writers_wait_their_turn(database_url: str) -> None:
    database = Database(database_url)
    add = text("UPDATE marks SET value = CAST(CAST(value AS integer) + 1 AS text) WHERE name = 'count'")
    await database.write(
        lambda connection: connection.execute(text("INSERT INTO marks (name, value) VALUES ('count', '0')"))
    )
    async with anyio.create_task_group() as group:
        for _ in range(100):
            group.start_soon(database.write, lambda connection: connection.execute(add))
    read = text("SELECT value FROM marks WHERE name = 'count'")
    assert await database.read(lambda connection: connection.execute(read).scalar()) == "100"
    database.close()


def test_no_value_of_a_person_reaches_the_log(tmp_path: Path) -> None:
    """A failing statement is logged without its parameters."""
    script = f"""
import anyio, logging
logging.basicConfig(level=logging.DEBUG)
from sqlalchemy import text
from madang.backend.database import Database
from madang.backend.problems import Refusal
async def main():
    database = Database("sqlite:///{tmp_path / "x.sqlite3"}")
    try:
        await database.write(lambda c: c.execute(text("INSERT INTO nowhere VALUES (:v)"), {{"v": "860417"}}))
    except Refusal as refusal:
        print(refusal.kind)
anyio.run(main)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "unavailable"
    assert "no such table" in done.stderr
    assert "860417" not in done.stderr
