"""Names of a form's controls, shared by templates and parsing; a control's id and ``data-ref`` equal its name.

====================  ===========================================================================================
one control           ``{field}``
date                  ``{field}-year``, ``{field}-month``, ``{field}-day``
name                  ``{field}-family``, ``{field}-given``, ``{field}-single``, checkbox ``{field}-has-single``
address               ``{field}-country``, ``{field}-postcode``, ``{field}-line1``, ``{field}-line2``
radios, checkboxes    name ``{field}``; ids ``{field}`` for the first option, ``{field}-{value}`` for the others
repeat                ``{field}-{n}-{nested control}``, n from 1
====================  ===========================================================================================
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from madang.forms.model import Field, FieldType
from madang.i18n.calendars import date_order
from madang.i18n.locales import Locale

Posted = Mapping[str, Sequence[str]]
"""A form as it was posted: control name -> values, in the order sent."""
Raw = dict[str, tuple[str, ...]]
"""The same, of one page's controls, fit to be shown again: exactly what was typed."""

PARTS: Final[dict[FieldType, tuple[str, ...]]] = {
    "date": ("year", "month", "day"),
    "name": ("family", "given", "single", "has-single"),
    "address": ("country", "postcode", "line1", "line2"),
}
MOST_VALUES: Final = 200
MOST_CHARACTERS: Final = 20_000
"""Characters of one control: far more than any field allows; what is longer is refused unread."""
MOST_ENTRIES: Final = 50
"""Entries of a repeat that are read, whatever was posted."""


def one(posted: Posted, control: str) -> str:
    """The (first) value of a control; empty when it was not posted or is no text."""
    values = posted.get(control) or ("",)
    return values[0] if isinstance(values[0], str) else ""


def overlong(posted: Posted, controls: Sequence[str]) -> tuple[str, int] | None:
    """The first control that holds more than anybody types, and how much; None when there is none."""
    for control in controls:
        for value in many(posted, control):
            if len(value) > MOST_CHARACTERS:
                return control, len(value)
    return None


def many(posted: Posted, control: str) -> tuple[str, ...]:
    """All values of a control that are text."""
    return tuple(value for value in list(posted.get(control) or ())[:MOST_VALUES] if isinstance(value, str))


def part_order(field: Field, locale: Locale) -> tuple[str, ...]:
    """The parts of a field in the order in which a reader expects them; empty for a field of one control. A passport
    name keeps the passport's order; Thai and English give the given name first. The single name stands last."""
    if field.type == "date":
        return date_order(locale)
    if field.type == "name" and field.kind != "passport" and locale in ("en", "th"):
        return ("given", "family", "single", "has-single")
    return PARTS.get(field.type, ())


def first_control(name: str, field: Field, locale: Locale) -> str:
    """Where an error about the whole field leads to: its first control, as the reader sees it."""
    parts = part_order(field, locale)
    return f"{name}-{parts[0]}" if parts else name


def option_id(name: str, value: str, index: int) -> str:
    """The id of one radio or checkbox."""
    return name if index == 0 else f"{name}-{value}"


def entry_numbers(name: str, posted: Posted) -> tuple[int, ...]:
    """Which entries of a repeat were posted (or stand in a Raw), ascending."""
    pattern = re.compile(rf"{re.escape(name)}-([1-9][0-9]{{0,3}})-.", re.DOTALL)
    numbers = {int(match[1]) for control in posted if isinstance(control, str) and (match := pattern.match(control))}
    return tuple(sorted(numbers)[:MOST_ENTRIES])


def without_entry(name: str, number: int, posted: Posted) -> Posted:
    """``posted`` without one entry of a repeat, as when its Remove is pressed; the others keep their numbers."""
    return {control: values for control, values in posted.items() if not control.startswith(f"{name}-{number}-")}
