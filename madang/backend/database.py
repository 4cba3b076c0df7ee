"""The database behind the backend: SQLite or PostgreSQL, synchronous in a bounded number of threads.

Threads, because SQLite's asynchronous drivers do a third of the transactions. Every failure that time may heal (locked,
full, gone) becomes the contract's ``unavailable``; a success is only ever reported after the commit.
"""

import logging
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import anyio
import anyio.to_thread
from sqlalchemy import Connection, Engine, create_engine, event, exc, make_url, text

from madang.backend.config import CATALOGUE
from madang.backend.problems import Refusal

T = TypeVar("T")
Work = Callable[[Connection], T]

log = logging.getLogger("madang.backend.database")

_BUSY_SECONDS: Final = 5
_PREPARING_SECONDS: Final = 60
"""One of several workers migrates, the others wait for it."""
_READERS: Final = 4
_POSTGRES_CONNECTIONS: Final = 8
_RACES: Final = 4
_WRITES: Final = "madang_writes"


def engine_for(url: str, busy_seconds: int = _BUSY_SECONDS) -> Engine:
    """An engine for ``sqlite:///path`` or ``postgresql://...`` (psycopg). Opens no connection yet.
    ``busy_seconds``: how long a lock of another process is waited for."""
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite"):
        return _sqlite(url, busy_seconds)
    if parsed.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=_POSTGRES_CONNECTIONS,
            max_overflow=0,
            pool_timeout=_BUSY_SECONDS,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": _BUSY_SECONDS,
                "tcp_user_timeout": 10_000,
                "options": f"-c lock_timeout={_BUSY_SECONDS}s -c statement_timeout=15s -c timezone=UTC",
            },
        )
    raise ValueError(f"The database URL must begin with sqlite: or postgresql:, not {parsed.drivername}:")


def _write_ahead(connection: sqlite3.Connection, busy_seconds: int) -> None:
    """A new file's first change to WAL needs it alone, and for that lock SQLite does not wait as it does for others."""
    end = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def _sqlite(url: str, busy_seconds: int) -> Engine:
    engine = create_engine(url, pool_size=_READERS + 2, max_overflow=0, pool_timeout=_BUSY_SECONDS)

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in (
            f"busy_timeout={busy_seconds * 1000}",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection, busy_seconds)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails at once when another wrote meanwhile; one that says
        # at the start that it will write waits its turn.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def healing(error: Exception) -> bool:
    """Whether ``error`` may pass by itself: database locked, full, read-only or gone, or no connection free."""
    if isinstance(error, exc.IntegrityError | exc.ProgrammingError | exc.DataError):
        return False
    return isinstance(error, exc.DatabaseError | exc.InterfaceError | exc.TimeoutError)


class Database:
    """``read`` and ``write`` run a function over a connection in one transaction, in a thread."""

    def __init__(self, url: str) -> None:
        self._engine = engine_for(url)
        self._writer = self._engine.execution_options(**{_WRITES: True})
        sqlite = self._engine.dialect.name == "sqlite"
        # SQLite has one writer at a time: waiting here is fairer than its own sleeping, and costs no thread.
        self._reads = anyio.CapacityLimiter(_READERS if sqlite else _POSTGRES_CONNECTIONS)
        self._writes = anyio.CapacityLimiter(1) if sqlite else self._reads
        self._threads = anyio.CapacityLimiter(_READERS + _POSTGRES_CONNECTIONS)

    async def read(self, work: Work[T]) -> T:
        """The result of ``work`` in a transaction that changes nothing. Raises Refusal unavailable."""
        return await self._run(self._reads, self._engine, work)

    async def write(self, work: Work[T]) -> T:
        """The result of ``work``, committed. Raises Refusal unavailable; IntegrityError when a rule of the schema
        broke."""
        return await self._run(self._writes, self._writer, work)

    async def settle(self, work: Work[T]) -> T:
        """Like ``write``, once more when another transaction was first with the same key: ``work`` then finds its
        row."""
        for _ in range(_RACES):
            try:
                return await self.write(work)
            except exc.IntegrityError:
                continue
        return await self.write(work)

    async def _run(self, gate: anyio.CapacityLimiter, engine: Engine, work: Work[T]) -> T:
        def transaction() -> T:
            with engine.begin() as connection:
                return work(connection)

        turn = object()
        try:
            with anyio.fail_after(_BUSY_SECONDS):
                await gate.acquire_on_behalf_of(turn)
        except TimeoutError:
            raise Refusal("unavailable") from None
        try:
            return await anyio.to_thread.run_sync(transaction, limiter=self._threads)
        except exc.SQLAlchemyError as error:
            if healing(error):
                # Only the driver's own words: the statement's parameters are people's data.
                log.warning("database unavailable: %s", str(getattr(error, "orig", None) or type(error).__name__)[:200])
                raise Refusal("unavailable") from error
            raise
        finally:
            gate.release_on_behalf_of(turn)

    async def alive(self) -> bool:
        """Whether it answers."""
        try:
            await self.read(lambda connection: connection.execute(text("SELECT 1")).scalar())
        except Refusal:
            return False
        return True

    def close(self) -> None:
        self._engine.dispose()


def prepare(database_url: str, catalogue: Path = CATALOGUE) -> bool:
    """Brings the schema up to date and fills in the demonstration's people and registers; True when anything was done.

    Many processes may call it at once. Alembic is imported only when there is something to migrate."""
    from madang.backend.migrate import alone, migrate
    from madang.backend.seed import seed

    engine = engine_for(database_url, _PREPARING_SECONDS)
    try:
        migrated = migrate(engine)
        with engine.execution_options(**{_WRITES: True}).begin() as connection:
            alone(connection)
            return seed(connection, catalogue) or migrated
    finally:
        engine.dispose()
