"""Typed with the keyboard in the other state: wnals for 주민, ㅔㅁㄴㄴㅔㅐㄱㅅ for passport (Korean two-set layout)."""

import re
from typing import Final

from madang.web.catalogue.folding import FINALS, INITIALS, SPLIT, VOWELS, jamo

_KEYS: Final = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        strict=True,
    )
)
_LETTERS: Final = {value: key for key, value in _KEYS.items()}
_JOINED: Final = {parts: whole for whole, parts in SPLIT.items()}
_SYLLABLE: Final = re.compile(
    "([ㄱ-ㅎ])(ㅗㅏ|ㅗㅐ|ㅗㅣ|ㅜㅓ|ㅜㅔ|ㅜㅣ|ㅡㅣ|[ㅏ-ㅣ])"
    "((?:ㄱㅅ|ㄴㅈ|ㄴㅎ|ㄹㄱ|ㄹㅁ|ㄹㅂ|ㄹㅅ|ㄹㅌ|ㄹㅍ|ㄹㅎ|ㅂㅅ|[ㄱ-ㄷㄹ-ㅂㅅ-ㅈㅊ-ㅎ])(?![ㅏ-ㅣ]))?"
)


def to_korean(typed: str) -> str | None:
    """What ``typed`` would be in Korean, when all of it makes whole syllables; else None.

    Upper case matters only on the keys that have a second letter (Q W E R T O P), and not when all is upper case."""
    letters = typed.replace(" ", "")
    if len(letters) < 3 or not (letters.isascii() and letters.isalpha()):
        return None
    if typed.isupper():
        typed = typed.lower()
    words = [_compose("".join(_KEYS.get(c) or _KEYS[c.lower()] for c in word)) for word in typed.split()]
    return " ".join(word for word in words if word) if all(words) else None


def _compose(keys: str) -> str | None:
    """Jamo as typed, in syllables; None when one is left over."""
    made, position = [], 0
    while position < len(keys):
        match = _SYLLABLE.match(keys, position)
        if match is None:
            return None
        initial, vowel, final = match.group(1), match.group(2), match.group(3) or ""
        vowel, final = _JOINED.get(vowel, vowel), _JOINED.get(final, final)
        if initial not in INITIALS or final not in FINALS:
            return None
        code = (INITIALS.index(initial) * 21 + VOWELS.index(vowel)) * 28 + FINALS.index(final)
        made.append(chr(0xAC00 + code))
        position = match.end()
    return "".join(made)


def to_latin(typed: str) -> str | None:
    """What ``typed`` would be in Latin letters, when it is Korean with letters left over that no Korean would write."""
    if not any("ㄱ" <= c <= "ㅣ" for c in typed):
        return None
    if not all(c == " " or "ㄱ" <= c <= "ㅣ" or "가" <= c <= "힣" for c in typed):
        return None
    keys = "".join(c if c == " " else jamo(c) for c in typed)
    return "".join(_LETTERS.get(c, c) for c in keys).lower()
