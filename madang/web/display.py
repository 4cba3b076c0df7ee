"""What templates may call, bound to one language: formats, addresses of pages, sentences of errors, form controls."""

import datetime as dt
import gettext
import re
import secrets
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from markupsafe import Markup

from madang.contract.messages.identity import PersonName
from madang.forms.errors import in_sentence
from madang.i18n import formats, names
from madang.i18n.locales import HTML_LANG, Locale
from madang.i18n.text import Text
from madang.web.assets import Assets
from madang.web.controls import Controls
from madang.web.headline import headline_filter
from madang.web.life_words import LifeWords
from madang.web.links import link
from madang.web.office_words import OfficeWords
from madang.web.pictures import life_drawing
from madang.web.presenters import Presenters
from madang.web.support.saying import SupportWords
from madang.web.templating import text_filter

_PLACEHOLDER: Final = re.compile(r"\{\w+\}")


class Display:
    """Filters and globals of one locale's environment."""

    def __init__(
        self, locale: Locale, translations: gettext.NullTranslations, assets: Assets, *, easy: bool = False
    ) -> None:
        self._locale = locale
        self._translations = translations
        self._assets = assets
        t = text_filter(locale, easy=easy)
        self._controls = Controls(locale, translations, t, easy=easy)
        self._presenters = Presenters(locale, translations, t, easy=easy)
        self._offices = OfficeWords(locale, translations)
        self._life = LifeWords(locale, translations.gettext, translations.ngettext, t)
        self._support = SupportWords(locale, translations.gettext)

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        return {
            "date": self.date,
            "date_time": self.date_time,
            "time": self.time,
            "iso": _iso,
            "money": self.money,
            "number": self.number,
            "file_size": self.file_size,
            "phone": names.phone,
            "tel": _tel,
            "paragraphs": _paragraphs,
            "headline": headline_filter(self._locale),
            "opening": _opening,
            "in_sentence": lambda label: in_sentence(label, self._locale),
        }

    def globals(self) -> Mapping[str, Any]:
        return {
            "link": self.link,
            "asset": self._assets.url,
            "integrity": self._assets.integrity,
            "page_kind": self._support.page,
            "sentence_text": self.sentence_text,
            "control": self._controls.control,
            "person_name": self.person_name,
            "duration": self.duration,
            "new_key": new_key,
            "life_drawing": life_drawing,
            "working_time": self.working_time,
            "script_lang": self.script_lang,
            **self._presenters.globals(),
            **self._offices.globals(),
            **self._life.globals(),
            **self._support.globals(),
        }

    def link(self, name: str, query: dict[str, str] | None = None, /, **parts: str) -> str:
        return link(self._locale, name, query, **parts)

    def date(self, value: dt.date, style: formats.DateStyle = "long") -> str:
        return formats.date(value, self._locale, style)

    def date_time(self, value: dt.datetime, style: formats.DateStyle = "long") -> str:
        return formats.date_time(value, self._locale, style)

    def time(self, value: dt.datetime) -> str:
        return formats.time(value, self._locale)

    def money(self, krw: int) -> str:
        """A fee: nothing to pay is said in words."""
        return self._translations.gettext("free of charge") if krw == 0 else formats.money(krw, self._locale)

    def number(self, value: int | Decimal) -> str:
        return formats.number(value, self._locale)

    def file_size(self, size: int) -> str:
        return formats.file_size(size, self._locale)

    def duration(self, seconds: int) -> str:
        """The largest unit that says it plainly: seconds, minutes, hours or days."""
        for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
            if seconds >= length:
                return formats.duration(round(seconds / length), unit, self._locale)  # type: ignore[arg-type]
        return formats.duration(seconds, "second", self._locale)

    def working_time(self, amount: int, unit: str) -> str:
        return formats.working_time(amount, unit, self._translations.ngettext)  # type: ignore[arg-type]

    def person_name(self, name: PersonName) -> Markup:
        """A name as its register writes it, marked with the language it is read in."""
        lang = name.lang or self.script_lang(name.full)
        return Markup('<span lang="{}" translate="no">{}</span>').format(lang, name.full)

    def sentence_text(self, sentence: Text) -> Markup:
        """A sentence of the phrasebook, with a mark where something is filled in."""
        return Markup(_PLACEHOLDER.sub("[…]", text_filter(self._locale)(sentence)))  # noqa: S704 -- escaped by the filter

    def script_lang(self, text: str) -> str:
        """Never empty: ``lang=""`` would say that the language is unknown, not that it is the page's."""
        return names.script_lang(text, self._locale) or HTML_LANG[self._locale]


def new_key() -> str:
    """What a form carries hidden, so that sending it twice is sending it once. Only on pages that are nobody else's."""
    return secrets.token_urlsafe(16)


def _iso(value: dt.date) -> str:
    """As ``datetime=""`` takes it: HTML knows three digits of a second's fraction, and nobody needs one."""
    return value.isoformat(timespec="seconds") if isinstance(value, dt.datetime) else value.isoformat()


def _tel(number: str) -> str:
    """What follows ``tel:`` for a number as it is printed."""
    return "".join(c for c in number if c.isascii() and (c.isdigit() or c == "+"))


def _opening(text: str) -> str:
    """A name that stands alone and not in a sentence: Vietnamese "thành phố Seoul" begins with a capital there."""
    return text[:1].upper() + text[1:]


def _paragraphs(text: str) -> Markup:
    """Blank lines end paragraphs."""
    parts = [part.strip() for part in str(text).split("\n\n") if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)
