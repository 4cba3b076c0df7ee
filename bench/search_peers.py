"""SQLite FTS5 and rapidfuzz over the catalogue's texts, asked what our search is asked.

Both get the texts and the queries as we fold them (without diacritics, tone marks, width; traditional characters as
simplified ones) and the query without the words around it, which is more than they do by themselves. FTS5 (trigram)
looks for any trigram of the query, ranked by bm25 with titles and keywords ten times as heavy; it has no answer for
words of two characters. rapidfuzz compares with every title and every keyword of every language by its
weighted ratio.
"""

import sqlite3
from collections.abc import Sequence
from typing import Final

from madang.contract.messages.catalogue import Service
from madang.i18n.locales import LOCALES, Locale
from madang.web.catalogue.folding import fold
from madang.web.catalogue.reading import read

FIRST: Final = 10
MOST: Final = 64
"""Trigrams of a query, as of ours."""


def asked(query: str, locale: Locale) -> str:
    reading = read(query, locale)
    return reading.content if reading else ""


class Fts5:
    """``search`` gives identifiers, best first."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._ids = [service.identifier for service in services]
        self._base = sqlite3.connect(":memory:")
        self._base.execute("CREATE VIRTUAL TABLE texts USING fts5(strong, weak, tokenize='trigram')")
        self._base.executemany(
            "INSERT INTO texts(rowid, strong, weak) VALUES (?, ?, ?)", map(_row, enumerate(services))
        )
        self._base.execute("INSERT INTO texts(texts) VALUES ('optimize')")

    def search(self, query: str, locale: Locale) -> list[str]:
        text = asked(query, locale)
        grams = list(dict.fromkeys(f'"{text[at : at + 3]}"' for at in range(len(text) - 2)))[:MOST]
        if not grams:
            return []
        found = self._base.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 10.0, 1.0) LIMIT ?",
            (" OR ".join(grams), FIRST),
        )
        return [self._ids[number] for (number,) in found]


class Fuzzy:
    """``search`` gives identifiers, best first."""

    def __init__(self, services: Sequence[Service]) -> None:
        from rapidfuzz import fuzz, process

        self._extract, self._scorer = process.extract, fuzz.WRatio
        self._ids: list[str] = []
        self._texts: list[str] = []
        for service in services:
            for locale in LOCALES:
                for text in (getattr(service.title, locale), *service.keywords.get(locale, ())):
                    if text:
                        self._ids.append(service.identifier)
                        self._texts.append(fold(text))

    def search(self, query: str, locale: Locale) -> list[str]:
        found = self._extract(asked(query, locale), self._texts, scorer=self._scorer, limit=5 * FIRST)
        return list(dict.fromkeys(self._ids[place] for _, _, place in found))[:FIRST]


def _row(numbered: tuple[int, Service]) -> tuple[int, str, str]:
    number, service = numbered
    strong, weak = [], []
    for locale in LOCALES:
        strong += [getattr(service.title, locale), *service.keywords.get(locale, ())]
        weak += [getattr(service.summary, locale), getattr(service.description, locale)]
    return number, " | ".join(map(fold, strong)), " | ".join(map(fold, weak))
