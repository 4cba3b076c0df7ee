"""Whether a text is in easy words: how long its sentences are, one idea each, and no word on the list of hard ones.

The numbers and the words are data (``data/easy_words.yaml``), with the published guidelines they follow. A machine
finds what is surely too long; that a text is warm and right, only people who read it can say.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

DATA: Final = Path(__file__).parent / "data" / "easy_words.yaml"
_END: Final = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][”’)\]])\s+|(?<=[。！？])[」』”）]*|[:：](?=\s|$|(?<=：))|\n+")
_MANY_IDEAS: Final = re.compile(r"[;；]")
_WORD: Final = re.compile(r"[^\W_]+(?:[’'\-.,:/][^\W_]+)*")
_ADDRESS: Final = re.compile(r"https?://\S+")
_NUMBER: Final = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class Rule:
    """Of one language. ``unit``: "words", or "letters" (spaces and marks are not counted)."""

    unit: str
    longest: int
    never: tuple[str, ...]


@cache
def rules() -> dict[str, Rule]:
    """Language -> its rule."""
    read = yaml.safe_load(DATA.read_text(encoding="utf-8"))["languages"]
    return {name: Rule(each["unit"], each["longest"], tuple(each["never"])) for name, each in read.items()}


def sentences(text: str, language: str) -> Iterator[str]:
    """The sentences of a text; of Thai, which writes no full stops, what stands between two spaces."""
    for sentence in _END.split(_ADDRESS.sub("", text)):
        yield from (part for part in (sentence.split() if language == "th" else [sentence.strip()]) if part)


def length(sentence: str, language: str) -> int:
    """How long a sentence is, in the unit of its language. A number is one word."""
    if rules()[language].unit == "words":
        return len(_WORD.findall(sentence))
    return sum(1 for sign in sentence if unicodedata.category(sign)[0] in "LN")


def hard(text: str, language: str) -> list[str]:
    """What is not easy in a text, each as a sentence in English; empty when it is easy as far as can be measured."""
    rule, found = rules()[language], []
    for sentence in sentences(text, language):
        if (long := length(sentence, language)) > rule.longest:
            found.append(f"{long} {rule.unit}, at most {rule.longest}: {sentence}")
        if _MANY_IDEAS.search(sentence):
            found.append(f"two ideas in one sentence: {sentence}")
    lowered = text.lower()
    found += [f"a hard word ({word}): {text}" for word in rule.never if _says(lowered, word)]
    return found


def _says(text: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"\b{re.escape(word)}\b", text) is not None
    return word in text


def numbers(text: str) -> set[str]:
    """The numbers that a text names: amounts, days, telephone numbers. None of them may be lost in easy words."""
    return set(_NUMBER.findall(unicodedata.normalize("NFKC", text)))
