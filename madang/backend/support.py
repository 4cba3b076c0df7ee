"""The trail of remote support: written in order as a chain, read by session, and read whole by who checks it.

One row, the head, is locked by whoever appends: numbers have no gaps, whichever process writes.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, LargeBinary, RowMapping, cast, insert, select, update

from madang.backend.identifiers import new_opaque
from madang.backend.problems import Refusal, invalid
from madang.backend.routing import Call, Handler
from madang.backend.support_sums import sum_up
from madang.backend.tables import support_head, support_records
from madang.contract import chain
from madang.contract.messages.support import Act, Head, Link, Links, NewRecord, NewRecords

PIECE: Final = 1000
"""Records that one answer holds."""
_COLUMNS: Final = tuple(support_records.c[name] for name in Link.__struct_fields__)


def append(connection: Connection, records: Sequence[NewRecord]) -> None:
    """Writes what is not yet written, behind the last record, and keeps the sums. Raises Refusal invalid."""
    row = connection.execute(select(support_head).where(support_head.c.id == 1).with_for_update()).one()
    keys = [record.key for record in records]
    statement = select(support_records.c.key).where(support_records.c.key.in_(keys))
    known = set(connection.execute(statement).scalars())
    number, last = int(row[1]), str(row[2])
    links: list[Link] = []
    new: list[NewRecord] = []
    for record in records:
        if record.key in known:
            continue
        known.add(record.key)
        number += 1
        made = _link(number, record)
        last = chain.link(last, made)
        links.append(Link(**{**_members(made), "hash": last}))
        new.append(record)
    if not links:
        return
    connection.execute(insert(support_records), [_members(link) for link in links])
    connection.execute(update(support_head).where(support_head.c.id == 1).values(count=number, hash=last))
    sum_up(connection, new)


def note(call: Call, session: str, who: Any, kind: str, detail: str) -> NewRecord:
    """A record that the backend itself has to write."""
    return NewRecord(new_opaque(), session, call.now, who, kind, detail, subject=call.owner if who == "agent" else "")


def acts(connection: Connection, session: str) -> tuple[Act, ...]:
    """The records of a session, in order. Raises Refusal not-found where there are none."""
    statement = select(support_records).where(support_records.c.session == session).order_by(support_records.c.number)
    found = tuple(_act(row) for row in connection.execute(statement).mappings())
    if not found:
        raise Refusal("not-found")
    return found


async def append_records(call: Call) -> None:
    """For the portal: writes what happened, once."""
    message: NewRecords = call.message
    await call.house.database.write(lambda connection: append(connection, message.items))


async def read_chain(call: Call) -> Links:
    """For a supervisor, or who verifies: the next records as they are, and the head."""
    after = call.query.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) <= 15):
        raise invalid(("after", "wrong"))

    def work(connection: Connection) -> Links:
        columns: tuple[ColumnElement[Any], ...] = _COLUMNS
        if connection.dialect.name == "sqlite":
            # Bytes that are no UTF-8 any more would stop the driver: they are to be found, not to hide the rest.
            columns = tuple(column if column.name == "number" else cast(column, LargeBinary) for column in _COLUMNS)
        head = (support_head.c.count, support_head.c.hash)
        # One statement, so that records and head are of the same moment.
        behind = (support_records.c.number > int(after)) & (support_head.c.id == 1)
        statement = (
            select(*(column.label(name) for column, name in zip(columns, Link.__struct_fields__, strict=True)))
            .add_columns(head[0].label("head_count"), head[1].label("head_hash"))
            .select_from(support_head.outerjoin(support_records, behind))
            .where(support_head.c.id == 1)
            .order_by(support_records.c.number)
            .limit(PIECE)
        )
        rows = connection.execute(statement).mappings().all()
        if not rows:
            return Links((), Head(0, ""))  # the head is gone: nothing fits it
        items = tuple(
            Link(**{name: _text(row[name]) for name in Link.__struct_fields__})
            for row in rows
            if row["number"] is not None
        )
        return Links(items, Head(rows[0]["head_count"], rows[0]["head_hash"]))

    return await call.house.database.read(work)


def _link(number: int, record: NewRecord) -> Link:
    try:
        at = record.at.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except (OverflowError, ValueError):
        raise invalid(("items", "wrong")) from None
    return Link(
        number, record.key, record.session, at, record.who, record.kind, record.detail, record.name, record.agency,
        record.subject, record.locale or "", "",
    )  # fmt: skip


def _members(link: Link) -> dict[str, Any]:
    return {name: getattr(link, name) for name in Link.__struct_fields__}


def _text(value: Any) -> Any:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def _act(row: RowMapping) -> Act:
    at = dt.datetime.fromisoformat(row["at"])
    return Act(at, row["who"], row["kind"], row["detail"], row["name"], row["agency"])


HANDLERS: Final[dict[str, Handler]] = {"support_append": append_records, "support_chain": read_chain}
