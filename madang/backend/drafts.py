"""The drafts group: answers saved at each Continue, by their owner only, until submitted, deleted or 30 days old."""

import datetime as dt
import secrets
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from madang.backend.eligibility import check_assurance, service_of
from madang.backend.identifiers import opaque
from madang.backend.problems import Refusal
from madang.backend.routing import Call, Handler
from madang.backend.tables import drafts, files
from madang.contract.messages.drafts import Draft, DraftList, StoredFile

KEPT: Final = dt.timedelta(days=30)
MOST_OPEN: Final = 20
ANSWERS_BYTES: Final = 64 * 1024


def stored_files(connection: Connection, draft: str) -> tuple[StoredFile, ...]:
    """The files of a draft, without their contents, in the order they came."""
    rows = connection.execute(
        select(files.c.id, files.c.name, files.c.media_type, files.c.size)
        .where(files.c.draft == draft)
        .order_by(files.c.created, files.c.id)
    )
    return tuple(StoredFile(**row) for row in rows.mappings())


def as_draft(connection: Connection, row: RowMapping) -> Draft:
    fields = {name: row[name] for name in Draft.__struct_fields__ if name != "files"}
    return Draft(**fields, files=stored_files(connection, row["id"]))


def own(connection: Connection, call: Call, now: dt.datetime, lock: bool = False) -> RowMapping:
    """The row of the draft in the address. Raises Refusal not-found when it is another's, expired or none."""
    statement = select(drafts).where(drafts.c.id == opaque(call.path["draft"]), drafts.c.owner == call.owner)
    row = connection.execute(statement.with_for_update() if lock else statement).mappings().first()
    if row is None or (row["state"] == "open" and row["expires"] <= now):
        raise Refusal("not-found")
    return row


def own_open(connection: Connection, call: Call, now: dt.datetime) -> RowMapping:
    """Like ``own``, locked for a change. Raises Refusal already-submitted with the application's number."""
    row = own(connection, call, now, lock=True)
    if row["state"] != "open":
        raise Refusal("already-submitted", number=row["application"])
    return row


def purge(connection: Connection, now: dt.datetime) -> int:
    """Deletes the open drafts whose time is over, with their files; how many."""
    return connection.execute(delete(drafts).where(drafts.c.state == "open", drafts.c.expires <= now)).rowcount


def _check_size(answers: dict[str, Any]) -> None:
    if len(msgspec.json.encode(answers)) > ANSWERS_BYTES:
        raise Refusal("too-large")


async def list_drafts(call: Call) -> DraftList:
    """The caller's open drafts, last changed first."""

    def work(connection: Connection) -> DraftList:
        statement = select(drafts).where(
            drafts.c.owner == call.owner, drafts.c.state == "open", drafts.c.expires > call.now
        )
        if "service" in call.query:
            statement = statement.where(drafts.c.service == call.query["service"])
        rows = connection.execute(statement.order_by(drafts.c.updated.desc(), drafts.c.id)).mappings()
        return DraftList(tuple(as_draft(connection, row) for row in rows.all()))

    return await call.house.database.read(work)


async def create(call: Call) -> Draft:
    """A new draft; the same id by the same owner again is the draft as it stands now."""
    wanted = call.message
    _check_size(wanted.answers)

    def work(connection: Connection) -> Draft:
        row = connection.execute(select(drafts).where(drafts.c.id == wanted.id)).mappings().first()
        if row is not None:
            if row["owner"] != call.owner:
                raise Refusal("forbidden")
            return as_draft(connection, row)
        service, form = service_of(call.house.holdings, wanted.service, wanted.form)
        check_assurance(service, call.claims)
        purge(connection, call.now)
        already = connection.execute(
            select(func.count()).select_from(drafts).where(drafts.c.owner == call.owner, drafts.c.state == "open")
        ).scalar_one()
        if already >= MOST_OPEN:
            raise Refusal("not-possible")
        draft = Draft(
            id=wanted.id,
            service=service.identifier,
            form=form.key,
            version=1,
            answers=wanted.answers,
            locale=wanted.locale,
            created=call.now,
            updated=call.now,
            expires=call.now + KEPT,
            idempotency_key=secrets.token_urlsafe(24),
        )
        values = {name: getattr(draft, name) for name in Draft.__struct_fields__ if name != "files"}
        connection.execute(insert(drafts).values(owner=call.owner, **values))
        return draft

    return await call.house.database.settle(work)


async def read(call: Call) -> Draft:
    return await call.house.database.read(lambda connection: as_draft(connection, own(connection, call, call.now)))


async def save(call: Call) -> Draft:
    """Replaces the answers, when the caller started from the version that is kept."""
    wanted = call.message
    _check_size(wanted.answers)

    def work(connection: Connection) -> Draft:
        row = own_open(connection, call, call.now)
        if row["version"] != wanted.version:
            raise Refusal("stale-draft", draft=as_draft(connection, row))
        changed = {
            "version": wanted.version + 1,
            "answers": wanted.answers,
            "locale": wanted.locale,
            "updated": call.now,
            "expires": call.now + KEPT,
        }
        connection.execute(update(drafts).where(drafts.c.id == row["id"]).values(**changed))
        return msgspec.structs.replace(as_draft(connection, row), **changed)

    return await call.house.database.write(work)


async def remove(call: Call) -> None:
    def work(connection: Connection) -> None:
        row = own_open(connection, call, call.now)
        connection.execute(delete(drafts).where(drafts.c.id == row["id"]))

    await call.house.database.write(work)


HANDLERS: Final[dict[str, Handler]] = {
    "drafts": list_drafts,
    "create_draft": create,
    "draft": read,
    "save_draft": save,
    "delete_draft": remove,
}
