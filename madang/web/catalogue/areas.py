"""Finding areas in what a person typed: an address, a town, or a place among the words of a search.

Names are known in six languages, with and without the word for their kind (종로, 종로구, Jongno, 鍾路区, 钟路, จงโน).
They count when they stand between blanks; in scripts that write no blanks, at the start or the end; never inside a
word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from madang.contract.messages.catalogue import Area
from madang.web.catalogue.area_names import joined, key, spellings
from madang.web.catalogue.postcodes import areas_of

LONGEST: Final = 200
"""Characters that are looked at."""
WORDS: Final = 5
"""Words of the longest name: ``thành phố tự trị đặc biệt Sejong`` is known by its short form, too."""
LETTERS: Final = 20
"""Characters of the longest name in a script without blanks."""
SHORTEST: Final = {"thai": 4, "han": 2}
_TOKEN: Final = re.compile(r"[^\s,;()\[\]（）、，。·・/]+")
_THAI: Final = re.compile(r"[\u0e01-\u0e5b]")
_UNSPACED: Final = re.compile(r"[\u0e01-\u0e5b\u3041-\u30ff\u3400-\u9fff]")
_THAI_AFTER: Final = re.compile(r"[\u0e30-\u0e3a\u0e45-\u0e4e]")
"""What belongs to the letter before it: no name ends in front of one."""
_HANGUL: Final = re.compile(r"[가-힣]+")
_AFTER_WHOLE: Final = frozenset({"청", "민", "청역", "에", "에서", "의"})
"""What may hang on 종로구 in Korean."""
_AFTER_SHORT: Final = frozenset({"역", "역앞", "에서", "근처", "쪽"})
"""What may hang on 종로, where a place is asked for."""
_DIGITS: Final = re.compile(r"(?<![\d-])\d{5}(?![\d-])|^\s*\d{3}\s*$")


@dataclass(frozen=True, slots=True)
class _Match:
    areas: tuple[str, ...]
    start: int
    end: int
    doubtful: bool


class Places:
    """The index of a catalogue's areas, built once."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = {area.id: area for area in areas}
        self._whole: dict[str, dict[str, None]] = {}
        self._short: dict[str, dict[str, None]] = {}
        self._doubtful: set[str] = set()
        for area in areas:
            for spelling in spellings(area):
                (self._whole if spelling.whole else self._short).setdefault(spelling.key, {})[area.id] = None
                if spelling.doubtful:
                    self._doubtful.add(spelling.key)

    def find(self, text: str) -> tuple[tuple[str, ...], str]:
        """The areas that the words of a search name (several where a name is not clear: 중구), and the other words.

        Short names that are everyday words too (예산, 영주) count only where they cannot be meant as such: alone, or
        beside their province. Never raises.
        """
        text = text[:LONGEST]
        matches = list(self._matches(text, asked=False))
        sure = {name for match in matches if not match.doubtful for name in match.areas}
        alone = not self._rest(text, matches)
        kept = [m for m in matches if not m.doubtful or alone or any(self._areas[n].parent in sure for n in m.areas)]
        return self._meant(kept), self._rest(text, kept)

    def near(self, text: str) -> tuple[str, ...]:
        """The areas that an address, a place's name or a postcode names. One: clear. Several: ask. None: unknown."""
        text = text[:LONGEST]
        found = self._meant(list(self._matches(text, asked=True)))
        if not found and (digits := _DIGITS.search(text)):
            found = tuple(name for name in areas_of(digits[0].strip()) if name in self._areas)
        return found

    def _matches(self, text: str, *, asked: bool) -> Iterator[_Match]:
        """``asked``: the text answers the question for a place."""
        tokens = list(_TOKEN.finditer(text))
        keys = [key(token[0]) for token in tokens]
        at = 0
        while at < len(tokens):
            for count in range(min(WORDS, len(tokens) - at), 0, -1):
                spelling = joined(keys[at : at + count])
                if match := self._named(spelling, tokens[at].start(), tokens[at + count - 1].end()):
                    yield match
                    at += count
                    break
            else:
                token = tokens[at]
                if _UNSPACED.match(token[0]):
                    yield from self._unspaced(token[0], token.start())
                elif _HANGUL.match(token[0]):
                    yield from self._hangul(token[0], token.start(), asked)
                at += 1

    def _named(self, spelling: str, start: int, end: int) -> _Match | None:
        whole, short = self._whole.get(spelling, {}), self._short.get(spelling, {})
        if not whole and not short:
            return None
        return _Match(tuple({**whole, **short}), start, end, not whole and spelling in self._doubtful)

    def _unspaced(self, token: str, offset: int) -> Iterator[_Match]:
        """Names at the start of the token, one after the other; then one at its end."""
        start = 0
        while match := self._at_start(token[start:], offset + start):
            yield match
            start = match.end - offset
        rest = token[start:]
        for begin in range(max(0, len(rest) - LETTERS), len(rest) - 1):
            if _THAI_AFTER.match(rest[begin]):
                continue
            if (match := self._piece(rest[begin:], offset + start + begin)) is not None:
                yield match
                return

    def _at_start(self, text: str, offset: int) -> _Match | None:
        for end in range(min(LETTERS, len(text)), 1, -1):
            if not _THAI_AFTER.match(text[end : end + 1]) and (match := self._piece(text[:end], offset)) is not None:
                return match
        return None

    def _piece(self, text: str, offset: int) -> _Match | None:
        if len(text) < SHORTEST["thai" if _THAI.match(text) else "han"]:
            return None
        return self._named(key(text), offset, offset + len(text))

    def _hangul(self, token: str, offset: int, asked: bool) -> Iterator[_Match]:
        """종로구청, 수원시청에서; where a place is asked for, also 서울시종로구 and 강남역."""
        for end in range(len(token) - 1, 1, -1):
            rest, stop = token[end:], offset + len(token)
            if (asked and end > 2) or rest in _AFTER_WHOLE:
                whole = self._whole.get(key(token[:end]))
                if whole:
                    yield _Match(tuple(whole), offset, stop, False)
                    if asked:
                        yield from self._matches_shifted(rest, offset + end)
                    return
            if asked and rest in _AFTER_SHORT and (match := self._named(key(token[:end]), offset, stop)):
                yield match
                return

    def _matches_shifted(self, text: str, offset: int) -> Iterator[_Match]:
        for match in self._matches(text, asked=True):
            yield _Match(match.areas, match.start + offset, match.end + offset, match.doubtful)

    def _meant(self, matches: Sequence[_Match]) -> tuple[str, ...]:
        """A municipality beside its province is that one alone: 부산 중구; one without says all it can mean."""
        local: dict[str, None] = {}
        beside: dict[str, None] = {}
        provinces: dict[str, None] = {}
        for match in matches:
            others = {name for other in matches if other is not match for name in other.areas}
            for name in match.areas:
                parent = self._areas[name].parent
                (local if parent else provinces)[name] = None
                if parent in others:
                    beside[name] = None
        if beside:
            return tuple(beside)
        if len(matches) == 1:
            return matches[0].areas
        return tuple(local) or tuple(provinces)

    @staticmethod
    def _rest(text: str, matches: Sequence[_Match]) -> str:
        for match in sorted(matches, key=lambda match: match.start, reverse=True):
            text = f"{text[: match.start]} {text[match.end :]}"
        return " ".join(word for word in text.split() if _TOKEN.search(word))
