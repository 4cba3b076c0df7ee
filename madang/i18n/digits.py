"""Folds what people type in any script and width to ASCII digits and punctuation, for numbers, dates and codes."""

import re
import unicodedata
from typing import Final

_PUNCTUATION: Final = {
    **{0xFF01 + offset: chr(0x21 + offset) for offset in range(94)},
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－˗"), "-"),  # hyphens, dashes and minus signs of all widths
    **dict.fromkeys(map(ord, "。．｡٫"), "."),  # full-width and Arabic stops
    **dict.fromkeys(map(ord, "，、､٬﹐"), ","),
    **dict.fromkeys(map(ord, "\u00a0\u1680\u202f\u205f\u3000"), " "),
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    **dict.fromkeys(map(ord, "’‘ʼ′＇"), "'"),
    **dict.fromkeys(map(ord, "・･·•"), "·"),
}
_LONG_MARK: Final = re.compile(r"(?<=\d)[ーｰ一ㅡ](?=\d)")
"""A Japanese long-vowel mark, a Chinese one or a Korean vowel between digits is a hyphen typed in the wrong mode."""
INVISIBLE: Final = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Characters that nobody sees and that come along when text is copied; they are dropped without a word."""


def fold(text: str) -> str:
    """``０１０－๑๒๓`` -> ``010-123``: decimal digits of every script and full-width ASCII become ASCII, dashes become
    ``-``, spaces become one kind, invisible marks go. Letters keep their case; other characters stay as they are."""
    text = INVISIBLE.sub("", text).translate(_PUNCTUATION)
    if not text.isascii():
        text = "".join(
            character
            if character.isascii() or unicodedata.category(character) != "Nd"
            else str(unicodedata.decimal(character))
            for character in text
        )
        text = _LONG_MARK.sub("-", text)
    return text.strip()


def compact(text: str) -> str:
    """``fold`` without the spaces, hyphens, dots, slashes, underscores and brackets that people group numbers with."""
    return re.sub(r"[\s\-./_()\[\]·]", "", fold(text))
