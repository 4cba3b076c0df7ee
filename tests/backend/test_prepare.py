"""Preparing a database: the migrations make the schema that the code expects, once, and seed the demonstration."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, text

from madang.backend.column_types import Json, Utc
from madang.backend.config import CATALOGUE
from madang.backend.database import engine_for, prepare
from madang.backend.migrate import HEAD, SCRIPTS, revision
from madang.backend.tables import metadata, people, registers


def test_the_known_head_is_the_newest_revision() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [HEAD]


def test_prepares_once(empty_url: str) -> None:
    assert prepare(empty_url) is True
    assert prepare(empty_url) is False
    engine = engine_for(empty_url)
    with engine.connect() as connection:
        assert revision(connection) == HEAD
        assert connection.execute(select(func.count()).select_from(people)).scalar_one() >= 9
        assert connection.execute(select(func.count()).select_from(registers)).scalar_one() >= 9
    engine.dispose()


def test_the_migrations_make_the_tables_of_the_code(empty_url: str) -> None:
    prepare(empty_url)
    engine = engine_for(empty_url)

    def same(_context: object, _found: object, wanted: object, found_type: object, wanted_type: object) -> bool:
        return not isinstance(wanted_type, Utc | Json)  # kept as plain DateTime and Text

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [
            difference for difference in compare_metadata(context, metadata)
            if difference[0][0] != "modify_type" and difference[0] != "modify_comment"
        ]  # fmt: skip
        assert differences == []
        found = inspect(connection)
        names = {name: {column["name"] for column in found.get_columns(name)} for name in metadata.tables}
    assert names == {name: {column.name for column in table.columns} for name, table in metadata.tables.items()}
    engine.dispose()


def test_many_at_once_prepare_once(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    from tests.backend.conftest import fresh_postgres

    for url in (f"sqlite:///{tmp_path / 'x.sqlite3'}", fresh_postgres(request.getfixturevalue("postgres"))):
        command = [sys.executable, "-m", "madang.backend.prepare", url]
        running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
        errors = [process.communicate()[1] for process in running]
        assert [process.returncode for process in running] == [0, 0, 0], errors
        assert prepare(url) is False


def test_an_up_to_date_database_is_recognised_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    prepare(url)
    script = (
        "import sys; from madang.backend.database import prepare; "
        f"assert prepare({url!r}) is False; assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_changed_register_is_filled_in_anew(tmp_path: Path) -> None:
    import shutil

    catalogue = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, catalogue)
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    assert prepare(url, catalogue) is True
    path = catalogue / "registers" / "entry-exit-records.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert prepare(url, catalogue) is True
    assert prepare(url, catalogue) is False


def test_a_wrong_register_stops_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text("- {subject: a}\n")
    done = subprocess.run(
        [sys.executable, "-m", "madang.backend.prepare", f"sqlite:///{tmp_path / 'x.sqlite3'}"],
        env={"MADANG_CATALOGUE": str(tmp_path), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("people.yaml:1: ")


@pytest.mark.anyio
async def test_old_workers_run_on_a_newer_schema(tmp_path: Path, press: object) -> None:
    """What a deploy adds, columns that may be empty or have a default, disturbs no statement of the workers before."""
    from test_database import running

    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    prepare(url)
    engine = engine_for(url)
    with engine.begin() as connection:
        for table in metadata.tables:
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN added_later TEXT"))
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN counted_later INTEGER NOT NULL DEFAULT 0"))
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert prepare(url) is False
    backend = await running(url, tmp_path, press)  # type: ignore[arg-type]
    person = await backend.newcomer()
    application = await person.apply()
    assert application["status"] == "completed"
    assert (await person.get("/v1/documents"))["items"][0]["application"] == application["number"]
