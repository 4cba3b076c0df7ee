"""The phrasebook: whole in six languages, each phrase once, short enough to listen to, naming what is there."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from babel.messages.pofile import read_po

from madang.i18n.locales import CLDR, LOCALES, Locale
from madang.remote_support.phrasebook import (
    ASKED,
    LONGEST,
    OF_ELEMENT,
    PLACEHOLDERS,
    SITUATIONS,
    Phrase,
    PhrasesInvalid,
    find,
    load,
)

ROOT: Final = Path(__file__).parents[2]
BOOK: Final = load()
QUOTED: Final = re.compile(r"[“「]([^“”「」]+)[”」]")
LISTENED: Final[Mapping[Locale, int]] = {"ko": 80, "en": 130, "ja": 80, "zh": 60, "th": 130, "vi": 130}
"""Characters that are listened to in about ten seconds."""
LETTERS: Final[Mapping[Locale, str]] = {
    "ko": r"[\uac00-\ud7a3]",
    "en": r"[A-Za-z]",
    "ja": r"[\u3040-\u30ff]",
    "zh": r"[\u4e00-\u9fff]",
    "th": r"[\u0e00-\u0e7f]",
    "vi": r"[A-Za-zÀ-ỹ]",
}
FOREIGN: Final[Mapping[Locale, str]] = {
    "ko": r"[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]",
    "en": r"[^\x00-\x7f“”’…]",
    "ja": r"[\uac00-\ud7a3\u0e00-\u0e7f“”]",
    "zh": r"[\uac00-\ud7a3\u3040-\u30ff\u0e00-\u0e7f「」]",
    "th": r"[\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff]",
    "vi": r"[\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]",
}
ENDS: Final[Mapping[Locale, str]] = {
    "ko": r"(니다|세요|까요|까|지요|나요|요)[.?]$|니다: “\{error\}”$",
    "en": r"([.?]|”)$",
    "ja": r"(。|」)$",
    "zh": r"[。？”]$",
    "th": r"[^.?!]$|น\.$",
    "vi": r"([.?]|”)$",
}
RUDE: Final[Mapping[Locale, str]] = {
    "ko": r"당신|여러분|하십시요|되요\b|해라",
    "en": r"\b(color|[Cc]lick|[Tt]ap|citizen|[Kk]indly|utili[sz]e|valid)\b",
    "ja": r"あなた|ください、ませ|クリック|させていただ|ユーザー",
    "zh": r"你|單|點|請|用户|点击",
    "th": r"ครับ|ค่ะ|คะ\b|คลิก|ฉัน|ผม(?!ล)|ท่าน",
    "vi": r"\b(ông|bà|anh|chị|[Qq]uý khách|[Vv]ui lòng|[Cc]lick)\b",
}
"""What a clerk of this house does not say."""


def said(phrase: Phrase, locale: Locale) -> str:
    text: str = getattr(phrase.text, locale)
    return text


def each() -> list[tuple[Phrase, Locale]]:
    return [(phrase, locale) for phrase in BOOK.values() for locale in LOCALES]


def test_the_book_is_thick_enough_and_every_situation_has_words() -> None:
    assert len(BOOK) >= 120
    counted = Counter(phrase.situation for phrase in BOOK.values())
    assert counted["house"] == 0  # an agency's own
    assert all(counted[situation] >= 5 for situation in SITUATIONS if situation != "house")
    assert list(counted) == [situation for situation in SITUATIONS if situation != "house"]
    assert all(not title.missing() for title in SITUATIONS.values())
    assert all(len({getattr(title, locale) for title in SITUATIONS.values()}) == len(SITUATIONS) for locale in LOCALES)


def test_every_phrase_is_in_six_languages_each_in_its_own_letters() -> None:
    for phrase, locale in each():
        text = re.sub(r"\{\w+\}", "…", said(phrase, locale))
        assert re.search(LETTERS[locale], text), (phrase.id, locale)
        assert not re.search(FOREIGN[locale], text), (phrase.id, locale, text)
        assert "\u200b" not in text, (phrase.id, locale)
        assert not re.search(r"[\"']|\s\s|^\s|\s$", text), (phrase.id, locale)


def test_placeholders_are_the_same_in_every_language() -> None:
    for phrase, locale in each():
        found = re.findall(r"\{(\w+)\}", said(phrase, locale))
        assert sorted(found) == sorted(re.findall(r"\{(\w+)\}", phrase.text.ko)), (phrase.id, locale)
        assert set(found) <= PLACEHOLDERS
        quotes = "「{element}」" if locale == "ja" else "“{element}”"
        assert ("{element}" in said(phrase, locale)) == (quotes in said(phrase, locale)), (phrase.id, locale)
    assert {name for phrase in BOOK.values() for name in phrase.placeholders} == PLACEHOLDERS
    assert {name for phrase in BOOK.values() for name in phrase.asks} == ASKED
    assert all(phrase.of_element == bool(OF_ELEMENT & set(phrase.placeholders)) for phrase in BOOK.values())


@pytest.mark.parametrize("locale", LOCALES)
def test_no_phrase_is_there_twice(locale: Locale) -> None:
    plain = Counter(re.sub(r"\W", "", said(phrase, locale)).casefold() for phrase in BOOK.values())
    assert plain.most_common(1)[0][1] == 1, plain.most_common(1)


@pytest.mark.parametrize("locale", LOCALES)
def test_phrases_can_be_listened_to(locale: Locale) -> None:
    for phrase in BOOK.values():
        text = said(phrase, locale)
        assert len(text) <= min(LONGEST, LISTENED[locale]), (len(text), text)
        assert len(re.findall(r"[.?。？](?=\s|$|[\u3040-\u9fff])", text)) <= 3, text


@pytest.mark.parametrize("locale", LOCALES)
def test_phrases_are_said_as_this_house_speaks(locale: Locale) -> None:
    for phrase in BOOK.values():
        text = said(phrase, locale)
        assert re.search(ENDS[locale], text), (phrase.id, text)
        assert not re.search(RUDE[locale], QUOTED.sub("", text)), (phrase.id, text)


def labels() -> list[dict[str, str]]:
    """What stands on the portal's buttons, links and headings, and the terms of the glossary, in six languages."""
    books = {}
    for locale in LOCALES:
        with (ROOT / f"madang/web/locales/{locale}/LC_MESSAGES/messages.po").open("rb") as file:
            books[locale] = {message.id: message.string for message in read_po(file, locale=CLDR[locale])}
    found = [{locale: books[locale].get(id, "") for locale in LOCALES} for id in books["en"] if isinstance(id, str)]
    with (ROOT / "docs/glossary.tsv").open(encoding="utf-8") as file:
        return found + [{locale: row[locale] for locale in LOCALES} for row in csv.DictReader(file, delimiter="\t")]


def test_a_button_is_called_what_stands_on_it_in_every_language() -> None:
    known = labels()
    for phrase in BOOK.values():
        quoted = {locale: [q for q in QUOTED.findall(said(phrase, locale)) if "{" not in q] for locale in LOCALES}
        if phrase.id == "yes-or-no":
            continue  # quotes words of the citizen's
        assert len({len(found) for found in quoted.values()}) == 1, (phrase.id, quoted)
        for names in ({loc: quoted[loc][i] for loc in LOCALES} for i in range(len(quoted["ko"]))):
            assert names in known, (phrase.id, names)


@pytest.mark.parametrize(
    "term",
    [
        "application-number", "document-number", "certificate", "kiosk", "fee", "alien-registration-number",
        "one-time-code", "delegate", "support-agent",
    ],
)  # fmt: skip
def test_terms_are_those_of_the_glossary(term: str) -> None:
    with (ROOT / "docs/glossary.tsv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file, delimiter="\t") if row["key"] == term)
    held = [phrase for phrase in BOOK.values() if row["en"].lower() in phrase.text.en.lower()]
    assert held
    for phrase in held:
        for locale in LOCALES:
            if (term, locale) == ("kiosk", "en") or (term == "certificate" and "kiosk" in phrase.text.en):
                continue  # "self-service certificate kiosk" is one word of its own
            assert row[locale].lower() in said(phrase, locale).lower(), (phrase.id, locale, row[locale])


def test_no_phrase_asks_for_what_is_nobodys_business() -> None:
    """Numbers, passwords and codes are named only to say that they are not asked for, or to be typed by oneself."""
    secret = re.compile(r"password|one-time code|account number|card number|registration number", re.IGNORECASE)
    never = re.compile(r"never ask|do not|hidden from me|13-digit", re.IGNORECASE)
    named = [phrase for phrase in BOOK.values() if secret.search(phrase.text.en)]
    assert len(named) >= 5
    assert all(never.search(phrase.text.en) for phrase in named)


@pytest.mark.parametrize("locale", LOCALES)
def test_telephone_numbers_are_those_of_public_services(locale: Locale) -> None:
    for phrase in BOOK.values():
        numbers = set(re.findall(r"\d{3,}", said(phrase, locale)))
        assert numbers <= {"110", "112", "119", "1345"}, (phrase.id, numbers)
        assert numbers == set(re.findall(r"\d{3,}", phrase.text.ko))


def test_phrases_are_found_by_their_words_in_both_languages() -> None:
    assert {phrase.id for phrase in find(BOOK, "", "ko")} == set(BOOK)
    assert "have-alien-card" in {phrase.id for phrase in find(BOOK, "외국인등록증", "vi")}
    assert "have-alien-card" in {phrase.id for phrase in find(BOOK, "ALIEN card", "en")}
    assert {phrase.situation for phrase in find(BOOK, "안심", "ko")} == {"safety", "identity"}  # by its title, too
    assert "have-passport" in {phrase.id for phrase in find(BOOK, unicodedata.normalize("NFD", "HỘ chiếu"), "vi")}
    assert "never-password" in {phrase.id for phrase in find(BOOK, "ｐａｓｓｗｏｒｄ", "en")}
    assert not list(find(BOOK, "zebra", "en"))


GOOD: Final = {"id": "ours", **{locale: f"{locale} {{minutes}}" for locale in LOCALES}}


def written(folder: Path, *entries: dict[str, str], name: str = "house.yaml") -> Path:
    lines = []
    for entry in entries:
        lines += [f'{"-" if key == "id" else " "} {key}: "{value}"' for key, value in entry.items()]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_an_agency_adds_phrases_and_words_some_anew(tmp_path: Path) -> None:
    anew = {"id": "hello", **{locale: f"hello {locale}" for locale in LOCALES}}
    written(tmp_path, GOOD)
    written(tmp_path, anew, name="start.yml")
    (tmp_path / "README.md").write_text("Not a file of phrases.")
    book = load(tmp_path)
    assert len(book) == len(BOOK) + 1
    assert book["hello"].text.th == "hello th"
    assert list(book)[-1] == "ours"
    assert next(iter(book)) == "hello"
    assert book["ours"].asks == ("minutes",)
    assert load()["hello"].text.th != "hello th"


@pytest.mark.parametrize(
    ("entries", "name", "told"),
    [
        ([{**GOOD, "vi": ""}], "house.yaml", "'vi'"),
        ([{**GOOD, "th": "x" * (LONGEST + 1)}], "house.yaml", "'th'"),
        ([{key: value for key, value in GOOD.items() if key != "ja"}], "house.yaml", "ja"),
        ([{**GOOD, "fr": "oui"}], "house.yaml", "fr"),
        ([{**GOOD, "zh": "zh"}], "house.yaml", "placeholders"),
        ([{**GOOD, "zh": "zh {minutes} {minutes}"}], "house.yaml", "placeholders"),
        ([{**GOOD, "en": "en {minutes} {"}], "house.yaml", "placeholders"),
        ([{**GOOD, "ko": "ko {name}"}], "house.yaml", "{name}"),
        ([{**GOOD, "ko": "ko {minutes.real}"}], "house.yaml", "{minutes.real}"),
        ([GOOD, GOOD], "house.yaml", "twice"),
        ([{**GOOD, "id": "Ours!"}], "house.yaml", "hyphens"),
        ([GOOD], "houses.yaml", "situation"),
    ],
)
def test_a_mistake_is_told_with_its_file(tmp_path: Path, entries: list[dict[str, str]], name: str, told: str) -> None:
    with pytest.raises(PhrasesInvalid, match=re.escape(told)) as refused:
        load(written(tmp_path, *entries, name=name))
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["- id: [", "just words", "- {id: a}", "\t- x"])
def test_a_file_that_is_none_is_told_too(tmp_path: Path, text: str) -> None:
    (tmp_path / "house.yaml").write_text(text)
    with pytest.raises(PhrasesInvalid, match=r"house\.yaml") as refused:
        load(tmp_path)
    assert "\n" not in str(refused.value)
    with pytest.raises(PhrasesInvalid, match="cannot be read"):
        load(tmp_path / "nowhere")
