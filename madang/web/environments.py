"""The Jinja environments of a portal: one a language, and one more in easy words once somebody wants them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from madang.i18n.locales import LOCALES, Locale

if TYPE_CHECKING:
    from madang.web.templating import LocaleEnvironment

Make = Callable[[Locale, bool], "LocaleEnvironment"]
"""(language, whether in easy words) -> its environment."""


class Environments(dict[Locale, "LocaleEnvironment"]):
    """Language -> the environment in its usual words."""

    def __init__(self, make: Make) -> None:
        super().__init__((locale, make(locale, False)) for locale in LOCALES)
        self._make: Final = make
        self._easy: Final[dict[Locale, LocaleEnvironment]] = {}

    def of(self, locale: Locale, *, easy: bool) -> "LocaleEnvironment":
        """The environment of a language in the words that somebody wants."""
        if not easy:
            return self[locale]
        made = self._easy.get(locale)
        if made is None:
            made = self._easy[locale] = self._make(locale, True)
        return made
