"""A text as a reader hears it where it holds digits: every digit of any script, circled, spelt out or imitated by a
letter is an ASCII digit, and each character knows where in the text it came from."""

import re
import unicodedata
from itertools import pairwise
from typing import Final, NamedTuple

from madang.i18n.digits import fold
from madang.remote_support.codes import DIGITS

_DASHES: Final = frozenset("ーｰ一ㅡ")
"""Signs that are a hyphen between digits: typed in the wrong mode."""
_OTHERWISE: Final = {
    "0": "영 〇 零 れい レイ ゼロ oh nought linh lẻ",
    "1": "幺 壹 イチ",
    "2": "贰 ニ",
    "3": "叁 サン",
    "4": "肆 し シ ヨン tư",
    "5": "伍 ゴ lăm",
    "6": "륙 陆 ロク",
    "7": "柒 しち シチ ナナ",
    "8": "捌 ハチ",
    "9": "玖 く ク キュウ",
}
"""What people also say for digits, or write on cheques."""
_SPELT: Final = {word: str(value) for words in DIGITS.values() for value, word in enumerate(words)} | {
    word: digit for digit, words in _OTHERWISE.items() for word in words.split()
}
_LATIN_WORDS: Final = sorted((word for word in _SPELT if word[0].isascii()), key=len, reverse=True)
_SIGNS: Final = re.compile("|".join(sorted((word for word in _SPELT if not word[0].isascii()), key=len, reverse=True)))
_LATIN: Final = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_LATIN_WORDS)})(?![^\W\d_])")
_IMITATED: Final = re.compile(r"(?<![^\W\d_])[OoОоΟοlI○]+(?![^\W\d_])")
"""Latin, Cyrillic and Greek letters that stand for 0 and 1."""
_BETWEEN: Final = re.compile(r"[\W\d_]{0,12}")
_LEAST: Final = 3
"""Words in a row that are taken for digits: one or two are grammar, in all six languages."""


class Shadow(NamedTuple):
    """``at[n]``: place in the original of character n of ``text``; one more entry than characters. ``wordy[n]``: a
    digit that was a word."""

    text: str
    at: tuple[int, ...]
    wordy: tuple[bool, ...]

    def origin(self, start: int, stop: int) -> tuple[int, int]:
        """Where a part of the shadow stands in the original, with the marks that belong to its last character."""
        return self.at[start], self.at[stop]


def count(text: str) -> int:
    """Signs of numbers, of any script."""
    return sum(map(str.isnumeric, text))


def plain(text: str) -> Shadow:
    """Digits of any script, superscript, circled or in keycaps, as ASCII; marks and invisible characters go."""
    return _build([(piece, index) for index, character in enumerate(text) if (piece := _piece(character))], text)


def spelt(text: str, least: int) -> Shadow | None:
    """As ``plain``, with digits that are spelt out or imitated; None where that cannot make ``least`` digits."""
    low = _lowered(text)
    words = [*_SIGNS.finditer(low), *_LATIN.finditer(low)]
    words = sorted(words, key=re.Match.start) if _in_a_row(low, words) else []
    replaced = {word.start(): (_SPELT[word[0]], word.end()) for word in words}
    worded = frozenset(replaced)
    signs = count(text)
    if signs >= _LEAST:
        for match in _IMITATED.finditer(text):
            for index, letter in enumerate(match[0], start=match.start()):
                replaced[index] = ("1" if letter in "lI" else "0", index + 1)
    if not replaced or signs + len(replaced) < least:
        return None
    pieces: list[tuple[str, int]] = []
    index = 0
    while index < len(text):
        piece, after = replaced.get(index) or (_piece(text[index]), index + 1)
        if piece:
            pieces.append((piece, index))
        index = after
    return _build(pieces, text, worded)


def _lowered(text: str) -> str:
    """In lower case, and as long."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one := c.lower()) == 1 else c for c in text)


def _in_a_row(text: str, words: list[re.Match[str]]) -> bool:
    """Whether some of the words stand together, with nothing but signs, spaces and digits between."""
    if len(words) < _LEAST:
        return False
    row = 1
    for one, following in pairwise(sorted(words, key=re.Match.start)):
        row = row + 1 if _BETWEEN.fullmatch(text, one.end(), following.start()) else 1
        if row >= _LEAST:
            return True
    return False


def _piece(character: str) -> str:
    if character.isascii():
        return character
    if character.isspace():
        return "\n" if character in "\u0085\u2028\u2029" else " "
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category in ("Nd", "No"):
        value = unicodedata.numeric(character, -1.0)
        return str(int(value)) if value.is_integer() and 0 <= value <= 99 else character
    return "ー" if character in _DASHES else fold(character) or " "


def _build(pieces: list[tuple[str, int]], original: str, worded: frozenset[int] = frozenset()) -> Shadow:
    text = "".join(piece for piece, _ in pieces)
    at = tuple(index for piece, index in pieces for _ in piece)
    text = re.sub(r"(?<=\d)ー(?=\d)", "-", text, flags=re.ASCII)
    return Shadow(text, (*at, len(original)), tuple(index in worded for index in at))
