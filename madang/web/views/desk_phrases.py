"""The phrasebook as the desk shows it: by situation, in the agent's language, narrowed by a search."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from madang.i18n.locales import Locale
from madang.i18n.text import Text
from madang.remote_support import phrasebook
from madang.web.page import Public


@dataclass(frozen=True, slots=True)
class Sentence:
    """``of_element``: it speaks of an element, which is to be chosen first. ``asks``: the figures to enter."""

    phrase: Public[str]
    text: Public[Text]
    of_element: Public[bool]
    asks: Public[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Situation:
    situation: Public[str]
    title: Public[Text]
    sentences: Public[tuple[Sentence, ...]]


def situations(book: Mapping[str, phrasebook.Phrase], query: str, locale: Locale) -> tuple[Situation, ...]:
    """Those in which something is found."""
    found = phrasebook.find(book, query[:200], locale)
    return tuple(
        Situation(
            name,
            phrasebook.SITUATIONS[name],
            tuple(Sentence(phrase.id, phrase.text, phrase.of_element, phrase.asks) for phrase in phrases),
        )
        for name, phrases in groupby(found, key=lambda phrase: phrase.situation)
    )
