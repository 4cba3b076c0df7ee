"""What people wrap a search in: read from ``everyday.tsv``, data for editors.

Each line of that file is a language, a kind and words parted by ``|``:

- ``drop``: words and turns of phrase that say nothing about the service (how do I, where can I, 어떻게, 怎么办). They
  are left out of a query as long as something else remains.
- ``ending``: the ends of Korean words (받으려면 -> 받), alike.
- ``whole``: words of somebody who asks for all that belongs to an event in life (all the steps, checklist, 총정리).

Words for the services themselves are keywords of the catalogue.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from madang.i18n.locales import LOCALES, Locale
from madang.web.catalogue.folding import fold

FILE: Final = Path(__file__).with_suffix(".tsv")
SPACED: Final[frozenset[Locale]] = frozenset({"ko", "en", "vi"})
KINDS: Final = frozenset({"drop", "ending", "whole"})
MOST_WORDS: Final = 5
"""Words of the longest turn of phrase."""
SAFE: Final = 5
"""Letters from which on a single Vietnamese word is clear without its marks."""
_WORD: Final = re.compile(r"[^\W_]+")


class Everyday:
    """The words of one language."""

    def __init__(self, locale: Locale, rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        self._locale = locale
        drop = [word for kind, words in rows if kind == "drop" for word in words]
        endings = [fold(word) for kind, words in rows if kind == "ending" for word in words]
        endings += [fold(word) for word in drop if locale == "ko" and len(fold(word)) > 2 and " " not in word]
        self._endings = sorted(set(endings), key=len, reverse=True)
        self._marked = {tuple(_words(word)) for word in drop}
        folded = {tuple(fold(word).split()) for word in drop}
        if locale == "vi":
            folded = {words for words in folded if len(words) > 1 or len("".join(words)) >= SAFE}
        self._folded = folded
        pieces = sorted({fold(word) for word in drop} - {""}, key=len, reverse=True)
        self._pieces = re.compile("|".join(map(re.escape, pieces)) or "(?!)")
        self._whole = {fold(word) for kind, words in rows if kind == "whole" for word in words}

    def content(self, typed: str, folded: str) -> str:
        """``folded`` without what says nothing; itself when nothing else remains."""
        if self._locale not in SPACED:
            left = " ".join(self._pieces.sub(" ", folded).split())
        elif self._locale == "ko":
            left = " ".join(self._without(self._ended(folded.split()), self._folded))
        elif not typed.isascii() and fold(" ".join(words := _words(typed))) == folded:
            left = fold(" ".join(self._without(words, self._marked)))  # what its marks tell apart
        else:
            left = " ".join(self._without(folded.split(), self._folded))
        return left if len(left) > 1 else folded

    def whole(self, folded: str) -> bool:
        """Whether all that belongs to an event is asked for."""
        if self._locale in SPACED:
            folded = f" {folded} "
            return any(f" {word}" in folded for word in self._whole)
        return any(word in folded for word in self._whole)

    def _ended(self, words: list[str]) -> list[str]:
        found = []
        for word in words:
            if (word,) not in self._folded:
                ending = next((e for e in self._endings if word.endswith(e)), "")
                word = word[: len(word) - len(ending)] if len(word) > len(ending) else word
            found.append(word)
        return found

    @staticmethod
    def _without(words: list[str], drop: set[tuple[str, ...]]) -> list[str]:
        left, at = [], 0
        while at < len(words):
            size = next((n for n in range(MOST_WORDS, 0, -1) if tuple(words[at : at + n]) in drop), 0)
            if not size:
                left.append(words[at])
            at += size or 1
        return left


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


@cache
def everyday(locale: Locale) -> Everyday:
    """The words of a language, read once."""
    rows = _rows()
    return Everyday(locale, [(kind, words) for name, kind, words in rows if name == locale])


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Raises ValueError, with the line, for one that is not in order."""
    found = []
    for number, line in enumerate(FILE.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        locale, _, rest = line.partition("\t")
        kind, _, words = rest.partition("\t")
        listed = tuple(word.strip() for word in words.split("|"))
        if locale not in LOCALES or kind not in KINDS or not all(map(fold, listed)):
            raise ValueError(f"{FILE.name}:{number}: {line}")
        found.append((locale, kind, listed))
    return tuple(found)
