"""repeat: a list of entries, each with the nested fields' answers."""

from dataclasses import replace
from typing import Any

from madang.forms.characters import tidy
from madang.forms.controls import MOST_CHARACTERS, MOST_ENTRIES, Posted, Raw, entry_numbers
from madang.forms.errors import Code, FieldError
from madang.forms.fields import group
from madang.forms.fields.base import Context, Known, Parsed, fault, malformed
from madang.forms.model import Answers, Field
from madang.forms.values import Display, Entries, Missing
from madang.i18n.locales import Locale


class RepeatField:
    """Entries are numbered from 1 without gaps; ``renumbered`` makes what was posted so."""

    def __init__(self, kinds: group.Kinds) -> None:
        self._kinds = kinds

    def controls(self, name: str, field: Field, posted: Posted) -> tuple[str, ...]:
        return tuple(
            control
            for number in entry_numbers(name, posted)
            for nested, definition in field.fields.items()
            for control in self._kinds[definition.type].controls(f"{name}-{number}-{nested}", definition, posted)
        )

    def missing(self, field: Field) -> Code:
        return "enter"

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        entries: list[Answers] = []
        errors: list[FieldError] = []
        for number in entry_numbers(name, posted):
            answers, found = group.read(self._kinds, field.fields, f"{name}-{number}-", posted, context)
            entries.append({nested: answer for nested, answer in answers.items() if answer is not None})
            errors += found
        return Parsed(errors=tuple(errors)) if errors else Parsed(entries or None)

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(answer, list) or not answer or not all(isinstance(entry, dict) for entry in answer):
            return malformed(name, field, context)
        most = MOST_ENTRIES if field.max is None else field.max
        if len(answer) > most:
            return (fault(name, "too-many-entries", max=most),)
        errors: list[FieldError] = []
        if field.min is not None and len(answer) < field.min:
            errors.append(fault(name, "too-few-entries", min=field.min))
        for number, entry in enumerate(answer, start=1):
            if not entry.keys() <= field.fields.keys():
                return malformed(name, field, context)
            inside = replace(context, answers={**context.answers, **entry})
            for nested, definition in field.fields.items():
                errors += group.check(self._kinds, f"{name}-{number}-{nested}", definition, entry.get(nested), inside)
        return tuple(errors)

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        raw: Raw = {}
        for number, entry in enumerate(answer, start=1):
            for nested, value in entry.items():
                definition = field.fields[nested]
                if value is not None:
                    kind = self._kinds[definition.type]
                    raw.update(kind.raw_of(f"{name}-{number}-{nested}", definition, value, locale))
        return raw

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Entries(
            tuple(
                tuple(
                    (
                        definition.short or definition.label,
                        Missing()
                        if entry.get(nested) is None
                        else self._kinds[definition.type].shown(definition, entry[nested], known),
                    )
                    for nested, definition in field.fields.items()
                )
                for entry in answer
            )
        )

    def renumbered(self, name: str, field: Field, posted: Posted) -> Posted:
        """``posted`` without the entries in which nothing was filled in, the others numbered from 1 without gaps."""
        result = dict(posted)
        count = 0
        for number in entry_numbers(name, posted):
            own = {
                nested: self._kinds[definition.type].controls(f"{name}-{number}-{nested}", definition, posted)
                for nested, definition in field.fields.items()
            }
            names = [control for controls in own.values() for control in controls]
            values = {control: posted[control] for control in names if control in posted}
            for control in values:
                result.pop(control, None)
            if any(self._filled(field.fields[nested], controls, posted) for nested, controls in own.items()):
                count += 1
                old, new = f"{name}-{number}-", f"{name}-{count}-"
                result.update({new + control.removeprefix(old): value for control, value in values.items()})
        return result

    @staticmethod
    def _filled(definition: Field, controls: tuple[str, ...], posted: Posted) -> bool:
        # A country alone is what the list showed before anything was typed.
        return any(
            isinstance(value, str) and (len(value) > MOST_CHARACTERS or tidy(value))
            for control in controls
            if not (definition.type == "address" and control.endswith("-country"))
            for value in posted.get(control, ())
        )
