"""Brings a database's schema to the newest revision, once, however many processes try."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

HEAD: Final = "0001"
"""The newest revision. Known here, so that an up-to-date database is recognised without importing Alembic (0.3 s)."""
_LOCK: Final = 0x6D6164616E67
SCRIPTS: Final = Path(__file__).parent / "migrations"


def migrate(engine: Engine) -> bool:
    """True when anything had to be done. On SQLite the write lock, on PostgreSQL an advisory lock lets one go first."""
    with engine.connect() as connection:
        if revision(connection) == HEAD:
            return False
    with engine.execution_options(madang_writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '60s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if revision(connection) == HEAD:
            return False
        upgrade(connection)
    return True


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
