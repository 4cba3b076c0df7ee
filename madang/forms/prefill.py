"""What a page shows before the person has answered it: what the state knows, or the form's default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from madang.forms.model import Answers, FormDefinition
from madang.forms.parse import page_fields, page_of
from madang.forms.sound import is_sound


@dataclass(frozen=True, slots=True)
class Offered:
    """``answers`` to show on a page; ``known``: the fields whose answer the state knew ("is it right?")."""

    answers: Answers
    known: frozenset[str]


def offered(form: FormDefinition, page_id: str, answers: Answers, facts: Mapping[str, Any]) -> Offered:
    """Each field's answer, else the known fact its ``prefill`` names, else its ``default``.

    An answer always wins, also one left empty on purpose. What has another form than the field's answers is not
    offered, be it a fact or stored. KeyError when the form has no such page.
    """
    result: Answers = {}
    known: set[str] = set()
    for name, field in page_fields(form, page_of(form, page_id)).items():
        fact = facts.get(field.prefill) if field.prefill else None
        if name in answers:
            if answers[name] is None or is_sound(field, answers[name]):
                result[name] = answers[name]
        elif is_sound(field, fact):
            result[name] = fact
            known.add(name)
        elif is_sound(field, field.default):
            result[name] = field.default
    return Offered(result, frozenset(known))
