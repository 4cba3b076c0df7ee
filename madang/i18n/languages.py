"""Names of the six languages as each of them calls the others: ``Vietnamese``, ``베트남어``, ``越南语`` (CLDR)."""

from functools import lru_cache

from babel import Locale as BabelLocale

from madang.i18n.locales import CLDR, Locale


@lru_cache(maxsize=64)
def language_name(language: Locale, locale: Locale) -> str:
    """What readers of ``locale`` call ``language``."""
    names = BabelLocale.parse(CLDR[locale]).languages
    return str(names[language])
