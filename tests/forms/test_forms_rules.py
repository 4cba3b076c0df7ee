"""Conditions, prefilled answers, sentences of errors, summaries."""

import datetime as dt
from typing import Any

import msgspec
import pytest
from form_samples import ANSWERS, FORM, HOUSEHOLD, TODAY, Member, MemberName, field, options, text

from madang.forms import values
from madang.forms.conditions import drop_hidden, holds, visible_fields
from madang.forms.controls import first_control, option_id, part_order
from madang.forms.errors import FieldError, in_sentence, message
from madang.forms.model import Field, FormDefinition, FormPage
from madang.forms.parse import page_asking
from madang.forms.prefill import offered
from madang.forms.summary import Shown, display, summary
from madang.forms.validate import validate_answers, validate_page
from madang.i18n.locales import LOCALES
from madang.i18n.text import Text

CHAIN = FormDefinition(
    id="chain",
    version=1,
    fields={
        "a": field("radios", options=options("x", "y")),
        "b": field("checkboxes", options=options("p", "q"), required=False),
        "c": field("text"),
        "d": field("text", required=False),
    },
    pages=(
        FormPage(id="a", ask=("a",)),
        FormPage(id="b", ask=("b",), show_if={"a": "y"}),
        FormPage(id="c", ask=("c",), show_if={"b": ["q", "z"]}),
        FormPage(id="d", ask=("d",)),
    ),
)


def same(sentence: str) -> str:
    return sentence


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (None, {}, True),
        ({}, {}, True),
        ({"a": "x"}, {}, False),
        ({"a": "x"}, {"a": None}, False),
        ({"a": "x"}, {"a": "x"}, True),
        ({"a": ["x", "y"]}, {"a": "y"}, True),
        ({"a": "x"}, {"a": ["y", "x"]}, True),
        ({"a": ["x"]}, {"a": ["y"]}, False),
        ({"a": "x", "b": "y"}, {"a": "x"}, False),
        ({"a": True}, {"a": True}, True),
        ({"a": True}, {"a": 1}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": "x"}, {"a": {"x": 1}}, False),
    ],
)
def test_conditions(condition: Any, answers: dict[str, Any], expected: bool) -> None:
    assert holds(condition, answers) is expected


def test_an_answer_left_on_a_hidden_page_opens_nothing() -> None:
    answers = {"a": "x", "b": ["q"], "c": "left over", "d": None}
    assert visible_fields(CHAIN, answers) == ("a", "d")
    assert drop_hidden(CHAIN, answers) == {"a": "x", "d": None}
    assert visible_fields(CHAIN, {**answers, "a": "y"}) == ("a", "b", "c", "d")


def test_stored_answers_of_hidden_pages_are_errors() -> None:
    errors = validate_answers(CHAIN, {"a": "x", "c": "left over"}, TODAY)
    assert errors == (FieldError("c", "c", "not-asked"),)
    assert validate_answers(CHAIN, {"a": "x"}, TODAY) == ()
    assert validate_answers(CHAIN, {"a": "y", "b": None}, TODAY) == ()
    assert [error.code for error in validate_answers(CHAIN, {"a": "y", "b": ["q"]}, TODAY)] == ["enter"]


def test_an_optional_field_left_empty_is_known_to_have_been_passed() -> None:
    result = validate_page(CHAIN, "d", {"d": [" "]}, answers={}, today=TODAY)
    assert (result.answers, result.errors) == ({"d": None}, ())


def test_two_dates_on_one_page_measure_each_other() -> None:
    form = FormDefinition(
        id="period",
        version=1,
        fields={"from": field("date"), "to": field("date", earliest="from")},
        pages=(FormPage(id="p", ask=("to", "from"), title=text("t")),),
    )
    posted = {"from-year": ["2026-05-02"], "to-year": ["2026-05-01"]}
    (error,) = validate_page(form, "p", posted, answers={"from": "2020-01-01"}, today=TODAY, locale="en").errors
    assert (error.code, error.control) == ("too-early", "to-day")
    assert message(error, form, "en", same) == "Thing en must be 2 May 2026 or later"
    assert message(error, form, "th", same) == "Thing th must be 2 พฤษภาคม พ.ศ. 2569 or later"
    assert validate_answers(form, {"from": "2026-05-02", "to": "2026-05-01"}, TODAY)[0].code == "too-early"


PREFILLED = FormDefinition(
    id="known",
    version=1,
    fields={
        "name": field("name", kind="registry", prefill="full_name"),
        "items": field("checkboxes", options=options("x", "y"), default=["x"], required=False),
        "mail": field("email", prefill="email"),
    },
    pages=(FormPage(id="p", ask=("name", "items", "mail"), title=text("t")),),
)


def test_what_is_offered_before_anything_was_answered() -> None:
    facts = {"full_name": {"family": "김", "given": "민준"}, "email": 7}
    offer = offered(PREFILLED, "p", {}, facts)
    assert offer.answers == {"name": facts["full_name"], "items": ["x"]}
    assert offer.known == {"name"}


def test_an_answer_wins_over_what_is_known_also_an_empty_one() -> None:
    offer = offered(PREFILLED, "p", {"items": None, "name": {"single": "X"}}, {"full_name": {"single": "Y"}})
    assert offer.answers == {"items": None, "name": {"single": "X"}}
    assert offer.known == frozenset()


def test_a_field_has_its_own_sentence_and_its_short_name() -> None:
    own = msgspec.structs.replace(
        field("text"), label=text("Why do you ask?"), short=text("Purpose"), errors={"too-long": text("Say it shorter")}
    )
    form = FormDefinition(id="f", version=1, fields={"a": own}, pages=(FormPage(id="p", ask=("a",)),))
    assert message(FieldError("a", "a", "too-long", {"max": 3, "count": 4}), form, "vi", same) == "Say it shorter vi"
    assert message(FieldError("a", "a", "enter"), form, "en", same) == "Enter purpose en"
    assert message(FieldError("a", "a", "enter"), form, "ko", lambda _: "%(field)s 항목을 입력해 주세요") == (
        "Purpose ko 항목을 입력해 주세요"
    )
    assert message(FieldError("a", "a", "too-short", {"min": 1200}), form, "vi", same) == (
        "Purpose vi must be 1.200 characters or more"
    )
    assert message(FieldError("gone", "gone", "unknown"), form, "en", same) == "This form does not ask for gone"


def test_a_value_that_looks_like_a_placeholder_stays_what_it_is() -> None:
    form = FORM
    error = FieldError("files", "files", "file-type", {"name": "%(field)s.exe"})
    assert "“%(field)s.exe”" in message(error, form, "en", same)


def test_an_option_that_excludes_the_others_is_named_in_the_readers_language() -> None:
    (error,) = validate_page(FORM, "p-checkboxes", {"checkboxes": ["x", "none"]}, answers={}, today=TODAY).errors
    assert message(error, FORM, "ja", same) == "Choose either “none ja” alone, or the other answers"


def test_errors_inside_a_repeat_name_the_nested_field() -> None:
    inner = msgspec.structs.replace(field("text"), label=text("Nickname"))
    form = FormDefinition(
        id="f",
        version=1,
        fields={"kids": field("repeat", fields={"nick": inner})},
        pages=(FormPage(id="p", ask=("kids",)),),
    )
    assert message(FieldError("kids-2-nick", "kids-2-nick", "enter"), form, "en", same) == "Enter nickname en"


@pytest.mark.parametrize(
    ("label", "expected"),
    [("Purpose", "purpose"), ("PDF file", "PDF file"), ("Korean name", "Korean name"), ("E-mail", "e-mail"), ("", "")],
)
def test_a_label_inside_an_english_sentence(label: str, expected: str) -> None:
    assert in_sentence(label, "en") == expected
    assert in_sentence(label, "ja") == label


def test_the_page_where_an_error_is_mended() -> None:
    assert page_asking(FORM, "date") == "p-date"
    assert page_asking(FORM, "repeat-2-who") == "p-repeat"
    assert page_asking(FORM, "stranger") is None


def test_control_names_and_their_order() -> None:
    date, name, passport = field("date"), field("name", kind="registry"), field("name", kind="passport")
    assert part_order(date, "ko") == ("year", "month", "day")
    assert part_order(date, "vi") == ("day", "month", "year")
    assert part_order(name, "th")[0] == "given"
    assert part_order(passport, "th")[0] == "family"
    assert part_order(field("text"), "ko") == ()
    assert first_control("birth", date, "en") == "birth-day"
    assert [option_id("purpose", value, index) for index, value in enumerate(("bank", "other"))] == [
        "purpose",
        "purpose-other",
    ]


def shown(name: str, locale: Any, answers: dict[str, Any] = ANSWERS) -> list[Shown]:
    rows = {row.field: row for row in summary(FORM, answers, HOUSEHOLD, {"f1": "lease.pdf"})}
    return list(display(rows[name].value, locale, same))


@pytest.mark.parametrize(
    ("name", "locale", "expected"),
    [
        ("textarea", "ko", [("첫째 줄", ""), ("둘째 줄", "")]),
        ("textarea", "en", [("첫째 줄", "ko"), ("둘째 줄", "ko")]),
        ("radios", "ja", [("bank ja", "")]),
        ("members", "ko", [("김민준", ""), ("Nguyễn Thị Hoa", "vi")]),
        ("checkboxes", "vi", [("x vi", ""), ("y vi", "")]),
        ("yesno", "en", [("No", "")]),
        ("date", "ko", [("2026년 11월 22일", "")]),
        ("date", "th", [("22 พฤศจิกายน พ.ศ. 2569", "")]),
        ("number", "vi", [("1.234,5", "")]),
        ("money", "ko", [("50,000원", "")]),
        ("name", "ko", [("Nguyễn Văn An", "vi")]),
        ("passname", "vi", [("NGUYEN VAN AN", "")]),
        ("address", "en", [("서울특별시 종로구 사직로 161", "ko"), ("2층", "ko"), ("03045", ""), ("South Korea", "")]),
        ("phone", "th", [("010-1234-5678", "")]),
        ("resident", "en", [("901231-1******", "")]),
        ("alien", "en", [("901231-5******", "")]),
        ("passport", "en", [("M1*******", "")]),
        ("business", "en", [("123-45-67891", "")]),
        ("files", "en", [("lease.pdf", ""), ("f2", "")]),
        ("declaration", "en", [("Confirmed", "")]),
    ],
)
def test_answers_in_the_readers_language(name: str, locale: Any, expected: list[tuple[str, str]]) -> None:
    assert [(each.text, each.lang) for each in shown(name, locale)] == expected


def test_a_missing_translation_is_marked_with_its_own_language() -> None:
    choice = values.Choice((Text(ko="은행"),))
    assert display(choice, "vi", same) == (Shown("은행", "ko"),)


def test_the_summary_has_each_question_asked_and_none_other() -> None:
    rows = summary(CHAIN, {"a": "x", "c": "left over"})
    assert [(row.field, row.page, type(row.value)) for row in rows] == [
        ("a", "a", values.Choice),
        ("d", "d", values.Missing),
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_identity_number_is_shown_whole(locale: Any) -> None:
    for name in ("resident", "alien", "passport"):
        text_shown = " ".join(each.text for each in shown(name, locale))
        assert ANSWERS[name][-6:] not in text_shown.replace("-", "")


@pytest.mark.parametrize(
    ("relation", "born", "may"),
    [
        ("self", dt.date(1950, 1, 1), True),
        ("child", dt.date(2007, 11, 23), True),  # nineteen tomorrow
        ("child", dt.date(2007, 11, 22), False),
        ("spouse", dt.date(2010, 1, 1), False),
        ("sibling", dt.date(2015, 1, 1), False),
        ("other", dt.date(2015, 1, 1), False),
    ],
)
def test_a_guardian_may_ask_for_minor_children_only(relation: str, born: dt.date, may: bool) -> None:
    whose: Field = field("radios", options_from="self-and-minors")
    form = FormDefinition(id="f", version=1, fields={"a": whose}, pages=(FormPage(id="p", ask=("a",)),))
    household = (Member("m1", MemberName("김민준", "ko"), relation, born),)
    errors = validate_answers(form, {"a": "m1"}, TODAY, household)
    assert [error.code for error in errors] == ([] if may else ["option"])


def test_a_field_of_no_options_cannot_be_chosen() -> None:
    lonely: Field = field("radios", options_from="household")
    form = FormDefinition(id="f", version=1, fields={"a": lonely}, pages=(FormPage(id="p", ask=("a",)),))
    assert validate_page(form, "p", {"a": ["m1"]}, answers={}, today=TODAY).errors[0].code == "option"
