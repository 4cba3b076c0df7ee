"""The six languages of the portal, all equal.

A locale is the first path segment (``/ko/...``). ``zh`` is Simplified Chinese, so its pages say ``lang="zh-Hans"``.
"""

from typing import Final, Literal, TypeGuard, get_args

Locale = Literal["ko", "en", "ja", "zh", "th", "vi"]

LOCALES: Final[tuple[Locale, ...]] = get_args(Locale)
SOURCE_LOCALE: Final[Locale] = "ko"
"""The language of the law: what a missing translation falls back to."""

HTML_LANG: Final[dict[Locale, str]] = {
    "ko": "ko",
    "en": "en",
    "ja": "ja",
    "zh": "zh-Hans",
    "th": "th",
    "vi": "vi",
}
NATIVE_NAME: Final[dict[Locale, str]] = {
    "ko": "한국어",
    "en": "English",
    "ja": "日本語",
    "zh": "简体中文",
    "th": "ภาษาไทย",
    "vi": "Tiếng Việt",
}
CLDR: Final[dict[Locale, str]] = {
    "ko": "ko_KR",
    "en": "en_GB",
    "ja": "ja_JP",
    "zh": "zh_Hans_CN",
    "th": "th_TH",
    "vi": "vi_VN",
}
"""Babel's identifier of each locale, for dates, numbers, money and lists."""


def is_locale(value: str) -> TypeGuard[Locale]:
    """Whether ``value`` is one of the six, exactly as it stands in a path."""
    return value in HTML_LANG
