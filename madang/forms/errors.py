"""What can be wrong with an answer: a closed list of codes, each with the sentence that says how to mend it.

A field may bring its own sentence for a code (``errors`` in its definition); otherwise the sentence below is translated
by the catalogues. In both, ``%(field)s`` is the field's short name and other placeholders are the parameters named.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from decimal import Decimal
from typing import Final, Literal, get_args

from madang.forms.model import Field, FormDefinition
from madang.i18n import formats
from madang.i18n.locales import Locale
from madang.i18n.messages import N_, Gettext
from madang.i18n.text import Text

Code = Literal[
    # nothing was answered
    "enter", "choose", "confirm", "upload",
    # texts and characters
    "characters", "too-long", "too-short",
    # choices
    "option", "exclusive", "too-few", "too-many",
    # dates
    "no-year", "no-month", "no-day", "year", "year-range", "not-a-date", "past", "future", "too-early",
    "too-late",
    # numbers and money
    "number", "money", "too-small", "too-large",
    # names
    "family-name", "given-name", "name-characters", "passport-characters",
    # addresses
    "country", "postcode", "foreign-postcode", "address", "no-place", "several-places",
    # contact and numbers of persons
    "phone", "email", "resident-number", "alien-number", "passport-number", "business-number",
    # files and repeated entries
    "file", "file-too-large", "file-type", "too-few-entries", "too-many-entries",
    # stored answers only
    "malformed", "unknown", "not-asked",
]  # fmt: skip
CODES: Final[tuple[Code, ...]] = get_args(Code)

SENTENCES: Final[dict[Code, str]] = {
    "enter": N_("Enter %(field)s"),
    "choose": N_("Choose %(field)s"),
    "confirm": N_("Tick the box to confirm"),
    "upload": N_("Add a file: %(field)s"),
    "characters": N_("%(field)s contains a character that cannot be used (%(characters)s). Delete it or type it again"),
    "too-long": N_("%(field)s must be %(max)s characters or fewer. It is %(count)s now"),
    "too-short": N_("%(field)s must be %(min)s characters or more"),
    "option": N_("Choose one of the answers shown for %(field)s"),
    "exclusive": N_("Choose either “%(option)s” alone, or the other answers"),
    "too-few": N_("Choose %(min)s or more for %(field)s"),
    "too-many": N_("Choose no more than %(max)s for %(field)s"),
    "no-year": N_("Enter a year for the %(field)s"),
    "no-month": N_("Enter a month for the %(field)s"),
    "no-day": N_("Enter a day for the %(field)s"),
    "year": N_("Enter the year of the %(field)s with four digits, such as %(example)s"),
    "year-range": N_("The year of the %(field)s must be from %(first)s to %(last)s"),
    "not-a-date": N_("%(field)s must be a real date. Check the day and the month"),
    "past": N_("%(field)s must be today or later"),
    "future": N_("%(field)s must be today or earlier"),
    "too-early": N_("%(field)s must be %(limit)s or later"),
    "too-late": N_("%(field)s must be %(limit)s or earlier"),
    "number": N_("Enter %(field)s as a number, such as %(example)s"),
    "money": N_("Enter %(field)s as an amount in whole won, such as %(example)s"),
    "too-small": N_("%(field)s must be %(min)s or more"),
    "too-large": N_("%(field)s must be %(max)s or less"),
    "family-name": N_("Enter the family name, or choose “I have only one name”"),
    "given-name": N_("Enter the given name, or choose “I have only one name”"),
    "name-characters": N_("Enter %(field)s with letters. These cannot be used: %(characters)s"),
    "passport-characters": N_("Enter %(field)s with the letters A to Z, as in the passport"),
    "country": N_("Choose a country from the list"),
    "postcode": N_("Enter the postcode with five digits, such as 03045"),
    "foreign-postcode": N_("Enter the postcode with letters and digits, or leave it empty"),
    "address": N_("Enter the street and the building number"),
    "no-place": N_("The register has nothing with that name. Check the spelling and the number"),
    "several-places": N_("Choose the one that you mean"),
    "phone": N_("Enter %(field)s with digits, such as 010-1234-5678 or +84 90 123 4567"),
    "email": N_("Enter %(field)s in the format name@example.com"),
    "resident-number": N_("Enter %(field)s as on the card: 13 digits, such as 901231-1234567"),
    "alien-number": N_("Enter %(field)s as on the residence card: 13 digits, such as 901231-5234567"),
    "passport-number": N_("Enter %(field)s as in the passport: letters and digits only"),
    "business-number": N_("Enter %(field)s as on the registration certificate: 10 digits, such as 123-45-67891"),
    "file": N_("Add the file again: it was not kept"),
    "file-too-large": N_("“%(name)s” is too large. Choose a file of up to 10 MB"),
    "file-type": N_("“%(name)s” cannot be read here. Choose a PDF or a photo (JPEG, PNG, HEIC or WebP)"),
    "too-few-entries": N_("Add entries until there are at least %(min)s for %(field)s"),
    "too-many-entries": N_("Remove entries until there are no more than %(max)s for %(field)s"),
    "malformed": N_("Answer %(field)s again"),
    "unknown": N_("This form does not ask for %(field)s"),
    "not-asked": N_("%(field)s is not needed because of your other answers"),
}

Param = str | int | dt.date | Decimal | Text


@dataclass(frozen=True, slots=True)
class FieldError:
    """One mistake. ``field`` is the field's id (in a repeat ``{field}-{n}-{nested}``), ``control`` the id of the
    control to link to, ``params`` codes and values, never words in one language."""

    field: str
    control: str
    code: Code
    params: Mapping[str, Param] = with_default(default_factory=dict)


def field_at(form: FormDefinition, name: str) -> Field | None:
    """The definition of a field by its id, or of a nested one by ``{field}-{n}-{nested}``."""
    found = form.fields.get(name)
    if found is not None:
        return found
    for outer, definition in form.fields.items():
        if definition.type == "repeat" and (match := re.match(rf"{re.escape(outer)}-\d+-", name)):
            return definition.fields.get(name[match.end() :])
    return None


_PROPER: Final = re.compile(
    r"(Korean?|Chinese|Japanese|Thai|Vietnamese|English|Latin|Hanja|Hangul|I|Hàn|Việt|Nhật|Trung|Thái|Anh)\b"
)


def in_sentence(label: str, locale: Locale) -> str:
    """A label inside a sentence: English and Vietnamese then start it with a small letter, unless it is a proper name
    or an abbreviation."""
    if locale not in ("en", "vi") or not label[:1].isupper() or label[1:2].isupper() or _PROPER.match(label):
        return label
    return label[0].lower() + label[1:]


def _shown(value: Param, locale: Locale) -> str:
    if isinstance(value, Text):
        return value.resolve(locale).text
    if isinstance(value, dt.date):
        return formats.date(value, locale, era=locale == "th")
    if isinstance(value, int | Decimal):
        return formats.number(value, locale)
    return value


def message(error: FieldError, form: FormDefinition, locale: Locale, gettext: Gettext, *, easy: bool = False) -> str:
    """The sentence of an error in the reader's language: the field's own for this code, else the generic one."""
    definition = field_at(form, error.field)
    own = definition.errors.get(error.code) if definition else None
    own = own.easiest if own and easy else own
    sentence = own.resolve(locale).text if own else gettext(SENTENCES[error.code])
    label = (definition.short or definition.label).resolve(locale).text if definition else error.field
    values = {key: _shown(value, locale) for key, value in error.params.items()}
    values["field"] = label if sentence.startswith("%(field)s") else in_sentence(label, locale)
    # One pass, so that a value that looks like a placeholder stays what it is.
    return re.sub(r"%\((\w+)\)s", lambda match: values.get(match[1], match[0]), sentence)
