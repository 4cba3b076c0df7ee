"""How a query is read before it is looked up: words around it, phrases in it, scripts and keyboards."""

import pytest

from madang.i18n.locales import LOCALES, Locale
from madang.web.catalogue.everyday import everyday
from madang.web.catalogue.folding import fold, grams, word
from madang.web.catalogue.index import phrase_key
from madang.web.catalogue.keyboard import to_korean
from madang.web.catalogue.reading import read


@pytest.mark.parametrize(
    ("typed", "locale", "content"),
    [
        ("how do I get a passport", "en", "get passport"),
        ("How do I ...?", "en", "how do i"),  # nothing else remains
        ("여권 어떻게 만드나요", "ko", "여권 만드"),
        ("잃어버렸는데 등본", "ko", "잃어버렸 등본"),
        ("请问护照怎么办", "zh", "护照"),
        ("パスポートはどこですか", "ja", fold("パスポートは")),
        ("อยากทำพาสปอร์ตยังไง", "th", fold("ทำพาสปอร์ต")),
        ("làm hộ chiếu ở đâu?", "vi", "lam ho chieu"),
        ("bằng lái thì đổi thế nào", "vi", "bang lai doi"),
        ("thi bằng lái", "vi", "thi bang lai"),  # thi, an exam, is not thì
        ("thi bang lai", "vi", "thi bang lai"),
    ],
)
def test_what_says_nothing_is_left_out(typed: str, locale: Locale, content: str) -> None:
    reading = read(typed, locale)
    assert reading is not None
    assert reading.content == content


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_of_every_language_are_read(locale: Locale) -> None:
    assert everyday(locale)


def test_the_event_is_asked_for() -> None:
    for typed, locale in (
        ("moving checklist", "en"),
        ("이사 총정리", "ko"),
        ("引っ越し 全部", "ja"),
        ("搬家 流程", "zh"),
        ("ย้ายบ้าน ทั้งหมด", "th"),
        ("chuyển nhà cần làm những gì, tất cả", "vi"),
    ):
        reading = read(typed, locale)  # type: ignore[arg-type]
        assert reading is not None
        assert reading.event, typed
    plain = read("move in report", "en")
    assert plain is not None
    assert not plain.event


def test_traditional_characters_are_simplified_ones() -> None:
    assert fold("護照補發") == fold("护照补发")


def test_caps_lock_is_no_double_consonant() -> None:
    assert to_korean("EMDQHS") == to_korean("emdqhs") == "등본"
    assert to_korean("Ejr") == "떡"


def test_words_are_found_whole_and_joined() -> None:
    assert word("e", "mail") == word("email")
    assert word("taxes") == word("tax")
    assert word("f", "4") in grams(fold("F-4 visa")) & grams(fold("F4 visa"))
    assert word("tax") not in grams(fold("taxi"))


def test_phrases_begin_and_end_with_words() -> None:
    reading = read("lost alien card 등본", "en")
    assert reading is not None
    keys = {key for _, _, key in reading.pieces()}
    assert {phrase_key(phrase) for phrase in ("aliencard", "lost", "등본", "card등본")} <= keys
    assert phrase_key("lien") not in keys


def test_a_blank_does_not_count_against_a_service() -> None:
    spaced, joined = read("등본 발급", "ko"), read("등본발급", "ko")
    assert spaced is not None
    assert joined is not None
    counted, helping = spaced.grams
    assert counted | helping >= joined.grams[0]
    assert counted < joined.grams[0]
