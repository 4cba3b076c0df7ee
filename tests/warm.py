"""What a first start makes of the catalogue, kept between the portals of a test run: the compiled catalogue and the
search index. Each is believed only by its digest or version, as in use, so that nothing stale is ever taken."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

KEPT = Path(tempfile.gettempdir()) / f"madang-tests-{os.getuid()}"
PATTERNS = ("*.msgpack", "catalogue.index")


def lend(data: Path) -> None:
    """Puts what other portals made into a new data folder."""
    folder = data / "catalogue"
    folder.mkdir(parents=True, exist_ok=True)
    for path in _made(KEPT):
        with contextlib.suppress(OSError):  # another run may be replacing it
            shutil.copyfile(path, folder / path.name)


def keep(data: Path) -> None:
    """Takes what a portal made, for the next."""
    KEPT.mkdir(mode=0o700, exist_ok=True)
    for path in _made(data / "catalogue"):
        with contextlib.suppress(OSError):
            handle, name = tempfile.mkstemp(prefix=".", dir=KEPT)
            os.close(handle)
            shutil.copyfile(path, name)
            os.replace(name, KEPT / path.name)
    with contextlib.suppress(FileNotFoundError):  # another run clears up, too
        newest = sorted(KEPT.glob("*.msgpack"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in newest[4:]:
            old.unlink(missing_ok=True)


def _made(folder: Path) -> list[Path]:
    return [path for pattern in PATTERNS for path in folder.glob(pattern)]
