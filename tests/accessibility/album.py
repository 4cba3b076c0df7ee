"""The portal's pages as they were sent, each in a state of its own: taken by HTTP alone, at one moment of one day.

The clock stands at a working day, so that what a page says of today is the same in every run.
"""

import contextlib
import datetime as dt
import hashlib
import json
import random
import re
import secrets
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

import anyio
import httpx
import pytest
import time_machine
import warm
from portal_kit import BASE, Visitor, running, settings
from support_kit import House

from madang.accessibility.audit.keys import normalised
from madang.accessibility.audit.scenes import Asset
from madang.i18n.locales import Locale
from madang.web import wiring
from madang.web.app import create_app

MOMENT = dt.datetime(2026, 11, 24, 10, 20, tzinfo=ZoneInfo("Asia/Seoul"))
"""A Tuesday on which offices are open."""
KEY = hashlib.sha256(b"the audit needs no secrets, but the same ones each time").hexdigest()
_FILE = re.compile(r"""(?:href|src|action)="([^"]+)"|url\(['"]?([^'")]+)""")


@dataclass(frozen=True)
class Shot:
    """``url``: path and query. ``look``: the preferences it was asked for with."""

    name: str
    locale: Locale
    url: str
    html: str
    look: str = ""


@dataclass
class Backend:
    """The reference backend, which can be away, or say another status of applications."""

    app: Any
    away: bool = False
    status: str = ""
    note: str = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not (self.away or self.status):
            await self.app(scope, receive, send)
        elif self.away:
            await send({"type": "http.response.start", "status": 502, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"bad gateway"})
        else:
            await self._changed(scope, receive, send)

    async def _changed(self, scope: Any, receive: Any, send: Any) -> None:
        """Applications as they would be, had a clerk decided otherwise."""
        begun: dict[str, Any] = {}
        parts = []

        async def collect(message: Any) -> None:
            if message["type"] == "http.response.start":
                begun.update(message)
            else:
                parts.append(message.get("body", b""))

        await self.app(scope, receive, collect)
        body = b"".join(parts)
        if re.fullmatch(r"/v1/applications(/[0-9-]+)?", scope["path"]) and begun["status"] == 200:
            said = json.loads(body)
            for each in said.get("items", [said]):
                each["status"], each["documents"] = self.status, []
                event = {"at": each["submitted"], "status": self.status}
                if self.note:
                    event["note"] = {"ko": self.note}
                each["events"] = [{"at": each["submitted"], "status": "received"}]
                each["events"] += [event] if self.status != "received" else []
                each["due"] = "2026-12-04"
                each["may_withdraw"] = self.status in ("received", "in-review", "more-info")
            body = json.dumps(said).encode()
        begun["headers"] = [(n, v) for n, v in begun["headers"] if n.lower() != b"content-length"]
        await send(begun)
        await send({"type": "http.response.body", "body": body})


@dataclass
class Album:
    """Everything of one walk in one language and one look. ``gaps``: states that could not be reached, and why."""

    house: House
    backend: Backend
    locale: Locale
    look: str = ""
    shots: list[Shot] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    @property
    def portal(self) -> Any:
        return self.house.portal

    def visitor(self) -> Visitor:
        made = self.house.visitor()
        made.http.headers["Accept-Encoding"] = "identity"
        if self.look:
            made.http.cookies.set("madang-look", self.look)
        return made

    def take(self, name: str, page: httpx.Response | None) -> None:
        """Keeps ``page`` as ``name``. Raises AssertionError where it is no page."""
        assert page is not None, name
        assert page.status_code != 500, f"{name}: the portal failed at {page.url}"
        assert page.headers.get("content-type", "").startswith("text/html"), f"{name}: {page.headers}"
        parts = urlsplit(str(page.url))
        url = parts.path + (f"?{parts.query}" if parts.query else "")
        self.shots.append(Shot(name, self.locale, url, page.text, self.look))

    async def go(self, visitor: Visitor, name: str, path: str, status: int = 200) -> httpx.Response:
        """Opens ``path`` of this language and keeps it."""
        page = await visitor.get(f"/{self.locale}{path}")
        assert page.status_code == status, f"{name}: {page.status_code} at {path}"
        self.take(name, page)
        return page

    async def settled(self, visitor: Visitor, name: str, address: str) -> None:
        """Keeps the page at ``address`` once it stays as it is: what a citizen does is drawn for the desk a little
        later."""
        page, before = await visitor.get(address), ""
        with anyio.fail_after(30):
            while before != (now := normalised(page.text)):
                before = now
                await anyio.sleep(0.3)
                page = await visitor.get(address)
        self.take(name, page)

    async def part(self, walk: "Callable[[Album], Awaitable[None]]") -> None:
        """One part of the walk; where it breaks, the others go on and the gap is told."""
        try:
            await walk(self)
        except (AssertionError, LookupError, StopIteration, ValueError, TypeError, RuntimeError) as error:
            self.gaps.append(f"{walk.__name__} in {self.locale}: {type(error).__name__} {str(error)[:300]}")


class Assets:
    """The files that pages ask for, each fetched once."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self.kept: dict[str, Asset] = {}
        self._none: set[str] = set()

    async def of(self, shot: Shot) -> None:
        for found in _FILE.finditer(shot.html):
            await self._keep(urljoin(f"{BASE}{shot.url}", (found[1] or found[2]).replace("&amp;", "&")))

    async def _keep(self, address: str) -> None:
        parts = urlsplit(address)
        path = parts.path
        if f"{parts.scheme}://{parts.netloc}" != BASE or path in self.kept or path in self._none:
            return
        if not path.startswith("/static/"):
            return
        answer = await self._http.get(path)
        if answer.status_code != 200:
            self._none.add(path)
            return
        kind = answer.headers.get("content-type", "application/octet-stream")
        self.kept[path] = Asset(answer.content, kind)
        if "css" in kind or "javascript" in kind:
            for found in re.finditer(r"""url\(['"]?([^'")]+)|(?:from|import)\s*['"]([^'"]+)['"]""", answer.text):
                await self._keep(urljoin(address, found[1] or found[2]))


@contextlib.asynccontextmanager
async def portal_at(data: Path, catalogue: Path) -> AsyncIterator[tuple[House, Backend]]:
    """A portal at the moment, and its backend."""
    made = settings(data, MADANG_CATALOGUE=str(catalogue), MADANG_SECRET_KEYS=KEY)
    embedded = wiring.embedded_backend(made)
    backend = Backend(embedded)
    async with embedded.router.lifespan_context(embedded), running(create_app(made, backend=backend)) as app:
        house = House(app)
        await house.visitor().get("/en/")
        warm.keep(data)
        yield house, backend


class Dice:
    """Falls the same way in every run, for each caller by itself: tasks in the background throw it, too, and how often
    they did before a page was drawn depends on the machine."""

    def __init__(self) -> None:
        self._streams: dict[str, random.Random] = {}

    def _stream(self) -> random.Random:
        frame = sys._getframe(2)
        while frame.f_back is not None and frame.f_code.co_filename == secrets.__file__:
            frame = frame.f_back
        caller = f"{Path(frame.f_code.co_filename).name} {frame.f_code.co_qualname}"
        return self._streams.setdefault(caller, random.Random(caller))

    def token_bytes(self, nbytes: int | None = None) -> bytes:
        return self._stream().randbytes(32 if nbytes is None else nbytes)

    def randbelow(self, exclusive_upper_bound: int) -> int:
        return self._stream().randrange(exclusive_upper_bound)

    def choice(self, seq: Sequence[Any]) -> Any:
        return self._stream().choice(seq)


@contextlib.contextmanager
def same_every_time() -> Iterator[None]:
    """The moment, for all that asks the time in this process, and a dice that falls the same way each time."""
    dice = Dice()
    with pytest.MonkeyPatch.context() as patched:
        for name in ("token_bytes", "randbelow", "choice"):
            patched.setattr(secrets, name, getattr(dice, name))
        patched.setattr(random, "SystemRandom", lambda: random.Random(2026))
        with time_machine.travel(MOMENT, tick=True):
            yield
