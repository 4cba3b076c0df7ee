"""phone: Korean numbers as people dial them, and international ones; kept in E.164."""

import re
from typing import Any, Final

from madang.forms.controls import Posted, Raw, one
from madang.forms.errors import FieldError
from madang.forms.fields.base import Context, Known, OneControl, Parsed, fault, malformed
from madang.forms.model import Field
from madang.forms.values import Display, Phone
from madang.i18n import names
from madang.i18n.digits import compact, fold
from madang.i18n.locales import Locale

_KOREAN: Final = re.compile(r"2\d{7,8}|[3-6]\d{8,9}|1[016789]\d{7,8}|50\d{9,10}|[78]0\d{7,8}|1[568]\d{6}", re.ASCII)
"""After +82: Seoul, other areas, mobile, personal, internet and free numbers, and the eight-digit service numbers."""
_INTERNATIONAL: Final = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_EXIT: Final = re.compile(r"00700(?=[1-9])|00(?=[2-9])", re.ASCII)
"""How one dials abroad. 001 is refused: it is both a Korean carrier's prefix and 00 with the country code 1."""


def e164(typed: str) -> str | None:
    """``010-1234-5678`` -> ``+821012345678``; None when it is no telephone number."""
    trunk = re.sub(r"\(0\)", "", fold(typed))  # as on visiting cards: +82 (0)10 ...
    digits = compact(trunk)
    if digits.startswith("+"):
        number = digits
    elif _EXIT.match(digits):
        number = "+" + _EXIT.sub("", digits, count=1)
    elif digits.startswith("0"):
        number = "+82" + digits[1:]
    elif digits.startswith("82") and len(digits) >= 10:
        number = "+" + digits
    else:
        number = "+82" + digits
    if number.startswith("+820"):
        number = "+82" + number[4:]
    return number if _is_number(number) else None


def _is_number(number: str) -> bool:
    if number.startswith("+82"):
        return _KOREAN.fullmatch(number[3:]) is not None
    return _INTERNATIONAL.fullmatch(number) is not None


class PhoneField(OneControl):
    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        typed = one(posted, name)
        if not fold(typed):
            return Parsed()
        number = e164(typed)
        return Parsed(number) if number else Parsed(errors=(fault(name, "phone"),))

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if isinstance(answer, str) and _is_number(answer):
            return ()
        return malformed(name, field, context)

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        return {name: (names.phone(answer),)}

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Phone(answer)
