"""The portal to be measured: in this process, or as ``madang serve`` in one of its own."""

import contextlib
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
for _folder in ("tests", "tests/e2e", "tests/backend/issuance", "tests/web/catalogue"):
    sys.path.append(str(ROOT / _folder))

from portal_kit import BASE, Visitor, portal, settings  # noqa: E402  (the tests' own way in)

__all__ = ["BASE", "HOST", "ROOT", "Inhabited", "inhabited", "settings"]
HOST = BASE.removeprefix("https://")


@dataclass(frozen=True, slots=True)
class Inhabited:
    """A portal in this process, and the cookie of somebody who is signed in and has had a certificate."""

    app: Any
    cookie: Mapping[str, str]


@contextlib.asynccontextmanager
async def inhabited(data: Path) -> AsyncIterator[Inhabited]:
    async with portal(data, MADANG_LOG_LEVEL="error") as app:
        visitor = Visitor(app)
        await visitor.sign_in("oh-sunrye")
        pairs = [f"{cookie.name}={cookie.value}" for cookie in visitor.http.cookies.jar]
        yield Inhabited(app, {"Cookie": "; ".join(pairs)})
