"""Several fields that are read or checked together: those of a page, or those of one entry of a repeat."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from madang.forms.controls import MOST_CHARACTERS, Posted, first_control, overlong
from madang.forms.errors import FieldError
from madang.forms.fields.base import Context, Kind, Parsed
from madang.forms.model import Answers, Field, FieldType

Kinds = Mapping[FieldType, Kind]


def missing(kinds: Kinds, name: str, field: Field, context: Context) -> FieldError:
    """The error of a required field without an answer."""
    return FieldError(name, first_control(name, field, context.locale), kinds[field.type].missing(field))


def read(
    kinds: Kinds, fields: Mapping[str, Field], prefix: str, posted: Posted, context: Context
) -> tuple[Answers, tuple[FieldError, ...]]:
    """Answers by field id, and the errors in the fields' order. A field with an error has no answer; an optional one
    left empty has None. Rules see the group's other answers, so that "to" may be measured by "from"."""
    parsed = {name: _parse(kinds[field.type], prefix + name, field, posted, context) for name, field in fields.items()}
    typed: dict[str, Any] = {name: None if result.errors else result.answer for name, result in parsed.items()}
    context = replace(context, answers={**context.answers, **typed})
    answers: Answers = {}
    errors: list[FieldError] = []
    for name, field in fields.items():
        found = parsed[name].errors
        if not found:
            found = check(kinds, prefix + name, field, parsed[name].answer, context)
        if found:
            errors += found
        else:
            answers[name] = parsed[name].answer
    return answers, tuple(errors)


def _parse(kind: Kind, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
    if found := overlong(posted, kind.controls(name, field, posted)):
        control, count = found
        return Parsed(errors=(FieldError(name, control, "too-long", {"max": MOST_CHARACTERS, "count": count}),))
    return kind.parse(name, field, posted, context)


def check(kinds: Kinds, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
    """Every rule that an answer breaks; None is a field left empty."""
    if answer is None:
        return (missing(kinds, name, field, context),) if field.required else ()
    return kinds[field.type].check(name, field, answer, context)
