"""What was posted for a page: its fields, and the entries of its repeats in order."""

from collections.abc import Mapping

from madang.forms.controls import Posted
from madang.forms.fields import REPEAT
from madang.forms.model import Field, FormDefinition, FormPage


def page_fields(form: FormDefinition, page: FormPage) -> dict[str, Field]:
    """The fields a page asks, in its order."""
    return {name: form.fields[name] for name in page.ask if name in form.fields}


def page_of(form: FormDefinition, page_id: str) -> FormPage:
    """The page of that id. Raises KeyError when the form has none."""
    for page in form.pages:
        if page.id == page_id:
            return page
    raise KeyError(page_id)


def page_asking(form: FormDefinition, name: str) -> str | None:
    """The page where an error's field is answered; ``name`` may be nested, as ``FieldError.field`` is."""
    for page in form.pages:
        for field in page_fields(form, page):
            if name == field or (form.fields[field].type == "repeat" and name.startswith(f"{field}-")):
                return page.id
    return None


def normalised(fields: Mapping[str, Field], posted: Posted) -> Posted:
    """``posted`` with the entries of repeats numbered from 1 without gaps; entries left empty are gone."""
    for name, field in fields.items():
        if field.type == "repeat":
            posted = REPEAT.renumbered(name, field, posted)
    return posted
