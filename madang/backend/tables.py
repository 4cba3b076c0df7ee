"""The schema. Alembic's migrations make it; a test holds the two to each other.

Old and new workers run side by side during a deploy, so a change here only ever adds: a nullable column or one with a
server default, a table, an index. What is no longer used goes one release later. Statements name their columns.
"""

import datetime as dt
from typing import Any, Final

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Utc(TypeDecorator[dt.datetime]):
    """An aware moment. SQLite keeps no time zone, so what comes back is marked UTC again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Json(TypeDecorator[Any]):
    """JSON as text, the same bytes in both databases; structs go in as they are and come back as dicts and lists."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else msgspec.json.decode(value)


metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_SERIAL: Final = BigInteger().with_variant(Integer, "sqlite")

marks: Final = Table(
    "marks",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
    comment="What was done to this database, e.g. which demonstration data it holds",
)
people: Final = Table(
    "people",
    metadata,
    Column("subject", String(200), primary_key=True),
    Column("person", Json, nullable=False),
)
registers: Final = Table(
    "registers",
    metadata,
    Column("evidence", String(80), primary_key=True),
    Column("subject", String(200), primary_key=True),
    Column("record", Json, nullable=False),
    Index(None, "subject"),
)
drafts: Final = Table(
    "drafts",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("service", String(80), nullable=False),
    Column("form", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("answers", Json, nullable=False),
    Column("locale", String(5), nullable=False),
    Column("created", Utc, nullable=False),
    Column("updated", Utc, nullable=False),
    Column("expires", Utc, nullable=False),
    Column("idempotency_key", String(80), nullable=False),
    Column("state", String(12), nullable=False),
    Column("application", String(19), nullable=False, server_default=""),
    Index(None, "owner", "state"),
    Index(None, "state", "expires"),
)
files: Final = Table(
    "files",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("draft", String(26), ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("created", Utc, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index(None, "draft"),
)
applications: Final = Table(
    "applications",
    metadata,
    Column("number", String(19), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("about", String(80), nullable=False, comment="id of the household member it is about, or self"),
    Column("idempotency_key", String(80), nullable=False),
    Column("draft", String(26), nullable=False, unique=True),
    Column("version", Integer, nullable=False, comment="of the draft that was submitted"),
    Column("service", String(80), nullable=False),
    Column("form", String(100), nullable=False),
    Column("answers", Json, nullable=False),
    Column("status", String(12), nullable=False),
    Column("submitted", Utc, nullable=False),
    Column("started", Utc, comment="when the draft was created"),
    Column("locale", String(5), nullable=False),
    Column("due", Date),
    Column("reading", Json, comment="what was read on the screen, where no document was asked for"),
    UniqueConstraint("owner", "idempotency_key"),
    Index(None, "owner", "submitted"),
)
events: Final = Table(
    "events",
    metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("application", String(19), ForeignKey("applications.number"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("status", String(12), nullable=False),
    Column("note", Json),
    Column("actor", String(200), nullable=False, server_default=""),
    Index(None, "application"),
)
accesses: Final = Table(
    "accesses",
    metadata,
    Column("id", _SERIAL, primary_key=True),
    Column("subject", String(200), nullable=False),
    Column("at", Utc, nullable=False),
    Column("authority", String(80), nullable=False),
    Column("evidence", String(80), nullable=False),
    Column("service", String(80), nullable=False),
    Column("application", String(19), nullable=False),
    Column("consent", String(12), nullable=False),
    Index(None, "subject", "at"),
)
jobs: Final = Table(
    "jobs",
    metadata,
    Column("application", String(19), ForeignKey("applications.number"), primary_key=True),
    Column("state", String(10), nullable=False, comment="waiting, done or cancelled"),
    Column("document", String(80), nullable=False),
    Column("number", String(19), nullable=False, unique=True, comment="of the document to be, at each attempt"),
    Column("secret", String(26), nullable=False),
    Column("holder", String(300), nullable=False),
    Column("purpose", Json),
    Column("content", Json, nullable=False),
    Column("created", Utc, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Utc, nullable=False, comment="leased to a worker, or backing off, until then"),
    Column("failure", Text, nullable=False, server_default=""),
    Index(None, "state", "not_before"),
)
documents: Final = Table(
    "documents",
    metadata,
    Column("number", String(19), primary_key=True),
    Column("secret", String(26), nullable=False, unique=True),
    Column("application", String(19), ForeignKey("applications.number"), nullable=False),
    Column("document", String(80), nullable=False),
    Column("service", String(80), nullable=False),
    Column("owner", String(200), nullable=False),
    Column("holder", String(300), nullable=False),
    Column("locale", String(5), nullable=False),
    Column("title", Json, nullable=False),
    Column("authority", Json, nullable=False),
    Column("purpose", Json),
    Column("content", Json, nullable=False),
    Column("issued", Utc, nullable=False),
    Column("verifiable_until", Date, nullable=False),
    Column("valid_until", Date),
    Column("revoked", Utc),
    Column("revoked_by", String(200)),
    Column("revoked_because", String(20)),
    Column("reason", Text),
    Column("pages", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("pdf", LargeBinary, nullable=False),
    UniqueConstraint("application", "document"),
    Index(None, "owner", "issued"),
)
page_reports: Final = Table(
    "page_reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("page", String(200), nullable=False, comment="path without language and query"),
    Column("locale", String(5), nullable=False),
    Column("wrong", String(20), nullable=False),
    Column("text", Text, nullable=False, server_default=""),
)
support_records: Final = Table(
    "support_records",
    metadata,
    Column("number", _SERIAL, primary_key=True, autoincrement=False, comment="place in the chain"),
    Column("key", String(26), nullable=False, unique=True),
    Column("session", String(64), nullable=False),
    Column("at", String(32), nullable=False, comment="as text: these very bytes are in the hash"),
    Column("who", String(10), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("detail", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    Column("agency", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("locale", String(5), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "session", "number"),
    comment="The trail of remote support: nothing is ever changed or deleted here",
)
support_head: Final = Table(
    "support_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    comment="One row: how long the trail is, and the hash of its last record; who appends locks it",
)
support_sessions: Final = Table(
    "support_sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("asked", Utc, nullable=False),
    Column("locale", String(5), nullable=False),
    Column("need", String(200), nullable=False),
    Column("matched", Utc),
    Column("agreed", Utc),
    Column("ended", Utc),
    Column("wait", Integer),
    Column("length", Integer),
    Column("reason", String(200), nullable=False),
    Column("agent", String(200), nullable=False),
    Column("agent_name", String(200), nullable=False),
    Column("agency", String(200), nullable=False),
    Column("records", Integer, nullable=False),
    Column("rating", Integer),
    Column("comment", Text, nullable=False, server_default=""),
    Column("outcome", String(20)),
    Column("note", Text, nullable=False, server_default=""),
    Index(None, "asked"),
    Index(None, "agent", "asked"),
    comment="Sums of the trail by session, and what both sides said of it",
)
appointments: Final = Table(
    "appointments",
    metadata,
    Column("id", String(26), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("start", Utc, nullable=False),
    Column("day", Date, nullable=False, comment="of the start, in Korea"),
    Column("seat", Integer, nullable=False, comment="which of the agents' places"),
    Column("turn", Integer, nullable=False, comment="which of the owner's on that day"),
    Column("locale", String(5), nullable=False),
    Column("service", String(80), nullable=False),
    Column("topic", Text, nullable=False),
    Column("phone", String(20), nullable=False),
    Column("created", Utc, nullable=False),
    Column("changed", Utc, nullable=False),
    UniqueConstraint("start", "seat"),
    UniqueConstraint("owner", "day", "turn"),
    UniqueConstraint("owner", "start"),
    Index(None, "day", "start"),
)
