"""declaration: one box that must be ticked."""

from typing import Any

from madang.forms.controls import Posted, Raw, one
from madang.forms.errors import Code, FieldError
from madang.forms.fields.base import Context, Known, OneControl, Parsed, malformed
from madang.forms.model import Field
from madang.forms.values import Confirmed, Display
from madang.i18n.locales import Locale


class DeclarationField(OneControl):
    def missing(self, field: Field) -> Code:
        return "confirm"

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        return Parsed(True if one(posted, name) else None)

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        return () if answer is True else malformed(name, field, context)

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        return {name: ("true",)}

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Confirmed()
