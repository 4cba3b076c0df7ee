"""Entries of a repeated question: one more, or one less; what is typed in the others stays."""

from collections.abc import Sequence

from madang.forms.controls import MOST_ENTRIES, PARTS, entry_numbers, without_entry
from madang.forms.model import FormDefinition


def edited(form: FormDefinition, fields: Sequence[str], posted: dict[str, list[str]]) -> dict[str, list[str]] | None:
    """``posted`` with the entry added or removed whose button was pressed; None when none was."""
    for name in fields:
        field = form.fields[name]
        if field.type != "repeat":
            continue
        if posted.get(f"{name}-add"):
            number = max(entry_numbers(name, posted), default=0) + 1
            most = min(field.max or MOST_ENTRIES, MOST_ENTRIES)
            if len(entry_numbers(name, posted)) >= most:
                return dict(posted)
            nested, definition = next(iter(field.fields.items()))
            part = PARTS.get(definition.type, ("",))[0]
            control = f"{name}-{number}-{nested}" + (f"-{part}" if part else "")
            return {**posted, control: [""]}
        removed = posted.get(f"{name}-remove", [""])[0]
        if removed.isascii() and removed.isdigit():
            return {control: list(values) for control, values in without_entry(name, int(removed), posted).items()}
    return None
