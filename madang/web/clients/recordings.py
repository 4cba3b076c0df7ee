"""Calls about recordings of remote support. What is passed here is sealed; ``remote_support.strongbox`` opens it."""

import datetime as dt

from madang.contract.messages.recordings import NewPiece, NewRecording, Piece, Recording, RecordingKey
from madang.web.clients.caller import Caller
from madang.web.clients.errors import NotFound
from madang.web.clients.http import Backend
from madang.web.clients.support import PORTAL


async def start(backend: Backend, session_id: str, name: str, key: bytes, expires: dt.datetime) -> None:
    """Makes the place. Raises Impossible (the session has a recording), Invalid."""
    new = NewRecording(name, key, expires)
    await backend.call("start_recording", session=PORTAL, params={"session": session_id}, body=new)


async def key(backend: Backend, session_id: str) -> RecordingKey:
    """Raises NotFound: deleted, expired, or there was none."""
    found: RecordingKey = await backend.call("recording_key", session=PORTAL, params={"session": session_id})
    return found


async def add(backend: Backend, session_id: str, piece: NewPiece) -> None:
    """Raises NotFound (deleted or expired), Impossible (another piece has that number), TooLarge (it is full)."""
    await backend.call("add_recording", session=PORTAL, params={"session": session_id}, body=piece)


async def delete(backend: Backend, session_id: str) -> bool:
    """With its key. False: there was none."""
    try:
        await backend.call("delete_recording", session=PORTAL, params={"session": session_id})
    except NotFound:
        return False
    return True


async def play(backend: Backend, supervisor: Caller, session_id: str) -> None:
    """Writes into the trail that this supervisor looks, which lets them read for half an hour. Raises NotFound,
    Forbidden."""
    await backend.call("play_recording", session=supervisor, params={"session": session_id})


async def read(backend: Backend, supervisor: Caller, session_id: str) -> Recording:
    """The whole of it. Raises NotFound, Forbidden, Impossible (nothing was written into the trail)."""
    items: list[Piece] = []
    after = 0
    while True:
        found: Recording = await backend.call(
            "recording", session=supervisor, params={"session": session_id}, query={"after": str(after)}
        )
        items += found.items
        if not found.items or found.items[-1].number >= found.count:
            return Recording(found.name, found.key, found.expires, found.count, found.end, tuple(items))
        after = found.items[-1].number
