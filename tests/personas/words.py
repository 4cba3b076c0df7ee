"""What a persona looks for, in the reader's language; and how words are compared as a person compares them."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from answering import message
from babel.messages.pofile import read_po

from madang.backend.config import CATALOGUE
from madang.i18n.locales import Locale

UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
"""What stands between letters without being read."""
PEOPLE = {
    "ko": "suryaningsih",
    "en": "osullivan-brooks",
    "ja": "takasaki-rin",
    "zh": "chen-xiaoyu",
    "th": "siriphanwadi",
    "vi": "nguyen-van-an",
}
"""Who of the demonstration's people uses the portal in a language: all of them have an alien registration."""


def plain(text: str) -> str:
    """``text`` without what nobody reads: spaces, soft hyphens, marks of width and of case."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def letters(text: str) -> str:
    """A regular expression that finds ``text`` however a page breaks it."""
    return r"[\s\u00ad\u200b\u2060]*".join(re.escape(each) for each in text if not each.isspace())


def said(locale: Locale, english: str, **values: Any) -> str:
    """What the portal says for ``english`` in ``locale``, with its values in it."""
    text = message(locale, english)
    return text % values if values else text


@cache
def said_many(locale: Locale, english: str, number: int) -> str:
    """The same for a sentence that counts."""
    path = Path(__file__).parents[2] / "madang/web/locales" / locale / "LC_MESSAGES/messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file)
    found = catalogue.get(english)
    if found is None:
        raise KeyError(english)
    forms = found.string if isinstance(found.string, tuple) else (found.string,)
    return str(forms[-1 if number != 1 else 0]) % {"num": number}


@cache
def _data(folder: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CATALOGUE / folder / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


@cache
def title(locale: Locale, service: str) -> str:
    """A service's name."""
    return str(_data("services", service)["title"][locale])


@cache
def field(locale: Locale, form: str, name: str) -> str:
    """What a form asks."""
    return str(_form(form)["fields"][name]["label"][locale])


@cache
def option(locale: Locale, form: str, name: str, value: str) -> str:
    """One of the answers it offers."""
    options = _form(form)["fields"][name]["options"]
    return str(next(each for each in options if each["value"] == value)["label"][locale])


@cache
def wrong(locale: Locale, form: str, name: str, kind: str) -> str:
    """What it says of an answer that is missing."""
    return str(_form(form)["fields"][name]["errors"][kind][locale])


@cache
def _form(form: str) -> dict[str, Any]:
    path = next((CATALOGUE / "forms").glob(f"{form}*.yaml"))
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@cache
def named(person: str, locale: Locale) -> str:
    """A demonstration person's name, as the list of people shows it."""
    people = yaml.safe_load((CATALOGUE / "people.yaml").read_text(encoding="utf-8"))
    return str(next(each for each in people if each["subject"] == person)["name"]["full"])
