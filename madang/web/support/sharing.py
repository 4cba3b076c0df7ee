"""Which controls of a form's field an agent may see: those that the form's definition shares."""

from collections.abc import Mapping, Sequence
from typing import Final

from madang.forms.controls import PARTS, entry_numbers
from madang.forms.model import Field

NEVER: Final = frozenset({"identity-number", "declaration", "files"})
"""Types of fields that are never shared, whatever a definition says."""


def shared_in(name: str, field: Field, raw: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The names of a field's controls that are shared. What is asked within a repeat must be shared itself."""
    if not field.share or field.type in NEVER or field.options_from:
        return ()
    if field.type != "repeat":
        return (name, *(f"{name}-{part}" for part in PARTS.get(field.type, ())))
    return tuple(
        control
        for number in entry_numbers(name, raw) or (1,)
        for nested, inner in field.fields.items()
        for control in shared_in(f"{name}-{number}-{nested}", inner, raw)
    )
