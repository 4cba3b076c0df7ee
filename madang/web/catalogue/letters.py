"""Under which letter a title stands in an alphabetical list, in each of the six languages.

Korean: initial consonant. English, Vietnamese: letter without marks (Đ apart from D). Thai: first consonant. Japanese:
row of the kana; Chinese: initial of the pinyin. The characters of the two national sets' first levels, JIS X 0208 and
GB 2312, are ordered by their reading, so the reading's row follows from the code: no dictionary is needed.
"""

from bisect import bisect_right
from typing import Final

from madang.i18n.locales import Locale
from madang.web.catalogue.folding import chosung, fold

OTHER: Final = "#"
_ROWS: Final = "あかさたなはまやらわ"
_KANA: Final = (
    "ぁあぃいぅうぇえぉおゔ|かがきぎくぐけげこごゕゖ|さざしじすずせぜそぞ|ただちぢっつづてでとど|なにぬねの"
    "|はばぱひびぴふぶぷへべぺほぼぽ|まみむめも|ゃやゅゆょよ|らりるれろ|ゎわゐゑをん"
)
_KANA_ROW: Final = {kana: row for row, group in zip(_ROWS, _KANA.split("|"), strict=True) for kana in group}
_JIS_FIRST: Final = [kanji.encode("euc_jp") for kanji in "亜下些他奈巴摩也羅倭"]
_JIS_END: Final = "腕".encode("euc_jp")
_PINYIN: Final = "ABCDEFGHJKLMNOPQRSTWXYZ"
_GB_FIRST: Final = [hanzi.encode("gb2312") for hanzi in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
_GB_END: Final = "座".encode("gb2312")


def letter(title: str, locale: Locale) -> str:
    """The heading under which ``title`` is listed; ``#`` when it begins with nothing that this language lists by."""
    if locale == "vi" and title.lstrip(" \"'“‘(")[:1] in ("Đ", "đ"):
        return "Đ"
    folded = fold(title)
    if locale == "th":
        return next((c for c in folded if "ก" <= c <= "ฮ"), OTHER) if "ก" <= folded[:1] <= "๎" else OTHER
    first = folded[:1]
    if locale == "ko" and "가" <= first <= "힣":
        return chosung(first)
    if locale in ("en", "vi") and "a" <= first <= "z":
        return first.upper()
    if locale == "ja":
        return _KANA_ROW.get(first) or _by_reading(first, "euc_jp", _JIS_FIRST, _JIS_END, _ROWS)
    if locale == "zh":
        return _by_reading(first, "gb2312", _GB_FIRST, _GB_END, _PINYIN)
    return OTHER


def _by_reading(character: str, encoding: str, firsts: list[bytes], end: bytes, names: str) -> str:
    try:
        code = character.encode(encoding)
    except UnicodeEncodeError:
        return OTHER
    place = bisect_right(firsts, code) - 1
    return names[place] if len(code) == 2 and place >= 0 and code <= end else OTHER
