"""identity-number: resident and alien registration numbers, passports, business registration numbers.

The thirteenth digit of a resident number was a check digit until October 2020; numbers given since then end in six
random digits, also to people born long before (naturalised, or given a new number), so it cannot be held against
anybody. What is checked is what every number keeps: the date of birth and the digit of century and sex.
"""

import datetime as dt
import re
from typing import Any, Final

from madang.forms.controls import Posted, Raw, one
from madang.forms.errors import Code, FieldError
from madang.forms.fields.base import Context, Known, OneControl, Parsed, fault, malformed
from madang.forms.model import Field
from madang.forms.values import Display, Masked, Plain
from madang.i18n.digits import compact, fold
from madang.i18n.locales import Locale
from madang.i18n.names import masked_identity

CODES: Final[dict[str, Code]] = {
    "resident": "resident-number",
    "alien": "alien-number",
    "passport": "passport-number",
    "business": "business-number",
}
_CENTURY: Final = {
    "resident": {"9": 1800, "0": 1800, "1": 1900, "2": 1900, "3": 2000, "4": 2000},
    "alien": {"5": 1900, "6": 1900, "7": 2000, "8": 2000},
}
_PERSON: Final = re.compile(r"\d{13}", re.ASCII)
_PASSPORT: Final = re.compile(r"(?=[A-Z]*\d)[A-Z0-9]{5,12}")
_BUSINESS: Final = re.compile(r"\d{10}", re.ASCII)
_BUSINESS_WEIGHTS: Final = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_OLDEST: Final = 130


def _is_person_number(number: str, kind: str, today: dt.date) -> bool:
    if not _PERSON.fullmatch(number):
        return False
    century = _CENTURY[kind].get(number[6])
    if century is None:
        return False
    try:
        born = dt.date(century + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except ValueError:
        return False
    return born <= today and today.year - born.year <= _OLDEST


def _is_business_number(number: str) -> bool:
    """Ten digits, the last a check digit (National Tax Service)."""
    if not _BUSINESS.fullmatch(number):
        return False
    digits = [int(digit) for digit in number]
    total = sum(digit * weight for digit, weight in zip(digits, _BUSINESS_WEIGHTS, strict=False))
    return (10 - (total + digits[8] * 5 // 10) % 10) % 10 == digits[9]


class IdentityField(OneControl):
    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        typed = one(posted, name)
        return Parsed(compact(typed).upper() or (typed if fold(typed) else None))

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        kind = field.kind or "resident"
        if not isinstance(answer, str) or kind not in CODES:
            return malformed(name, field, context)
        if kind == "passport":
            valid = _PASSPORT.fullmatch(answer) is not None
        elif kind == "business":
            valid = _is_business_number(answer)
        else:
            valid = _is_person_number(answer, kind, context.today)
        return () if valid else (fault(name, CODES[kind]),)

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        if field.kind == "business":
            return {name: (masked_identity(answer, "business"),)}
        return {name: (answer if field.kind == "passport" else f"{answer[:6]}-{answer[6:]}",)}

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        kind = field.kind or "resident"
        masked = masked_identity(answer, kind)
        return Plain(masked) if kind == "business" else Masked(masked)
