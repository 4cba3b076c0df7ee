"""Which characters the travelling fonts can draw: asked before anything is submitted, so no box is ever printed.

The answer comes from ``fonts/coverage.json`` (written with the fonts by ``fonts/cut.py``); no font is opened here.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from madang.backend.issuance.normal import normal
from madang.i18n.locales import Locale

_FILE: Final = Path(__file__).parent / "fonts" / "coverage.json"


@cache
def _runs() -> tuple[tuple[int, ...], tuple[int, ...]]:
    runs: list[tuple[int, int]] = json.loads(_FILE.read_bytes())
    return tuple(first for first, _ in runs), tuple(last for _, last in runs)


def is_printable(character: str) -> bool:
    """Whether one of the fonts draws ``character`` (a line feed counts: it ends a line)."""
    if " " <= character <= "~" or character == "\n":
        return True
    firsts, lasts = _runs()
    at = bisect_right(firsts, ord(character)) - 1
    return at >= 0 and ord(character) <= lasts[at]


def unprintable(texts: Iterable[str], locale: Locale) -> str:
    """The characters of ``texts`` that cannot be printed in a document for ``locale``, each once, in order; empty when
    all can. Every language falls back to all the other languages' fonts, so today the answer is the same for each."""
    seen: dict[str, None] = {}
    for text in texts:
        if not text.isascii() or not text.isprintable():
            for character in normal(text):
                if character not in seen and not is_printable(character):
                    seen[character] = None
    return "".join(seen)
