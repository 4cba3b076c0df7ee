"""Codes that are read over a telephone: what is mistyped is found, what is written otherwise is understood."""

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support.codes import DIGITS, check_digit, derive, digest, grouped, normalise, spoken

KEY = b"0123456789abcdef0123456789abcdef"
codes = st.uuids().map(lambda session: derive(KEY, str(session)))


def other_digits(code: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in code)


@given(codes)
def test_a_code_is_nine_digits_and_none_is_a_leading_zero(code: str) -> None:
    assert re.fullmatch(r"[1-9][0-9]{8}", code, re.ASCII)
    assert normalise(code) == code


def test_a_code_is_the_same_again_for_its_session_and_key_only() -> None:
    assert derive(KEY, "a") == derive(KEY, "a")
    assert len({derive(KEY, f"session {number}") for number in range(2000)}) >= 1999
    assert derive(KEY, "a") != derive(KEY[::-1], "a")


def test_codes_are_spread_evenly() -> None:
    """Chi-square over each place's digits, of 20,000 codes: under the value that chance passes once in 10,000."""
    drawn = [derive(KEY, str(number)) for number in range(20_000)]
    for place in range(8):
        digits = "123456789" if place == 0 else "0123456789"
        wanted = len(drawn) / len(digits)
        found = [sum(code[place] == digit for code in drawn) for digit in digits]
        assert sum((count - wanted) ** 2 / wanted for count in found) < 34


def test_damm_s_own_example() -> None:
    assert check_digit("572") == 4
    assert check_digit("5724") == 0


@given(codes)
def test_every_single_wrong_digit_is_found(code: str) -> None:
    for place in range(9):
        for digit in "0123456789":
            if digit != code[place]:
                assert normalise(code[:place] + digit + code[place + 1 :]) is None


@given(codes)
def test_every_swap_of_neighbours_is_found(code: str) -> None:
    for place in range(8):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert swapped == code or normalise(swapped) is None


@pytest.mark.parametrize("zero", "0０٠۰०০๐໐႐០𝟎𝟘")
def test_digits_of_any_script_are_understood(zero: str) -> None:
    code = derive(KEY, "x")
    assert normalise(other_digits(code, zero)) == code


@pytest.mark.parametrize(
    "way",
    [
        "{0} {1} {2}", "{0}-{1}-{2}", " {0}{1}{2} ", "{0}\u3000{1}\u3000{2}", "{0}－{1}－{2}", "{0}.{1}.{2}",
        "{0}ー{1}ー{2}", "{0},{1},{2}", "{0}\u00a0{1}\u00a0{2}", "({0}) {1}/{2}", "\ufeff{0}\u200b{1}\u2060{2}\n",
    ],
)  # fmt: skip
def test_groups_are_written_in_many_ways(way: str) -> None:
    code = derive(KEY, "y")
    typed = way.format(code[:3], code[3:6], code[6:])
    assert normalise(typed) == code


@pytest.mark.parametrize(
    "typed",
    ["", "0", "12345678", "1234567890", "abcdefghi", "000000000", "012345678", "+", "١٢٣", " " * 500, "1" * 100_000],
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert normalise(typed) is None


def test_a_code_cannot_hide_in_something_longer() -> None:
    code = derive(KEY, "z")
    for typed in (code + "0", "0" + code, code + code, f"{code} please", f"-{code}x", code[:8], f"{code}½"):
        assert normalise(typed) is None


@given(st.text(max_size=80))
def test_whatever_is_typed_gives_a_code_or_none(typed: str) -> None:
    code = normalise(typed)
    assert code is None or (len(code) == 9 and code.isascii() and check_digit(code) == 0)


def test_groups_of_three() -> None:
    assert grouped("123456789") == "123 456 789"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_spoken_code_is_its_digits_one_by_one(locale: Locale) -> None:
    """A voice that is given "123 456 789" says "a hundred and twenty-three ..."."""
    words = re.findall(r"[^\s,、，]+", spoken("120345678", locale))
    assert words == [DIGITS[locale][int(digit)] for digit in "120345678"]
    assert not any(character.isdigit() for character in spoken("987654321", locale))


@pytest.mark.parametrize("locale", LOCALES)
def test_digits_are_ten_different_words_as_text_is_written(locale: Locale) -> None:
    assert len(set(DIGITS[locale])) == 10
    assert all(unicodedata.is_normalized("NFC", word) for word in DIGITS[locale])


def test_what_is_stored_tells_nothing_without_the_key() -> None:
    stored = digest((KEY,), "123456789")
    assert re.fullmatch(r"[0-9a-f]{64}", stored)
    assert stored == digest((KEY, b"older"), "123456789")
    assert stored != digest((b"another key of ours", KEY), "123456789")
    assert digest((b"another key of ours", KEY)[1:], "123456789") == stored
    assert stored != digest((KEY,), "123456788")


def test_guessing_is_hopeless() -> None:
    """Of a million guesses with a right check digit against a hundred waiting codes, chance hits about one; an agent
    has five in ten minutes."""
    waiting = {derive(KEY, f"waiting {number}") for number in range(100)}
    chance = random.Random(5)
    bodies = (str(chance.randrange(10**7, 10**8)) for _ in range(20_000))
    assert sum(body + str(check_digit(body)) in waiting for body in bodies) <= 2
