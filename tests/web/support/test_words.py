"""What an agent does reads as whole sentences in the citizen's language, whatever the element is or holds."""

import itertools
import re
from pathlib import Path
from typing import Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.i18n.locales import LOCALES, Locale
from madang.i18n.messages import Catalogues
from madang.remote_support import accessible, phrasebook
from madang.remote_support.messages import Element, Said
from madang.remote_support.ports import Words
from madang.web.support.words import LONGEST_NAME, HouseWords

FOLDER: Final = Path(__file__).parents[3] / "madang/web/locales"
BOOK: Final = phrasebook.load()
WORDS: Final[Words] = HouseWords(Catalogues(FOLDER), BOOK)
ACTS: Final = ("highlight", "point", "scroll-to", "move-focus", "suggest", "fill", "open")
ROLES: Final = (
    "button", "link", "outward", "disclosure", "textbox", "searchbox", "combobox", "radio", "checkbox", "group", "form",
    "file", "heading", "region", "element", "table", "dialog", "alert",
)  # fmt: skip
NAME: Final = {"ko": "이름", "en": "Name", "ja": "氏名", "zh": "姓名", "th": "ชื่อ", "vi": "Họ tên"}
ENDED: Final = {"ko": r"[.”]$", "en": r"\.$", "ja": r"。$", "zh": r"。$", "th": r"[^.%]$", "vi": r"\.$"}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_act_on_everything_is_said_in_whole_sentences(locale: Locale) -> None:
    for kind, role, error, value in itertools.product(ACTS, ROLES, ("", "Wrong."), ("", "v1")):
        said = WORDS.act(locale, kind, Element(role, NAME[locale], error=error), value)
        assert NAME[locale] in said, (kind, role)
        assert ("Wrong" in said) == bool(error and kind in ACTS[:4]), said
        assert ("v1" in said) == (value != "" and kind in ("suggest", "fill") and role not in ("radio", "checkbox"))
        assert not re.search(r"%\(|%s|\s\s|\.\.|。。|\{", said), said
        assert re.search(ENDED[locale], said), said
        assert len(re.findall(r"[.。](?=\s|$|[^\s.”])", said)) >= (0 if locale == "th" else 2), said


def test_acts_are_those_of_the_protocol_and_roles_those_of_the_registry() -> None:
    assert {*ACTS, "phrase", "chat"} == set(get_args(Said.__annotations__["kind"]))
    known = {*accessible._ROLES.values(), *accessible._INPUTS.values(), "link", "outward", "textbox"}
    assert known <= set(ROLES)


def test_each_language_says_it_in_its_own_words() -> None:
    for kind, role in itertools.product(ACTS, ROLES):
        said = {WORDS.act(locale, kind, Element(role, "X"), "v1") for locale in LOCALES}
        assert len(said) == len(LOCALES), (kind, role)


def test_the_next_step_is_what_one_does_with_the_element() -> None:
    steps = {role: WORDS.act("en", "highlight", Element(role, "X")) for role in ROLES}
    assert "Press it yourself" in steps["button"]
    assert "open that page" in steps["link"] == steps["outward"]
    assert "to close it" in steps["disclosure"]
    assert "what is asked" in steps["group"] == steps["form"]
    assert "write your answer" in steps["textbox"]
    assert "from the list" in steps["combobox"]
    assert "photo or file" in steps["file"]
    assert "read this part" in steps["heading"]
    assert steps["radio"] != steps["checkbox"]
    wrong = WORDS.act("en", "point", Element("textbox", "Phone", error="Enter your phone number"))
    assert wrong.endswith("“Enter your phone number”. Please correct your answer there.")
    assert WORDS.act("en", "highlight", Element("button", "X", error="Oops")).endswith(
        "Press it yourself when you are ready."
    )


def test_a_suggestion_says_what_would_stand_there_and_leaves_the_decision() -> None:
    listed = Element("combobox", "Purpose", options=("bank", "visa"), labels=("For a bank", "For a visa"))
    assert WORDS.act("en", "suggest", listed, "visa").startswith("The support agent suggests choosing “For a visa” for")
    assert WORDS.act("en", "suggest", listed, "For a visa") == WORDS.act("en", "suggest", listed, "visa")
    box, text = Element("checkbox", "English copy"), Element("textbox", "Reason")
    ticked, unticked = (WORDS.act("en", "suggest", box, checked=checked) for checked in (True, False))
    assert "suggests choosing" in ticked
    assert ticked.endswith("You decide: press “Use it” or “Refuse”.")
    assert "suggests not choosing" in unticked
    assert "leaving “Reason” empty" in WORDS.act("en", "suggest", text)
    assert "has emptied “Reason”" in WORDS.act("en", "fill", text)
    assert "taken back" in WORDS.act("en", "fill", box, checked=False)
    for locale in LOCALES:
        said = {
            WORDS.act(locale, kind, box, checked=checked) for kind in ("suggest", "fill") for checked in (True, False)
        }
        assert len(said) == 4


@pytest.mark.parametrize("locale", LOCALES)
def test_what_has_no_name_is_not_named(locale: Locale) -> None:
    for kind, element in itertools.product(ACTS, (None, Element("region"), Element("region", " "))):
        said = WORDS.act(locale, kind, element, "v1")
        assert not re.search(r"“”|「」|None", said)
        assert len(said) > 10


@pytest.mark.parametrize("locale", LOCALES)
def test_what_an_element_holds_is_only_text(locale: Locale) -> None:
    """Braces, percent signs and lines in a name or a value are repeated, never obeyed."""
    odd = Element("textbox", "100 %(label)s {error}\n{minutes}", error="{element} %s")
    assert "100 %(label)s {error} {minutes}" in WORDS.act(locale, "highlight", odd)
    assert "%(value)s {x}" in WORDS.act(locale, "suggest", Element("textbox", "X"), "%(value)s {x}")
    said = WORDS.phrase(locale, "error-here", odd, {})
    assert said is not None
    assert "100 %(label)s {error} {minutes}" in said
    assert "{element} %s" in said


@given(
    st.sampled_from(LOCALES), st.sampled_from((*ACTS, "other")), st.sampled_from(ROLES), st.text(), st.text(), st.text()
)
def test_whatever_stands_on_a_page_can_be_said(
    locale: Locale, kind: str, role: str, name: str, error: str, value: str
) -> None:
    said = WORDS.act(locale, kind, Element(role, name, error=error), value)
    assert "\n" not in said
    assert len(said) <= 3 * LONGEST_NAME + 200
    WORDS.phrase(locale, "error-here", Element(role, name, error=error), {})
    assert WORDS.phrase(locale, name, None, {value: name}) is None


def test_a_long_name_ends_between_letters() -> None:
    said = WORDS.act("th", "highlight", Element("region", "กี่" * 200))
    name = re.search(r"“(.+)”", said)
    assert name
    assert len(name[1]) <= LONGEST_NAME
    assert name[1] == "กี่" * ((len(name[1]) - 1) // 3) + "…"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_phrase_can_be_said(locale: Locale) -> None:
    figures = {"minutes": "5", "days": "3", "amount": "2000", "time": "15:05"}
    element = Element("textbox", NAME[locale], error="Wrong.")
    for phrase in BOOK.values():
        said = WORDS.phrase(locale, phrase.id, element, {name: figures[name] for name in phrase.asks})
        assert said, phrase.id
        assert "{" not in said
        assert not re.search(r"\s\s", said)


def test_figures_are_written_as_the_language_does() -> None:
    def said(phrase: str, locale: Locale, **words: str) -> str | None:
        return WORDS.phrase(locale, phrase, None, words)

    assert said("wait-minutes", "en", minutes="1") == "Could you wait about 1 minute?"
    assert said("wait-minutes", "ko", minutes="10") == "10분쯤 기다려 주시겠습니까?"
    assert said("takes-days", "vi", days="3") == "Thời gian giải quyết là 3 ngày làm việc."
    assert said("fee-is", "ko", amount="2000") == "수수료는 2,000원입니다."
    assert said("fee-is", "en", amount="2000") == "The fee is ₩2,000."
    assert said("try-again-at", "ko", time="15:05") == "오후 3:05에 다시 해 보시겠습니까?"
    assert said("try-again-at", "th", time="9:05") == "ลองใหม่อีกครั้งเวลา 09.05 น. ได้ไหม"


@pytest.mark.parametrize(
    ("phrase", "element", "words"),
    [
        ("no-such-phrase", None, {}),
        ("hello", None, {"minutes": "5"}),
        ("hello", None, {"element": "my own words"}),
        ("wait-minutes", None, {}),
        ("wait-minutes", None, {"minutes": "5", "more": "x"}),
        *(("wait-minutes", None, {"minutes": wrong}) for wrong in ("", "0", "-5", "5 a.example", "५", "12345678")),
        *(("try-again-at", None, {"time": wrong}) for wrong in ("24:00", "9", "9:5", "soon", "09:05 x")),
        ("fee-is", None, {"amount": "2.5"}),
        ("look-here", None, {}),
        ("look-here", Element("region"), {}),
        ("error-here", Element("textbox", "X"), {}),
        ("look-here", Element("button", "X"), {"element": "my own words"}),
    ],
)  # fmt: skip
def test_nothing_can_be_said_that_is_not_in_the_book(
    phrase: str, element: Element | None, words: dict[str, str]
) -> None:
    for locale in LOCALES:
        assert WORDS.phrase(locale, phrase, element, words) is None
