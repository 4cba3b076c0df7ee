"""Whether something stored is an answer at all: drafts hold what any client sent, and older forms asked otherwise."""

import datetime as dt
from typing import Final

from madang.forms.fields import KINDS
from madang.forms.fields.base import Context
from madang.forms.model import Field

_ANY_DAY: Final = dt.date(2000, 1, 1)
"""The form of an answer does not depend on the day."""


def is_sound(field: Field, answer: object) -> bool:
    """Whether an answer has the model's form and can be shown, whatever the rules of the day say. None has not."""
    if answer is None:
        return False
    found = KINDS[field.type].check("answer", field, answer, Context(_ANY_DAY))
    return not any(error.code in ("malformed", "characters") for error in found)
