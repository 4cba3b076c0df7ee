"""Search over the catalogue, in process: what is typed in any of six languages finds services, the best first.

The grams of the query (``folding``) are looked up in the index; each gives its services a weight that grows with its
rarity, doubled where it stands in a title or a keyword (``bits`` adds them up for all services at once). The best are
then ordered by the share of the query that they cover, by whether it is exactly a title or a keyword, by how much of
the title it is, by the reader's language and by how often the service is asked for.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from types import MappingProxyType
from typing import Final

from madang.contract.messages.catalogue import Package, Service
from madang.i18n.locales import LOCALES, Locale
from madang.web.catalogue.bits import Scores, bits_of, members
from madang.web.catalogue.building import PACKAGE
from madang.web.catalogue.facets import Facet, Facets
from madang.web.catalogue.folding import LONGEST, fold, grams, is_pair
from madang.web.catalogue.index import TITLE, Index, bloom
from madang.web.catalogue.keyboard import to_korean, to_latin
from madang.web.catalogue.reading import Reading, read

MOST_GRAMS: Final = 64
"""The rarest so many grams of a query count: a bound on the time that a very long one takes."""
CANDIDATES: Final = 20
LEAST: Final = 0.2
"""Share of the query that a service must cover, in its title, to be shown at all."""
BESIDE_BEST: Final = 0.5
"""Share of the best one's score that the others must have."""
ENOUGH: Final = 16
"""Of a long query with a word that is known: more than this need not be covered."""
ALONE: Final = 0.35
"""Share of a query that must be covered when not even a word of it is known."""
COMMON: Final = 32
"""A phrase of more services than this says nothing."""
WORTH: Final = 0.1
"""Share of the query that a phrase must cover to be enough alone."""
COVER: Final = 0.25
"""What it is worth that all of the query stands among the titles and keywords, against the grams' 1."""
CLOSE: Final = 0.25
EXTERNAL: Final = -0.08
EVENT_ELSE: Final = -0.12
EVENT: Final = 0.2
"""What another system, an event of life, and an event where all about it is asked for, are worth against the rest."""
NEAREST: Final = 3
"""Of so many services the words are looked at for what was meant."""
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
    """One reading of what was typed, and what the index says to it. ``top``: the best score."""

    reading: Reading
    scores: Scores
    top: int
    least: int
    exact: dict[int, tuple[float, int]]
    """Service -> (what being exactly its title or keyword is worth, locale)."""
    covered: dict[int, float]
    """Service -> how much of the query stands among its titles and keywords, rare ones more, 0 to 1."""
    best: float
    """Share of the query that the best service covers; more than 1 when a phrase is met exactly."""


class Search:
    """``services`` in the order of ``index.by_rank``; ``index`` was built from the same. Any thread may call it."""

    def __init__(self, services: Sequence[Service], index: Index, packages: Sequence[Package] = ()) -> None:
        if index.size != len(services):
            raise ValueError("the index is of another catalogue")
        self._services = services
        self._index = index
        self._facets = Facets(services, packages)
        external = {number: EXTERNAL for number, service in enumerate(services) if service.kind == "external"}
        whole = [number for number, service in enumerate(services) if service.identifier.startswith(PACKAGE)]
        self._single = external | dict.fromkeys(whole, EVENT_ELSE)
        self._event = external | dict.fromkeys(whole, EVENT)

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
        among = self._facets.among(narrow)
        limit, offset = max(0, limit), max(0, offset)
        asked = self._understood(query[:LONGEST], locale)
        if asked is None:
            return self._browse(among, locale, limit, offset)
        found = self._found(asked) & self._facets.everything
        left = found & among
        if not left:
            return Hits(0, (), found=found)
        ordered = self._ordered(asked, left, locale, offset + limit)
        items = tuple(
            Hit(self._services[number].identifier, score, LOCALES[place])
            for score, number, place in ordered[offset : offset + limit]
        )
        meant = self._meant(asked, ordered[:NEAREST])
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

    def _understood(self, typed: str, locale: Locale) -> _Asked | None:
        """The best reading of what was typed: as it stands, or as if the keyboard had been in its other state."""
        reading = read(typed, locale)
        if reading is None:
            return None
        asked = self._ask(reading)
        if asked.best >= 0.9:
            return asked
        for other in (to_korean(typed), to_latin(typed)):
            if other and (reading := read(other, locale, corrected=True)):
                meant = self._ask(reading)
                if meant.best > asked.best + 0.1:
                    asked = meant
        return asked

    def _ask(self, reading: Reading) -> _Asked:
        size, strong, weak = self._index.size, self._index.strong, self._index.weak
        known: list[tuple[int, int, int, bool]] = []
        scores, full = Scores(), 0
        ordinary = 2 * min(ORDINARY, _weight(size, 1))
        for counts, given in zip((True, False), reading.grams, strict=True):
            for gram in given:
                first, count = strong.find(gram)
                second, more = weak.find(gram)
                if count + more:
                    known.append((count + more, first, second, counts))
                elif counts:
                    full += ordinary
        known.sort()
        full = min(full, ordinary * MOST_GRAMS)
        word = not reading.letters or not all(counts for *_, counts in known)
        for count, first, second, counts in known[:MOST_GRAMS]:
            weight = _weight(size, count)
            full += 2 * weight * counts
            if first >= 0:
                scores.add(strong.members(first), 2 * weight)
            if second >= 0:
                scores.add(weak.members(second), weight)
        exact: dict[int, tuple[float, int]] = {}
        for key in reading.whole:
            for service, kind, place in self._index.phrases(key):
                exact[service] = max(exact.get(service, (0.0, 0)), (1.0 if kind == TITLE else 0.7, place))
        everything = self._facets.everything
        head = next(members(scores.best(everything & scores.at_least(1), 1)), None)
        top = scores.of([head])[0] if head is not None else 0
        best = min(1.0, top / full) if full else 0.0
        least = max(min(LEAST * full, ENOUGH) if word else ALONE * full, BESIDE_BEST * min(top, full), 1)
        return _Asked(reading, scores, max(top, 1), math.ceil(least), exact, self._covered(reading), best + bool(exact))

    def _covered(self, reading: Reading) -> dict[int, float]:
        pieces = [
            ((1 << end) - (1 << start), found)
            for start, end, key in self._index.likely(reading.pieces())
            if (found := self._index.phrases(key, COMMON))
        ]
        pieces.sort(key=lambda piece: -piece[0].bit_count())
        length, most = len(reading.plain), math.log2(1 + self._index.size)
        masks: dict[int, int] = {}
        shares: dict[int, float] = {}
        for mask, found in pieces:
            holders = {service for service, _, _ in found}
            rare = math.log2(1 + self._index.size / len(holders)) / most
            for service in holders:
                new = mask & ~masks.get(service, 0)
                if new:
                    masks[service] = masks.get(service, 0) | mask
                    shares[service] = shares.get(service, 0.0) + new.bit_count() * rare / length
        return shares

    def _found(self, asked: _Asked) -> int:
        """All that is worth showing."""
        enough = [number for number, share in asked.covered.items() if share >= WORTH]
        size = self._index.size
        return asked.scores.at_least(asked.least) | bits_of(asked.exact, size) | bits_of(enough, size)

    def _ordered(self, asked: _Asked, found: int, locale: Locale, count: int) -> list[tuple[float, int, int]]:
        """(score, service, locale) of the ``count`` best, in order. Which ones are looked at closely does not depend on
        ``count``, so that the pages of one result never overlap."""
        covered = nlargest(CANDIDATES, asked.covered.items(), key=lambda pair: (pair[1], -pair[0]))
        sure = (bits_of(asked.exact, self._index.size) | bits_of(dict(covered), self._index.size)) & found
        # When very many are alike, their order by rank is as good as any.
        head = list(islice(members(sure), 2 * CANDIDATES))
        head += islice(members(asked.scores.best(found & ~sure, CANDIDATES)), 2 * CANDIDATES)
        places = tuple(LOCALES.index(name) for name in asked.reading.locales)
        own = LOCALES.index(locale)
        typed = bloom(asked.reading.grams[0] | asked.reading.grams[1])
        kinds = self._event if asked.reading.event else self._single
        result = []
        for number, value in zip(head, asked.scores.of(head), strict=True):
            bonus, place = asked.exact.get(number, (0.0, -1))
            closeness, nearest = self._closeness(number, places, own, typed)
            place = nearest if place < 0 else place
            score = value / asked.top + bonus + CLOSE * closeness + 0.03 * (place == own)
            score += COVER * asked.covered.get(number, 0.0)
            score += kinds.get(number, 0.0) - 0.02 * number / self._index.size
            result.append((score, number, place))
        result.sort(key=lambda entry: (-entry[0], entry[1]))
        if count > len(result):
            rest = asked.scores.best(found & ~bits_of(head, self._index.size), count - len(result))
            numbers = list(members(rest))
            values = zip(asked.scores.of(numbers), numbers, strict=True)
            ordered = sorted(values, key=lambda pair: (-pair[0], pair[1]))
            result += [(value / asked.top, number, places[0]) for value, number in ordered]
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

    def _meant(self, asked: _Asked, found: Sequence[tuple[float, int, int]]) -> str:
        """A phrase, or a word, of the best services that what was typed is nearly but not quite."""
        reading = asked.reading
        if reading.corrected:
            return reading.text
        if asked.exact or (asked.best >= 0.98 and self._written(reading)):
            return ""
        typed = grams(reading.folded, query=True)
        nearest, suggestion = 0.5, ""
        for after, (_, number, place) in enumerate(found):
            service, locale = self._services[number], LOCALES[place]
            phrases = [*service.keywords.get(locale, ()), getattr(service.title, locale)]
            if " " not in reading.folded and typed and max(typed) >> 63:
                phrases += [word for phrase in phrases for word in phrase.split()]
            for phrase in phrases:
                other = fold(phrase)
                if not 0.6 <= len(other) / len(reading.folded) <= 1.6:
                    continue
                if reading.folded in other or other in reading.folded:
                    return ""  # a part of it, or a sentence around it, is no mistake
                shared = grams(other, query=True)
                alike = 2 * len(shared & typed) / max(1, len(shared) + len(typed)) - 0.1 * after
                if alike > nearest:
                    nearest, suggestion = alike, phrase
        return suggestion

    def _written(self, reading: Reading) -> bool:
        """Whether each two Korean syllables of a word stand so somewhere; those that only sound like others may not."""
        pairs = {gram for piece in reading.content.split() for gram in grams(piece, query=True) if is_pair(gram)}
        return all(self._index.strong.find(pair)[1] + self._index.weak.find(pair)[1] for pair in pairs)


def _weight(size: int, count: int) -> int:
    """Of a gram that ``count`` of ``size`` services have: 1 for all of them, one more for each halving."""
    return max(1, round(math.log2(1 + size / count)))
