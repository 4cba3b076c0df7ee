"""The issuance group: documents that were issued, read and downloaded by their holder, revoked by holder or clerk."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, select, update

from madang.backend.identifiers import document_number
from madang.backend.problems import Refusal, invalid
from madang.backend.routing import Call, Handler
from madang.backend.tables import documents
from madang.contract.messages.documents import (
    Document,
    DocumentContent,
    DocumentList,
    DocumentState,
    DocumentSummary,
    RevocationCode,
)
from madang.i18n.korea import day_in_korea
from madang.i18n.text import Text

_STORED: Final = tuple(
    name for name in DocumentSummary.__struct_fields__ if name not in ("state", "title", "revoked_note")
)
_COLUMNS: Final = (documents.c.title, documents.c.reason, *(documents.c[name] for name in _STORED))


def state(row: Mapping[Any, Any], now: dt.datetime) -> DocumentState:
    """Where a document stands at ``now``; its last day counts whole, in Korea. A validity that the law gives ends it
    before the time in which it can be verified."""
    if row["revoked"] is not None:
        return "revoked"
    last = min(row["valid_until"] or row["verifiable_until"], row["verifiable_until"])
    return "expired" if day_in_korea(now) > last else "genuine"


def as_summary(row: Mapping[Any, Any], now: dt.datetime) -> DocumentSummary:
    return DocumentSummary(
        **{name: row[name] for name in _STORED},
        title=msgspec.convert(row["title"], Text),
        revoked_note=row["reason"] or "",
        state=state(row, now),
    )


def summaries(
    connection: Connection, now: dt.datetime, owner: str | None = None, applications: Sequence[str] | None = None
) -> tuple[DocumentSummary, ...]:
    """Of an owner, or of some applications; newest first."""
    statement = select(*_COLUMNS).order_by(documents.c.issued.desc(), documents.c.number)
    if owner is not None:
        statement = statement.where(documents.c.owner == owner)
    if applications is not None:
        statement = statement.where(documents.c.application.in_(applications))
    return tuple(as_summary(row, now) for row in connection.execute(statement).mappings())


def _own(connection: Connection, call: Call, *columns: Any) -> Row[Any]:
    number = document_number(call.path["number"])
    statement = select(*columns).where(documents.c.number == number, documents.c.owner == call.owner)
    row = connection.execute(statement).first()
    if row is None:
        raise Refusal("not-found")
    return row


async def list_documents(call: Call) -> DocumentList:
    return DocumentList(
        await call.house.database.read(lambda connection: summaries(connection, call.now, owner=call.owner))
    )


async def read(call: Call) -> Document:
    """What the document says, for reading on the screen."""

    def work(connection: Connection) -> Document:
        row = _own(connection, call, *_COLUMNS, documents.c.content, documents.c.secret)
        return Document(
            as_summary(row._mapping, call.now),
            msgspec.convert(row.content, DocumentContent),
            call.house.desk.verify_url(row.secret),
        )

    return await call.house.database.read(work)


async def pdf(call: Call) -> bytes:
    """The signed PDF, the very bytes that were issued."""
    content: bytes = await call.house.database.read(lambda connection: _own(connection, call, documents.c.pdf)[0])
    return content


async def revoke(call: Call) -> DocumentSummary:
    """Makes a document void: by its holder, or by a clerk who says why."""
    number = document_number(call.path["number"])

    def work(connection: Connection) -> DocumentSummary:
        statement = select(*_COLUMNS, documents.c.owner).where(documents.c.number == number).with_for_update()
        row = connection.execute(statement).mappings().first()
        if row is None or (row["owner"] != call.owner and not call.is_clerk):
            raise Refusal("not-found")
        code, reason = _why(call, is_holder=row["owner"] == call.owner)
        if row["revoked"] is not None:
            raise Refusal("not-possible")
        values = {"revoked": call.now, "revoked_by": call.owner, "revoked_because": code, "reason": reason}
        connection.execute(update(documents).where(documents.c.number == number).values(**values))
        return as_summary({**row, **values}, call.now)

    return await call.house.database.write(work)


def _why(call: Call, is_holder: bool) -> tuple[RevocationCode, str]:
    """The code, and a clerk's words to the holder. Raises Refusal invalid."""
    wanted, reason = call.message.code, call.message.reason.strip()
    if is_holder:
        return wanted or "holder", reason
    if wanted == "holder":
        raise invalid(("code", "option"))
    if wanted in (None, "other") and not reason:
        raise invalid(("reason", "missing"))
    return wanted or "other", reason


HANDLERS: Final[dict[str, Handler]] = {
    "documents": list_documents,
    "document": read,
    "document_pdf": pdf,
    "revoke": revoke,
}
