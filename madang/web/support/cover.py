"""The second layer's cover: every private value of a page in each way it can be written, and whatever looks like an
identity, card, account or telephone number.

It knows the page as it was before ``mask``, and holds alone: were nothing masked, nothing private would be seen. A text
is compared without case, marks, spaces and punctuation, and with digits of any script alike, so that neither a
separator nor a piece of markup hides a value from it.
"""

import datetime as dt
import html as markup
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from madang.i18n import formats, names
from madang.i18n.digits import fold
from madang.i18n.korea import day_in_korea
from madang.i18n.locales import LOCALES, Locale
from madang.remote_support import redaction
from madang.remote_support.redaction import MASK
from madang.web.support.secrets_of import private_values, public_numbers, public_texts

_SMALLEST: Final = 100
"""A smaller number stands all over a page: to cover each of its kind would tell which it is."""
_STYLES: Final[tuple[formats.DateStyle, ...]] = ("long", "short", "weekday")
_JOINED: Final = 4
"""A value of at least so many letters is found within a longer word, too."""
_GAP: Final = 3
"""Characters that may stand between two of a value's."""
_NOTHING: Final = re.compile(r"[\W_]+")
_NAME: Final = re.compile(r"(?:[A-Za-z_:-]+\d{0,4})+", re.ASCII)
"""A class or the name of an element, where it has fewer than ``_NUMBER`` digits; a passport's number looks like one."""
_NUMBER: Final = 5
"""Digits of the shortest number that is covered."""
_TAG: Final = re.compile(r"<[^>]*>")
_EAST: Final = re.compile("[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DIGITS: Final = {
    point: str(digit) for point in range(sys.maxunicode) if (digit := unicodedata.decimal(chr(point), None)) is not None
}


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a value can be written. ``bounded``: not within a longer word or number."""

    flat: str
    bounded: bool
    gap: int = _GAP


class Cover:
    """``forms``: what is to be covered; ``public``: numbers that everybody may see, which look like a person's."""

    def __init__(self, forms: Sequence[Form], public: Iterable[str] = ()) -> None:
        self._forms = tuple(forms)
        numbers = sorted({re.escape(number) for number in public}, key=len, reverse=True)
        self._public = re.compile("(" + "|".join(numbers) + r")(?!\d)") if numbers else None
        self._known: dict[str, str] = {}

    @classmethod
    def of(cls, *parts: Any, locales: Sequence[Locale] = LOCALES) -> "Cover":
        """The cover of a page and its shell. ``locales``: the languages in which it will be written. A word that the
        page's public texts hold, too, is not covered: a hole in them would tell what it is to hide."""
        forms = {form.flat: form for part in parts for value in private_values(part) for form in _forms(value, locales)}
        for text in {text for part in parts for text in public_texts(part)}:
            flat = flattened(text)
            for form in [form for form in forms.values() if form.flat in flat]:
                if _is_word(form, text):
                    del forms[form.flat]
        longest = sorted(forms.values(), key=lambda form: len(form.flat), reverse=True)
        return cls(longest, (number for part in parts for number in public_numbers(part)))

    @property
    def forms(self) -> Sequence[Form]:
        """What is covered, the longest first."""
        return self._forms

    def over(self, html: str) -> "Cover":
        """The same for one document alone: without what cannot be found in it."""
        text = markup.unescape(html)
        flat = flattened(text) + "\0" + flattened(_TAG.sub("", text))
        made = Cover([form for form in self._forms if form.flat in flat])
        made._public = self._public
        return made

    def __call__(self, text: str) -> str:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._numbers(self.values(text))
        return known

    def values(self, text: str) -> str:
        """The text with the values covered alone, not what merely looks like a person's number."""
        if not self._forms:
            return text
        flat, places = _placed(text)
        spans = sorted(span for form in self._forms for span in _found(form, flat, places, text))
        if not spans:
            return text
        parts, end = [], 0
        for start, stop in spans:
            if start >= end:
                parts += [text[end:start], MASK]
            end = max(end, stop)
        return "".join(parts) + text[end:]

    def _numbers(self, text: str) -> str:
        if _NAME.fullmatch(text) and sum(map(str.isdigit, text)) < _NUMBER:
            return text
        if self._public is None:
            return redaction.cover(text)
        pieces = self._public.split(text)  # every second one is a public number
        pieces[::2] = [redaction.cover(piece) for piece in pieces[::2]]
        return "".join(pieces)


def flattened(text: str) -> str:
    """Letters and digits alone: no case, no marks, digits in ASCII."""
    return _NOTHING.sub("", unicodedata.normalize("NFKD", text).casefold()).translate(_DIGITS)


def _placed(text: str) -> tuple[str, list[int]]:
    """``flattened``, and where in the text each of its characters comes from."""
    letters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        flat = flattened(character)
        letters.append(flat)
        places += [index] * len(flat)
    return "".join(letters), places


def _found(form: Form, flat: str, places: Sequence[int], text: str) -> Iterator[tuple[int, int]]:
    at = flat.find(form.flat)
    while at >= 0:
        inner = places[at : at + len(form.flat)]
        start, stop = inner[0], inner[-1] + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        near = all(after - before <= form.gap + 1 for before, after in pairwise(inner))
        if near and "\0" not in text[start:stop] and not (form.bounded and _inside(form, text, start, stop)):
            yield start, stop
        at = flat.find(form.flat, at + 1)


def _is_word(form: Form, text: str) -> bool:
    """Whether a value stands in a text as a word of its own."""
    flat, places = _placed(text)
    strict = replace(form, bounded=form.flat.isascii())
    return not form.flat.isdigit() and any(_found(strict, flat, places, text))


def _inside(form: Form, text: str, start: int, stop: int) -> bool:
    """Whether what was found is a part of a longer word, or of a longer number."""
    before, after = text[start - 1 : start], text[stop : stop + 1]
    if form.flat.isdigit():
        return before.isdigit() or after.isdigit()
    return before.isalnum() or after.isalnum()


def _forms(value: Any, locales: Sequence[Locale]) -> Iterator[Form]:
    if isinstance(value, dt.date):
        written: Iterable[str] = _of_day(value, locales)
    elif isinstance(value, int | float | Decimal):
        written = _of_number(value, locales)
    else:
        written = _of_text(value)
    for text in written:
        flat = flattened(text)
        if flat.isdigit():
            if len(flat) >= len(str(_SMALLEST)):
                yield Form(flat, bounded=True)
        elif flat:
            kept = [match.end() - match.start() for match in _NOTHING.finditer(text.strip())]
            east = bool(_EAST.search(text)) and len(text.strip()) > 1
            yield Form(flat, bounded=len(flat) < _JOINED and not east, gap=max(_GAP, *kept, 0))


def _of_text(text: str) -> Iterator[str]:
    """A text, each of its lines, and the number in it as it is dialled here or stands masked elsewhere."""
    yield text
    lines = text.splitlines()
    if len(lines) > 1:
        yield from lines
    digits = re.sub(r"\D", "", fold(text))
    if text.startswith("+"):
        yield names.phone(text)
        yield digits
    if len(digits) == 13:
        yield digits[:6]
        yield digits[:7]


def _of_number(value: int | float | Decimal, locales: Sequence[Locale]) -> Iterator[str]:
    exact = Decimal(str(value))
    if abs(exact) < _SMALLEST and exact == exact.to_integral_value():
        return
    yield str(value)
    for locale in locales:
        yield formats.number(exact, locale)


def _of_day(value: dt.date, locales: Sequence[Locale]) -> Iterator[str]:
    """In every style, with and without its era, as a machine writes it, and a moment's time of day with its day."""
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            return
        for locale in locales:
            for style in _STYLES:
                yield formats.date_time(value, locale, style)
        yield value.isoformat()
    for locale in locales:
        for style in _STYLES:
            for era in (False, True):
                yield formats.date(value, locale, style, era=era)
    day = day_in_korea(value) if isinstance(value, dt.datetime) else value
    for pattern in ("%Y%m%d", "%d%m%Y", "%m%d%Y", "%y%m%d", f"{day.day}/{day.month}/%Y", f"%Y/{day.month}/{day.day}"):
        yield day.strftime(pattern)
