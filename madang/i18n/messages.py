"""UI texts: English msgids, translated by gettext catalogues (``messages`` domain) of one directory."""

import copy
import gettext
import io
from collections.abc import Callable
from pathlib import Path
from typing import Final

from madang.i18n.compile import DOMAIN, EASY, is_fresh, mo_bytes
from madang.i18n.locales import Locale

Gettext = Callable[[str], str]
"""``translations(locale).gettext``, or anything alike."""
NGettext = Callable[[str, str, int], str]


def N_(message: str) -> str:
    """Marks ``message`` for extraction where it is named, and returns it; it is translated where it is shown."""
    return message


class Catalogues:
    """The compiled catalogues of one directory (``{locale}/LC_MESSAGES/messages.po``), loaded when first asked for.

    A ``.mo`` that is missing or is not of its ``.po`` is not trusted: the ``.po`` is then compiled in memory, which
    costs some hundred milliseconds once. A locale without a ``.po`` speaks English, the language of the msgids.
    """

    def __init__(self, directory: Path) -> None:
        self._directory: Final = directory
        self._loaded: Final[dict[Locale, gettext.NullTranslations]] = {}
        self._easy: Final[dict[Locale, gettext.NullTranslations]] = {}

    def translations(self, locale: Locale) -> gettext.NullTranslations:
        """The translations of ``locale``; the same object at each call."""
        known = self._loaded.get(locale)
        if known is None:
            known = self._loaded[locale] = self._load(locale, DOMAIN)
        return known

    def easy(self, locale: Locale) -> gettext.NullTranslations:
        """Those for somebody who wants easy words: ``easy.po`` where it says something, else the usual ones."""
        known = self._easy.get(locale)
        if known is None:
            usual, own = self.translations(locale), self._load(locale, EASY)
            # Laid over it and not chained to it: templates are kept under a name made of all that is in it.
            known = self._easy[locale] = copy.copy(usual)
            own_messages = {key: said for key, said in getattr(own, "_catalog", {}).items() if key}
            vars(known)["_catalog"] = {**getattr(usual, "_catalog", {}), **own_messages}
        return known

    def _load(self, locale: Locale, domain: str) -> gettext.NullTranslations:
        po = self._directory / locale / "LC_MESSAGES" / f"{domain}.po"
        mo = po.with_suffix(".mo")
        if mo.exists() and (is_fresh(po, mo) or not po.exists()):
            return gettext.GNUTranslations(io.BytesIO(mo.read_bytes()))
        if po.exists():
            return gettext.GNUTranslations(io.BytesIO(mo_bytes(po)))
        return gettext.NullTranslations()
