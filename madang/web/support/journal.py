"""Records of remote support that are not delivered yet, in a file: a process that is killed takes none of them with it.

Each process writes a file of its own and holds a lock on it; who starts takes up the files whose process is gone. What
was delivered and stands in a file all the same is sent again: a record's key makes sure that it is written once.
"""

import fcntl
import logging
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from madang.contract.messages.support import NewRecord
from madang.web.state.vault import Vault, VaultError

NAME: Final = "support-trail-{}.journal"
log: Final = logging.getLogger("madang.web.support.trail")
_DECODER: Final = msgspec.json.Decoder(NewRecord)


class Journal:
    """``folder``: the portal's data folder. Lines are sealed: who helped whom is nobody's business but the trail's."""

    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder, self._vault = folder, vault
        self._file: int | None = None
        self._adopted: list[tuple[Path, int]] = []

    def add(self, record: NewRecord) -> None:
        """Written when this returns, as far as this process is concerned. A disk that refuses is logged: the record
        still waits in memory."""
        try:
            if self._file is None:
                self._file = self._own()
            os.write(self._file, self._vault.seal(msgspec.json.encode(record)) + b"\n")
        except OSError as error:
            log.error("a record of remote support is in memory alone: %s", error)

    def settle(self) -> None:
        """Everything that was added or left has been delivered."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
        for path, file in self._adopted:
            path.unlink(missing_ok=True)
            os.close(file)
        self._adopted.clear()

    def left(self) -> Sequence[NewRecord]:
        """What processes that are gone have left, each file's in its order; it is this process's to deliver now."""
        found: list[NewRecord] = []
        for path in sorted(self._folder.glob(NAME.format("*"))):
            try:
                file = os.open(path, os.O_RDWR)
            except OSError:
                continue
            if not _locked(file):
                os.close(file)
                continue
            self._adopted.append((path, file))
            found += self._read(path)
        return found

    def close(self) -> None:
        """Lets go of the files. What was not delivered stays in them, for whoever starts next."""
        for file in [self._file, *(file for _, file in self._adopted)]:
            if file is not None:
                os.close(file)
        self._file = None
        self._adopted.clear()

    def _own(self) -> int:
        path = self._folder / NAME.format(f"{os.getpid()}-{secrets.token_hex(4)}")
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
        _locked(file)
        return file

    def _read(self, path: Path) -> list[NewRecord]:
        found = []
        for line in path.read_bytes().splitlines():
            try:
                found.append(_DECODER.decode(self._vault.open(line)))
            except (VaultError, msgspec.DecodeError):
                log.error("a line of %s cannot be read: it was cut off, or its key is gone", path.name)
        return found


def _locked(file: int) -> bool:
    """Whether this process has the file now."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
