"""What the trail says of each session, summed up as records are written: desks list and count these, not the trail."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from madang.backend.problems import Refusal
from madang.backend.tables import support_sessions
from madang.contract.messages.support import NewRecord, Result, SupportSession

_COLUMNS: Final = tuple(column.name for column in support_sessions.c)
_UPDATE: Final = (
    update(support_sessions)
    .where(support_sessions.c.id == bindparam("which"))
    .values({name: bindparam(name) for name in _COLUMNS if name != "id"})
)
"""One statement for all sessions of a batch: one for each costs ten times as much."""
_SAME: Final = frozenset(SupportSession.__struct_fields__) - {"result"}


def sum_up(connection: Connection, records: Sequence[NewRecord]) -> None:
    """Adds ``records``, all new and in order, to the sums of their sessions."""
    names = {record.session for record in records}
    rows = connection.execute(select(support_sessions).where(support_sessions.c.id.in_(names))).mappings()
    known = {row["id"]: dict(row) for row in rows}
    old = set(known)
    for record in records:
        sums = known.setdefault(record.session, _fresh(record))
        _add(sums, record)
    if new := [sums for name, sums in known.items() if name not in old]:
        connection.execute(insert(support_sessions), new)
    if old:
        changed = [{name: known[which][name] for name in _COLUMNS if name != "id"} | {"which": which} for which in old]
        connection.execute(_UPDATE, changed)


def find(connection: Connection, session: str) -> SupportSession:
    """The sums of a session. Raises Refusal not-found."""
    row = connection.execute(select(support_sessions).where(support_sessions.c.id == session)).mappings().first()
    if row is None:
        raise Refusal("not-found")
    return as_session(row)


def as_session(row: RowMapping) -> SupportSession:
    result = Result(row["outcome"], row["note"]) if row["outcome"] else None
    members = {name: row[name] for name in _SAME} | {"locale": row["locale"] or None}
    return msgspec.convert({**members, "result": result}, SupportSession)


def _fresh(record: NewRecord) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(_COLUMNS)
    texts = dict.fromkeys(("locale", "need", "reason", "agent", "agent_name", "agency", "comment", "note"), "")
    return empty | texts | {"id": record.session, "asked": record.at, "records": 0}


def _add(sums: dict[str, Any], record: NewRecord) -> None:
    sums["records"] += 1
    if record.locale and not sums["locale"]:
        sums["locale"] = record.locale
    if record.kind == "asked":
        sums["need"] = record.detail
    elif record.kind in ("matched", "handed-over"):
        if record.subject:
            sums |= {"agent": record.subject, "agent_name": record.name, "agency": record.agency}
        if sums["matched"] is None:
            sums |= {"matched": record.at, "wait": _seconds(sums["asked"], record.at)}
    elif record.kind == "agreed" and sums["agreed"] is None:
        sums["agreed"] = record.at
    elif record.kind in ("ended", "expired") and sums["ended"] is None:
        sums |= {"ended": record.at, "reason": record.detail}
        if sums["agreed"] is not None:
            sums["length"] = _seconds(sums["agreed"], record.at)


def _seconds(start: dt.datetime, end: dt.datetime) -> int:
    """No less than none, and within what a database's integer holds: clocks of several machines differ."""
    return min(max(int((end - start).total_seconds()), 0), 2**31 - 1)
