"""Report a problem with this page: said in six languages, kept for the operator; what cannot be sent is not lost."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from outage_kit import BackendProcess, says
from portal_kit import Visitor, portal, running, settings
from sqlalchemy import create_engine, text

from madang.i18n.locales import LOCALES, Locale
from madang.web.app import create_app

pytestmark = pytest.mark.anyio
THANKS = "Thank you. We will look at it."


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[tuple[Any, str]]:
    data = tmp_path_factory.mktemp("reports") / "var"
    async with portal(data) as app:
        yield app, f"sqlite:///{data / 'madang.sqlite'}"


def kept(url: str) -> list[tuple[Any, ...]]:
    with create_engine(url).connect() as connection:
        columns = "page, locale, wrong, text"
        return [tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM page_reports ORDER BY id"))]


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_report_is_kept_without_a_word_about_who_said_it(house: tuple[Any, str], locale: Locale) -> None:
    app, url = house
    visitor = Visitor(app, address=f"198.51.100.{LOCALES.index(locale) + 1}")
    guide = await visitor.get(f"/{locale}/services/entry-exit")
    assert f'href="/{locale}/report?page=%2Fservices%2Fentry-exit"' in guide.text
    await visitor.get(f"/{locale}/report?page=/services/entry-exit")
    wrong = await visitor.post(f"/{locale}/report", {"page": "/services/entry-exit", "text": "수수료 <b>&"})
    assert wrong.status_code == 422
    assert says(wrong, locale, "Choose what is wrong")
    assert "수수료 &lt;b&gt;&amp;" in wrong.text, "what was typed is still there"
    long = await visitor.post(f"/{locale}/report", {"page": "/", "wrong": "fact", "text": "가" * 1001})
    assert long.status_code == 422
    sent = await visitor.post(f"/{locale}/report", {"page": "/services/entry-exit", "wrong": "fact", "text": "수수료"})
    assert sent.status_code == 200
    assert says(sent, locale, THANKS)
    assert kept(url)[-1] == ("/services/entry-exit", locale, "fact", "수수료")


async def test_what_is_no_public_page_is_not_kept(house: tuple[Any, str]) -> None:
    app, url = house
    visitor = Visitor(app, address="198.51.100.40")
    for page in ("//evil.example/", "/x?name=Kim", "/" + "a" * 300, "javascript:alert(1)", ""):
        sent = await visitor.post("/en/report", {"page": page, "wrong": "other"})
        assert says(sent, "en", THANKS)
        assert kept(url)[-1] == ("/", "en", "other", "")


async def test_one_client_cannot_flood_it(house: tuple[Any, str]) -> None:
    app, url = house
    visitor = Visitor(app, address="198.51.100.41")
    before = len(kept(url))
    for _ in range(25):
        answer = await visitor.post("/en/report", {"page": "/", "wrong": "other", "text": "kept words"})
    assert answer.status_code == 429
    assert "kept words" in answer.text
    assert len(kept(url)) == before + 20


async def test_with_the_backend_dead_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.mktemp("dead") / "var"
    data.mkdir()
    backend = BackendProcess(data)
    await backend.start()
    try:
        async with running(create_app(settings(data, MADANG_BACKEND_URL=backend.url))) as app:
            backend.kill()
            answer = await Visitor(app).post("/th/report", {"page": "/", "wrong": "broken", "text": "ใช้ไม่ได้"})
            assert answer.status_code == 503
            assert "ใช้ไม่ได้" in answer.text
            assert says(answer, "th", "Not sent")
            assert 'href="tel:110"' in answer.text
    finally:
        backend.kill()
