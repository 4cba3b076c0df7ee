"""One part of the backend does not answer: the list of applications shows the others and says which is missing."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx
import pytest
from outage_kit import BackendProcess, says
from portal_kit import Visitor, running, settings
from ports import free_port

from madang.i18n.locales import LOCALES
from madang.web.app import create_app
from tests.web.test_outcomes import NUMBER, at_check

pytestmark = pytest.mark.anyio
SILENT = {
    "DRAFTS": "keeps drafts is not answering",
    "APPLICATIONS": "keeps applications is not answering",
    "ISSUANCE": "keeps documents is not answering",
}
EMPTY = "You have not applied for anything yet"


@pytest.fixture(scope="module")
async def backend(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[BackendProcess]:
    data = tmp_path_factory.mktemp("parts") / "var"
    data.mkdir()
    made = BackendProcess(data)
    await made.start()
    try:
        yield made
    finally:
        made.kill()


async def listed(backend: BackendProcess, cookies: httpx.Cookies, *silent: str) -> Mapping[str, httpx.Response]:
    """The page in each language, of a portal that reaches nobody at the addresses of ``silent`` groups."""
    nobody = {f"MADANG_BACKEND_URL_{group}": f"http://127.0.0.1:{free_port()}" for group in silent}
    pages = {}
    async with running(create_app(settings(backend.data, MADANG_BACKEND_URL=backend.url, **nobody))) as app:
        visitor = Visitor(app)
        visitor.http.cookies = cookies
        for locale in LOCALES:
            pages[locale] = await visitor.get(f"/{locale}/applications")
    return pages


async def holder(backend: BackendProcess) -> tuple[httpx.Cookies, str]:
    """Somebody with a document and a draft, signed in; the document's number."""
    app: Any = create_app(settings(backend.data, MADANG_BACKEND_URL=backend.url))
    async with running(app) as portal:
        visitor = Visitor(portal)
        await visitor.sign_in("suryaningsih", "/en/")
        found = NUMBER.search((await visitor.post(await at_check(visitor, "en"))).text)
        assert found
        await visitor.post("/en/apply/alien-registration", {"new": "1"})
        return visitor.http.cookies, found[1]


async def test_each_part_is_missed_alone(backend: BackendProcess) -> None:
    cookies, number = await holder(backend)
    shows = {"DRAFTS": 'data-ref="carry-on:1"', "APPLICATIONS": 'data-ref="application:1"', "ISSUANCE": "issued:1"}
    for silent in SILENT:
        for locale, page in (await listed(backend, cookies, silent)).items():
            assert page.status_code == 200
            assert not says(page, locale, EMPTY)
            for group, sentence in SILENT.items():
                assert says(page, locale, sentence) is (group == silent), (group, silent)
                # A draft that was seen here is shown from the portal's own copy.
                assert (shows[group] in page.text) is (group != silent or group == "DRAFTS"), (group, silent)
    for locale, page in (await listed(backend, cookies)).items():
        assert not any(says(page, locale, sentence) for sentence in SILENT.values())
        assert number in page.text


async def test_with_neither_applications_nor_documents_it_is_an_outage(backend: BackendProcess) -> None:
    cookies, _ = await holder(backend)
    for page in (await listed(backend, cookies, "APPLICATIONS", "ISSUANCE")).values():
        assert page.status_code == 503
