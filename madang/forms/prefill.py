"""What a page shows before the person has answered it: what the state knows, or the form's default."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madang.forms.fields.base import Context
from madang.forms.model import Answers, FormDefinition, FormPage
from madang.forms.parse import page_fields
from madang.forms.validate import accepts
from madang.forms.values import Member


@dataclass(frozen=True, slots=True)
class Offered:
    """``answers`` to show on a page; ``known``: the fields whose answer the state knew ("is it right?")."""

    answers: Answers
    known: frozenset[str]


def offered(
    form: FormDefinition,
    page: FormPage,
    answers: Answers,
    facts: Mapping[str, Any],
    *,
    today: dt.date,
    household: Sequence[Member] = (),
) -> Offered:
    """Each field's answer, else the known fact its ``prefill`` names, else its ``default``.

    An answer always wins, also one left empty on purpose. A fact that the field would refuse is not offered, so that
    nobody is shown an error about something that they did not type.
    """
    result: Answers = {}
    known: set[str] = set()
    context = Context(today, "ko", answers, household)
    for name, field in page_fields(form, page).items():
        if name in answers:
            result[name] = answers[name]
            continue
        fact = facts.get(field.prefill) if field.prefill else None
        if accepts(form, name, fact, context):
            result[name] = fact
            known.add(name)
        elif accepts(form, name, field.default, context):
            result[name] = field.default
    return Offered(result, frozenset(known))
