"""Backends that can be killed, and how a page says so in each language."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import httpx
from babel.messages.pofile import read_po
from portal_kit import ENVIRONMENT, Visitor
from ports import free_port

from madang.i18n.locales import LOCALES, Locale

PEOPLE = dict(
    zip(
        LOCALES,
        ("suryaningsih", "osullivan-brooks", "takasaki-rin", "chen-xiaoyu", "siriphanwadi", "nguyen-van-an"),
        strict=True,
    )
)
CATALOGUES = Path(__file__).parents[1] / "madang/web/locales"
NOT_ANSWERING = "system is not answering just now"
KEPT_HERE = "are kept safely here"
NOT_SUBMITTED = "It could not be submitted"
DRAFT_KEPT = "Nothing that you saved is lost"
STILL_WORKS = "Guides, search, counters"
OUR_FAULT = "Something went wrong on our side"
BEING_MADE = "Your certificate is being made"
"""Parts of the English messages that pages must say, each in its language."""
GUIDES = ("/", "/services", "/services?q=등본", "/services?category=identity", "/services/alien-registration",
          "/services/resident-register", "/services/entry-exit", "/help", "/verify", "/signed-out",
          "/services/a-z", "/services/move-in/easy", "/services/bulky-waste", "/services/bulky-waste/areas",
          "/services/bulky-waste-gyeonggi-suwon", "/services/hometax/leaving", "/life-events", "/life-events/arriving",
          "/for-you", "/for-you/senior", "/site-map", "/offices", "/offices?near=Jeonju", "/help/holidays",
          "/help/life-information", "/status", "/report")  # fmt: skip


def says(response: httpx.Response, locale: Locale, part: str) -> bool:
    """Whether the page says, in ``locale``, a message whose English holds ``part``."""
    with (CATALOGUES / locale / "LC_MESSAGES/messages.po").open("rb") as file:
        sentences = [_plain(str(m.string)) for m in read_po(file) if isinstance(m.id, str) and part in m.id]
    assert sentences, part
    text = _plain(response.text)
    return any(sentence in text for sentence in sentences)


def _plain(html: str) -> str:
    """Without markup and without space, which headlines break at."""
    return re.sub(r"<[^>]*>|\s|\u2060|\u200b", "", html)


class BackendProcess:
    """``madang backend`` in a process of its own, killed and started again at the same address."""

    def __init__(self, data: Path) -> None:
        self.data, self.port = data, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self, largest: int = 0) -> None:
        """``largest``: bytes that a file may have, as on a disk with no more room; 0: any."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("MADANG_")}
        environ = {**ENVIRONMENT, "MADANG_DATA": str(self.data), "MADANG_LOG_LEVEL": "error"}
        command = [sys.executable, "-m", "madang.web.cli", "backend", "--port", str(self.port)]
        limit = ["prlimit", f"--fsize={largest}"] if largest else []
        with (self.data.parent / "backend.log").open("ab") as log:
            self.process = subprocess.Popen([*limit, *command], env=clean | environ, stdout=log, stderr=log)
        async with httpx.AsyncClient() as http:
            for _ in range(1200):
                with contextlib.suppress(httpx.HTTPError):
                    await http.get(f"{self.url}/openapi.json")
                    return
                assert self.process.poll() is None, (self.data.parent / "backend.log").read_text()
                await anyio.sleep(0.1)
        raise AssertionError("the backend does not start")

    def kill(self) -> None:
        if self.process is not None:
            self.process.terminate()  # its children end with it
            self.process.wait()
            self.process = None


def base(visitor: Visitor) -> dict[str, str]:
    return next(fields for _, fields in visitor.forms() if "base" in fields)


async def until(do: Callable[[], Awaitable[httpx.Response]], good: Callable[[httpx.Response], bool]) -> httpx.Response:
    """Again and again until it is good: the breaker asks a backend that was away only now and then."""
    for _ in range(200):
        response = await do()
        if good(response):
            return response
        await anyio.sleep(0.3)
    raise AssertionError(f"never: {response.status_code} {response.url}\n{response.text[-3000:]}")
