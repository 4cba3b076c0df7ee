"""The rules of a form, applied to a page that was posted and to a whole set of stored answers."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from madang.forms.conditions import drop_hidden, visible_fields
from madang.forms.controls import Posted, Raw
from madang.forms.errors import FieldError, message
from madang.forms.fields import KINDS, group
from madang.forms.fields.base import Context
from madang.forms.model import Answers, FormDefinition
from madang.forms.parse import normalised, page_fields, page_of
from madang.forms.raw import raw_from
from madang.forms.sound import is_sound
from madang.forms.values import Member
from madang.i18n.locales import SOURCE_LOCALE, Locale

__all__ = ["FieldError", "PageResult", "is_sound", "message", "validate_answers", "validate_page"]


@dataclass(frozen=True, slots=True)
class PageResult:
    """``answers``: this page's, to merge into all; a field with an error is not among them, an optional one left empty
    is None. ``raw``: what was typed, to show again. ``errors``: in the order of the page."""

    answers: Answers
    raw: Raw
    errors: tuple[FieldError, ...]


def validate_page(
    form: FormDefinition,
    page_id: str,
    posted: Posted,
    *,
    answers: Answers,
    today: dt.date,
    household: Sequence[Member] = (),
    files: Collection[str] | None = None,
    locale: Locale = SOURCE_LOCALE,
) -> PageResult:
    """Reads and checks one posted page. Never raises for anything posted; KeyError when the form has no such page.

    ``answers``: all given so far; ``today``: the day in Korea; ``files``: ids stored with the draft (None: not
    checked); ``locale``: the reader's, for decimal commas and the order of a date's parts.
    """
    fields = page_fields(form, page_of(form, page_id))
    posted = normalised(fields, posted)
    context = Context(today, locale, answers, household, files)
    given, errors = group.read(KINDS, fields, "", posted, context)
    return PageResult(given, raw_from(fields, posted), errors)


def validate_answers(
    form: FormDefinition,
    answers: object,
    today: dt.date,
    household: Sequence[Member] = (),
    files: Collection[str] | None = None,
    locale: Locale = SOURCE_LOCALE,
) -> tuple[FieldError, ...]:
    """Every mistake in a whole set of stored answers; none when it may be submitted. Takes any JSON, never raises.

    Answers to unknown fields, answers of pages that are not asked, and values of the wrong JSON type are errors.
    Call ``drop_hidden`` first where leftovers of hidden pages are to be forgiven.
    """
    if not isinstance(answers, dict):
        return (FieldError("", "", "malformed"),)
    asked = visible_fields(form, answers)
    errors: list[FieldError] = []
    for name in answers:
        if name not in form.fields:
            errors.append(FieldError(str(name), str(name), "unknown"))
        elif name not in asked:
            errors.append(FieldError(name, name, "not-asked"))
    context = Context(today, locale, drop_hidden(form, answers), household, files)
    for name in asked:
        errors += group.check(KINDS, name, form.fields[name], answers.get(name), context)
    return tuple(errors)
