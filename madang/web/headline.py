"""Keeps together, in a heading, the words that belong together: the filter ``headline``.

CSS balances lines but is blind to meaning: Vietnamese writes a space inside its compounds (``đăng ký``), only some
browsers know where a Japanese phrase ends (``word-break: auto-phrase``), none knows a Chinese word or a Thai compound,
and a Korean line may begin with the dot of a pair. The groups become ``<span class="j">``, which does not wrap where
there is room; the text itself is unchanged, so it is found, copied and read aloud as it was.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from markupsafe import Markup, escape

from madang.i18n.locales import Locale
from madang.web.headline_words import CHINESE, THAI

_LONGEST: Final = 8
"""Characters of a Korean, Japanese or Chinese group that is kept whole: more would not fit a heading in a panel on a
320 px screen."""

_VIETNAMESE: Final = re.compile(
    r"[(“‘]*\b(?:"
    + "|".join(
        sorted(
            {
                "bản sao",
                "bảo hiểm",
                "bắt đầu",
                "câu hỏi",
                "câu trả lời",
                "cả hộ",
                "cấp lại",
                "chi tiết",
                "chia sẻ",
                "chính phủ",
                "chứng nhận",
                "công dân",
                "cơ quan",
                "cư dân",
                "cư trú",
                "danh sách",
                "dịch vụ",
                "dữ liệu",
                "đại diện",
                "địa chỉ",
                "địa phương",
                "điện thoại",
                "điện tử",
                "đăng ký",
                "đăng nhập",
                "đăng xuất",
                "giấy tờ",
                "giấy xác nhận",
                "gia đình",
                "giải quyết",
                "hiệu lực",
                "họ tên",
                "hoàn thành",
                "khả năng",
                "hỗ trợ",
                "hồ sơ",
                "hộ chiếu",
                "hộ gia đình",
                "hợp lệ",
                "hướng dẫn",
                "hàn quốc",
                "khai báo",
                "kết quả",
                "kiểm tra",
                "không thể",
                "lái xe",
                "lệ phí",
                "lịch sử",
                "lưu trú",
                "minh họa",
                "mục đích",
                "người nước ngoài",
                "nghĩa vụ",
                "nhân viên",
                "nhập cảnh",
                "nhập quốc tịch",
                "nội dung",
                "nộp hồ sơ",
                "nước ngoài",
                "phổ biến",
                "quốc gia",
                "quốc tịch",
                "sử dụng",
                "thanh toán",
                "thành viên",
                "thành phố",
                "thay đổi",
                "thẻ đăng ký",
                "thời hạn",
                "thu nhập",
                "thông tin",
                "thủ tục",
                "tiêm chủng",
                "tiếng hàn",
                "tiếng việt",
                "tiếp nhận",
                "tiếp tục",
                "tình trạng",
                "tìm thấy",
                "trả lời",
                "trang chủ",
                "tra cứu",
                "trực tuyến",
                "tư pháp",
                "từ xa",
                "vấn đề",
                "xác minh",
                "xác nhận",
                "xác thực",
                "xuất cảnh",
                "xuất nhập cảnh",
                "xuất trình",
                "yêu cầu",
            },
            key=len,
            reverse=True,
        )
    )
    + r")\b[)”’,.:;?!]*",
    re.IGNORECASE,
)
"""Compounds of the glossary and of the pages' headings, longest first."""

# A phrase is one word (kanji, katakana, Latin letters or digits) with the hiragana that follow it; a line may end
# between two of them. Punctuation belongs to what stands before it, an opening bracket and a polite お or ご to what
# follows.
_TAIL: Final = r"(?:(?![おご][\u4e00-\u9fff])[\u3041-\u309f])"
_JAPANESE: Final = re.compile(
    rf"[（「『]*(?:[おご]?[\u4e00-\u9fff々〆]+|[\u30a0-\u30ffー]+|[A-Za-z0-9０-９Ａ-ｚ.,:%-]+|{_TAIL}+){_TAIL}*[）」』。、，！？・]*"
)
_JAPANESE_PARTS: Final = re.compile(
    r"(?:外国人登録|外国人政策本部|外国人総合案内|証明書自動|交付機|事実証明書?|住民登録|出入国|政府案内)[\u3041-\u309f]*"
    r"|ウェブ(?=アクセシビリティ)|アクセシビリティ|[\u30a0-\u30ffー]+|(?:証明書|変更届|登録証|[\u4e00-\u9fff]{2})?[\u3041-\u309f]+"
)
"""Where a compound that is too long for one line may be divided; a particle stays with the word before it."""

_CHINESE: Final = re.compile(
    r"[（“《]*(?:[\u4e00-\u9fff]{2,3}（[\u4e00-\u9fff]{1,3}）|"
    + "|".join(sorted(CHINESE.split(), key=len, reverse=True))
    + r")[）”》·・]*"
)
"""A word, longest first, or one with a short explanation in brackets; a dot stays with what stands before it."""

_THAI: Final = re.compile("|".join(sorted(THAI.split(), key=len, reverse=True)))
"""Compounds that dictionaries of browsers divide."""

_KOREAN: Final = re.compile(r"[^\s·]+(?:·[^\s·]*)+")
"""What a middle dot joins."""
_KOREAN_PART: Final = re.compile(r"[^\s·]+·")


_HYPHENATED: Final = re.compile(r"[(“‘]*\w+(?:-\w+)+[)”’,.:;?!]*")
"""Romanised names: Jongno-gu, with the marks that touch them."""


@lru_cache(maxsize=4096)
def _english(text: str) -> Markup:
    return _join(_HYPHENATED, text, bool)


@lru_cache(maxsize=4096)
def _vietnamese(text: str) -> Markup:
    return _join(_VIETNAMESE, text, lambda group: " " in group)


@lru_cache(maxsize=4096)
def _japanese(text: str) -> Markup:
    return _join(_JAPANESE, text, lambda group: 1 < len(group) <= _LONGEST, _JAPANESE_PARTS)


@lru_cache(maxsize=4096)
def _chinese(text: str) -> Markup:
    return _join(_CHINESE, text, lambda group: len(group) <= _LONGEST)


@lru_cache(maxsize=4096)
def _thai(text: str) -> Markup:
    return _join(_THAI, text, bool)


@lru_cache(maxsize=4096)
def _korean(text: str) -> Markup:
    return _join(_KOREAN, text, lambda group: len(group) <= _LONGEST, _KOREAN_PART)


def _join(
    pattern: re.Pattern[str], text: str, keep: Callable[[str], bool], parts: re.Pattern[str] | None = None
) -> Markup:
    """``text`` with the groups that ``keep`` accepts marked; in the others, those ``parts`` of them that it accepts."""
    result, end = Markup(""), 0
    for match in pattern.finditer(text):
        result += escape(text[end : match.start()])
        if keep(match[0]):
            result += Markup('<span class="j">{}</span>').format(match[0])
        else:
            result += _join(parts, match[0], keep) if parts else escape(match[0])
        end = match.end()
    return result + escape(text[end:])


def headline_filter(locale: Locale) -> Callable[[str | Markup], str | Markup]:
    """The filter of one language: text -> the same text, its groups marked. What already holds markup (a text that fell
    back to another language) is left as it is."""
    join = {"en": _english, "vi": _vietnamese, "ja": _japanese, "zh": _chinese, "ko": _korean, "th": _thai}[locale]

    def headline(text: str | Markup) -> str | Markup:
        if isinstance(text, Markup) and "<" in text:
            return text
        return join(text.unescape() if isinstance(text, Markup) else text)

    return headline
