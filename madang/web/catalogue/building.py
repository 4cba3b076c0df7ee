"""Getting the index of a catalogue: from its file, or built once per machine and written there.

Building takes a second for every thousand services or so. It happens in a process of its own, so that the worker's
pages do not wait for the interpreter meanwhile and its memory does not keep what building needed; and under a lock, so
that of several workers one builds and the others take what it made.

``python -m madang.web.catalogue.building PATH`` is that process: it reads the catalogue's JSON from its input and
writes the index to PATH.
"""

import contextlib
import datetime as dt
import fcntl
import logging
import mmap
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from madang.contract.messages.catalogue import Catalogue, Package, ProcessingTime, Service
from madang.files import write
from madang.i18n.text import Text
from madang.web.catalogue import snapshot
from madang.web.catalogue.index import Index, IndexBroken, build, by_rank

log = logging.getLogger("madang.web.catalogue")
INDEX: Final = "catalogue.index"
LOCK: Final = "catalogue.lock"
APART: Final = 300
"""Services from which on a process of its own is worth its start."""
LONGEST: Final = 900.0
"""Seconds after which a build is given up and done here."""


def index_of(catalogue: Catalogue) -> bytes:
    """The search index of a catalogue."""
    authorities = {authority.id: authority for authority in catalogue.authorities}
    return build(catalogue.version, by_rank(searchable(catalogue)), authorities)


PACKAGE: Final = "package:"
"""Before the id of a package that was found: no service's identifier holds a colon."""
PACKAGE_RANK: Final = 30


def searchable(catalogue: Catalogue) -> list[Service]:
    """What a search can find: the services of the whole country, and the packages in the shape of services."""
    return [*catalogue.services, *map(_as_service, catalogue.packages)]


def _as_service(package: Package) -> Service:
    return Service(
        identifier=PACKAGE + package.id,
        title=package.title,
        summary=package.summary,
        description=package.description,
        who=_NOTHING,
        who_short=_NOTHING,
        authority="",
        categories=(),
        processing_time=ProcessingTime("immediate"),
        channels=(),
        costs=(),
        reviewed=dt.date.min,
        keywords=package.keywords,
        rank=PACKAGE_RANK,
    )


_NOTHING: Final = Text(ko="")


def obtain(folder: Path, catalogue: Catalogue, content: bytes) -> Index:
    """The index of ``catalogue``, whose JSON is ``content``: mapped from its file in ``folder`` where that can be."""
    path = folder / INDEX
    if index := _mapped(path, catalogue.version):
        return index
    with _alone(folder):
        if index := _mapped(path, catalogue.version):
            return index  # another worker has built it meanwhile
        if len(catalogue.services) < APART or not _built_apart(path, content):
            block = index_of(catalogue)
            try:
                write(path, block)
            except OSError as error:
                log.warning("the search index cannot be written: %s", error.strerror)
                return Index(block, catalogue.version)
    return _mapped(path, catalogue.version) or Index(index_of(catalogue), catalogue.version)


def _mapped(path: Path, version: str) -> Index | None:
    """None when there is no file, or it is of another version, another format, or damaged."""
    with contextlib.suppress(OSError, ValueError, IndexBroken), path.open("rb") as file:
        return Index(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), version)
    return None


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time; the lock ends with its holder, killed or not."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):  # a disk that cannot be written to: then each builds for itself
            folder.mkdir(parents=True, exist_ok=True)
            file = stack.enter_context((folder / LOCK).open("wb"))
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _built_apart(path: Path, content: bytes) -> bool:
    command = [sys.executable, "-m", "madang.web.catalogue.building", str(path)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=LONGEST, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("the search index is built here: %s", error)
        return False
    if done.returncode:
        log.warning("the search index is built here: %s", done.stderr[-500:].decode(errors="replace"))
        return False
    log.info("the search index was built")
    return True


def main() -> None:
    os.nice(10)  # pages come first
    catalogue = snapshot.decode(sys.stdin.buffer.read())
    write(Path(sys.argv[1]), index_of(catalogue))


if __name__ == "__main__":
    main()
