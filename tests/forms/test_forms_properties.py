"""What holds for every answer, every language and whatever is posted or stored."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from form_names import ADDRESSES, REGISTRY_NAMES
from form_samples import ANSWERS, EVERY_TYPE, FORM, HOUSEHOLD, TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from madang.forms.conditions import drop_hidden, visible_pages
from madang.forms.controls import entry_numbers, without_entry
from madang.forms.errors import CODES, SENTENCES, FieldError, message
from madang.forms.fields import KINDS
from madang.forms.model import FieldType
from madang.forms.parse import page_of
from madang.forms.prefill import offered
from madang.forms.raw import raw_of
from madang.forms.summary import display, summary
from madang.forms.validate import is_sound, validate_answers, validate_page
from madang.i18n.locales import LOCALES, Locale

FILES = ("f1", "f2")
locales = st.sampled_from(LOCALES)
words = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
nasty = st.text(st.characters(), max_size=12) | st.sampled_from(
    ["\0", "\ud800", "%(field)s", "<b>", "R99", "๒๕๖๙", "9" * 400, "1e9", "-", "+", "二〇二六", "२०२६", "\u202e", "KR"]
)


def same(text: str) -> str:
    return text


def controls_of(name: str) -> list[str]:
    field = EVERY_TYPE[name]
    if field.type != "repeat":
        return list(KINDS[field.type].controls(name, field, {}))
    nested = [
        control
        for number in (1, 2, 7)
        for key, inner in field.fields.items()
        for control in KINDS[inner.type].controls(f"{name}-{number}-{key}", inner, {})
    ]
    return [*nested, f"{name}-0-who-family", f"{name}-99999-who-family", f"{name}-x", name]


def test_every_type_is_here() -> None:
    assert {field.type for field in EVERY_TYPE.values()} == set(FieldType.__args__)  # type: ignore[attr-defined]
    assert ANSWERS.keys() == EVERY_TYPE.keys()
    assert SENTENCES.keys() == set(CODES)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(sorted(EVERY_TYPE)), locales)
def test_posted_garbage_never_raises(data: st.DataObject, name: str, locale: Locale) -> None:
    posted = data.draw(st.dictionaries(st.sampled_from(controls_of(name)), st.lists(nasty, max_size=3)))
    result = validate_page(
        FORM, f"p-{name}", posted, answers={}, today=TODAY, household=HOUSEHOLD, files=FILES, locale=locale
    )
    for error in result.errors:
        assert message(error, FORM, locale, same)
        assert set(re.findall(r"%\((\w+)\)s", SENTENCES[error.code])) <= error.params.keys() | {"field"}
    for values in result.raw.values():
        for value in values:
            value.encode()  # can be written into a page
            assert "\0" not in value
    if not result.errors:
        # What was accepted is what the stored rules accept, and can be shown and typed again.
        answer = result.answers[name]
        assert is_sound(EVERY_TYPE[name], answer)
        again = validate_page(
            FORM,
            f"p-{name}",
            raw_of(name, EVERY_TYPE[name], answer, locale),
            answers={},
            today=TODAY,
            household=HOUSEHOLD,
            files=FILES,
            locale=locale,
        )
        assert again.answers == {name: answer}
        for row in summary(FORM, {name: answer}, HOUSEHOLD):
            assert all(shown.text for shown in display(row.value, locale, same))


dates = st.dates(dt.date(1900, 1, 1), dt.date(2036, 11, 22)).map(dt.date.isoformat)
numbers = st.decimals(-(10**12), 10**12, places=3).map(lambda d: f"{d.normalize():f}" if d else "0")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "date": dates,
    "number": numbers,
    "money": st.integers(0, 10**15),
    "name": st.sampled_from(REGISTRY_NAMES),
    "address": st.sampled_from(ADDRESSES),
    "phone": st.from_regex(r"\+8210[0-9]{8}|\+84[1-9][0-9]{8}|\+1[2-9][0-9]{9}|\+95[1-9][0-9]{7}", fullmatch=True),
    "passname": st.from_regex(r"[A-Z]([A-Z]|[ '-][A-Z]){0,20}", fullmatch=True).map(lambda s: {"single": s}),
    "email": st.from_regex(r"[a-z0-9]{1,10}(\.[A-Za-z0-9]{1,10})?@[a-z]{1,10}\.[a-z]{2,5}", fullmatch=True),
    "passport": st.from_regex(r"[A-Z][0-9]{8}|[0-9]{9}|[A-Z]{2}[0-9]{7}", fullmatch=True),
    "checkboxes": st.sampled_from([["x"], ["y"], ["x", "y"], ["none"]]),
    "files": st.sampled_from([["f1"], ["f2", "f1"]]),
    "resident": st.dates(dt.date(1900, 1, 1), dt.date(1999, 12, 31)).map(lambda d: f"{d:%y%m%d}2000000"),
}


@pytest.mark.parametrize("name", sorted(VALUES))
@settings(max_examples=40, deadline=None)
@given(st.data(), locales)
def test_an_answer_shown_again_and_posted_is_the_same_answer(name: str, data: st.DataObject, locale: Locale) -> None:
    answer = data.draw(VALUES[name])
    raw = raw_of(name, EVERY_TYPE[name], answer, locale)
    result = validate_page(
        FORM, f"p-{name}", raw, answers={}, today=TODAY, household=HOUSEHOLD, files=FILES, locale=locale
    )
    assert (result.errors, result.answers) == ((), {name: answer})
    assert result.raw == {control: values for control, values in raw.items() if values}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", EVERY_TYPE)
def test_the_sample_of_every_type_round_trips(name: str, locale: Locale) -> None:
    raw = raw_of(name, EVERY_TYPE[name], ANSWERS[name], locale)
    result = validate_page(
        FORM, f"p-{name}", raw, answers={}, today=TODAY, household=HOUSEHOLD, files=FILES, locale=locale
    )
    assert (result.errors, result.answers) == ((), {name: ANSWERS[name]})


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
odd = json | st.sampled_from(
    [
        10**400,
        -(10**400),
        [[]],
        {"family": []},
        {"single": None},
        {"country": "KR"},
        [{}],
        [{}, {}],
        [{"who": {}}],
        "2026-02-30",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([*EVERY_TYPE, "stranger"]), odd, max_size=6) | json)
def test_stored_answers_of_any_json_never_raise(answers: Any) -> None:
    errors = validate_answers(FORM, answers, TODAY, HOUSEHOLD, FILES)
    for error in errors:
        assert error.code in CODES
        assert message(error, FORM, "vi", same)
    if isinstance(answers, dict):
        wrong = {error.field for error in errors}
        assert set(EVERY_TYPE) - answers.keys() <= wrong, "what was not answered is missed"
        for row in summary(FORM, answers, HOUSEHOLD):
            assert display(row.value, "ja", same)
        assert drop_hidden(FORM, answers).keys() == answers.keys() & EVERY_TYPE.keys()
        offered(FORM, "p-date", answers, {"date_of_birth": answers.get("date")})


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(EVERY_TYPE)), odd)
def test_a_wrong_json_type_is_an_error_of_its_field(name: str, value: Any) -> None:
    answers = {**ANSWERS, name: value}
    errors = validate_answers(FORM, answers, TODAY, HOUSEHOLD, FILES)
    wrong_type = type(value) is not type(ANSWERS[name])
    assert all(error.field.startswith(name) for error in errors)
    if wrong_type:
        assert errors
    raw = raw_of(name, EVERY_TYPE[name], value, "th")
    nothing = isinstance(value, list) and bool(value) and all(each == {} for each in value)
    assert bool(raw) is (is_sound(EVERY_TYPE[name], value) and not nothing)
    offer = offered(FORM, f"p-{name}", {name: value}, {})
    assert (name in offer.answers) is (value is None or is_sound(EVERY_TYPE[name], value))
    if not errors:
        assert is_sound(EVERY_TYPE[name], value)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=10) | st.just("repeat-1-who-family"), st.lists(nasty, max_size=2), max_size=5))
def test_entries_of_a_repeat(posted: dict[str, list[str]]) -> None:
    for number in entry_numbers("repeat", posted):
        assert number not in entry_numbers("repeat", without_entry("repeat", number, posted))


def test_the_stored_sample_is_valid_and_every_key_matters() -> None:
    assert validate_answers(FORM, ANSWERS, TODAY, HOUSEHOLD, FILES) == ()
    for name in ANSWERS:
        rest = {key: value for key, value in ANSWERS.items() if key != name}
        (error,) = validate_answers(FORM, rest, TODAY, HOUSEHOLD, FILES)
        assert error.field == name


def test_money_is_no_boolean_and_a_tick_no_number() -> None:
    for name, value in (("money", True), ("declaration", 1), ("declaration", False), ("money", 1.0), ("yesno", True)):
        (error,) = validate_answers(FORM, {**ANSWERS, name: value}, TODAY, HOUSEHOLD, FILES)
        assert (error.field, error.code) == (name, "malformed")


def test_unknown_fields_are_errors() -> None:
    errors = validate_answers(FORM, {**ANSWERS, "stranger": 1}, TODAY, HOUSEHOLD, FILES)
    assert errors == (FieldError("stranger", "stranger", "unknown"),)


def test_a_page_that_is_not_of_the_form() -> None:
    with pytest.raises(KeyError):
        page_of(FORM, "elsewhere")
    assert len(visible_pages(FORM, {})) == len(FORM.pages)


def test_numbers_are_shown_with_all_their_decimals() -> None:
    (row,) = [row for row in summary(FORM, {"number": "1234567.001"}, HOUSEHOLD) if row.field == "number"]
    assert display(row.value, "vi", same)[0].text == "1.234.567,001"
    assert Decimal("1234567.001") == row.value.value  # type: ignore[union-attr]


HUGE = ["2026" + " " * 50_000 + "x", "1," * 50_000, "A'" * 50_000, "a." * 50_000, "ก" * 50_000, " \n" * 50_000]


@pytest.mark.parametrize("name", EVERY_TYPE)
def test_what_nobody_types_is_refused_unread(name: str) -> None:
    for value in HUGE:
        posted = {control: [value] for control in controls_of(name)}
        result = validate_page(FORM, f"p-{name}", posted, answers={}, today=TODAY, household=HOUSEHOLD, files=FILES)
        assert {error.code for error in result.errors} <= {"too-long", "enter"}
        assert result.errors
        assert all(len(shown) <= 20_000 for values in result.raw.values() for shown in values)


MISSING = {"radios": "choose", "select": "choose", "yes-no": "choose", "checkboxes": "choose"} | {
    "files": "upload",
    "declaration": "confirm",
}


@pytest.mark.parametrize("typed", ["", " ", "\u3000\u200b"])
@pytest.mark.parametrize("name", EVERY_TYPE)
def test_a_field_left_empty_says_so_at_its_first_control(name: str, typed: str) -> None:
    field = EVERY_TYPE[name]
    if typed and field.type in (*MISSING, "address"):
        return  # a choice is never blank; a posted blank is no option, and a blank country is no country
    controls = [control for control in controls_of(name) if not control.endswith("has-single")]
    for posted in ({}, {control: [typed] for control in controls}):
        result = validate_page(FORM, f"p-{name}", posted, answers={}, today=TODAY, household=HOUSEHOLD, locale="ko")
        codes = {error.code for error in result.errors}
        assert codes == {MISSING.get(field.type, "enter")}
        assert result.answers == {}
        optional = msgspec.structs.replace(field, required=False)
        form = msgspec.structs.replace(FORM, fields={**FORM.fields, name: optional})
        result = validate_page(form, f"p-{name}", posted, answers={}, today=TODAY, household=HOUSEHOLD)
        assert (result.answers, result.errors) == ({name: None}, ())
