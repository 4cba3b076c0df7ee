"""Which characters an answer may hold, and how typed text is tidied before it is kept."""

import re
import unicodedata
from typing import Final

from madang.i18n.digits import INVISIBLE

_SPACING: Final = re.compile("[\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
_UNWRITABLE: Final = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END: Final = re.compile("\r\n?|\x85|\u2028|\u2029|\v|\f")


def tidy(text: str, *, lines: bool = False) -> str:
    """NFC, trimmed, without invisible marks; line ends become ``\\n`` where ``lines`` may be kept, else spaces."""
    text = INVISIBLE.sub("", text)
    if lines:
        # Not by one pattern: spaces before a line end take quadratic time to find where there is no line end.
        text = "\n".join(line.rstrip(" ") for line in _LINE_END.sub("\n", text).replace("\t", " ").split("\n"))
    else:
        text = _SPACING.sub(" ", text)
    return unicodedata.normalize("NFC", text).strip(" \n\u3000\u00a0")


def forbidden(text: str, *, lines: bool = False) -> str:
    """The characters that no answer may hold, named (``U+0000 U+FFFD``), at most five; empty when there are none:
    control characters, lone surrogates, private use, noncharacters and the sign of a broken encoding."""
    found = dict.fromkeys(character for character in text if _is_forbidden(character, lines))
    return " ".join(f"U+{ord(character):04X}" for character in list(found)[:5])


def _is_forbidden(character: str, lines: bool) -> bool:
    if character.isascii():
        return not character.isprintable() and not (lines and character == "\n")
    code = ord(character)
    return (
        code == 0xFFFD
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or unicodedata.category(character) in ("Cc", "Cs", "Co", "Zl", "Zp")
        or bool(INVISIBLE.match(character))
    )


def is_tidy(text: str, *, lines: bool = False) -> bool:
    """Whether a stored text is as ``tidy`` would have left it."""
    return tidy(text, lines=lines) == text


def presentable(typed: str) -> str:
    """What was typed, as it can be written into a page: only what HTML or UTF-8 cannot carry is replaced."""
    return _UNWRITABLE.sub("\ufffd", typed)
