"""Folding, grams, keyboards, bits, letters: the pure parts under the search."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.i18n.locales import Locale
from madang.web.catalogue.bits import Scores, bits_of, members
from madang.web.catalogue.folding import chosung, fold, grams, jamo, plain
from madang.web.catalogue.keyboard import to_korean, to_latin
from madang.web.catalogue.letters import letter


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đăng Ký", "dang ky"),
        ("ĐĂNG KÝ", "dang ky"),
        ("Người nước ngoài", "nguoi nuoc ngoai"),
        ("ＡＢＣ１２３", "abc123"),
        ("๑๒๓", "123"),
        ("١٢٣", "123"),
        ("ｶﾞｲｺｸｼﾞﾝ", "がいこくじん"),
        ("ガイコクジン", "がいこくじん"),
        ("サービス", "さびす"),
        ("ต่างด้าว", "ตางดาว"),
        ("เเจ้ง", "แจง"),
        ("น้ำ", "นำ"),
        ("ㅈㅁㄷㄹ", "ㅈㅁㄷㄹ"),
        ("ﾡﾢ", "ㄱㄲ"),
        ("등·초본(표)", "등 초본 표"),
        ("Straße Øre Łódź", "strasse ore lodz"),
        ("ﬁne", "fine"),
        ("zero\u200bwidth", "zerowidth"),
        ("line\nbreak", "line break"),
        ("\ud800", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert " " not in plain(text)


@given(st.text())
def test_grams_are_64_bit_numbers(text: str) -> None:
    for query in (True, False):
        assert all(0 < gram < 2**64 for gram in grams(fold(text), query=query))


@pytest.mark.parametrize(("right", "wrong"), [("산재", "산제"), ("결제", "결재"), ("얘기", "예기")])
def test_what_sounds_alike_shares_its_jamo(right: str, wrong: str) -> None:
    """The syllables differ, and so do their grams; those of three keys are the same."""

    def keys(text: str) -> set[int]:
        return {gram for gram in grams(fold(text), query=True) if gram >> 42}

    assert keys(right) == keys(wrong)
    assert grams(fold(right)) != grams(fold(wrong))


def test_jamo_survive_what_nfkc_would_do_to_them() -> None:
    assert grams(fold("ㅈㅁㄷㄹ"), query=True) <= grams(fold("주민등록"))
    assert not grams(fold("ㅈㅁㄷㄹ"), query=True) & grams(fold("외국인"))


def test_syllables_are_the_keys_that_write_them() -> None:
    assert [jamo(s) for s in "각과값의ㄺ"] == ["ㄱㅏㄱ", "ㄱㅗㅏ", "ㄱㅏㅂㅅ", "ㅇㅡㅣ", "ㄹㄱ"]
    assert chosung("등본떼기") == "ㄷㅂㄷㄱ"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wnals", "주민"),
        ("dlTek", "있다"),
        ("rkqtdl", "값이"),
        ("ekfrrhrl", "닭고기"),
        ("wnal emdfhr", "주미 등록"),
        ("passport", None),
        ("visa", None),
        ("ab", None),
        ("wnals1", None),
        ("등본", None),
        ("", None),
    ],
)
def test_korean_typed_in_english(typed: str, meant: str | None) -> None:
    assert to_korean(typed) == meant


@given(st.text("가나다라마바사아자차카타파하각난닫랄맘밥삿앙젖촉퉁펴희과의값닭", min_size=2, max_size=8))
def test_every_syllable_comes_back_from_its_keys(text: str) -> None:
    keys = to_latin(text + "ㅋ")
    assert keys is not None
    assert to_korean(keys[:-1]) == text


def test_english_typed_in_korean() -> None:
    assert to_latin("ㅔㅁㄴㄴㅔㅐㄱㅅ") == "passport"
    assert to_latin("등본") is None
    assert to_latin("ㅋ1") is None


@given(st.lists(st.tuples(st.sets(st.integers(0, 99)), st.integers(1, 40)), max_size=40), st.integers(1, 200))
def test_scores_are_sums(rows: list[tuple[set[int], int]], threshold: int) -> None:
    scores = Scores()
    plain_sums = dict.fromkeys(range(100), 0)
    for ids, weight in rows:
        scores.add(bits_of(ids, 100), weight)
        for member in ids:
            plain_sums[member] += weight
    assert scores.of(range(100)) == list(plain_sums.values())
    wanted = [member for member, score in plain_sums.items() if score >= threshold]
    assert list(members(scores.at_least(threshold))) == wanted
    among = bits_of(range(0, 100, 3), 100)
    for count in (1, 5, 50):
        best = list(members(scores.best(among, count)))
        ranked = sorted((plain_sums[m] for m in range(0, 100, 3)), reverse=True)
        floor = ranked[min(count, len(ranked)) - 1]
        assert set(best) >= {m for m in range(0, 100, 3) if plain_sums[m] > floor}
        assert all(plain_sums[m] >= floor for m in best)
        assert len(best) >= min(count, 34)


def test_bits_round_trip() -> None:
    ids = sorted(random.Random(1).sample(range(50_000), 500))
    assert list(members(bits_of(ids, 50_000))) == ids


@pytest.mark.parametrize(
    ("title", "locale", "heading"),
    [
        ("주민등록표", "ko", "ㅈ"),
        ("외국인", "ko", "ㅇ"),
        ("까치", "ko", "ㄱ"),
        ("Certificate", "en", "C"),
        ("“Ébène”", "en", "E"),
        ("Đăng ký", "vi", "Đ"),
        ("Dân", "vi", "D"),
        ("Ấn", "vi", "A"),
        ("หนังสือ", "th", "ห"),
        ("เดินทาง", "th", "ด"),
        ("ไม้", "th", "ม"),
        ("住民票", "ja", "さ"),
        ("外国人", "ja", "か"),
        ("ガイド", "ja", "か"),
        ("腕", "ja", "わ"),
        ("居民", "zh", "J"),
        ("外国人", "zh", "W"),
        ("驾驶", "zh", "J"),
        ("座", "zh", "Z"),
        ("1호", "ko", "#"),
        ("한국", "en", "#"),
        ("", "ja", "#"),
        ("仝", "zh", "#"),
    ],
)
def test_letter(title: str, locale: Locale, heading: str) -> None:
    assert letter(title, locale) == heading
