"""The code of nine digits that a citizen reads to an agent: eight random digits and one of Damm's scheme, which finds
every single wrong digit and every swap of two neighbours. No code begins with 0: nobody can leave a zero away."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Final

from madang.i18n.digits import compact
from madang.i18n.locales import Locale

LENGTH: Final = 9
_LONGEST: Final = 64
"""Characters of what is typed; more is no code, whatever it holds."""
_DAMM: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
"""Damm's quasigroup of order ten (H. M. Damm, 2004)."""
DIGITS: Final[dict[Locale, tuple[str, ...]]] = {
    "ko": ("공", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    "ja": ("ゼロ", "いち", "に", "さん", "よん", "ご", "ろく", "なな", "はち", "きゅう"),
    "zh": ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九"),
    "th": ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"),
    "vi": ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"),
}
"""As digits are read out over a telephone."""
_PAUSE: Final[dict[Locale, str]] = {"ko": ", ", "en": ", ", "ja": "、", "zh": "，", "th": ", ", "vi": ", "}


def derive(key: bytes, session: str) -> str:
    """The code of a session: the same at every reload, though only its ``digest`` is stored. ``key``: at least 16
    bytes. Two sessions may get the same code (one of 90 million): who makes a session takes another id then."""
    mac = hmac.digest(key, b"madang support code\0" + session.encode(), hashlib.sha256)
    body = str(int.from_bytes(mac) % 90_000_000 + 10_000_000)
    return body + str(check_digit(body))


def check_digit(body: str) -> int:
    """Damm's check digit of ASCII digits; 0 of digits that end with their own."""
    interim = 0
    for digit in body:
        interim = _DAMM[interim][int(digit)]
    return interim


def normalise(typed: str) -> str | None:
    """``１２３-456 789`` -> ``123456789``: digits of any script and width, grouped in any way. None when it is not nine
    digits or the check digit does not fit: mistyped, not guessed."""
    if len(typed) > _LONGEST:
        return None
    code = compact(typed).replace(",", "").replace("'", "")
    fits = re.fullmatch(r"[1-9][0-9]{8}", code) is not None and check_digit(code) == 0
    return code if fits else None


def grouped(code: str) -> str:
    """``123456789`` -> ``123 456 789``."""
    return " ".join(_groups(code))


def spoken(code: str, locale: Locale) -> str:
    """``one two three, four five six, ...``: digit by digit, with a pause after each group, for a voice to read."""
    words = DIGITS[locale]
    return _PAUSE[locale].join(" ".join(words[int(digit)] for digit in group) for group in _groups(code))


def digest(keys: Sequence[bytes], code: str) -> str:
    """What is stored of a code (64 hexadecimal digits), under the first key. While keys are being changed, what an
    older key has written is found by ``digest([key], code)`` of each."""
    return hmac.new(keys[0], b"madang support digest\0" + code.encode(), hashlib.sha256).hexdigest()


def _groups(code: str) -> list[str]:
    return [code[start : start + 3] for start in range(0, len(code), 3)]
