"""Names and numbers of persons: order and spacing by script, and the masks under which strangers may see them."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal

from madang.i18n.locales import Locale

_HAN: Final = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HANGUL: Final = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"
_KANA: Final = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_EAST_ASIAN: Final = re.compile(f"[{_HAN}{_HANGUL}{_KANA}]+")
_ONLY_KANA: Final = re.compile(f"[{_KANA}]+")
_VIETNAMESE: Final = re.compile("[ăắằẳẵặđơớờởỡợưứừửữựạảấầẩẫậẹẻẽếềểễệỉĩịọỏốồổỗộụủũỳỵỷỹ]", re.I)
_HAS: Final = (
    ("ko", re.compile(f"[{_HANGUL}]")),
    ("ja", re.compile(f"[{_KANA}]")),
    ("th", re.compile("[\u0e01-\u0e5b]")),
)
_HAS_HAN: Final = re.compile(f"[{_HAN}]")
_PARTS: Final = re.compile(r"([\s·・]+)")
_CARE_OF_VOWEL: Final = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4]")
"""Thai and Lao vowels written before the consonant they follow: alone they are no letter."""


def person_name(
    name: Mapping[str, str],
    locale: Locale = "ko",
    *,
    kind: Literal["registry", "passport"] = "registry",
    lang: str = "",
) -> str:
    """A full name from ``{"family", "given"}`` or ``{"single"}``, in the order and with the spacing of its own script.

    Hangul and Han: family first, no space. Vietnamese, and Latin names whose ``lang`` (BCP 47) is of such a country:
    family first, space. Passports: family first, as printed there. All others: given name first. ``locale`` does not
    change a name, with one exception: a Vietnamese reader's Latin names written without marks stay family first.
    """
    single, family, given = (unicodedata.normalize("NFC", name.get(part, "")) for part in ("single", "family", "given"))
    if single:
        return single
    if not family or not given:
        return family or given
    if _EAST_ASIAN.fullmatch(family) and _EAST_ASIAN.fullmatch(given):
        both_kana = _ONLY_KANA.fullmatch(family) and _ONLY_KANA.fullmatch(given)
        return f"{family} {given}" if both_kana else f"{family}{given}"
    both = f"{family} {given}"
    family_first = (
        kind == "passport"
        or lang.partition("-")[0] in ("ko", "zh", "ja", "vi", "hu")
        or bool(_VIETNAMESE.search(both))
        or (locale == "vi" and both.isascii() and not lang)
    )
    return f"{family} {given}" if family_first else f"{given} {family}"


def script_lang(text: str, locale: Locale) -> str:
    """The BCP 47 tag to mark ``text`` with on a page in ``locale``, by its script; empty when the page's own will do.

    Han characters alone say nothing of their language, so they follow the page where it is read in them (ko, ja, zh).
    """
    for tag, pattern in _HAS:
        if pattern.search(text):
            return "" if tag == locale else tag
    if _HAS_HAN.search(text):
        return "" if locale in ("ko", "ja", "zh") else "zh-Hans"
    if _VIETNAMESE.search(text):
        return "" if locale == "vi" else "vi"
    return ""


def first_letter(text: str) -> str:
    """What a reader calls the first letter: with its marks, and in Thai with the consonant after a leading vowel."""
    end = 2 if _CARE_OF_VOWEL.match(text) else 1
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return text[:end]


def masked_name(full: str) -> str:
    """``김민준`` -> ``김○○``, ``Nguyễn Văn An`` -> ``N*** V*** A***``: the first letter of each part. Names of one
    letter show it, as ``이`` of ``이 산`` would in print."""
    shown = []
    for part in _PARTS.split(unicodedata.normalize("NFC", full.strip())):
        if not part or _PARTS.fullmatch(part):
            shown.append(part)
        elif _EAST_ASIAN.fullmatch(part):
            shown.append(part[0] + "○" * (len(part) - 1))
        else:
            shown.append(first_letter(part) + "***")
    return "".join(shown)


def masked_identity(value: str, kind: str = "resident") -> str:
    """Resident and alien registration numbers ``901231-1******``; passports ``M1*******``; business numbers are public
    and stand whole, ``123-45-67891``."""
    if kind == "business":
        return f"{value[:3]}-{value[3:5]}-{value[5:]}"
    if kind in ("resident", "alien"):
        return f"{value[:6]}-{value[6:7]}{'*' * len(value[7:])}"
    return value[:2] + "*" * len(value[2:])


_ONE: Final = ("1", "7")
_TWO_DIGITS: Final = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 "
    "91 92 93 94 95 98"
)
_TWO: Final = frozenset(_TWO_DIGITS.split())
"""Country codes of two digits (ITU-T E.164); those of one are in ``_ONE``, all others have three."""
_LOCAL: Final = re.compile(r"(02|0[3-6]\d|01[016789]|050\d|070|080)(\d{3,4})(\d{4})")


def phone(e164: str) -> str:
    """Korean numbers as they are dialled here, ``010-1234-5678``; all others ``+84 901234567``."""
    if e164.startswith("+82"):
        national = e164[3:]
        if match := _LOCAL.fullmatch("0" + national):
            return "-".join(match.groups())
        if len(national) == 8 and national[0] == "1":
            return f"{national[:4]}-{national[4:]}"
        return "0" + national
    digits = e164.removeprefix("+")
    length = 1 if digits.startswith(_ONE) else 2 if digits[:2] in _TWO else 3
    return f"+{digits[:length]} {digits[length:]}"
