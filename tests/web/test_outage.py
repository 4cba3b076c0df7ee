"""When the backend dies: what still works goes on working, the rest says so, and nothing is lost."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from outage_kit import (
    DRAFT_KEPT,
    GUIDES,
    KEPT_HERE,
    NOT_ANSWERING,
    NOT_SUBMITTED,
    PEOPLE,
    STILL_WORKS,
    BackendProcess,
    base,
    says,
    until,
)
from portal_kit import Visitor, running, settings

from madang.i18n.locales import LOCALES, Locale
from madang.web.app import create_app

pytestmark = pytest.mark.anyio


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
        listed = await until(
            lambda person=person, locale=locale: person.get(f"/{locale}/applications"),
            lambda response: response.status_code == 200,
        )
        assert len(set(re.findall(r"/applications/([0-9-]{10,})", listed.text))) == 1
        await until(
            lambda person=person, locale=locale: person.get(issued[locale]),
            lambda response: re.search(r"/documents/([0-9A-Z-]{19})", response.text) is not None,
        )
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
