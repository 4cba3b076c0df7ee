"""How complete the languages are: the page says what the count says, the worst first, with a way to each guide."""

import time
from typing import Any

import anyio
import html5lib
import msgspec
import pytest
from invariants import text_of
from outage_kit import says
from portal_kit import Visitor

from madang.contract.completeness import LAYERS, completeness
from madang.i18n.locales import LOCALES, NATIVE_NAME, Locale
from madang.web.catalogue.computed import Computed
from madang.web.catalogue.shelf import Shelf
from madang.web.views.completeness import MOST
from tests.web.test_crawlers import inner, shelf_of

pytestmark = pytest.mark.anyio


def rows(html: str) -> list[list[str]]:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return [[text_of(cell).strip() for cell in row if cell.tag in ("td", "th")] for row in root.iter("tr")]


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_page_says_what_the_count_says(app: Any, visitor: Visitor, locale: Locale) -> None:
    page = await visitor.get(f"/{locale}/completeness")
    assert page.status_code == 200
    report = completeness(shelf_of(app).catalogue)
    head, everything, *kinds = rows(page.text)
    assert head[2:8] == list(NATIVE_NAME.values())
    assert len(head) == 2 + len(LAYERS)
    totals = report.totals()
    assert [cell.split("%")[0] for cell in everything[2:]] == [str(totals[layer].percent) for layer in LAYERS]
    assert len(kinds) == len(report.by_kind())
    assert '<meta name="robots" content="noindex">' in page.text


async def test_the_worst_stands_first_and_leads_to_its_guide(app: Any, visitor: Visitor) -> None:
    """In a catalogue that lacks a hundred texts and more."""
    portal = inner(app).state.portal
    whole: Shelf = portal.catalogue.current
    given = whole.catalogue

    def korean(value: Any) -> Any:
        return msgspec.structs.replace(value, title=msgspec.structs.replace(value.title, th="", vi=""))

    services = tuple(
        msgspec.structs.replace(korean(service), easy=()) if service.identifier == "move-in" else korean(service)
        for service in given.services
    )
    packages = (korean(given.packages[0]), *given.packages[1:])
    broken = msgspec.structs.replace(given, version="b" * 32, services=services, packages=packages)
    try:
        portal.catalogue.current = Shelf.of(broken)
        page = await visitor.get("/th/completeness")
        report = completeness(broken)
        worst = report.worst()
        links = [
            e.get("href")
            for e in html5lib.parse(page.text, namespaceHTMLElements=False).iter("a")
            if (e.get("data-ref") or "").startswith("entry:")
        ]
        pages = {"package": "life-events"}
        assert links == [
            f"/th/{pages.get(entry.kind, 'services')}/{entry.id}"
            for entry in worst[:MOST]
            if entry.kind in ("own", "external", "listed", "package")
        ]
        assert links[0] == "/th/services/move-in"
        assert "easy.ko" in page.text
        assert len(worst) > MOST
        assert (await visitor.get(links[0])).status_code == 200
    finally:
        portal.catalogue.current = whole
    again = await visitor.get("/th/completeness")
    assert "easy.ko" not in again.text, "counted anew for another version"


async def test_it_is_counted_once_for_a_version(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from madang.web.views import completeness as view

    counted = []

    def watched(catalogue: Any) -> Any:
        counted.append(catalogue.version)
        return completeness(catalogue)

    monkeypatch.setattr(view, "completeness", watched)
    portal = inner(app).state.portal
    portal.computed._version = ""
    for locale in LOCALES:
        answer = await Visitor(app).get(f"/{locale}/completeness?anew={locale}")
        assert says(answer, locale, "How complete the languages are")
    assert counted == [shelf_of(app).version]


async def test_what_many_ask_for_at_once_is_made_once() -> None:
    computed, made = Computed(), []

    def make() -> int:
        time.sleep(0.01)
        made.append(1)
        return len(made)

    async def ask() -> None:
        found.append(await computed.of("a", "key", make))

    found: list[int] = []
    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(ask)
    assert found == [1] * 5
    assert await computed.of("a", "other", make) == 2
    assert await computed.of("a", "key", make) == 1
    assert await computed.of("b", "key", make) == 3
