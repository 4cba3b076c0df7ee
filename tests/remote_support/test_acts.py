"""The gate: which message passes in which state, at which level, about which element. The whole table, written out."""

import itertools
from typing import get_args

import msgspec
import pytest
from machine_kit import START, STATES, session_in

from madang.remote_support.acts import NEEDS, Why, may, reaches
from madang.remote_support.messages import (
    Act,
    Answer,
    Chat,
    CitizenUp,
    Dialog,
    Element,
    FieldValue,
    Fill,
    Focus,
    Hello,
    Highlight,
    Invalid,
    Language,
    MoveFocus,
    Open,
    Phrase,
    Point,
    Pong,
    RefusedMessage,
    Scroll,
    ScrollTo,
    SetLevel,
    Stop,
    Suggest,
    Toggle,
)
from madang.remote_support.ports import Standing
from madang.remote_support.states import LEVELS, Level, Session, State

ELEMENTS = {
    "name": Element("textbox", "이름", shared=True),
    "secret": Element("textbox", "주민등록번호"),
    "copies": Element("combobox", "부수", shared=True, options=("1", "2", "3")),
    "agree": Element("checkbox", "동의", shared=True),
    "way": Element("radio", "방문", shared=True),
    "next": Element("link", "다음"),
    "away": Element("outward", "다른 사이트"),
    "send": Element("button", "제출"),
    "title": Element("heading", "신청"),
}
POINTING = (Highlight("name"), Point("name"), ScrollTo("name"))
ASSISTING = (MoveFocus("name"), Fill("name", "x"), Open("next"))
SMALL = (
    Focus("name"), Focus(), Scroll("name"), FieldValue("name", "x"), Toggle("title", True), Invalid("name", True),
    Dialog("title", False), Answer("s-1", True),
)  # fmt: skip
WORDS = (Chat("안녕하세요"), Phrase("greeting"))
ALWAYS = (Hello(1), Pong(), Stop())
LIVE = (Language("citizen"),)
EVERY = (*POINTING, *ASSISTING, *SMALL, *WORDS, *ALWAYS, *LIVE, Suggest("name", "x"), SetLevel("view"))
PASSES: dict[State, tuple[msgspec.Struct, ...]] = {
    "requested": ALWAYS,
    "waiting": ALWAYS,
    "matched": (*ALWAYS, *LIVE),
    "viewing": EVERY,
    "paused": (*ALWAYS, *LIVE, *WORDS, SetLevel("view")),
    "away": (*ALWAYS, *LIVE),
    "ended": (),
    "expired": (),
}
"""In which state what passes, for an agent with the highest level and a page that stands."""


def page(session: Session, number: int | None = None) -> Standing:
    return Standing(session.page if number is None else number, "step", ELEMENTS, {})


def viewing(level: Level = "assist") -> Session:
    return msgspec.structs.replace(session_in("viewing"), level=level)


def tried(message: CitizenUp | Act | Language, level: Level = "assist") -> Why:
    session = viewing(level)
    return may(session, message, page(session))


def test_every_message_upwards_is_in_the_table() -> None:
    assert {type(message) for message in EVERY} == {*get_args(CitizenUp), *get_args(Act), Language}


@pytest.mark.parametrize("state", STATES)
def test_what_passes_in_a_state_and_nothing_else(state: State) -> None:
    session = session_in(state)
    passed = {repr(message) for message in EVERY if may(session, message, page(session)) == ""}
    assert passed == set(map(repr, PASSES[state]))
    refused = {may(session, message, page(session)) for message in EVERY} - {""}
    assert refused <= {"state"}


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_holds_all_under_it_and_nothing_above(level: Level) -> None:
    needed: dict[Level, tuple[Act, ...]] = {
        "view": (Phrase("greeting"),),
        "point": POINTING,
        "suggest": (Suggest("name", "x"),),
        "assist": ASSISTING,
    }
    for need, messages in needed.items():
        for message in messages:
            assert tried(message, level) == ("" if LEVELS.index(need) <= LEVELS.index(level) else "level")
            assert NEEDS[type(message)] == need


def test_levels_are_ordered() -> None:
    for one, other in itertools.product(LEVELS, LEVELS):
        assert reaches(one, other) == (LEVELS.index(one) >= LEVELS.index(other))


def test_every_act_needs_a_level_and_nothing_else_is_an_act() -> None:
    assert set(NEEDS) == {*get_args(Act), Chat}
    tags = {str(kind.__struct_config__.tag) for kind in get_args(Act)}
    assert tags.isdisjoint({"submit", "sign", "pay", "consent", "password", "click", "press", "level", "answer"})


@pytest.mark.parametrize("ref", ["", "unknown", "NAME", "name ", "ｎａｍｅ", "secret'", "../name", "__class__"])
def test_what_is_not_on_the_page_that_stands_is_nowhere(ref: str) -> None:
    for kind in (Focus, Scroll, Highlight, Point, ScrollTo, MoveFocus, Open, Fill, Suggest, FieldValue):
        assert tried(kind(ref)) == "ref"
    for kind in (Toggle, Invalid, Dialog):
        assert tried(kind(ref, True)) == "ref"
    assert tried(Phrase("greeting", ref)) == "ref"


@pytest.mark.parametrize("number", [0, 2, 7])
def test_a_page_that_was_left_does_not_stand(number: int) -> None:
    session = viewing()
    assert session.page == 1
    for message in (*POINTING, *ASSISTING, Suggest("name", "x"), Focus("name"), FieldValue("name", "x")):
        assert may(session, message, page(session, number)) == "ref"
        assert may(session, message, None) == "ref"


def test_a_field_that_is_not_shared_is_neither_seen_nor_filled() -> None:
    for message in (FieldValue("secret", "x"), Suggest("secret", "x"), Fill("secret", "x")):
        assert tried(message) == "field"
    for message in (Highlight("secret"), Focus("secret"), MoveFocus("secret"), Invalid("secret", True)):
        assert tried(message) == ""
    for ref in ("send", "title", "next"):
        for message in (FieldValue(ref, "x"), Suggest(ref, "x"), Fill(ref, "x"), Fill(ref, checked=True)):
            assert tried(message) == "field"


@pytest.mark.parametrize(
    ("ref", "value", "checked", "why"),
    [
        ("copies", "2", None, ""),
        ("copies", "4", None, "field"),
        ("copies", "", None, "field"),
        ("copies", "2", True, "field"),
        ("agree", "", True, ""),
        ("agree", "", False, ""),
        ("agree", "on", None, "field"),
        ("way", "", True, ""),
        ("way", "", False, "field"),
        ("way", "x", None, "field"),
        ("name", "김하늘", None, ""),
        ("name", "", None, ""),
        ("name", "x", True, "field"),
        ("name", "901010-1234567", None, "text"),
        ("name", "evil.com", None, "text"),
    ],
)
def test_a_value_is_one_that_the_field_can_hold(ref: str, value: str, checked: bool | None, why: str) -> None:
    assert tried(Suggest(ref, value, checked)) == why
    assert tried(Fill(ref, value, checked)) == why


@pytest.mark.parametrize(
    ("ref", "why"), [("next", ""), ("send", "ref"), ("away", "ref"), ("name", "ref"), ("title", "ref")]
)
def test_only_a_link_within_is_opened(ref: str, why: str) -> None:
    assert tried(Open(ref)) == why


@pytest.mark.parametrize(
    "text",
    ["901010-1234567", "제 번호는 ９０１０１０ １２３４５６７", "010-1234-5678", "www.evil.com", "카톡 아이디 minsu"],
)
def test_words_that_are_nobody_s_business_are_refused_on_both_sides(text: str) -> None:
    assert tried(Chat(text)) == "text"
    assert tried(Phrase("amount", words={"amount": text})) == "text"
    assert tried(Phrase("amount", words={"what": "x", "amount": text})) == "text"
    session = session_in("paused")
    assert may(session, Chat(text), page(session)) == "text"


def test_on_a_sensitive_page_words_speak_of_no_element() -> None:
    session = session_in("paused")
    assert may(session, Phrase("greeting"), page(session)) == ""
    assert may(session, Phrase("greeting", "name"), page(session)) == "state"


def test_the_first_thing_wrong_is_what_is_told() -> None:
    """State before level, level before element, element before field, field before text: nothing is told of a page to
    whom it is not shown."""
    session = msgspec.structs.replace(session_in("paused"), level="view")
    assert may(session, Fill("unknown", "evil.com"), None) == "state"
    assert tried(Fill("unknown", "evil.com"), "suggest") == "level"
    assert tried(Fill("unknown", "evil.com")) == "ref"
    assert tried(Fill("secret", "evil.com")) == "field"
    assert tried(Fill("name", "evil.com")) == "text"


def test_every_reason_can_be_sent() -> None:
    for why in get_args(Why):
        if why:
            message = msgspec.json.encode(RefusedMessage("fill", why))
            assert msgspec.json.decode(message, type=RefusedMessage).why == why


def test_the_gate_remembers_nothing() -> None:
    session = viewing()
    before = msgspec.json.encode(session)
    for message in EVERY:
        assert may(session, message, page(session)) == may(session, message, page(session))
    assert msgspec.json.encode(session) == before
    assert session.since == START
