"""radios, select, yes-no and checkboxes: answers are codes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from madang.forms.controls import Posted, Raw, many, one
from madang.forms.errors import Code, FieldError
from madang.forms.fields.base import Context, Known, OneControl, Parsed, fault, malformed
from madang.forms.model import Field
from madang.forms.values import Choice, Display, Member, Plain, YesNo
from madang.i18n.korea import age
from madang.i18n.locales import Locale

MAJORITY: Final = 19
"""Years of age from which nobody applies for a person as their parent or guardian (Civil Act, article 4)."""


M = TypeVar("M", bound=Member)


def members_offered(field: Field, household: Sequence[M], today: dt.date) -> tuple[M, ...]:
    """The members of the household that a field offers; none when its options are written in the form."""
    if field.options_from == "household":
        return tuple(household)
    if field.options_from == "self-and-minors":
        return tuple(
            member
            for member in household
            if member.relation == "self" or (member.relation == "child" and age(member.date_of_birth, today) < MAJORITY)
        )
    return ()


def _values(field: Field, context: Context) -> list[str]:
    if field.options_from is not None:
        return [member.id for member in members_offered(field, context.household, context.today)]
    return [option.value for option in field.options]


def _shown(field: Field, chosen: list[str], known: Known) -> Choice:
    texts: list[Any] = [option.label for option in field.options if option.value in chosen]
    if field.options_from is not None:
        texts = [Plain(member.name.full, member.name.lang) for member in known.household if member.id in chosen]
    return Choice(tuple(texts))


class OneOf(OneControl):
    """radios and select."""

    def missing(self, field: Field) -> Code:
        return "choose"

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        return Parsed(one(posted, name) or None)

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(answer, str):
            return malformed(name, field, context)
        return () if answer in _values(field, context) else (fault(name, "option"),)

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return _shown(field, [answer], known)


class YesOrNo(OneOf):
    """yes-no: two radios, ``yes`` first."""

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(answer, str):
            return malformed(name, field, context)
        return () if answer in ("yes", "no") else (fault(name, "option"),)

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return YesNo(answer == "yes")


class SomeOf(OneControl):
    """checkboxes: a list in the form's order, each value once."""

    def missing(self, field: Field) -> Code:
        return "choose"

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        chosen = dict.fromkeys(value for value in many(posted, name) if value)
        if not chosen:
            return Parsed()
        values = _values(field, context)
        if any(value not in values for value in chosen):
            return Parsed(errors=(fault(name, "option"),))
        return Parsed([value for value in values if value in chosen])

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(answer, list) or not answer or not all(isinstance(value, str) for value in answer):
            return malformed(name, field, context)
        values = _values(field, context)
        if any(value not in values for value in answer):
            return (fault(name, "option"),)
        if answer != [value for value in values if value in answer]:
            return malformed(name, field, context)
        alone = next((option for option in field.options if option.exclusive and option.value in answer), None)
        if alone is not None:
            return (fault(name, "exclusive", option=alone.label),) if len(answer) > 1 else ()
        if field.min is not None and len(answer) < field.min:
            return (fault(name, "too-few", min=field.min),)
        if field.max is not None and len(answer) > field.max:
            return (fault(name, "too-many", max=field.max),)
        return ()

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        return {name: tuple(answer)}

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return _shown(field, answer, known)
