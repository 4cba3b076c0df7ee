"""The demonstration's telephone: what was sent to numbers that are nobody's, in a file that both sides can see."""

import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

FILE: Final = "demonstration-messages.jsonl"
"""In the data folder that the portal shares with the embedded backend."""


class Shown(msgspec.Struct, frozen=True):
    """One message of the demonstration, a line of its file."""

    at: dt.datetime
    to: str
    text: str


def shown(file: Path, most: int) -> tuple[Shown, ...]:
    """The demonstration's last messages, the newest first; none where the file is not."""
    try:
        lines = file.read_bytes().splitlines()[-most:]
    except OSError:
        return ()
    found = []
    for line in reversed(lines):
        try:
            found.append(msgspec.json.decode(line, type=Shown))
        except msgspec.DecodeError:
            continue  # a line that is being written
    return tuple(found)
