"""``python -m madang.backend.prepare [URL]``: migrates and seeds the database, then ends. Safe to run at every
start."""

import logging
import os
import sys
from pathlib import Path

from sqlalchemy.exc import OperationalError

from madang.backend.catalogue.reading import CatalogueInvalid
from madang.backend.config import CATALOGUE
from madang.backend.database import prepare


def main(arguments: list[str]) -> int:
    """The exit status: 0 done or nothing to do, 1 with a sentence on standard error."""
    url = arguments[0] if arguments else os.environ.get("MADANG_DATABASE_URL", "")
    if not url:
        data = Path(os.environ.get("MADANG_DATA", "var")).resolve()
        data.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{data / 'madang.sqlite'}"
    catalogue = Path(os.environ.get("MADANG_CATALOGUE", str(CATALOGUE)))
    try:
        changed = prepare(url, catalogue)
    except CatalogueInvalid as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OperationalError as error:
        sys.stderr.write(f"The database cannot be reached: {str(error.orig).splitlines()[0]}\n")
        return 1
    logging.getLogger("madang.backend").info("database %s", "prepared" if changed else "was up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
