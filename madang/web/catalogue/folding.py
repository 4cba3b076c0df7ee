"""Folding: texts that people would call the same become the same characters, then short grams of them.

==========  ==================================================  =============================================
script      folding                                             grams
==========  ==================================================  =============================================
Hangul      syllables to jamo, compound jamo split, ㅐ as ㅔ    jamo trigrams, syllable bigrams, single
                                                                syllables, initial consonants (chosung) of the
                                                                syllables, in twos and threes
Han, kana   traditional to simplified, katakana to              single characters and bigrams
            hiragana, long-vowel mark dropped
Thai        tone and silencing marks dropped, เเ to แ            trigrams
Latin etc.  lower case, no diacritics, đ to d                   trigrams of each word with a blank at both ends; each
                                                                word, and each two neighbours, whole
digits      of any script to 0-9                                as Latin
==========  ==================================================  =============================================

Compatibility jamo (ㅈ, what a Korean keyboard writes) are set aside before NFKC, which would turn them into conjoining
ones. A gram is an int: up to three code points of 21 bits, so two different grams are never the same number; a whole
word is a checksum with bit 63 set. Initial consonants lie in the block of conjoining jamo (U+1100), apart from the jamo
trigrams, which lie in U+3131.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

Script = Literal["hangul", "jamo", "han", "kana", "thai", "latin"]

HAN: Final = Path(__file__).with_name("han.txt")
LONGEST: Final = 200
"""Characters of a query that are looked at."""
INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
SPLIT: Final = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ", "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ",
    "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
}  # fmt: skip
_SOUND: Final = str.maketrans("ㅐㅒ", "ㅔㅖ")
"""Vowels that sound alike today, and are written for each other: 산제 for 산재."""
_SINGLE: Final = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}
_THAI_DROPPED: Final = re.compile("[\u0e47-\u0e4e\u0e3a]")
_JAMO: Final = re.compile("([\u3131-\u318e]+)")
_RUN: Final = re.compile(
    "(?P<hangul>[가-힣]+)|(?P<jamo>[\u3131-\u3163]+)|(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆]+)"
    "|(?P<kana>[\u3041-\u3096]+)|(?P<thai>[\u0e01-\u0e4e]+)|(?P<latin>[0-9a-z\u00df-\u024f\u0370-\u1fff]+)"
)
_BASE: Final = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@cache
def _simplified() -> Mapping[str, str]:
    lines = HAN.read_text("utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


@lru_cache(maxsize=12000)
def _letter(char: str) -> str:
    """One character of compatibility-composed text, folded; empty when it means nothing to a search."""
    code = ord(char)
    if code < 0x80:
        return char.lower()
    if 0x30A1 <= code <= 0x30F6:
        return chr(code - 0x60)
    if 0x0E01 <= code <= 0x0E5B:
        if 0x0E50 <= code <= 0x0E59:
            return str(code - 0x0E50)
        return "" if _THAI_DROPPED.match(char) else char
    if char in "ーｰ゛゜":
        return ""
    if 0x3400 <= code <= 0x9FFF:
        return _simplified().get(char, char)
    if 0x3041 <= code <= 0x3096 or 0xAC00 <= code <= 0xD7A3:
        return char
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in {"Mn", "Me", "Cc", "Cf", "Cs", "Co", "Cn"}:
        return " " if category == "Cc" else ""
    bare = "".join(c for c in unicodedata.normalize("NFD", char.lower()) if unicodedata.category(c) != "Mn")
    return bare.translate(_BASE)


def fold(text: str) -> str:
    """``text`` as it is compared: see the table. What is neither letter nor digit becomes one blank."""
    text = text.translate(_HALFWIDTH)
    if not text.isascii():
        parts = _JAMO.split(unicodedata.normalize("NFC", text))
        parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
        text = "".join(parts).replace("เเ", "แ").replace("ํา", "ำ")
    folded = "".join(map(_letter, text))
    return " ".join(match.group() for match in _RUN.finditer(folded)) if folded else ""


_HALFWIDTH: Final = {
    code: chr(int(unicodedata.decomposition(chr(code)).split()[1], 16))
    for start, end in ((0xFFA1, 0xFFBF), (0xFFC2, 0xFFC8), (0xFFCA, 0xFFD0), (0xFFD2, 0xFFD8), (0xFFDA, 0xFFDD))
    for code in range(start, end)
}
"""Half-width jamo to those of a keyboard; NFKC would make conjoining ones of them."""


def plain(text: str) -> str:
    """Folded and without blanks: what two spellings of one phrase have in common."""
    return fold(text).replace(" ", "")


@lru_cache(maxsize=12000)
def jamo(syllable: str) -> str:
    """The keys that write a syllable: 각 -> ㄱㅏㄱ, 과 -> ㄱㅗㅏ. Lone jamo are split alike."""
    code = ord(syllable) - 0xAC00
    if not 0 <= code < 11172:
        return SPLIT.get(syllable, syllable)
    letters = INITIALS[code // 588], VOWELS[code % 588 // 28], FINALS[code % 28]
    return "".join(SPLIT.get(letter, letter) for letter in letters)


@lru_cache(maxsize=12000)
def sound(syllable: str) -> str:
    """The keys of a syllable, as it is heard."""
    return jamo(syllable).translate(_SOUND)


def chosung(syllables: str) -> str:
    """The initial consonants, doubled ones as single: 등본 -> ㄷㅂ."""
    initials = (INITIALS[(ord(s) - 0xAC00) // 588] for s in syllables)
    return "".join(_SINGLE.get(initial, initial) for initial in initials)


def pack(characters: str) -> int:
    """A gram as a number below 2**63."""
    value = 0
    for character in characters:
        value = value << 21 | ord(character)
    return value


def is_pair(gram: int) -> bool:
    """Whether it is a gram of two Korean syllables."""
    return 0xAC00 <= gram >> 21 <= 0xD7A3


def _windows(text: str, size: int) -> Iterator[int]:
    if size == 1:
        yield from map(ord, text)
        return
    codes = [ord(character) for character in text]
    if size == 2:
        for a, b in pairwise(codes):
            yield a << 21 | b
    else:
        for a, b, c in zip(codes, codes[1:], codes[2:], strict=False):
            yield a << 42 | b << 21 | c


def _lifted(initials: str) -> str:
    """Initial consonants moved to the block of conjoining jamo."""
    return "".join(chr(0x1100 + INITIALS.index(initial)) for initial in initials)


def _initial_grams(initials: str) -> Iterator[int]:
    lifted = _lifted(initials)
    yield from _windows(lifted, 2)
    yield from _windows(lifted, 3)


_ENDING: Final = re.compile("(?<=...)(?:ies|es|ed|ing|s|y|e)$")
"""Of English words; others that end so lose it, too, in texts and queries alike."""


def word(*parts: str) -> int:
    """The gram of a whole word, or of neighbours: ``word("e", "mail")`` is ``word("email")``."""
    return 1 << 63 | zlib.crc32(_ENDING.sub("", "".join(parts)).encode())


def runs(folded: str) -> Iterator[tuple[Script, str]]:
    """The stretches of one script. Blanks part Latin words only; within other scripts they are forgotten."""
    pending: tuple[Script, str] | None = None
    for match in _RUN.finditer(folded):
        script: Script = match.lastgroup  # type: ignore[assignment]  # one of the groups' names
        if script == "kana":
            script = "han"
        if pending and pending[0] == script and script != "latin":
            pending = (script, pending[1] + match.group())
            continue
        if pending:
            yield pending
        pending = (script, match.group())
    if pending:
        yield pending


def grams(folded: str, *, query: bool = False) -> set[int]:
    """The grams of a folded text. Of a query, initial consonants are taken only where it is written in them."""
    found: set[int] = set()
    before = ""
    for script, run in runs(folded):
        if script == "latin":
            found.update(_windows(f" {run} ", 3))
            found.add(word(run))
            if before:
                found.add(word(before, run))
            before = run
            continue
        before = ""
        if script == "hangul":
            keys = "".join(map(sound, run))
            found.update(_windows(keys, 3))
            found.update(_windows(run, 2))
            if len(run) == 1 or not query:
                found.update(_windows(run, 1))
            if not query:
                found.update(_initial_grams(chosung(run)))
        elif script == "jamo":
            if all(letter in INITIALS for letter in run):
                initials = "".join(_SINGLE.get(letter, letter) for letter in run)
                found.update(_initial_grams(initials))
            else:
                found.update(_windows("".join(map(sound, run)), 3))
        elif script == "han":
            found.update(_windows(run, 1))
            found.update(_windows(run, 2))
        else:
            found.update(_windows(run, 3) if len(run) > 2 else [pack(run)])
    return found


def asked(folded: str) -> tuple[set[int], set[int]]:
    """The grams of a query: those that count against a service that lacks them, and those that only help: whole words,
    and what stretches over a blank, which people set as they like."""
    every = grams(folded, query=True)
    within = {gram for piece in folded.split() for gram in grams(piece, query=True) if not gram >> 63}
    return within, every - within
