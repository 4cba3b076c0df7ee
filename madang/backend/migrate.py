"""Brings a database's schema to the newest revision, once, however many processes try."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

HEAD: Final = "0009"
"""The newest revision; revisions are numbered, so they sort. Known here, so that an up-to-date database is
recognised without importing Alembic (0.3 s)."""
_LOCK: Final = 0x6D6164616E67
SCRIPTS: Final = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> bool:
    """True when anything had to be done."""
    with engine.connect() as connection:
        if _done(connection):
            return False
    with engine.execution_options(madang_writes=True).begin() as connection:
        alone(connection)
        if _done(connection):
            return False
        upgrade(connection)
    return True


def alone(connection: Connection) -> None:
    """Waits until no other process prepares this database, for the rest of the transaction. On SQLite the transaction
    that will write is alone already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _done(connection: Connection) -> bool:
    """Also when a newer release was here: schemas only ever grow, so the older code runs on it while it is replaced."""
    found = revision(connection)
    return found is not None and found >= HEAD


def revision(connection: Connection) -> str | None:
    """The revision a database stands at; None when it was never prepared."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection, target: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
