"""The way through a form follows from the answers alone."""

from itertools import product
from typing import Any

import pytest

from madang.forms.model import Field, FormDefinition, FormPage, Option
from madang.i18n.text import Text
from madang.web.journeys.path import Path


def text(word: str) -> Text:
    return Text(word, word, word, word, word, word)


def choice(*values: str) -> Field:
    return Field(type="radios", label=text("?"), options=tuple(Option(value, text(value)) for value in values))


FORM = FormDefinition(
    id="f",
    version=1,
    fields={
        "purpose": choice("bank", "other"),
        "detail": Field(type="text", label=text("d")),
        "more": Field(type="yes-no", label=text("m")),
        "note": Field(type="text", label=text("n"), required=False),
    },
    pages=(
        FormPage(id="purpose", ask=("purpose",)),
        FormPage(id="detail", ask=("detail",), show_if={"purpose": "other"}),
        FormPage(id="more", ask=("more",)),
        FormPage(id="note", ask=("note",), show_if={"more": "yes"}),
    ),
)


def test_a_fresh_draft() -> None:
    path = Path(FORM, {})
    assert path.pages == ("purpose", "more")
    assert path.completed == ()
    assert path.first_incomplete == "purpose"
    assert path.may_visit("purpose")
    assert not path.may_visit("more")
    assert not path.may_visit("detail")
    assert not path.may_visit("nowhere")
    assert not path.may_visit(None)
    assert path.previous("purpose") is None
    assert path.previous(None) == "more"
    assert (path.position("purpose"), path.at_most("purpose")) == (1, 4)


def test_an_answer_opens_and_closes_pages() -> None:
    path = Path(FORM, {"purpose": "other"})
    assert path.next("purpose") == "detail"
    assert path.previous("more") == "detail"
    assert (path.position("detail"), path.at_most("detail")) == (2, 4)
    path = Path(FORM, {"purpose": "bank", "detail": "left over"})
    assert path.next("purpose") == "more"
    assert path.previous("more") == "purpose"
    assert (path.position("more"), path.at_most("more")) == (2, 3)


def test_an_optional_page_counts_once_it_was_passed() -> None:
    answers = {"purpose": "bank", "more": "yes"}
    assert Path(FORM, answers).first_incomplete == "note"
    assert not Path(FORM, answers).may_visit(None)
    path = Path(FORM, {**answers, "note": None})
    assert path.first_incomplete is None
    assert path.completed == ("purpose", "more", "note")
    assert path.may_visit(None)
    assert path.next("note") is None


def test_a_required_answer_of_null_does_not_count() -> None:
    assert Path(FORM, {"purpose": None}).first_incomplete == "purpose"


def test_what_is_no_answer_does_not_count() -> None:
    assert Path(FORM, {"purpose": 7, "more": "no"}).first_incomplete == "purpose"


def test_change_leads_back_to_the_check_by_way_of_what_it_opened() -> None:
    done = {"purpose": "bank", "more": "no"}
    assert Path(FORM, done).next("purpose", returning=True) is None
    assert Path(FORM, {**done, "purpose": "other"}).next("purpose", returning=True) == "detail"
    assert Path(FORM, {**done, "purpose": "other", "detail": "x"}).next("detail", returning=True) is None


def test_the_last_page_leads_to_what_is_still_open() -> None:
    assert Path(FORM, {"more": "no"}).next("more") == "purpose"
    assert Path(FORM, {"purpose": "bank", "more": "no"}).next("more") is None


def test_a_page_that_is_not_asked_leads_to_the_first_open_one() -> None:
    path = Path(FORM, {"purpose": "bank"})
    assert path.next("detail") == "more"
    assert path.previous("detail") is None
    assert path.position("detail") == 0


ALL: list[dict[str, Any]] = [
    {key: value for key, value in zip(("purpose", "detail", "more", "note"), each, strict=True) if value != "-"}
    for each in product(("-", "bank", "other"), ("-", "x"), ("-", "yes", "no"), ("-", None, "x"))
]


@pytest.mark.parametrize("answers", ALL, ids=str)
def test_what_holds_for_all_answers(answers: dict[str, Any]) -> None:
    path = Path(FORM, answers)
    first = path.first_incomplete
    assert path.may_visit(first), "where a draft is taken up again can be visited"
    most = 99
    for number, page in enumerate(path.pages, start=1):
        assert path.position(page) == number
        assert len(path.pages) <= path.at_most(page) <= most, "the number of questions never grows on the way"
        most = path.at_most(page)
        following = path.next(page)
        assert following is None or following in path.pages
        if number < len(path.pages):
            assert path.previous(path.pages[number]) == page
        assert path.may_visit(page) == all(each in path.completed for each in path.pages[: number - 1])
