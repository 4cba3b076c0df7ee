"""Recordings of remote support: sealed by the portal, kept by the backend, which can open nothing of them.

How they are sealed is the portal's matter; see "Recording" in ``docs/support-protocol.md``.
"""

import datetime as dt
from typing import Annotated, Final

import msgspec

from madang.contract.messages.support import Moment, SessionName

PIECE_BYTES: Final = 90_000
"""The largest piece."""
MOST_BYTES: Final = 8 * 1024 * 1024
"""Of all pieces of a recording together."""
PLAYBACK_SECONDS: Final = 1800
"""So long after a playback was written into the trail whoever it names may read."""

Sealed = Annotated[bytes, msgspec.Meta(min_length=28, max_length=200)]


class NewRecording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``name`` is chosen by the portal, so that beginning twice is beginning once. ``key``: the recording's own,
    sealed. ``expires``: its last moment."""

    name: SessionName
    key: Sealed
    expires: Moment


class RecordingKey(msgspec.Struct, frozen=True):
    """What a process needs to add a piece. ``count``: pieces that there are; ``size``: bytes of all."""

    name: str
    key: bytes
    expires: dt.datetime
    count: int
    size: int


class NewPiece(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``number``: one more than the last one's. ``end``: the sealed number of pieces, with this one."""

    name: SessionName
    number: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    content: Annotated[bytes, msgspec.Meta(min_length=28, max_length=PIECE_BYTES)]
    end: Sealed


class Piece(msgspec.Struct, frozen=True):
    number: int
    content: bytes


class Recording(msgspec.Struct, frozen=True):
    """A recording with its pieces behind a number, in order, about 1 MB of them; with the same moment's ``count`` and
    ``end``."""

    name: str
    key: bytes
    expires: dt.datetime
    count: int
    end: bytes
    items: tuple[Piece, ...]
