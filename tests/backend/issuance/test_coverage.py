"""No blank box is ever printed: what coverage calls printable has a glyph, and what has none is named beforehand."""

import random

import pytest
import typst

from madang.backend.issuance.compose import compose
from madang.backend.issuance.coverage import is_printable, unprintable
from madang.contract.messages.documents import DocumentContent, Pair
from madang.i18n.locales import LOCALES, Locale
from tests.backend.issuance.samples import NUMBER, URL, certificate, texts

PRINTABLE = [point for point in range(0x20, 0x32000) if is_printable(chr(point)) and chr(point).strip()]


def printed(characters: str) -> DocumentContent:
    return DocumentContent("ko", Pair("가"), (), Pair(characters), Pair("나"), Pair("다"))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_sample_documents_can_be_printed(locale: Locale) -> None:
    pairs = texts(certificate(locale))
    assert unprintable((text for pair in pairs for text in (pair.ko, pair.translation)), locale) == ""


@pytest.mark.parametrize(
    "character",
    ["😀", "\U0002b740", "\U00030000", "ק", "ع", "अ", "ᠮ", "\U000e0100", "\u202e", "\x07", "\x00", "\u0085", "\ue000"],
)
def test_what_no_font_has_is_named(character: str) -> None:
    assert unprintable(["김하늘", f"앞{character}뒤{character}"], "ko") == character


@pytest.mark.parametrize(
    "text",
    [
        "𠮷野家 﨑 神 齋藤", "곬햏뷁힣가", "喆 珉 昞 㬢 䄷", "镕 喆 㑇 鿍", "Ə ə Ş ş Ğ ğ İ ı Ŷ Ŵ Ǩ Ơ Ư ẞ Đ Ħ Ŀ ʻ ʼ’",
        "ЁЖЩ Ңң Өө Үү ΑΩ", "กี่ ปั๊ม ฤๅ ๐๙ ฿", "₩1,000 № ① ㈜ ※ → ・ー〜々〆", "line\nend", "a\u200bb\u00adc\u200d\ufeff",
    ],
)  # fmt: skip
def test_names_of_many_nations_are_printable(text: str) -> None:
    assert unprintable([text], "ko") == ""


def assert_no_missing_glyph(points: list[int]) -> None:
    """The typesetter refuses to draw a character that no font has (the control below shows it)."""
    for start in range(0, len(points), 2000):
        compose(printed(" ".join(map(chr, points[start : start + 2000]))), NUMBER, URL)


def test_a_box_would_be_refused() -> None:
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        compose(printed("가😀나"), NUMBER, URL)


def test_a_sample_of_what_is_printable_has_glyphs() -> None:
    edges = [point for point in PRINTABLE if not (is_printable(chr(point - 1)) and is_printable(chr(point + 1)))]
    assert_no_missing_glyph(sorted({*edges, *random.Random(1).sample(PRINTABLE, 1500)}))


@pytest.mark.full
def test_everything_printable_has_a_glyph() -> None:
    assert len(PRINTABLE) > 35_000
    assert_no_missing_glyph(PRINTABLE)
