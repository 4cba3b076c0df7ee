"""Recordings of remote support: pieces that only the portal can open, added in order, deleted as a whole.

The row of a recording is locked by whoever adds or deletes: of two pieces with one number the first is kept, and
nothing is added to what was deleted.
"""

import datetime as dt
import logging
from typing import Any, Final

import anyio
import msgspec
from sqlalchemy import Connection, RowMapping, delete, exists, insert, select, update

from madang.backend.database import Database
from madang.backend.identifiers import new_opaque
from madang.backend.problems import Refusal, invalid
from madang.backend.routing import Call, Handler
from madang.backend.support import append
from madang.backend.tables import recording_pieces, recordings, support_records
from madang.contract.messages.recordings import (
    MOST_BYTES,
    PLAYBACK_SECONDS,
    NewPiece,
    NewRecording,
    Piece,
    Recording,
    RecordingKey,
)
from madang.contract.messages.support import NewRecord, RecordingSummary, SessionName

SWEEP_SECONDS: Final = 600.0
LONGEST: Final = dt.timedelta(days=366)
_SWEPT: Final = 100
"""Recordings that one transaction deletes."""
_ANSWER: Final = 1_000_000
"""Bytes of pieces in one answer, about."""
log: Final = logging.getLogger("madang.backend.recordings")


async def start(call: Call) -> None:
    """For the portal: the place of a recording. A session has one at a time."""
    session, new = _named(call), call.message
    expires = _moment(call, new)

    def work(connection: Connection) -> None:
        known = _find(connection, session, call.now)
        if known is not None:
            if (known["name"], bytes(known["key"])) != (new.name, new.key):
                raise Refusal("not-possible")
            return
        if connection.execute(select(exists().where(recordings.c.name == new.name))).scalar():
            raise Refusal("not-possible")
        _delete(connection, session)  # one that has expired, and was not swept yet
        values = {"session": session, "name": new.name, "key": new.key, "begun": call.now, "expires": expires}
        connection.execute(insert(recordings).values(**values, count=0, size=0, end=b""))

    await call.house.database.settle(work)


def _named(call: Call) -> str:
    """The session's name. Raises Refusal invalid for what cannot be one: no place is made for it."""
    try:
        return msgspec.convert(call.path["session"], SessionName)
    except msgspec.ValidationError:
        raise invalid(("session", "wrong")) from None


async def key(call: Call) -> RecordingKey:
    """For the portal: what it needs to add a piece."""
    session = call.path["session"]

    def work(connection: Connection) -> RecordingKey:
        row = _known(connection, session, call.now)
        return RecordingKey(row["name"], row["key"], row["expires"], row["count"], row["size"])

    return await call.house.database.read(work)


async def add(call: Call) -> None:
    """For the portal: the next piece."""
    session, new = call.path["session"], call.message

    def work(connection: Connection) -> None:
        row = _known(connection, session, call.now, lock=True)
        piece: NewPiece = new
        if row["name"] != piece.name:
            raise Refusal("not-found")
        if piece.number != row["count"] + 1:
            if _has(connection, piece):
                return  # the same once more
            raise Refusal("not-possible")
        if row["size"] + len(piece.content) > MOST_BYTES:
            raise Refusal("too-large")
        connection.execute(
            insert(recording_pieces).values(recording=piece.name, number=piece.number, content=piece.content)
        )
        values = {"count": piece.number, "size": row["size"] + len(piece.content), "end": piece.end}
        connection.execute(update(recordings).where(recordings.c.session == session).values(**values))

    await call.house.database.write(work)


async def remove(call: Call) -> None:
    """For the portal, whose citizen wants it gone."""
    session = call.path["session"]

    def work(connection: Connection) -> None:
        if not _delete(connection, session):
            raise Refusal("not-found")

    await call.house.database.write(work)


async def play(call: Call) -> None:
    """For a supervisor: writes into the trail that they look, which is what lets them."""
    session = call.path["session"]

    def work(connection: Connection) -> None:
        _known(connection, session, call.now)
        append(
            connection,
            [NewRecord(new_opaque(), session, call.now, "supervisor", "recording-played", subject=call.owner)],
        )

    await call.house.database.write(work)


async def read(call: Call) -> Recording:
    """For a supervisor who has just said that they look."""
    session, after = call.path["session"], call.query.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) <= 7):
        raise invalid(("after", "wrong"))

    def work(connection: Connection) -> Recording:
        row = _known(connection, session, call.now)
        if not _plays(connection, session, call):
            raise Refusal("not-possible")
        c = recording_pieces.c
        behind = (c.recording == row["name"]) & (c.number > int(after)) & (c.number <= row["count"])
        found, size = [], 0
        with connection.execute(select(c.number, c.content).where(behind).order_by(c.number)) as rows:
            for number, content in rows:
                found.append(Piece(number, bytes(content)))
                size += len(content)
                if size >= _ANSWER:
                    break
        return Recording(row["name"], row["key"], row["expires"], row["count"], row["end"], tuple(found))

    return await call.house.database.read(work)


def summary(connection: Connection, session: str, now: dt.datetime) -> RecordingSummary | None:
    """Whether there is a recording of a session, and until when."""
    row = _find(connection, session, now)
    return RecordingSummary(row["begun"], row["expires"]) if row is not None else None


def sweep(connection: Connection, now: dt.datetime) -> int:
    """Deletes some of what has expired, and writes so into the trail. Returns how many."""
    c = recordings.c
    statement = select(c.session).where(c.expires <= now).order_by(c.session).limit(_SWEPT)
    expired = connection.execute(statement).scalars().all()
    gone = [session for session in expired if _delete(connection, session, now)]
    for session in gone:
        append(connection, [NewRecord(new_opaque(), session, now, "system", "recording-expired")])
    return len(gone)


async def sweep_for_ever(database: Database, now: Any, seconds: float = SWEEP_SECONDS) -> None:
    """Every so often; several processes may do it at once."""
    while True:
        try:
            while await database.write(lambda connection: sweep(connection, now())) == _SWEPT:
                pass
        except Refusal:
            log.warning("expired recordings could not be deleted just now: the database does not answer")
        except Exception:
            log.exception("expired recordings could not be deleted")
        await anyio.sleep(seconds)


def _moment(call: Call, new: NewRecording) -> dt.datetime:
    try:
        expires = new.expires.astimezone(dt.UTC)
    except (OverflowError, ValueError):
        raise invalid(("expires", "wrong")) from None
    if not call.now < expires <= call.now + LONGEST:
        raise invalid(("expires", "wrong"))
    return expires


def _find(connection: Connection, session: str, now: dt.datetime, *, lock: bool = False) -> RowMapping | None:
    """What has expired is there no more, swept or not."""
    statement = select(recordings).where(recordings.c.session == session, recordings.c.expires > now)
    return connection.execute(statement.with_for_update() if lock else statement).mappings().first()


def _known(connection: Connection, session: str, now: dt.datetime, *, lock: bool = False) -> RowMapping:
    row = _find(connection, session, now, lock=lock)
    if row is None:
        raise Refusal("not-found")
    return row


def _has(connection: Connection, piece: NewPiece) -> bool:
    c = recording_pieces.c
    same = (c.recording == piece.name) & (c.number == piece.number) & (c.content == piece.content)
    return bool(connection.execute(select(exists().where(same))).scalar())


def _plays(connection: Connection, session: str, call: Call) -> bool:
    since = (call.now - dt.timedelta(seconds=PLAYBACK_SECONDS)).isoformat(timespec="microseconds")
    c = support_records.c
    written = (c.session == session) & (c.kind == "recording-played") & (c.subject == call.owner) & (c.at >= since)
    return bool(connection.execute(select(exists().where(written))).scalar())


def _delete(connection: Connection, session: str, expired: dt.datetime | None = None) -> bool:
    """The key first, with its row: what is added meanwhile waits for the row, and finds none."""
    c = recordings.c
    this = c.session == session if expired is None else (c.session == session) & (c.expires <= expired)
    name = connection.execute(select(c.name).where(this).with_for_update()).scalar()
    if name is None:
        return False
    # Overwritten before it is deleted: what a file system keeps of a deleted row is then no key.
    connection.execute(update(recordings).where(this).values(key=bytes(60), end=b""))
    connection.execute(delete(recordings).where(this))
    connection.execute(delete(recording_pieces).where(recording_pieces.c.recording == name))
    return True


HANDLERS: Final[dict[str, Handler]] = {
    "start_recording": start,
    "recording_key": key,
    "add_recording": add,
    "delete_recording": remove,
    "play_recording": play,
    "recording": read,
}
