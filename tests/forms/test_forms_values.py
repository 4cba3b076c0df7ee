"""Numbers, money, texts, choices, files and repeated entries: what is understood and what is refused."""

from typing import Any

import msgspec
import pytest
from form_reading import FIELD, answer, code, form, read
from form_samples import HOUSEHOLD, TODAY, field, options

from madang.forms.model import Field
from madang.forms.raw import raw_of
from madang.forms.validate import validate_answers
from madang.i18n.locales import Locale


@pytest.mark.parametrize(
    ("typed", "locale", "expected"),
    [
        ("12.5", "ko", "12.5"),
        ("１２．５", "ja", "12.5"),
        ("๑๒", "th", "12"),
        ("1,234.50", "ko", "1234.5"),
        ("1.234,50", "ko", "1234.5"),
        ("12,5", "ko", "12.5"),
        ("1,234", "en", "1234"),
        ("1.234", "en", "1.234"),
        ("1.234", "vi", "1234"),
        ("1,234", "vi", "1.234"),
        ("1.234.567", "en", "1234567"),
        ("1 234 567", "en", "1234567"),
        ("1'234", "en", "1234"),
        ("−3", "ko", "-3"),
        ("-0", "ko", "0"),
        ("007", "ko", "7"),
        ("+7", "ko", "7"),
        ("３，０００", "zh", "3000"),
    ],
)
def test_a_number(typed: str, locale: Locale, expected: str) -> None:
    assert answer(field("number"), typed, locale) == expected


@pytest.mark.parametrize("typed", ["x", "1e5", "1,2,3", "1.2.3", "--1", "∞", "NaN", "1" * 40, "½", "1,234.5.6", "0x10"])
def test_no_number(typed: str) -> None:
    assert code(field("number"), typed) == ("number", "")


def test_bounds_of_numbers() -> None:
    assert code(field("number", min=1), "0.5")[0] == "too-small"
    assert code(field("number", max=10), "10.01")[0] == "too-large"
    assert answer(field("number", min=-5, max=-1), "-1") == "-1"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("50000", 50000),
        ("50,000", 50000),
        ("50.000", 50000),
        ("50.000 ₩", 50000),
        ("₩50,000", 50000),
        ("５０，０００円", 50000),
        ("50,000원", 50000),
        ("KRW 1,234,567", 1234567),
        ("๕๐๐ วอน", 500),
        ("50 000 won", 50000),
        ("0", 0),
    ],
)
def test_money(typed: str, expected: int) -> None:
    assert answer(field("money"), typed) == expected


@pytest.mark.parametrize("typed", ["50,00", "1.5", "five", "1,234.567", "12,34,567", "9" * 30, "$"])
def test_no_money(typed: str) -> None:
    assert code(field("money"), typed) == ("money", "")


def test_money_is_not_negative_unless_the_field_says_so() -> None:
    assert code(field("money"), "-1")[0] == "too-small"
    assert answer(field("money", min=-10), "-1") == -1
    assert code(field("money", max=100), "101")[0] == "too-large"


def test_text_is_kept_composed_trimmed_and_on_one_line() -> None:
    assert answer(field("text"), " 은\u1112\u1162\u11bc  용\t도\r\n끝 \ufeff") == "은행  용 도 끝"
    assert answer(field("textarea"), "하나 \r\n둘\r셋\n") == "하나\n둘\n셋"


@pytest.mark.parametrize(
    "bad", ["\0", "\x1b", "\x7f", "\x9f", "\ud83d", chr(0xFFFD), "\uffff", "\ufdd0", "\ue000", "\U0010ffff"]
)
@pytest.mark.parametrize("kind", ["text", "textarea"])
def test_characters_that_no_answer_may_hold(bad: str, kind: Any) -> None:
    result = read(field(kind), f"은행{bad}제출")
    (error,) = result.errors
    assert error.code == "characters"
    assert error.params["characters"] == f"U+{ord(bad):04X}"
    assert all(control.encode() for values in result.raw.values() for control in values)


def test_length_counts_characters() -> None:
    assert answer(field("text", max=2), "𠮷田") == "𠮷田"
    assert code(field("text", max=2), "abc") == ("too-long", "")
    assert code(field("text", min=4), "abc") == ("too-short", "")
    assert code(field("text"), "x" * 201) == ("too-long", "")


CHOICES = options("x", "y", "none", exclusive="none")


@pytest.mark.parametrize(
    ("definition", "values", "expected"),
    [
        (field("radios", options=CHOICES), ["x"], "x"),
        (field("radios", options=CHOICES), ["z"], "option"),
        (field("radios", options=CHOICES), [], "choose"),
        (field("select", options=CHOICES), [""], "choose"),
        (field("yes-no"), ["yes"], "yes"),
        (field("yes-no"), ["maybe"], "option"),
        (field("checkboxes", options=CHOICES), ["y", "x", "x"], ["x", "y"]),
        (field("checkboxes", options=CHOICES), ["none"], ["none"]),
        (field("checkboxes", options=CHOICES, min=2), ["none"], ["none"]),
        (field("checkboxes", options=CHOICES), ["none", "x"], "exclusive"),
        (field("checkboxes", options=CHOICES, min=2), ["x"], "too-few"),
        (field("checkboxes", options=CHOICES, max=1), ["x", "y"], "too-many"),
        (field("checkboxes", options=CHOICES), ["x", "z"], "option"),
        (field("checkboxes", options=CHOICES), [], "choose"),
        (field("checkboxes", options=CHOICES, required=False), [], None),
        (field("radios", options_from="household"), ["m2"], "m2"),
        (field("radios", options_from="household"), ["m3"], "option"),
        (field("files", max=2), ["f1", "f2", "f1"], ["f1", "f2"]),
        (field("files", max=2), ["f1", "f2", "f3"], "too-many-entries"),
        (field("files", min=2), ["f1"], "too-few-entries"),
        (field("files"), ["stranger"], "file"),
        (field("files"), [""], "upload"),
        (field("declaration"), ["true"], True),
        (field("declaration"), [], "confirm"),
    ],
)
def test_choices_files_and_declarations(definition: Field, values: list[str], expected: Any) -> None:
    result = read(definition, {"": values}, household=HOUSEHOLD, files={"f1", "f2", "f3"})
    assert [error.code for error in result.errors] or result.answers[FIELD] in (expected, None)
    if result.errors:
        assert [(error.code, error.control) for error in result.errors] == [(expected, FIELD)]
    else:
        assert result.answers == {FIELD: expected}


def test_numbers_are_shown_again_as_they_are_printed() -> None:
    for kind, stored, shown in (
        ("business", "1234567891", "123-45-67891"),
        ("resident", "9012311234567", "901231-1234567"),
        ("alien", "9012315234567", "901231-5234567"),
        ("passport", "M12345678", "M12345678"),
    ):
        assert raw_of("it", field("identity-number", kind=kind), stored, "ko") == {"it": (shown,)}
    assert raw_of("it", field("number"), "12.5", "vi") == {"it": ("12,5",)}
    assert raw_of("it", field("phone"), "+821012345678", "th") == {"it": ("010-1234-5678",)}


DATE = field("date")


def test_what_was_typed_is_shown_again_as_it_was() -> None:
    typed = {"year": " 令和8 ", "month": "<13>", "day": "\u0e22"}
    result = read(DATE, typed)
    assert result.errors
    assert result.raw == {f"it-{part}": (value,) for part, value in typed.items()}


REPEAT = field(
    "repeat", min=1, max=2, fields={"who": field("text"), "from": field("date"), "to": field("date", earliest="from")}
)


def _entry(number: int, who: str, start: str, end: str) -> dict[str, str]:
    return {f"{number}-who": who, f"{number}-from-year": start, f"{number}-to-year": end}


def test_entries_left_empty_are_dropped_and_the_others_numbered_again() -> None:
    typed = _entry(3, "A", "2020-01-01", "2020-01-02") | _entry(5, " ", "", "")
    typed |= _entry(9, "B", "2021-01-01", "2021-01-01")
    result = read(REPEAT, typed)
    assert result.errors == ()
    assert [entry["who"] for entry in result.answers[FIELD]] == ["A", "B"]
    assert result.raw["it-2-who"] == ("B",)
    assert not any(control.startswith(("it-3", "it-9")) for control in result.raw)


def test_too_many_and_no_entries() -> None:
    typed: dict[str, str] = {}
    for number in (1, 2, 3):
        typed |= _entry(number, "A", "2020-01-01", "2020-01-01")
    assert code(REPEAT, typed) == ("too-many-entries", "")
    assert code(REPEAT, {}) == ("enter", "")
    two = msgspec.structs.replace(REPEAT, min=2)
    assert code(two, _entry(1, "A", "2020-01-01", "2020-01-01")) == ("too-few-entries", "")


def test_entries_are_numbered_from_one() -> None:
    entry = {"who": "A", "from": "2020-01-02", "to": "2020-01-03"}
    assert raw_of("it", REPEAT, [entry], "ko")["it-1-who"] == ("A",)
    stored = {"it": [entry, {**entry, "to": "2020-01-01"}]}
    (error,) = validate_answers(form(REPEAT), stored, TODAY)
    assert (error.field, error.control, error.code) == ("it-2-to", "it-2-to-year", "too-early")


def test_mistakes_in_entries_name_their_controls() -> None:
    typed = {**_entry(1, "A", "2020-01-02", "2020-01-01"), **_entry(4, "", "2021-01-01", "")}
    found = {(error.control, error.code) for error in read(REPEAT, typed).errors}
    assert found == {("it-1-to-year", "too-early"), ("it-2-who", "enter"), ("it-2-to-year", "enter")}
