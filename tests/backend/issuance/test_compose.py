"""What is printed: every text, in order, in both languages, in the right fonts, whatever was typed."""

import io
import unicodedata
from pathlib import Path

import msgspec
import pikepdf
import pytest

from madang.backend.issuance import words
from madang.backend.issuance.compose import compose
from madang.contract.messages.documents import DocumentContent, Pair, Row, Section
from madang.i18n.locales import LOCALES, Locale
from tests.backend.issuance.reading import extracted, fonts_of, structure, unspaced
from tests.backend.issuance.samples import NUMBER, URL, certificate, texts, with_table

BCP47 = {"ko": "ko-KR", "en": "en-GB", "ja": "ja-JP", "zh": "zh-CN", "th": "th-TH", "vi": "vi-VN"}


def pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_text_extracted_is_the_text_written(locale: Locale, signed: dict[Locale, bytes]) -> None:
    text = unspaced(extracted(signed[locale]))
    for pair in texts(certificate(locale)):
        assert unspaced(pair.ko) in text
        assert unspaced(pair.translation) in text


@pytest.mark.parametrize("locale", LOCALES)
def test_korean_comes_first_then_the_translation(locale: Locale, signed: dict[Locale, bytes]) -> None:
    """Each text after the one before it: no column is read into another."""
    text = unspaced(extracted(signed[locale]))
    content = msgspec.structs.replace(certificate(locale), demonstration=None)
    *body, statement, issued, issuer, note = texts(content)
    at = 0
    for part in (part for pair in (*body, note, statement, issued, issuer) for part in (pair.ko, pair.translation)):
        found = text.find(unspaced(part), at)
        assert found >= 0, part
        at = found + len(unspaced(part))


def test_vietnamese_is_composed_and_thai_keeps_its_marks(signed: dict[Locale, bytes]) -> None:
    vietnamese = extracted(signed["vi"])
    assert unicodedata.is_normalized("NFC", vietnamese)
    assert "Nguyễn Thị Phượng Thúy" in vietnamese
    assert "สำเนาถูกต้อง" in extracted(signed["th"]).replace("\n", "")


def test_decomposed_letters_print_as_composed_ones() -> None:
    content = certificate("vi", person=unicodedata.normalize("NFD", "Nguyễn Thị Phượng 김하늘"))
    assert "Nguyễn Thị Phượng 김하늘" in extracted(compose(content, NUMBER, URL))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_document_says_what_it_is(locale: Locale, signed: dict[Locale, bytes]) -> None:
    with pikepdf.open(io.BytesIO(signed[locale])) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(root.Lang) == "ko-KR"
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("외국인등록 사실증명")
        assert metadata["dc:creator"] == ["안산출입국·외국인사무소장"]
        assert NUMBER in str(document.docinfo["/Keywords"])


@pytest.mark.parametrize("locale", LOCALES)
def test_structure_names_headings_tables_figure_and_languages(locale: Locale, signed: dict[Locale, bytes]) -> None:
    elements = structure(signed[locale]).walk()
    kinds = [element.kind for element in elements]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == 2
    assert kinds.count("Table") == 2
    assert kinds.count("TH") == (4 if locale == "ko" else 6)
    assert kinds.count("Form") == 1
    (figure,) = [element for element in elements if element.kind == "Figure"]
    assert figure.alt == getattr(words.QR, locale)
    assert figure.lang == BCP47[locale]
    languages = {element.lang for element in elements}
    assert languages == {"ko-KR", BCP47[locale]}


@pytest.mark.parametrize("locale", LOCALES)
def test_translations_are_marked_as_such_and_only_they(locale: Locale, signed: dict[Locale, bytes]) -> None:
    text = unspaced(extracted(signed[locale]))
    assert (unspaced(getattr(words.REFERENCE, locale)) in text) == (locale != "ko")


def test_a_demonstration_says_so_on_each_page_and_a_real_one_does_not() -> None:
    mark = certificate("ko").demonstration
    assert mark is not None
    pdf = compose(with_table("en", 60), NUMBER, URL)
    assert pages(pdf) > 1
    # The watermark, the header of each page, and once the text that is read out.
    assert unspaced(extracted(pdf)).count(unspaced(mark.ko)) == 2 * pages(pdf) + 1
    assert mark.ko not in extracted(compose(certificate("ko", demonstration=False), NUMBER, URL))


def test_a_long_table_runs_over_pages_with_its_heading() -> None:
    pdf = compose(with_table("en", 200), NUMBER, URL)
    text = extracted(pdf)
    assert pages(pdf) > 3
    assert f"{pages(pdf)} / {pages(pdf)}" in text
    assert text.count("공항·항만") == text.count("순번") >= pages(pdf) - 1
    for index in (1, 77, 200):
        assert f"\n{index} " in text or f"\n{index}\n" in text
    table = [element for element in structure(pdf).walk() if element.kind == "Table"][1]
    assert sum(element.kind == "TR" for element in table.walk()) == 201


def test_the_statement_never_stands_alone_on_a_page() -> None:
    """However long the table before it is: the purpose, the last section, goes to the last page with it."""
    lengths = set()
    for rows in range(1, 20):
        base, table = certificate("en"), with_table("en", rows)
        content = msgspec.structs.replace(base, sections=(base.sections[0], table.sections[-1], base.sections[1]))
        pdf = compose(content, NUMBER, URL)
        lengths.add(pages(pdf))
        last = unspaced(extracted(pdf).rstrip("\f").split("\f")[-1])
        assert unspaced(content.statement.ko) in last
        assert unspaced(content.sections[-1].rows[0].value.ko) in last, rows
    assert lengths == {1, 2}


def test_a_table_without_rows_says_so() -> None:
    assert "해당 기간에 출입국 기록이 없습니다." in extracted(compose(with_table("ko", 0), NUMBER, URL))


HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    "\\ #panic(1) \\u{41} \\",
    "*굵게* _기울임_ `코드` $x^2$ <표> @출처 [괄호] {중괄호} = 제목 / 항: - + 1. // 주석 /* */ ~ -- --- ...",
    "'작은' \"큰\" https://example.invalid/a?b=c#d",
    "&lt;script&gt;<script>alert(1)</script> ]]> %PDF endobj >> (()",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_print_as_they_are(text: str) -> None:
    content = certificate("vi", person=text)
    content = msgspec.structs.replace(content, title=Pair("가" + text, text), statement=Pair(text + "다", text))
    assert unspaced(extracted(compose(content, NUMBER, URL))).count(unspaced(text)) >= 5


def test_a_line_end_in_a_text_ends_the_line() -> None:
    assert "첫 줄\n둘째 줄" in extracted(compose(certificate("ko", person="첫 줄\r\n둘째 줄"), NUMBER, URL))


def test_han_glyphs_follow_the_language() -> None:
    """The same ideographs, drawn for Korean, Japanese and Chinese readers: three different pictures."""
    pictures = set()
    for lang in ("ko", "ja", "zh-Hans"):
        rows = (Row(Pair("성명"), Pair("直骨角海"), lang),)
        content = DocumentContent("ko", Pair("가"), (Section(Pair("나"), rows),), Pair("다"), Pair("라"), Pair("마"))
        pictures.add(_han_program(compose(content, NUMBER, URL)))
    assert len(pictures) == 3


@pytest.mark.parametrize(("locale", "wide"), [("zh", True), ("ja", True), ("vi", False)])
def test_quotation_marks_are_full_width_only_where_they_should(locale: Locale, wide: bool) -> None:
    content = msgspec.structs.replace(certificate("ko"), locale=locale, statement=Pair("가", "“引用”"))
    with pikepdf.open(io.BytesIO(compose(content, NUMBER, URL))) as document:
        maps = [
            item.ToUnicode.read_bytes()
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary)
            and "/ToUnicode" in item
            and "MadangHan" in str(item.get("/BaseFont", ""))
        ]
    assert any(b"<201C>" in text for text in maps) == wide


def _han_program(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "MadangHan" in str(item.get("/FontName", "")):
                return item.FontFile3.read_bytes()
    raise AssertionError("no Han font")


@pytest.mark.parametrize("locale", LOCALES)
def test_only_the_fonts_that_travel_are_used(locale: Locale, signed: dict[Locale, bytes], tmp_path: Path) -> None:
    names = fonts_of(signed[locale], tmp_path)
    assert names
    assert all(name.startswith("Madang") for name in names)
    assert ("MadangThai-Regular" in str(names)) == (locale == "th")
