"""The whole portal in one process over real databases, and a person who uses it by HTTP alone."""

import contextlib
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import html5lib
import httpx
import warm
from invariants import problems

from madang.i18n.locales import Locale, is_locale
from madang.web.app import create_app
from madang.web.settings import Settings

BASE = "https://portal.test"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
KIOSK_KEY = "four words for kiosks"
ENVIRONMENT = {
    "MADANG_KIOSK_KEY": KIOSK_KEY,
    "MADANG_BASE_URL": BASE,
    "MADANG_DEMONSTRATION": "yes",
    "MADANG_LOG_LEVEL": "warning",
    "MADANG_CLIENT_REQUESTS": "100000",
}


def settings(data: Path, **more: str) -> Settings:
    """Settings of a portal whose database is prepared, as ``madang serve`` would prepare it."""
    made = Settings.from_environment({**ENVIRONMENT, "MADANG_DATA": str(data), **more})
    warm.lend(made.data)
    url = made.database_url or f"sqlite:///{made.data / 'madang.sqlite'}"
    subprocess.run([sys.executable, "-m", "madang.backend.prepare", url], check=True, capture_output=True)
    return made


@contextlib.asynccontextmanager
async def running(app: Any) -> AsyncIterator[Any]:
    """The application between its start and its stop."""
    import asyncio

    inbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    outbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    task = asyncio.create_task(app({"type": "lifespan", "state": {}}, inbox.get, outbox.put))
    await inbox.put({"type": "lifespan.startup"})
    told = await outbox.get()
    if told["type"] != "lifespan.startup.complete":
        raise RuntimeError(told.get("message", "the portal did not start"))
    try:
        yield app
    finally:
        await inbox.put({"type": "lifespan.shutdown"})
        await outbox.get()
        await task


@contextlib.asynccontextmanager
async def portal(data: Path, **more: str) -> AsyncIterator[Any]:
    async with running(create_app(settings(data, **more))) as app:
        if not more:
            warm.keep(data)
        yield app


class Visitor:
    """A browser without JavaScript: follows redirects, keeps cookies, posts forms. Each page it sees is checked."""

    def __init__(self, app: Any, address: str = "198.51.100.7", **headers: str) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=True, client=(address, 50000))
        self.http = httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers, follow_redirects=True)
        self.page: httpx.Response | None = None

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return self._seen(await self.http.get(path, headers=headers))

    async def post(self, path: str, data: dict[str, Any] | None = None, files: Any = None) -> httpx.Response:
        return self._seen(await self.http.post(path, data=data, files=files, headers=SAME_ORIGIN))

    def _seen(self, response: httpx.Response) -> httpx.Response:
        self.page = response
        if response.headers.get("content-type", "").startswith("text/html") and response.text:
            first = response.url.path.split("/")[1]
            locale: Locale | None = first if is_locale(first) else None
            fragment = not response.text.lstrip().lower().startswith("<!doctype")
            found = problems(response.text, locale, fragment=fragment)
            assert not found, f"{response.url.path}: {found}"
        return response

    async def sign_in(self, person: str, to: str = "/ko/") -> httpx.Response:
        """Chooses ``person`` on the demonstration provider's page and comes back to ``to``."""
        response = await self.http.get(f"/{to.split('/')[1]}/sign-in", params={"to": to})
        return await self.choose(person, response)

    async def choose(self, person: str, response: httpx.Response) -> httpx.Response:
        """Presses a person's button on the provider's page that ``response`` is."""
        assert "/demo-sign-in/" in response.url.path, response.url
        action = re.search(r'<form[^>]*action="([^"]*demo-sign-in[^"]*)"', response.text)
        assert action, response.text[:500]
        return await self.post(action[1].replace("&amp;", "&"), {"person": person})

    def forms(self) -> list[tuple[str, dict[str, str]]]:
        """(action, hidden fields) of each POST form on the page."""
        assert self.page is not None
        root = html5lib.parse(self.page.text, namespaceHTMLElements=False)
        found = []
        for form in root.iter("form"):
            if form.get("method", "get").lower() == "post":
                hidden = {i.get("name"): i.get("value", "") for i in form.iter("input") if i.get("type") == "hidden"}
                found.append((form.get("action") or self.page.url.path, hidden))
        return found
