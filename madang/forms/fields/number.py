"""number and money, with the separators of any of the six languages."""

import re
from decimal import Decimal
from typing import Any, Final

from madang.forms.controls import Posted, Raw, one
from madang.forms.errors import FieldError
from madang.forms.fields.base import Context, Known, OneControl, Parsed, fault, malformed
from madang.forms.model import Field
from madang.forms.values import Display, Money, Number
from madang.i18n import formats
from madang.i18n.digits import fold
from madang.i18n.locales import Locale

_CANONICAL: Final = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{0,9}[1-9])?", re.ASCII)
_PLAIN: Final = re.compile(r"([+-]?)(\d{1,30})(?:\.(\d{0,30}))?", re.ASCII)
_CURRENCY: Final = re.compile(r"[₩￦원円元]|\b(?:krw|won|วอน|ウォン|韩元|韓元)\b|ウォン|韩|วอน", re.I)
_MOST_WON: Final = 10**15


def _ungrouped(text: str, locale: Locale) -> str:
    """Separators resolved to one decimal point. Where ``1.234`` or ``1,234`` could be either, the reader's language
    tells: Vietnamese writes decimals with a comma."""
    text = re.sub(r"[\s'_]", "", text)
    comma, dot = text.rfind(","), text.rfind(".")
    if comma >= 0 and dot >= 0:
        decimal, group = (",", ".") if comma > dot else (".", ",")
        return text.replace(group, "").replace(decimal, ".") if text.count(decimal) == 1 else ""
    separator = "," if comma >= 0 else "."
    count = text.count(separator)
    grouped = re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{separator}\d{{3}})+", text) is not None
    if count > 1:
        return text.replace(separator, "") if grouped else ""
    groups_by_dot = locale == "vi"
    if grouped and (separator == ".") == groups_by_dot:
        return text.replace(separator, "")
    return text.replace(separator, ".")


class NumberField(OneControl):
    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        typed = fold(one(posted, name))
        if not typed:
            return Parsed()
        match = _PLAIN.fullmatch(_ungrouped(typed, context.locale))
        if match is not None:
            sign, whole, fraction = match.groups(default="")
            whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
            text = f"{whole}.{fraction}" if fraction else whole
            if _CANONICAL.fullmatch(text):
                return Parsed(f"-{text}" if sign == "-" and text != "0" else text)
        example = formats.number(Decimal("12.5"), context.locale)
        return Parsed(errors=(fault(name, "number", example=example),))

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(answer, str) or not _CANONICAL.fullmatch(answer) or answer == "-0":
            return malformed(name, field, context)
        return bounds(name, field, Decimal(answer))

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        return {name: (answer.replace(".", ",") if locale == "vi" else answer,)}

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Number(Decimal(answer))


def bounds(name: str, field: Field, value: Decimal | int) -> tuple[FieldError, ...]:
    """``min`` and ``max`` of a value."""
    if field.min is not None and value < field.min:
        return (fault(name, "too-small", min=field.min),)
    if field.max is not None and value > field.max:
        return (fault(name, "too-large", max=field.max),)
    return ()


class MoneyField(OneControl):
    """Whole won; ``min`` is 0 unless the field says otherwise."""

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        typed = fold(one(posted, name))
        if not typed:
            return Parsed()
        text = re.sub(r"\s", "", _CURRENCY.sub("", typed))
        # Won have no decimals, so a comma, a dot or an apostrophe before three digits can only group them.
        if re.fullmatch(r"[+-]?\d{1,3}(?:([,.'])\d{3})(?:\1\d{3})*|[+-]?\d{1,16}", text, re.ASCII):
            return Parsed(int(re.sub(r"[,.']", "", text)))
        return Parsed(errors=(fault(name, "money", example=formats.number(50000, context.locale)),))

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(answer, int) or isinstance(answer, bool) or abs(answer) > 10 * _MOST_WON:
            return malformed(name, field, context)
        if answer < 0 and field.min is None:
            return (fault(name, "too-small", min=0),)
        if answer > _MOST_WON:
            return (fault(name, "too-large", max=_MOST_WON),)
        return bounds(name, field, answer)

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Money(answer)
