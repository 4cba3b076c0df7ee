"""Mistakes of one field's definition: options, bounds, kinds, defaults."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from madang.forms.errors import CODES
from madang.forms.fields import KINDS
from madang.forms.fields.base import Context
from madang.forms.fields.dates import RELATIVE, iso_date
from madang.forms.fields.identity import CODES as IDENTITY_KINDS
from madang.forms.model import Field, FieldType
from madang.i18n.locales import LOCALES

_VALUE: Final = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_OPTIONS: Final[tuple[FieldType, ...]] = ("radios", "select", "checkboxes")
_BOUNDED: Final[tuple[FieldType, ...]] = ("text", "textarea", "number", "money", "checkboxes", "files", "repeat")
_KINDS: Final[dict[FieldType, tuple[str, ...]]] = {
    "name": ("registry", "passport"),
    "identity-number": tuple(IDENTITY_KINDS),
    "address": ("korea",),
}
FACTS: Final[dict[str, tuple[FieldType, ...]]] = {
    "full_name": ("name",),
    "passport_name": ("name",),
    "date_of_birth": ("date",),
    "address": ("address",),
    "phone": ("phone",),
    "email": ("email",),
}
"""What the state knows about a person (contract ``Person.facts``), and the field types that can show it."""
_A_DAY: Final = dt.date(2026, 1, 15)


def field_mistakes(
    path: str, field: Field, dates: frozenset[str], *, nested: bool = False
) -> Iterator[tuple[str, str]]:
    """(path, sentence) for each mistake; ``dates``: the date fields that bounds may name."""
    yield from _option_mistakes(path, field)
    yield from _bound_mistakes(path, field, dates)
    if field.kind is not None and field.kind not in _KINDS.get(field.type, ()):
        yield f"{path}.kind", f"{field.kind!r} is no kind of {field.type}"
    if field.type == "identity-number" and field.kind is None:
        yield f"{path}.kind", "an identity number is of a kind: " + ", ".join(_KINDS["identity-number"])
    if field.register is not None and field.type != "text":
        yield f"{path}.register", "only a text can name a thing of a register"
    if field.late is not None and (field.type != "date" or field.late.days < 1):
        yield f"{path}.late", "only a date has a time limit, of at least one day"
    if field.accept and field.type != "files":
        yield f"{path}.accept", "only files have accepted media types"
    for media in field.accept:
        if not re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", media):
            yield f"{path}.accept", f"{media!r} is no media type"
    if field.prefill is not None and field.type not in FACTS.get(field.prefill, ()):
        known = ", ".join(fact for fact, types in FACTS.items() if field.type in types) or "none"
        yield f"{path}.prefill", f"{field.prefill!r} is no fact for a field of type {field.type} (known: {known})"
    for code in field.errors:
        if code not in CODES:
            yield f"{path}.errors.{code}", f"there is no error code {code!r}"
    if (field.type == "repeat") != bool(field.fields):
        yield f"{path}.fields", "a repeat has nested fields, and only a repeat has"
    if nested and field.type in ("repeat", "files"):
        yield path, f"a field of type {field.type} cannot stand inside a repeat"
    if field.type == "declaration" and not field.required:
        yield f"{path}.required", "a declaration is always required"
    yield from _wording_mistakes(path, field)
    if field.default is not None:
        if field.options_from is not None or field.type in ("files", "declaration"):
            yield f"{path}.default", f"a field of type {field.type} with such answers can have no default"
        elif found := KINDS[field.type].check("default", field, field.default, Context(_A_DAY)):
            codes = ", ".join(error.code for error in found)
            yield f"{path}.default", f"{field.default!r} breaks the field's own rules ({codes})"


def _wording_mistakes(path: str, field: Field) -> Iterator[tuple[str, str]]:
    """A question cannot stand inside the sentence of an error."""
    needs_name = {"enter", "choose"} - field.errors.keys() and field.type not in ("declaration", "repeat")
    if needs_name and field.short is None:
        for locale in LOCALES:
            if getattr(field.label, locale).rstrip().endswith(("?", "？")):  # the full-width one
                yield f"{path}.short", f"the label is a question ({locale}), so errors need a short name"
                return


def _option_mistakes(path: str, field: Field) -> Iterator[tuple[str, str]]:
    if field.type not in _OPTIONS:
        if field.options or field.options_from:
            yield f"{path}.options", f"a field of type {field.type} has no options"
        return
    if field.options and field.options_from:
        yield f"{path}.options", "options and options_from exclude each other"
    if not field.options_from and len(field.options) < (1 if field.type == "checkboxes" else 2):
        yield f"{path}.options", "there are too few options to choose from"
    values = [option.value for option in field.options]
    for option in field.options:
        where = f"{path}.options[{option.value}]"
        if not _VALUE.fullmatch(option.value):
            yield where, f"the value {option.value!r} must be letters, digits, hyphens, underscores and dots"
        if values.count(option.value) > 1:
            yield where, "another option has this value"
        if option.exclusive and field.type != "checkboxes":
            yield where, "only a checkbox can be exclusive"


def _bound_mistakes(path: str, field: Field, dates: frozenset[str]) -> Iterator[tuple[str, str]]:
    for key, value in (("min", field.min), ("max", field.max)):
        if value is None:
            continue
        if field.type not in _BOUNDED:
            yield f"{path}.{key}", f"a field of type {field.type} has no {key}"
        elif field.type not in ("number", "money") and value < (0 if key == "min" else 1):
            yield f"{path}.{key}", f"{value} is too small to count anything"
    if field.min is not None and field.max is not None and field.min > field.max:
        yield f"{path}.min", f"min ({field.min}) is more than max ({field.max})"
    if field.type == "checkboxes" and field.options and field.min is not None and field.min > len(field.options):
        yield f"{path}.min", f"there are only {len(field.options)} options"
    for key, rule in (("earliest", field.earliest), ("latest", field.latest)):
        if rule is None:
            continue
        if field.type != "date":
            yield f"{path}.{key}", f"a field of type {field.type} has no {key}"
        elif not (RELATIVE.fullmatch(rule) or iso_date(rule) or rule in dates):
            yield f"{path}.{key}", f"{rule!r} is no date, no 'today-10y' and no date field"
