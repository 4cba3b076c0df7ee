"""State in a SQLite file, shared by the workers of one machine.

Reads run where they are asked for: a point lookup in WAL mode takes some ten microseconds and waits for no writer, less
than a hop to a thread. Writes go through one thread, because they may wait for another process and for the disk.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from madang.web.state import StateUnavailable

T = TypeVar("T")
BUSY_SECONDS: Final = 4.0
"""How long a write waits for another process's; then it fails, and the reader is told kindly."""
PURGE_EVERY: Final = 200
"""Writes between two purges of what has expired."""
PURGE_ROWS: Final = 500
"""Rows that one purge removes at most: more than expire in so many writes, yet done in a millisecond or two."""
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS entry (
    kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, expires REAL NOT NULL, UNIQUE (kind, key)
);
CREATE INDEX IF NOT EXISTS entry_expires ON entry (expires);
"""
GET: Final = "SELECT value FROM entry WHERE kind = ? AND key = ? AND expires > ?"
PUT: Final = """
INSERT INTO entry (kind, key, value, expires) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""
DELETE: Final = "DELETE FROM entry WHERE kind = ? AND key = ?"
TAKE: Final = DELETE + " RETURNING value, expires"
ADD: Final = PUT + " WHERE entry.expires <= ? RETURNING 1"
INCREMENT: Final = """
INSERT INTO entry (kind, key, value, expires) VALUES (:kind, :key, CAST('1' AS BLOB), :now + :ttl)
ON CONFLICT (kind, key) DO UPDATE SET
    value = CASE WHEN entry.expires > :now
        THEN CAST(CAST(CAST(entry.value AS TEXT) AS INTEGER) + 1 AS BLOB) ELSE excluded.value END,
    expires = CASE WHEN entry.expires > :now THEN entry.expires ELSE excluded.expires END
RETURNING CAST(value AS TEXT)
"""
PURGE: Final = "DELETE FROM entry WHERE rowid IN (SELECT rowid FROM entry WHERE expires <= ? LIMIT ?)"


def connect(path: Path, busy: float) -> sqlite3.Connection:
    """A connection in autocommit mode: each statement above is a transaction of its own, hence atomic."""
    connection = sqlite3.connect(path, timeout=busy, isolation_level=None, check_same_thread=False)
    _write_ahead(connection, max(busy, BUSY_SECONDS))
    # NORMAL loses at most the last sessions when the power fails, never the file's integrity.
    for pragma in ("synchronous = NORMAL", "journal_size_limit = 16777216", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    return connection


def _write_ahead(connection: sqlite3.Connection, seconds: float) -> None:
    """Two workers that start together make the file together. SQLite does not wait for the lock that this takes."""
    end = time.monotonic() + seconds
    while True:
        try:
            return connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


class SqliteState:
    """The ``State`` of one machine. ``clock`` gives seconds since 1970 and may be set by tests."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._writes = 0
        path.touch(mode=0o600, exist_ok=True)
        try:
            self._writer = connect(path, BUSY_SECONDS)
            self._writer.executescript(SCHEMA)
            self._reader = connect(path, 0.25)
        except sqlite3.Error as error:
            raise StateUnavailable(error) from error
        self._reader.execute("PRAGMA query_only = ON").close()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="state")

    async def get(self, kind: str, key: str) -> bytes | None:
        try:
            row = self._reader.execute(GET, (kind, key, self._clock())).fetchone()
        except sqlite3.Error as error:
            raise StateUnavailable(error) from error
        return row[0] if row else None

    async def put(self, kind: str, key: str, value: bytes, ttl: int) -> None:
        row = (kind, key, value, self._clock() + ttl)
        await self._write(lambda writer: writer.execute(PUT, row).close())

    async def delete(self, kind: str, key: str) -> None:
        await self._write(lambda writer: writer.execute(DELETE, (kind, key)).close())

    async def take(self, kind: str, key: str) -> bytes | None:
        rows = await self._write(lambda writer: writer.execute(TAKE, (kind, key)).fetchall())
        return rows[0][0] if rows and rows[0][1] > self._clock() else None

    async def add(self, kind: str, key: str, value: bytes, ttl: int) -> bool:
        now = self._clock()
        row = (kind, key, value, now + ttl, now)
        return bool(await self._write(lambda writer: writer.execute(ADD, row).fetchall()))

    async def increment(self, kind: str, key: str, ttl: int) -> int:
        values = {"kind": kind, "key": key, "ttl": ttl, "now": self._clock()}
        rows = await self._write(lambda writer: writer.execute(INCREMENT, values).fetchall())
        return int(rows[0][0])

    async def ping(self) -> None:
        await self.put("ping", "ping", b"", 60)

    async def close(self) -> None:
        await asyncio.to_thread(self._thread.shutdown)
        self._reader.close()
        self._writer.close()

    async def _write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._locked, work)
        except (sqlite3.Error, RuntimeError) as error:  # RuntimeError: closed while requests were still under way
            raise StateUnavailable(error) from error

    def _locked(self, work: Callable[[sqlite3.Connection], T]) -> T:
        result = work(self._writer)
        self._writes += 1
        if self._writes % PURGE_EVERY == 0:
            self._writer.execute(PURGE, (self._clock(), PURGE_ROWS)).close()
        return result
