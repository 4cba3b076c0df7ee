"""Answers that come after a legal time limit: allowed, and said before anything is sent."""

import datetime as dt

from madang.forms.conditions import visible_fields
from madang.forms.fields.dates import iso_date
from madang.forms.model import Answers, FormDefinition
from madang.i18n.text import Text


def late(form: FormDefinition, answers: Answers, today: dt.date) -> tuple[Text, ...]:
    """What is said of each date whose time limit has passed ``today``. The day itself does not count (Civil Act,
    article 157)."""
    found = []
    for name in visible_fields(form, answers):
        field, day = form.fields[name], iso_date(answers.get(name))
        if field.late is not None and day is not None and (today - day).days > field.late.days:
            found.append(field.late.text)
    return tuple(found)
