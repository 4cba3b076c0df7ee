"""One text in six languages, as the catalogue's data holds it."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from madang.i18n.locales import LOCALES, SOURCE_LOCALE, Locale


class Resolved(NamedTuple):
    """A text in one language; ``locale`` differs from the one asked for when the text fell back."""

    text: str
    locale: Locale


class Text(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A sentence or a name in six languages. Korean is always there; an empty one counts as missing."""

    ko: str
    en: str = ""
    ja: str = ""
    zh: str = ""
    th: str = ""
    vi: str = ""
    easy: "Text | None" = None
    """The same in easy words, in all six languages; only where the usual words are not easy already."""

    @classmethod
    def of(cls, written: Mapping[str, str]) -> "Text":
        """The text that is ``written`` by language."""
        return cls(**{str(locale): text for locale, text in written.items()})  # type: ignore[arg-type]

    @property
    def easiest(self) -> "Text":
        """The text for somebody who wants easy words."""
        return self if self.easy is None else self.easy

    def resolve(self, locale: Locale) -> Resolved:
        """The text in ``locale``, or in Korean when that is missing (the page then marks it with ``lang``)."""
        wanted: str = getattr(self, locale)
        return Resolved(wanted, locale) if wanted else Resolved(self.ko, SOURCE_LOCALE)

    def missing(self) -> tuple[Locale, ...]:
        """The languages this text does not have."""
        return tuple(locale for locale in LOCALES if not getattr(self, locale))
