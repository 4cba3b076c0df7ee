"""Which of the six languages a browser asks for (``Accept-Language``, RFC 9110 section 12.5.4)."""

import re
from typing import Final

from madang.i18n.locales import LOCALES, SOURCE_LOCALE, Locale, is_locale

_RANGE: Final = re.compile(r"(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)(?:[ \t]*;[ \t]*[qQ]=([01](?:\.[0-9]{0,3})?))?")
_LONGEST: Final = 2000
_SAME: Final[dict[str, Locale]] = {"cmn": "zh", "yue": "zh", "jp": "ja", "kr": "ko", "vn": "vi", "cn": "zh"}
"""Other names people's devices give: ISO 639-3 codes of Chinese, and country codes set by mistake."""
_ABROAD: Final[Locale] = "en"


def _locale(language: str) -> Locale | None:
    primary = language.partition("-")[0].lower()
    if is_locale(primary):
        return primary
    return _SAME.get(primary)


def negotiate(accept_language: str) -> Locale:
    """The best of the six for a header. Korean when there is none, English when it names only languages we lack.

    Never raises: ranges that are no language are passed over, only the first 2,000 characters are read.
    """
    if not accept_language.strip():
        return SOURCE_LOCALE
    best: tuple[float, Locale] | None = None
    refused: set[Locale] = set()
    named: set[Locale] = set()
    wildcard, ranges = 0.0, 0
    for part in accept_language[:_LONGEST].split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            continue
        ranges += 1
        quality = min(float(match[2] or 1), 1.0)
        if match[1] == "*":
            wildcard = quality
            continue
        locale = _locale(match[1])
        if locale is None:
            continue
        named.add(locale)
        if quality == 0:
            refused.add(locale)
        elif best is None or quality > best[0]:
            best = (quality, locale)
    if wildcard > (best[0] if best else 0):
        # Whoever names a language we lack beside "*" is from abroad; "*" alone says nothing.
        order = LOCALES if ranges == 1 else (_ABROAD, *LOCALES)
        for locale in order:
            if locale not in named:
                return locale
    if best:
        return best[1]
    return next(locale for locale in (_ABROAD, *LOCALES) if locale not in refused or len(refused) == len(LOCALES))
