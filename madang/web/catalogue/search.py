"""Search over the catalogue, in process: what is typed in any of six languages finds services, the best first.

The grams of the query (``folding``) are looked up in the index; each gives its services a weight that grows with its
rarity, doubled where it stands in a title or a keyword (``bits`` adds them up for all services at once). The best are
then ordered by the share of the query that they cover, by whether it is exactly a title or a keyword, by how much of
the title it is, by the reader's language and by how often the service is asked for.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Final

from madang.contract.messages.catalogue import Package, Service
from madang.i18n.locales import LOCALES, Locale
from madang.web.catalogue.bits import Scores, bits_of, members
from madang.web.catalogue.facets import Facet, Facets
from madang.web.catalogue.folding import LONGEST, fold, grams, runs
from madang.web.catalogue.index import TITLE, Index, bloom
from madang.web.catalogue.keyboard import to_korean, to_latin

MOST_GRAMS: Final = 64
"""The rarest so many grams of a query count: a bound on the time that a very long one takes."""
CANDIDATES: Final = 40
LEAST: Final = 0.2
"""Share of the query that a service must cover, in its title, to be shown at all."""
BESIDE_BEST: Final = 0.5
"""Share of the best one's score that the others must have."""
ORDINARY: Final = 3
"""Weight of a gram that no service has."""


@dataclass(frozen=True, slots=True)
class Hit:
    """``score`` only orders; ``locale`` is the language whose title or keywords match what was typed."""

    service: str
    score: float
    locale: Locale


@dataclass(frozen=True, slots=True)
class Hits:
    """``total`` counts all that were found, ``items`` are those asked for. ``did_you_mean``: what was probably meant,
    or empty. ``found``: the set of what the words find before it was narrowed, for ``Search.counts``."""

    total: int
    items: tuple[Hit, ...]
    did_you_mean: str = ""
    found: int = 0


@dataclass(frozen=True, slots=True)
class _Asked:
    """One reading of what was typed, and what the index says to it. ``full``: the score of a perfect title."""

    text: str
    folded: str
    grams: set[int]
    scores: Scores
    full: int
    exact: dict[int, tuple[float, int]]
    """Service -> (what being exactly its title or keyword is worth, locale)."""
    best: float
    """Share of the query that the best service covers; more than 1 when a phrase is met exactly."""
    corrected: bool = False


class Search:
    """``services`` in the order of ``index.by_rank``; ``index`` was built from the same. Any thread may call it."""

    def __init__(self, services: Sequence[Service], index: Index, packages: Sequence[Package] = ()) -> None:
        if index.size != len(services):
            raise ValueError("the index is of another catalogue")
        self._services = services
        self._index = index
        self._facets = Facets(services, packages)

    def search(
        self,
        query: str,
        locale: Locale,
        limit: int = 20,
        *,
        offset: int = 0,
        narrow: Mapping[Facet, str] = MappingProxyType({}),
    ) -> Hits:
        """The services that ``query`` finds, best first; all of them, most used first, for a query without a letter.

        Never raises for any text. ``narrow``: values of facets that must hold; empty ones are none."""
        everything, among = self._facets.everything, self._facets.among(narrow)
        limit, offset = max(0, limit), max(0, offset)
        asked = self._understood(query[:LONGEST])
        if asked is None:
            return self._browse(among, locale, limit, offset)
        least = max(1, math.ceil(max(LEAST * asked.full, BESIDE_BEST * min(asked.best, 1.0) * asked.full)))
        found = asked.scores.at_least(least) & everything | bits_of(asked.exact, self._index.size)
        left = found & among
        if not left:
            return Hits(0, (), found=found)
        ordered = self._ordered(asked, left, locale, offset + limit)
        items = tuple(
            Hit(self._services[number].identifier, score, LOCALES[place])
            for score, number, place in ordered[offset : offset + limit]
        )
        meant = self._meant(asked, ordered[0][1], ordered[0][2]) if ordered else ""
        return Hits(left.bit_count(), items, meant, found)

    def counts(self, hits: Hits, narrow: Mapping[Facet, str]) -> Mapping[Facet, Mapping[str, int]]:
        """How many of what the words found each value of each facet would leave."""
        return self._facets.counts(hits.found, narrow)

    def _browse(self, among: int, locale: Locale, limit: int, offset: int) -> Hits:
        items = []
        for position, number in enumerate(members(among)):
            if position >= offset + limit:
                break
            if position >= offset:
                items.append(Hit(self._services[number].identifier, 0.0, locale))
        return Hits(among.bit_count(), tuple(items), found=self._facets.everything)

    def _understood(self, typed: str) -> _Asked | None:
        """The best reading of what was typed: as it stands, or as if the keyboard had been in its other state."""
        asked = self._ask(typed, typed)
        if asked is None or asked.best >= 0.9:
            return asked
        for other in (to_korean(typed), to_latin(typed)):
            reading = self._ask(other, other, corrected=True) if other else None
            if reading and reading.best > asked.best + 0.1:
                asked = reading
        return asked

    def _ask(self, text: str, typed: str, corrected: bool = False) -> _Asked | None:
        folded = fold(typed)
        if not folded:
            return None
        found = grams(folded, query=True)
        size, strong, weak = self._index.size, self._index.strong, self._index.weak
        known: list[tuple[int, int, int]] = []
        unknown = 0
        for gram in found:
            first, count = strong.find(gram)
            second, more = weak.find(gram)
            if count + more:
                known.append((count + more, first, second))
            else:
                unknown += 1
        known.sort()
        scores, full = Scores(), 2 * min(ORDINARY, _weight(size, 1)) * min(unknown, MOST_GRAMS)
        for count, first, second in known[:MOST_GRAMS]:
            weight = _weight(size, count)
            full += 2 * weight
            if first >= 0:
                scores.add(strong.members(first), 2 * weight)
            if second >= 0:
                scores.add(weak.members(second), weight)
        exact: dict[int, tuple[float, int]] = {}
        for service, kind, place in self._index.phrases(folded.replace(" ", "")):
            exact[service] = max(exact.get(service, (0.0, 0)), (1.0 if kind == TITLE else 0.7, place))
        everything = self._facets.everything
        top = next(members(scores.best(everything & scores.at_least(1), 1)), None) if known else None
        best = scores.of([top])[0] / full if top is not None and full else 0.0
        return _Asked(text, folded, found, scores, max(full, 1), exact, best + (1.0 if exact else 0.0), corrected)

    def _ordered(self, asked: _Asked, found: int, locale: Locale, count: int) -> list[tuple[float, int, int]]:
        """(score, service, locale) of the ``count`` best, in order. Which ones are looked at closely does not depend on
        ``count``, so that the pages of one result never overlap."""
        exact = bits_of(asked.exact, self._index.size) & found
        # When very many are alike, their order by rank is as good as any.
        head = list(islice(members(exact), 2 * CANDIDATES))
        head += islice(members(asked.scores.best(found & ~exact, CANDIDATES)), 2 * CANDIDATES)
        places = _plausible(asked, locale)
        own = LOCALES.index(locale)
        typed = bloom(asked.grams)
        result = []
        for number, value in zip(head, asked.scores.of(head), strict=True):
            bonus, place = asked.exact.get(number, (0.0, -1))
            closeness, nearest = self._closeness(number, places, own, typed)
            place = nearest if place < 0 else place
            score = value / asked.full + bonus + 0.15 * closeness + 0.03 * (place == own)
            result.append((score - 0.02 * number / self._index.size, number, place))
        result.sort(key=lambda entry: (-entry[0], entry[1]))
        if count > len(result):
            rest = asked.scores.best(found & ~bits_of(head, self._index.size), count - len(result))
            numbers = list(members(rest))
            values = zip(asked.scores.of(numbers), numbers, strict=True)
            ordered = sorted(values, key=lambda pair: (-pair[0], pair[1]))
            result += [(value / asked.full, number, places[0]) for value, number in ordered]
        return result

    def _closeness(self, number: int, places: tuple[int, ...], own: int, typed: int) -> tuple[float, int]:
        """How much of the query is in the title and of the title in the query (0 to 2), in the language where that is
        most; the reader's own is preferred."""
        wanted = max(1, typed.bit_count())
        best, where = 0.0, places[0]
        for place in places:
            title = self._index.title(number, place)
            shared = (title & typed).bit_count()
            alike = shared / wanted + shared / max(1, title.bit_count())
            if alike + 0.05 * (place == own) > best:
                best, where = alike + 0.05 * (place == own), place
        return best, where

    def _meant(self, asked: _Asked, number: int, place: int) -> str:
        """A phrase of the best service that what was typed is nearly but not quite."""
        if asked.corrected:
            return asked.text
        if asked.exact or asked.best >= 0.98:
            return ""
        service, locale = self._services[number], LOCALES[place]
        nearest, suggestion = 0.5, ""
        for phrase in (*service.keywords.get(locale, ()), getattr(service.title, locale)):
            other = fold(phrase)
            if asked.folded in other or other in asked.folded:
                return ""  # a part of it, or a sentence around it, is no mistake
            if not 0.6 <= len(other) / len(asked.folded) <= 1.6:
                continue
            found = grams(other, query=True)
            alike = 2 * len(found & asked.grams) / max(1, len(found) + len(asked.grams))
            if alike > nearest:
                nearest, suggestion = alike, phrase
        return suggestion


def _weight(size: int, count: int) -> int:
    """Of a gram that ``count`` of ``size`` services have: 1 for all of them, one more for each halving."""
    return max(1, round(math.log2(1 + size / count)))


def _plausible(asked: _Asked, locale: Locale) -> tuple[int, ...]:
    """The languages that the query can be in, by its script, the reader's own first."""
    scripts = {script for script, _ in runs(asked.folded)}
    names: tuple[Locale, ...]
    if scripts & {"hangul", "jamo"}:
        names = ("ko",)
    elif "thai" in scripts:
        names = ("th",)
    elif "han" in scripts:
        names = ("ja",) if any("ぁ" <= c <= "ゖ" for c in asked.folded) else ("zh", "ja", "ko")
    else:
        names = ("en", "vi") if asked.text.isascii() else ("vi", "en")
        if asked.folded.replace(" ", "").isdigit():
            names = LOCALES
    return tuple(LOCALES.index(name) for name in sorted(names, key=lambda name: name != locale))
