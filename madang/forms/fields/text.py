"""text and textarea."""

from typing import Any

from madang.forms.characters import forbidden, is_tidy, tidy
from madang.forms.controls import Posted, Raw, one
from madang.forms.errors import FieldError
from madang.forms.fields.base import Context, Known, OneControl, Parsed, fault, malformed
from madang.forms.model import Field
from madang.forms.values import Display, Lines, Plain
from madang.i18n.locales import Locale


class TextField(OneControl):
    """``lines``: whether line breaks may be kept; ``longest``: characters where the field sets no ``max``."""

    def __init__(self, *, lines: bool, longest: int) -> None:
        self._lines = lines
        self._longest = longest

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        return Parsed(tidy(one(posted, name), lines=self._lines) or None)

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(answer, str):
            return malformed(name, field, context)
        if bad := forbidden(answer, lines=self._lines):
            return (fault(name, "characters", characters=bad),)
        if not answer or not is_tidy(answer, lines=self._lines):
            return malformed(name, field, context)
        longest = self._longest if field.max is None else field.max
        if len(answer) > longest:
            return (fault(name, "too-long", max=longest, count=len(answer)),)
        if field.min is not None and len(answer) < field.min:
            return (fault(name, "too-short", min=field.min, count=len(answer)),)
        return ()

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        return {name: (answer,)}

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Lines(tuple(answer.split("\n"))) if self._lines else Plain(answer)
