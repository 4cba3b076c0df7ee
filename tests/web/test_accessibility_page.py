"""The accessibility statement: says what the evidence says in six languages, and a barrier reported is answered."""

import re
from pathlib import Path

import pytest
import yaml
from outage_kit import says
from portal_kit import Visitor, portal

from madang.accessibility.report.compiled import compiled
from madang.i18n.locales import LOCALES, Locale
from madang.web.views import accessibility
from tests.accessibility.report_kit import written

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("locale", LOCALES)
async def test_without_evidence_nothing_is_claimed(
    visitor: Visitor, locale: Locale, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    report = compiled(tmp_path)
    monkeypatch.setattr(accessibility, "known", lambda: report)
    page = await visitor.get(f"/{locale}/accessibility?x=1")
    assert says(page, locale, "This version has not been tested yet, so we claim nothing.")
    criteria = await visitor.get(f"/{locale}/accessibility/criteria?x=1")
    assert says(criteria, locale, "Not tested yet")
    assert not says(criteria, locale, "Supported in part")
    assert "<b>Supported</b>" not in criteria.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_what_was_found_stands_on_the_page(
    visitor: Visitor, locale: Locale, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    report = compiled(written(tmp_path))
    monkeypatch.setattr(accessibility, "known", lambda: report)
    page = await visitor.get(f"/{locale}/accessibility?x=2")
    for words in (
        "Supported in part",
        "Not supported",
        "What only people can judge",
        "Somebody who uses only the keyboard",
    ):
        assert says(page, locale, words)
    assert "1.4.3" in page.text
    assert 'href="tel:1331"' in page.text
    assert f'href="/{locale}/report?page=%2Faccessibility&amp;wrong=accessibility"' in page.text


async def test_a_barrier_gets_a_reference_and_its_answer_is_read(visitor: Visitor) -> None:
    empty = await visitor.post("/th/report", {"page": "/accessibility", "wrong": "accessibility", "text": ""})
    assert empty.status_code == 422
    assert says(empty, "th", "Write what stands in your way")
    sent = await visitor.post("/th/report", {"page": "/accessibility", "wrong": "accessibility", "text": "อ่านไม่ได้"})
    assert says(sent, "th", "Thank you. Your report is with us.")
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", str(sent.url))
    assert found
    again = await visitor.get(f"/th/report/answer?reference={found[0].lower()}")
    assert says(again, "th", "There is no answer yet.")
    assert "อ่านไม่ได้" not in again.text, "what was said is not shown to whoever finds the reference"
    assert (await visitor.get("/th/report/answer?reference=AAAA-AAAA-AAAA")).status_code == 404


async def test_every_page_leads_to_the_statement(visitor: Visitor) -> None:
    assert 'href="/vi/accessibility"' in (await visitor.get("/vi/")).text


async def test_who_runs_the_website_is_named_in_the_statement_and_in_its_report(tmp_path: Path) -> None:
    """In six languages; without a name the statement says that nobody runs it yet."""
    mine = {"MADANG_OPERATOR": "Town of <Example>", "MADANG_OPERATOR_EMAIL": "barriers@example.org"}
    async with portal(tmp_path / "mine", **mine) as made:
        reader = Visitor(made)
        for locale in LOCALES:
            page = await reader.get(f"/{locale}/accessibility")
            assert "Town of &lt;Example&gt;" in page.text
            assert 'href="mailto:barriers@example.org"' in page.text
            assert not says(page, locale, "No agency runs this website yet.")
        report = yaml.safe_load((await reader.http.get("/accessibility/report.yaml")).text)
        assert report["author"]["company_name"] == "Town of <Example>"
        assert report["author"]["email"] == "barriers@example.org"


async def test_without_an_operator_the_statement_says_so(visitor: Visitor) -> None:
    page = await visitor.get("/en/accessibility?x=3")
    assert says(page, "en", "No agency runs this website yet.")
    assert "mailto:" not in page.text
