"""files: ids of files that were stored with the draft before the page is posted."""

from typing import Any, Final

from madang.forms.controls import Posted, Raw, many
from madang.forms.errors import Code, FieldError
from madang.forms.fields.base import Context, Known, OneControl, Parsed, fault, malformed
from madang.forms.model import Field
from madang.forms.values import Display, Files
from madang.i18n.locales import Locale

MOST: Final = 10
"""Files where the field sets no ``max``."""
_LONGEST_ID: Final = 100


class FilesField(OneControl):
    def missing(self, field: Field) -> Code:
        return "upload"

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        ids = list(dict.fromkeys(value for value in many(posted, name) if value))
        return Parsed(ids or None)

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if (
            not isinstance(answer, list)
            or not answer
            or not all(isinstance(file, str) and 0 < len(file) <= _LONGEST_ID for file in answer)
            or len(set(answer)) < len(answer)
        ):
            return malformed(name, field, context)
        if context.files is not None and any(file not in context.files for file in answer):
            return (fault(name, "file"),)
        if field.min is not None and len(answer) < field.min:
            return (fault(name, "too-few-entries", min=field.min),)
        most = MOST if field.max is None else field.max
        if len(answer) > most:
            return (fault(name, "too-many-entries", max=most),)
        return ()

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        return {name: tuple(answer)}

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Files(tuple(known.files.get(file, file) for file in answer))
