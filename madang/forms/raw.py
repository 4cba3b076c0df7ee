"""A page's controls as they are shown again: what was typed, or what an answer looks like to the reader."""

from collections.abc import Mapping

from madang.forms.characters import presentable
from madang.forms.controls import MOST_CHARACTERS, MOST_VALUES, Posted, Raw
from madang.forms.fields import KINDS
from madang.forms.model import Answers, Field
from madang.forms.sound import is_sound
from madang.i18n.locales import Locale


def raw_from(fields: Mapping[str, Field], posted: Posted) -> Raw:
    """The controls of these fields as they were filled in, to be shown again exactly so."""
    raw: Raw = {}
    for name, field in fields.items():
        for control in KINDS[field.type].controls(name, field, posted):
            values = list(posted.get(control) or ())[:MOST_VALUES]
            shown = tuple(presentable(value[:MOST_CHARACTERS]) for value in values if isinstance(value, str))
            if shown:
                raw[control] = shown
    return raw


def raw_of(name: str, field: Field, answer: object, locale: Locale) -> Raw:
    """The controls' values for an answer, as the reader of ``locale`` would type it; reading them in the same locale
    gives the answer again. Empty for None, and for what is no answer of this type."""
    return KINDS[field.type].raw_of(name, field, answer, locale) if is_sound(field, answer) else {}


def raw_of_page(fields: Mapping[str, Field], answers: Answers, locale: Locale) -> Raw:
    """The same for all fields of a page."""
    raw: Raw = {}
    for name, field in fields.items():
        raw.update(raw_of(name, field, answers.get(name), locale))
    return raw
