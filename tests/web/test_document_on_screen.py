"""The screen version of every document: all that the signed PDF says stands on the page, whoever reads it and whatever
became of it, and it can be printed."""

import datetime as dt
import html
import re
from typing import Any

import pytest
from invariants import problems
from look_kit import shell

from madang.accessibility.preferences import Preferences
from madang.backend.issuance.normal import normal
from madang.contract.messages.documents import Document, DocumentContent, DocumentState, DocumentSummary
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.text import Text
from madang.web import wiring
from madang.web.app import LOCALES as CATALOGUES
from madang.web.assets import Assets
from madang.web.settings import Settings
from madang.web.views.documents import DocumentPage
from tests.backend.issuance.certificates import documents, holdings, issued
from tests.backend.issuance.samples import NUMBER, URL, texts

HELD = holdings()
EVERY = documents(HELD)
STATES: tuple[DocumentState, ...] = ("genuine", "revoked", "expired")
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from madang.i18n.messages import Catalogues

    data = str(tmp_path_factory.mktemp("screen"))
    settings = Settings.from_environment({"MADANG_DEMONSTRATION": "yes", "MADANG_DATA": data})
    return wiring.environments(settings, Catalogues(CATALOGUES), Assets())


def page_of(content: DocumentContent, name: str, state: DocumentState) -> DocumentPage:
    summary = DocumentSummary(
        number=NUMBER,
        document=name,
        service=name,
        title=Text(content.title.ko, **({} if content.locale == "ko" else {content.locale: content.title.translation})),
        application="2026-1122-4711-0839",
        issued=NOW,
        verifiable_until=NOW.date() + dt.timedelta(days=90),
        state=state,
        locale=content.locale,
        revoked=NOW if state == "revoked" else None,
        revoked_because="error" if state == "revoked" else None,
        size=40_000,
    )
    return DocumentPage(Document(summary, content, URL), revoked_by_you=False)


def read(markup: str) -> str:
    """The text of a page, spaces as they are seen."""
    body = re.sub(r"<(style|script)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", body)).split())


@pytest.mark.parametrize(
    ("document", "locale", "state"),
    [
        pytest.param(name, locale, STATES[(place + turn) % 3], marks=() if place % 6 == turn else pytest.mark.full)
        for place, name in enumerate(EVERY)
        for turn, locale in enumerate(LOCALES)
    ],
)
def test_all_that_the_pdf_says_is_on_the_page(
    environments: Any, document: str, locale: Locale, state: DocumentState
) -> None:
    content = issued(HELD, document, locale, long=True).content
    page = page_of(content, document, state)
    markup = (
        environments[locale]
        .get_template("pages/documents/show.html")
        .render(page=page, shell=shell(locale, "record", preferences=Preferences(size="200", theme="yellow")))
    )
    assert not problems(markup, locale)
    said = read(markup)
    for pair in texts(content):
        for text in (pair.ko, pair.translation):
            assert " ".join(normal(text).split()) in normal(said), f"{document} in {locale}: {text!r} is missing"
    for row in [content.valid_until] if content.valid_until else []:
        assert row.value.ko in said
    assert NUMBER in said
    assert URL in said
    assert 'data-ref="print"' in markup
    assert 'data-ref="download"' in markup
    assert 'data-size="200" data-theme="yellow"' in markup, "the screen version follows the reader's preferences"
    assert ('data-ref="revoke"' in markup) == (state == "genuine")


def test_a_text_left_out_is_seen(environments: Any) -> None:
    """The control: the page of one document does not say what another says."""
    one, other = (issued(HELD, name, "th").content for name in ("income", "driving-record"))
    template = environments["th"].get_template("pages/documents/show.html")
    said = read(template.render(page=page_of(one, "income", "genuine"), shell=shell("th", "record")))
    assert any(pair.ko not in said for pair in texts(other))
