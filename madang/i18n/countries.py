"""The countries and areas of ISO 3166-1, named by CLDR."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from babel import Locale as Cldr

from madang.i18n.locales import CLDR, Locale

_CODES: Final = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "
)
COUNTRIES: Final = frozenset(_CODES.split())
"""Alpha-2 codes."""
_LEADING_VOWEL: Final = re.compile("([\u0e40-\u0e44])(.)")


def country(code: str, locale: Locale) -> str:
    """The name of a country in ``locale``; the code itself when it is none."""
    return str(Cldr.parse(CLDR[locale]).territories.get(code, code)) if code in COUNTRIES else code


def _order(name: str, locale: Locale) -> bytes | str:
    if locale == "zh":
        return name.encode("gb18030")  # the first level of GB 2312 is in the order of pinyin
    if locale == "th":
        return _LEADING_VOWEL.sub(r"\2\1", name)  # dictionaries sort by the consonant
    if locale == "ja":
        # Hiragana of 日本, 中国 ... cannot be told without a dictionary: Han names come first, katakana in order.
        return name
    plain = name.replace("đ", "d").replace("Đ", "D")
    return (
        "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)).lower()
        if (locale in ("en", "vi"))
        else name
    )


@lru_cache(maxsize=8)
def countries(locale: Locale) -> tuple[tuple[str, str], ...]:
    """(code, name) of every country, Korea first (nearly always the answer), then in the reader's alphabet."""
    named = [(code, country(code, locale)) for code in COUNTRIES]
    return tuple(sorted(named, key=lambda pair: (pair[0] != "KR", _order(pair[1], locale))))
