"""The six catalogues: whole, of today's code, and saying the same thing with the same placeholders and markup."""

import ast
import csv
import importlib.util
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from madang.i18n.locales import CLDR, LOCALES, Locale

ROOT = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[^(%\s]")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;")
FOREIGN: tuple[Locale, ...] = tuple(locale for locale in LOCALES if locale != "en")
SCRIPTS: dict[Locale, str] = {
    "ko": r"[\u3040-\u30ff\u0e00-\u0e7f]",
    "ja": r"[\uac00-\ud7a3\u0e00-\u0e7f]",
    "zh": r"[\uac00-\ud7a3\u3040-\u30ff\u0e00-\u0e7f]",
    "th": r"[\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff]",
    "vi": r"[\uac00-\ud7a3\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]",
}
"""Letters that a language never writes its own words with."""


def catalogue(locale: Locale) -> Catalog:
    with (ROOT / f"madang/web/locales/{locale}/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=CLDR[locale])


def extracted() -> Catalog:
    """As ``make messages`` finds them in today's code."""
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools/messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Catalog = module.extracted()
    return found


TEMPLATE = extracted()
CATALOGUES = {locale: catalogue(locale) for locale in LOCALES}


def ids(found: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in found if message.id}


def sources(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


def faults(message: Message, locale: Locale) -> list[str]:
    """What is wrong with one translation."""
    source, found = sources(message)[-1], []
    if "fuzzy" in message.flags:
        found.append("is a guess")
    for string in strings(message):
        if not string.strip():
            found.append("is missing")
            continue
        if sorted(PLACEHOLDER.findall(string)) != sorted(PLACEHOLDER.findall(source)) and len(strings(message)) == 1:
            found.append(f"has other placeholders: {string}")
        if set(PLACEHOLDER.findall(string)) - set(PLACEHOLDER.findall(source)):
            found.append(f"has placeholders of its own: {string}")
        if sorted(TAG.findall(string)) != sorted(TAG.findall(source)):
            found.append(f"has other markup: {string}")
        if '"' in string and '"' not in source:
            found.append(f"has straight quotes: {string}")
        if "'" in string and "'" not in source:
            found.append(f"has a straight apostrophe: {string}")
        if (string[:1].isspace(), string[-1:].isspace()) != (source[:1].isspace(), source[-1:].isspace()):
            found.append(f"has other space around it: {string!r}")
        if "\u200b" in string or "\ufeff" in string or "\u00ad" in string:
            found.append(f"holds invisible characters: {string!r}")
        if (pattern := SCRIPTS.get(locale)) and re.search(pattern, string) and not re.search(pattern, source):
            found.append(f"is in another script: {string}")
    return [f"{locale}: {source!r} {fault}" for fault in found]


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogues_are_of_todays_code(locale: Locale) -> None:
    """Nothing missing, nothing that no page says any more."""
    assert ids(CATALOGUES[locale]) == ids(TEMPLATE)
    assert not CATALOGUES[locale].obsolete


def test_no_sentence_goes_around_the_catalogues() -> None:
    """Whatever the method is called (``self._gettext``): what it is asked for by name is extracted."""
    known = {source for message in TEMPLATE if message.id for source in sources(message)}
    asked = {
        (path.name, call.args[0].value)
        for path in (ROOT / "madang").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        and str(getattr(call.func, "attr", getattr(call.func, "id", ""))).endswith("gettext")
    }  # fmt: skip
    assert asked
    assert {(name, text) for name, text in asked if text not in known} == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_translated_soundly(locale: Locale) -> None:
    found = [fault for message in CATALOGUES[locale] if message.id for fault in faults(message, locale)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("locale", LOCALES)
def test_plurals_are_those_of_the_language(locale: Locale) -> None:
    forms = CATALOGUES[locale].num_plurals
    assert forms == (2 if locale == "en" else 1)
    for message in CATALOGUES[locale]:
        if message.id and isinstance(message.id, tuple):
            assert len(strings(message)) == forms, message.id


def test_english_is_the_language_of_the_messages() -> None:
    for message in CATALOGUES["en"]:
        assert not message.id or strings(message) == sources(message)


@pytest.mark.parametrize("locale", FOREIGN)
def test_official_terms_are_used_as_they_are(locale: Locale) -> None:
    """Where a message is a term of the glossary, its translation is the official one; a first letter may be large."""
    with (Path(__file__).parent / "samples/glossary.tsv").open(encoding="utf-8") as file:
        terms = {row["en"].lower(): row[locale] for row in csv.DictReader(file, delimiter="\t")}
    tried, found = 0, []
    for message in CATALOGUES[locale]:
        if isinstance(message.id, str) and (term := terms.get(message.id.lower())):
            tried += 1
            if strings(message)[0][:1].lower() + strings(message)[0][1:] != term[:1].lower() + term[1:]:
                found.append(f"{message.id}: {strings(message)[0]}, not {term}")
    assert tried > 30
    assert not found, "\n".join(found)


@pytest.mark.parametrize("locale", FOREIGN)
def test_little_stays_as_it_is(locale: Locale) -> None:
    """A translation that equals its source was forgotten, unless it has no word to translate."""
    names = ("Madang", "won")
    same = [m.id for m in CATALOGUES[locale] if isinstance(m.id, str) and m.id not in names and m.string == m.id]
    assert [text for text in same if re.search(r"[a-z]{3}", re.sub(r"%\(\w+\)s|<[^>]+>", "", text))] == []


def test_the_checks_would_see_a_fault() -> None:
    broken = {
        "%(n)s left": "남음",
        "%(a)s of %(b)s": "%(a)s %(c)s",
        "<b>Now</b>": "<i>지금</i>",
        "Say “yes”": 'Say "예"',
        "Save": "",
        "Keep": " 두기",
        "Go": "เดินไป",
    }
    for source, string in broken.items():
        assert faults(Message(source, string), "ko"), source
    assert faults(Message("Sure", "확실", flags=["fuzzy"]), "ko")
    assert not faults(Message("%(n)s <b>left</b>", "<b>남음</b> %(n)s"), "ko")
    assert ids(TEMPLATE) - {next(iter(ids(TEMPLATE)))} != ids(TEMPLATE)
