"""Check your answers: every question asked with its answer, and how an answer is written in a language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from madang.forms import values
from madang.forms.conditions import visible_pages
from madang.forms.fields import KINDS
from madang.forms.fields.base import Known
from madang.forms.model import Answers, FormDefinition
from madang.forms.sound import is_sound
from madang.forms.values import Display, Member
from madang.i18n import formats, names
from madang.i18n.countries import country
from madang.i18n.locales import HTML_LANG, Locale
from madang.i18n.messages import N_, Gettext
from madang.i18n.text import Text

NOT_GIVEN = N_("Not given")
NONE_CHOSEN = N_("None chosen")
YES = N_("Yes")
NO = N_("No")
CONFIRMED = N_("Confirmed")


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One question. ``page``: where it is changed; ``label`` is the field's short name where it has one."""

    field: str
    page: str
    label: Text
    value: Display


class Shown(NamedTuple):
    """One line of a shown answer; ``lang`` is its BCP 47 tag where that is not the page's, else empty. ``question``: in
    the page's language, of an answer that is one of several in an entry."""

    text: str
    lang: str = ""
    question: str = ""


def summary(
    form: FormDefinition,
    answers: Answers,
    household: Sequence[Member] = (),
    files: Mapping[str, str] | None = None,
) -> tuple[SummaryRow, ...]:
    """The fields of all pages asked, in order. ``files``: file id -> name. Answers that are not of the model's form
    show as not given: what is stored was checked, so this only meets what another version left behind."""
    known = Known(household, files or {})
    rows = []
    for page in visible_pages(form, answers):
        for name in page.ask:
            field = form.fields[name]
            answer = answers.get(name)
            value: Display = values.Choice(()) if field.type == "checkboxes" else values.Missing()
            if is_sound(field, answer):
                value = KINDS[field.type].shown(field, answer, known)
            rows.append(SummaryRow(name, page.id, field.short or field.label, value))
    return tuple(rows)


def display(value: Display, locale: Locale, gettext: Gettext) -> tuple[Shown, ...]:
    """An answer in the reader's language, one item per line (or per chosen option, file or part of an address)."""
    match value:
        case values.Missing():
            return (Shown(gettext(NOT_GIVEN)),)
        case values.Confirmed():
            return (Shown(gettext(CONFIRMED)),)
        case values.YesNo(yes):
            return (Shown(gettext(YES) if yes else gettext(NO)),)
        case values.Choice(texts):
            return tuple(_text(text, locale) for text in texts) or (Shown(gettext(NONE_CHOSEN)),)
        case values.Plain() | values.Masked():
            return (_text(value, locale),)
        case values.Lines(lines) | values.Files(lines):
            return tuple(Shown(line, names.script_lang(line, locale)) for line in lines)
        case values.DateValue(date):
            return (Shown(formats.date(date, locale, era=locale == "th")),)
        case values.Number(number):
            return (Shown(formats.number(number, locale)),)
        case values.Money(krw):
            return (Shown(formats.money(krw, locale)),)
        case values.Phone(e164):
            return (Shown(names.phone(e164)),)
        case values.Name():
            parts = {"family": value.family, "given": value.given, "single": value.single}
            text = names.person_name(parts, locale, kind=value.kind)
            return (Shown(text, names.script_lang(text, locale)),)
        case values.Address():
            lines = (value.line1, value.line2, value.postcode)
            written = tuple(Shown(line, names.script_lang(line, locale)) for line in lines if line)
            return (*written, Shown(country(value.country, locale)))
        case values.Entries(entries):
            return tuple(
                shown._replace(question=label.resolve(locale).text)
                for entry in entries
                for label, nested in entry
                for shown in display(nested, locale, gettext)
            )


def _text(value: Text | values.Plain | values.Masked, locale: Locale) -> Shown:
    if isinstance(value, Text):
        text, own = value.resolve(locale)
        return Shown(text, "" if own == locale else HTML_LANG[own])
    if isinstance(value, values.Masked):
        return Shown(value.text)
    tag = names.script_lang(value.text, locale) if not value.lang else value.lang
    return Shown(value.text, "" if tag == HTML_LANG[locale] else tag)
