"""The phrasebook: a clerk's sentences, by situation, in six languages; the agent picks one, the citizen reads theirs.

One file per situation, ``data/phrases/<situation>.yaml``; an operator adds a folder of the same shape. A text may hold
the placeholders of ``PLACEHOLDERS``. None of them takes free text: nothing can be said with them that is not here.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

from madang.i18n.locales import LOCALES, Locale
from madang.i18n.text import Text
from madang.remote_support.situations import SITUATIONS

__all__ = ["ASKED", "PLACEHOLDERS", "SITUATIONS", "Phrase", "PhrasesInvalid", "find", "load"]

BUNDLED: Final = Path(__file__).parent / "data" / "phrases"
LONGEST: Final = 200
"""Characters of a text: what can be listened to at once, and stands on a narrow screen without scrolling."""

OF_ELEMENT: Final = frozenset({"element", "error"})
"""Filled from the element that the phrase speaks of: its name, and what is wrong with its answer."""
ASKED: Final = frozenset({"minutes", "days", "amount", "time"})
"""Entered by the agent as plain figures: minutes, working days, whole won, a time of day in Korea (``15:05``)."""
PLACEHOLDERS: Final = OF_ELEMENT | ASKED
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class PhrasesInvalid(ValueError):
    """A file of phrases cannot be used. Its text is one sentence: which file, what is wrong and how to mend it."""


class Phrase(msgspec.Struct, frozen=True):
    """``id`` is unique in the whole book. ``text`` has all six languages."""

    id: str
    situation: str
    text: Text

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Names of the placeholders, the same in every language, in the order of the Korean text."""
        return tuple(dict.fromkeys(_PLACEHOLDER.findall(self.text.ko)))

    @property
    def of_element(self) -> bool:
        """Whether it speaks of an element, which the agent then has to name."""
        return not OF_ELEMENT.isdisjoint(self.placeholders)

    @property
    def asks(self) -> tuple[str, ...]:
        """The figures the agent has to enter."""
        return tuple(name for name in self.placeholders if name in ASKED)


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase as its file holds it: every language is required."""

    id: str
    ko: str
    en: str
    ja: str
    zh: str
    th: str
    vi: str


@lru_cache(maxsize=8)
def load(folder: Path | None = None) -> Mapping[str, Phrase]:
    """All phrases by id, in the order of ``SITUATIONS`` and of the files. Read once.

    ``folder``: an operator's own. Its phrases stand after the bundled ones of the same situation; one with the id of a
    bundled phrase takes its place. Raises ``PhrasesInvalid``.
    """
    book = _read(BUNDLED)
    if folder is not None:
        book |= _read(folder)
    order = list(SITUATIONS)
    return MappingProxyType(dict(sorted(book.items(), key=lambda item: order.index(item[1].situation))))


def find(book: Mapping[str, Phrase], query: str, locale: Locale) -> Iterator[Phrase]:
    """The phrases whose text or situation, in ``locale`` or in Korean, holds every word of ``query``; all for none."""
    wanted = _plain(query).split()
    for phrase in book.values():
        texts = (phrase.text, SITUATIONS[phrase.situation])
        held = _plain(" ".join(part for text in texts for part in (text.resolve(locale).text, text.ko)))
        if all(word in held for word in wanted):
            yield phrase


def _plain(text: str) -> str:
    """Letters are the same however a keyboard puts them together, wide or narrow, large or small."""
    return unicodedata.normalize("NFKC", text).casefold()


def _read(folder: Path) -> dict[str, Phrase]:
    book: dict[str, Phrase] = {}
    try:
        files = sorted(folder.iterdir())
    except OSError as error:
        raise PhrasesInvalid(f"The folder of phrases {folder} cannot be read ({error.strerror}).") from None
    for file in files:
        if file.suffix not in (".yaml", ".yml"):
            continue
        if file.stem not in SITUATIONS:
            raise PhrasesInvalid(f"{file} is not named after a situation; they are {', '.join(SITUATIONS)}.")
        for entry in _entries(file):
            if entry.id in book:
                raise PhrasesInvalid(f"{file}: the id {entry.id!r} is given twice; choose another.")
            book[entry.id] = _phrase(file, entry)
    return book


def _entries(file: Path) -> list[_Entry]:
    try:
        return msgspec.yaml.decode(file.read_bytes(), type=list[_Entry])
    except (OSError, msgspec.MsgspecError) as error:
        raise PhrasesInvalid(f"{file} cannot be read: {' '.join(str(error).split())}.") from None


def _phrase(file: Path, entry: _Entry) -> Phrase:
    if not _ID.fullmatch(entry.id):
        raise PhrasesInvalid(f"{file}: the id {entry.id!r} is not made of a-z, 0-9 and hyphens.")
    text = Text(ko=entry.ko, en=entry.en, ja=entry.ja, zh=entry.zh, th=entry.th, vi=entry.vi)
    wanted = sorted(_PLACEHOLDER.findall(text.ko))
    for locale in LOCALES:
        said: str = getattr(text, locale)
        if not said.strip() or len(said) > LONGEST or "\n" in said:
            raise PhrasesInvalid(f"{file}: {entry.id!r} in {locale!r} must be one line of 1 to {LONGEST} characters.")
        found = _PLACEHOLDER.findall(said)
        if unknown := set(found) - PLACEHOLDERS:
            known = ", ".join(sorted(PLACEHOLDERS))
            raise PhrasesInvalid(f"{file}: {entry.id!r} holds {{{min(unknown)}}}; the placeholders are {known}.")
        if sorted(found) != wanted or "{" in _PLACEHOLDER.sub("", said) or "}" in _PLACEHOLDER.sub("", said):
            raise PhrasesInvalid(f"{file}: {entry.id!r} in {locale!r} has other placeholders than in 'ko'.")
    return Phrase(entry.id, file.stem, text)
