"""The shipped catalogue answers the gold questions: a change of data or code that spoils it is seen here.

The floors stand a little under what is reached; ``python -m bench --only search`` prints the figures."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest

import madang.backend
from bench.gold import Half, places, questions, result
from madang.backend.catalogue.compiled import load
from madang.i18n.locales import LOCALES, Locale, is_locale
from madang.web.catalogue.shelf import Shelf

DATA: Final = Path(madang.backend.__file__).parent / "data"
IN_TEN: Final[dict[Half, float]] = {"tuning": 0.99, "held-out": 0.98}
FIRST: Final[dict[Half, float]] = {"tuning": 0.89, "held-out": 0.86}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf.of(load(DATA, tmp_path_factory.mktemp("compiled")).catalogue)


@pytest.fixture(scope="module")
def ask(shelf: Shelf) -> Callable[[str, str], Sequence[str]]:
    """As the gateway's page asks: without the place that was named."""

    def asked(query: str, locale: str) -> Sequence[str]:
        assert is_locale(locale)
        areas, words = shelf.places.find(query)
        return [hit.service for hit in shelf.search(words if len(areas) == 1 and words else query, locale, 10).items]

    return asked


@pytest.mark.parametrize("half", ["tuning", "held-out"])
@pytest.mark.parametrize("locale", LOCALES)
def test_gold_questions_are_answered(ask: Callable[[str, str], Sequence[str]], locale: Locale, half: Half) -> None:
    asked = [question for question in questions(locale) if question.half == half]
    assert len(asked) > 300
    reached = result(places(asked, ask))
    assert reached.in_ten >= IN_TEN[half], reached
    assert reached.first >= FIRST[half], reached


EXAMPLES: Final[tuple[tuple[str, Locale, str], ...]] = (
    ("ㅈㅁㄷㄹ", "ko", "resident-register"),  # initial consonants
    ("emdqhs", "ko", "resident-register"),  # 등본 on an English keyboard
    ("EMDQHS", "ko", "resident-register"),
    ("등본", "ko", "resident-register"),
    ("등 본", "ko", "resident-register"),
    ("주민등록등본발급방법", "ko", "resident-register"),
    ("이사", "ko", "package:relocation"),
    ("moving house", "en", "package:relocation"),
    ("movinghouse", "en", "package:relocation"),
    ("giấy cư trú", "vi", "resident-register"),
    ("giay cu tru", "vi", "resident-register"),
    ("giấy cư trú", "ko", "resident-register"),
    ("ひっこし", "ja", "package:relocation"),
    ("ヒッコシ", "ja", "package:relocation"),
    ("banjia", "zh", "package:relocation"),
    ("搬家", "zh", "package:relocation"),
    ("住民票", "ja", "resident-register"),
    ("ทะเบียนบ้าน", "th", "resident-register"),
    ("ทะเบียนบาน", "th", "resident-register"),  # a tone mark left out
    ("passprot reissue", "en", "passport-reissue"),
    ("여권 재발급", "en", "passport-reissue"),
    ("補辦護照", "zh", "passport-reissue"),  # traditional characters
)


@pytest.mark.parametrize(("query", "locale", "wanted"), EXAMPLES)
def test_what_people_type_is_among_the_first(shelf: Shelf, query: str, locale: Locale, wanted: str) -> None:
    assert wanted in [hit.service for hit in shelf.search(query, locale, 5).items]


@pytest.mark.parametrize("query", ["qqqqqqqqqqqq", "zzzzqqqq", "xyzzy plugh", "wvkqpx jjxqz"])
def test_nonsense_finds_nothing(shelf: Shelf, query: str) -> None:
    assert shelf.search(query, "en").total == 0


@pytest.mark.parametrize(
    ("typed", "locale", "meant"),
    [("emdqhs", "ko", "등본"), ("pasport", "en", "passport"), ("여권 제발급", "ko", "여권 재발급"), ("등본", "ko", "")],
)
def test_did_you_mean(shelf: Shelf, typed: str, locale: Locale, meant: str) -> None:
    assert shelf.search(typed, locale).did_you_mean == meant


@pytest.mark.parametrize(
    ("query", "locale"),
    [("how do I do everything for moving", "en"), ("이사할 때 할 일 총정리", "ko"), ("引っ越しの手続き 全部", "ja")],
)
def test_whoever_asks_for_all_of_an_event_gets_the_event(shelf: Shelf, query: str, locale: Locale) -> None:
    assert shelf.search(query, locale).items[0].service == "package:relocation"


@pytest.mark.parametrize("locale", LOCALES)
def test_words_around_a_need_change_nothing(shelf: Shelf, locale: Locale) -> None:
    around = {
        "ko": "여권 재발급 어떻게 하나요",
        "en": "how do I get a passport reissue please",
        "ja": "パスポート 再発行 どうすればいいですか",
        "zh": "请问护照补发怎么办",
        "th": "อยากทำหนังสือเดินทางใหม่ ทำยังไงคะ",
        "vi": "làm sao để cấp lại hộ chiếu ạ",
    }
    assert "passport-reissue" in [hit.service for hit in shelf.search(around[locale], locale, 3).items]
