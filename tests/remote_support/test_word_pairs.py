"""Words that agent and citizen compare by ear: none may be taken for another, in any language."""

import itertools
import random
import unicodedata

import pytest

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support.word_pairs import COUNT, pick, text, words

APART: dict[Locale, int] = {"ko": 3, "en": 3, "ja": 2, "zh": 2, "th": 2, "vi": 3}
"""Least distance in letters (Korean in jamo; Vietnamese and Thai without tones)."""


def heard(word: str) -> str:
    """Without tones and accents, which a bad line swallows."""
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    tones = "\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
    return "".join(letter for letter in plain if not ("\u0300" <= letter <= "\u036f" or letter in tones))


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, row[0] = row[0], place
        for column, match in enumerate(other, 1):
            last, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, last + (letter != match))
    return row[-1]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_word_is_taken_for_another(locale: Locale) -> None:
    spelled = [word.resolve(locale).text for word in words()]
    for one, other in itertools.combinations(map(heard, spelled), 2):
        assert distance(one, other) >= APART[locale], (one, other)
        assert one not in other
        assert other not in one
        if locale == "zh":
            assert one[0] != other[0]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_is_there_as_it_is_written(locale: Locale) -> None:
    for word in words():
        resolved = word.resolve(locale)
        assert resolved.locale == locale
        assert resolved.text == unicodedata.normalize("NFC", resolved.text).strip()


def test_there_are_sixty_four() -> None:
    assert len(words()) == COUNT == 64


def test_a_pair_is_two_different_words_and_every_word_comes() -> None:
    chance = random.Random(1)
    pairs = [pick(chance) for _ in range(2000)]
    assert all(first != second for first, second in pairs)
    assert {place for pair in pairs for place in pair} == set(range(COUNT))
    assert len(set(pairs)) > 1500


def test_both_sides_read_the_same_pair() -> None:
    place = {word.en: number for number, word in enumerate(words())}
    pair = place["apple"], place["umbrella"]
    assert text(pair, "ko") == ("사과", "우산")
    assert text(pair, "th") == ("แอปเปิล", "ร่ม")
    assert text(pair[::-1], "en") == ("umbrella", "apple")


def test_a_word_that_never_was_is_an_error() -> None:
    with pytest.raises(IndexError):
        text((0, COUNT), "ko")
