"""Between the controls of a page and answers: what was posted, and what an answer looks like when it is shown again."""

from collections.abc import Mapping

from madang.forms.characters import presentable
from madang.forms.controls import MOST_VALUES, Posted, Raw
from madang.forms.fields import KINDS, REPEAT
from madang.forms.model import Answers, Field, FormDefinition, FormPage
from madang.i18n.locales import Locale


def page_fields(form: FormDefinition, page: FormPage) -> dict[str, Field]:
    """The fields a page asks, in its order."""
    return {name: form.fields[name] for name in page.ask if name in form.fields}


def page_of(form: FormDefinition, page_id: str) -> FormPage:
    """The page of that id. Raises KeyError when the form has none."""
    for page in form.pages:
        if page.id == page_id:
            return page
    raise KeyError(page_id)


def normalised(fields: Mapping[str, Field], posted: Posted) -> Posted:
    """``posted`` with the entries of repeats numbered from 1 without gaps; entries left empty are gone."""
    for name, field in fields.items():
        if field.type == "repeat":
            posted = REPEAT.renumbered(name, field, posted)
    return posted


def raw_from(fields: Mapping[str, Field], posted: Posted) -> Raw:
    """The controls of these fields as they were filled in, to be shown again exactly so."""
    raw: Raw = {}
    for name, field in fields.items():
        for control in KINDS[field.type].controls(name, field, posted):
            values = list(posted.get(control) or ())[:MOST_VALUES]
            shown = tuple(presentable(value) for value in values if isinstance(value, str))
            if shown:
                raw[control] = shown
    return raw


def raw_of(name: str, field: Field, answer: object, locale: Locale) -> Raw:
    """The controls' values for an answer the rules accept, as the reader of ``locale`` would type it; empty for None.
    Reading them in the same locale gives the answer again."""
    return {} if answer is None else KINDS[field.type].raw_of(name, field, answer, locale)


def raw_of_page(fields: Mapping[str, Field], answers: Answers, locale: Locale) -> Raw:
    """The same for all fields of a page."""
    raw: Raw = {}
    for name, field in fields.items():
        raw.update(raw_of(name, field, answers.get(name), locale))
    return raw
