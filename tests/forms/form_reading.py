"""One field, posted and read."""

from typing import Any

from form_samples import TODAY

from madang.forms.model import Field, FormDefinition, FormPage
from madang.forms.validate import PageResult, validate_answers, validate_page
from madang.i18n.locales import Locale

FIELD = "it"


def form(definition: Field) -> FormDefinition:
    return FormDefinition(id="one", version=1, fields={FIELD: definition}, pages=(FormPage(id="p", ask=(FIELD,)),))


def read(definition: Field, typed: str | dict[str, Any], locale: Locale = "ko", **more: Any) -> PageResult:
    """One field, posted: a string for its only control, or its parts."""
    if isinstance(typed, str):
        posted = {FIELD: [typed]}
    else:
        posted = {f"{FIELD}-{part}" if part else FIELD: [v] if isinstance(v, str) else v for part, v in typed.items()}
    return validate_page(form(definition), "p", posted, answers={}, today=TODAY, locale=locale, **more)


def answer(definition: Field, typed: str | dict[str, Any], locale: Locale = "ko", **more: Any) -> Any:
    result = read(definition, typed, locale, **more)
    assert result.errors == ()
    assert validate_answers(form(definition), result.answers, TODAY, **more) == ()
    return result.answers[FIELD]


def code(definition: Field, typed: str | dict[str, Any], locale: Locale = "ko", **more: Any) -> tuple[str, str]:
    """The code of the only error, and the part it stands at."""
    (error,) = read(definition, typed, locale, **more).errors
    assert error.field == FIELD
    return error.code, error.control.removeprefix(FIELD).removeprefix("-")
