"""Every document, read back after it was signed: no error and no warning, each text as it was written and in the order
in which it is read, headings, tables and languages marked."""

import json
from pathlib import Path

import msgspec
import pytest

from madang.backend.issuance.compose import compose
from madang.backend.issuance.sign import PdfSigner
from madang.contract.messages.documents import Pair
from madang.i18n.locales import LOCALES, Locale
from tests.backend.issuance.certificates import documents, expected, holdings, issued, problems
from tests.backend.issuance.reader import spoken
from tests.backend.issuance.samples import NUMBER, URL
from tools import document_evidence

HELD = holdings()
EVERY = documents(HELD)
LANG = {"ko": "ko-KR", "en": "en-GB", "ja": "ja-JP", "zh": "zh-CN", "th": "th-TH", "vi": "vi-VN"}


def sound(document: str, locale: Locale, signer: PdfSigner, folder: Path, *, long: bool = False) -> None:
    made = issued(HELD, document, locale, long=long)
    pdf = signer.sign(compose(made.content, NUMBER, URL), "발급기관의 전자서명")
    found, _ = problems(pdf, made.content, NUMBER, folder)
    assert not found, f"{document} in {locale}: {found}"


def test_there_are_sixteen() -> None:
    assert len(EVERY) == len(set(EVERY)) == 16


@pytest.mark.parametrize(("place", "document"), list(enumerate(EVERY)))
def test_each_document_in_one_language(place: int, document: str, signer: PdfSigner, tmp_path: Path) -> None:
    """And each language with at least two documents."""
    sound(document, LOCALES[place % len(LOCALES)], signer, tmp_path)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_long_name_in_each_language(locale: Locale, signer: PdfSigner, tmp_path: Path) -> None:
    sound(EVERY[LOCALES.index(locale) * 2], locale, signer, tmp_path, long=True)


@pytest.mark.full
@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("document", EVERY)
def test_each_document_in_each_language(
    document: str, locale: Locale, long: bool, signer: PdfSigner, tmp_path: Path
) -> None:
    sound(document, locale, signer, tmp_path, long=long)


def test_each_text_is_read_in_its_own_language(signer: PdfSigner, tmp_path: Path) -> None:
    made = issued(HELD, "entry-exit", "th")
    path = tmp_path / "document.pdf"
    path.write_bytes(signer.sign(compose(made.content, NUMBER, URL), "발급기관의 전자서명"))
    said = spoken(path)
    thai = "".join(text for _, lang, text in said if lang == LANG["th"])
    korean = "".join(text for _, lang, text in said if lang == LANG["ko"])
    assert made.content.title.translation.replace(" ", "") in thai.replace(" ", "")
    assert not any("\u0e00" <= character <= "\u0e7f" for character in korean)
    assert not any("\uac00" <= character <= "\ud7a3" for character in thai)


def test_what_is_read_otherwise_than_written_is_seen(signer: PdfSigner, tmp_path: Path) -> None:
    """The control: one text changed, one left out, two exchanged."""
    made = issued(HELD, "alien-registration", "vi").content
    pdf = signer.sign(compose(made, NUMBER, URL), "발급기관의 전자서명")
    assert problems(pdf, made, NUMBER, tmp_path)[0] == []
    first = made.sections[0]
    for rows in (
        (msgspec.structs.replace(first.rows[0], value=Pair("다른 이름", "Tên khác")), *first.rows[1:]),
        first.rows[1:],
        (first.rows[1], first.rows[0], *first.rows[2:]),
    ):
        other = msgspec.structs.replace(made, sections=(msgspec.structs.replace(first, rows=rows), *made.sections[1:]))
        assert problems(pdf, other, NUMBER, tmp_path)[0], rows
        assert expected(other, NUMBER) != expected(made, NUMBER)


def test_the_evidence_is_of_these_documents() -> None:
    """Else run ``make document-evidence``, which reads all of them back."""
    evidence = json.loads(document_evidence.EVIDENCE.read_text())
    assert evidence["inputs"] == document_evidence.inputs(), "documents have changed since they were read back"
    assert evidence["kinds"] == len(EVERY)
    assert evidence["documents"] >= len(EVERY) * len(LOCALES)
    assert evidence["problems"] == 0
