"""How a query is read: in which languages, without the words around it, its grams, and the phrases that stand in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from madang.i18n.locales import LOCALES, Locale
from madang.web.catalogue.everyday import everyday
from madang.web.catalogue.folding import asked, fold, runs
from madang.web.catalogue.index import piece_key, prefixes

LOOKED_AT: Final = 64
"""Characters of the content among which phrases are looked for."""
PHRASE: Final = 20
"""Characters of the longest phrase that is looked for."""
SHORTEST: Final = 2


@dataclass(frozen=True, eq=False)
class Reading:
    """``folded``: all that was typed; ``content``: without the words around it; ``locales``: the languages that it can
    be in, the likeliest first. ``corrected``: it is not quite what was typed."""

    text: str
    folded: str
    content: str
    locales: tuple[Locale, ...]
    corrected: bool = False

    @cached_property
    def grams(self) -> tuple[set[int], set[int]]:
        """See ``folding.asked``."""
        return asked(self.content)

    @cached_property
    def plain(self) -> str:
        return self.content.replace(" ", "")

    @cached_property
    def letters(self) -> bool:
        """Whether it is nothing but letters that single say nothing: Latin ones, and initial consonants."""
        return {script for script, _ in runs(self.content)} <= {"latin", "jamo"}

    @property
    def event(self) -> bool:
        """Whether it asks for all that belongs to an event in life."""
        return everyday(self.locales[0]).whole(self.folded)

    @property
    def whole(self) -> Iterator[int]:
        """Hashes of what may be a title or a keyword as it stands."""
        for plain in {self.folded.replace(" ", ""), self.plain}:
            yield prefixes(plain)[-1]

    def pieces(self) -> list[tuple[int, int, int]]:
        """(start, end, hash) of each piece of the content that can be a phrase: of whole words in Latin letters."""
        ends = [end for end in self._bounds if end <= LOOKED_AT]
        hashes = prefixes(self.plain[: ends[-1]])
        return [
            (start, end, piece_key(hashes, start, end))
            for at, start in enumerate(ends)
            for end in ends[at + 1 : at + PHRASE + 1]
            if SHORTEST <= end - start <= PHRASE
        ]

    @cached_property
    def _bounds(self) -> list[int]:
        """Where a phrase can begin or end in ``plain``."""
        found, at = [0], 0
        for script, run in runs(self.content):
            found += [at + len(run)] if script == "latin" else range(at + 1, at + len(run) + 1)
            at += len(run)
        return found


def read(typed: str, locale: Locale, *, corrected: bool = False) -> Reading | None:
    """None when nothing of it is a letter or a digit."""
    folded = fold(typed)
    if not folded:
        return None
    locales = languages(typed, folded, locale)
    return Reading(typed, folded, everyday(locales[0]).content(typed, folded), locales, corrected)


def languages(typed: str, folded: str, locale: Locale) -> tuple[Locale, ...]:
    """Those that a query can be in, by its script, the reader's own first."""
    scripts = {script for script, _ in runs(folded)}
    names: tuple[Locale, ...]
    if scripts & {"hangul", "jamo"}:
        names = ("ko",)
    elif "thai" in scripts:
        names = ("th",)
    elif "han" in scripts:
        names = ("ja",) if any("ぁ" <= c <= "ゖ" for c in folded) else ("zh", "ja", "ko")
    else:
        names = ("en", "vi") if typed.isascii() else ("vi", "en")
        if folded.replace(" ", "").isdigit():
            names = LOCALES
    return tuple(sorted(names, key=lambda name: name != locale))
