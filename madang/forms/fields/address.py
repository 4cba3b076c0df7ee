"""address: country, postcode and two lines, in whichever script it is written."""

import re
from typing import Any, Final

from madang.forms.characters import forbidden, is_tidy, tidy
from madang.forms.controls import PARTS, Posted, Raw, one
from madang.forms.errors import Code, FieldError
from madang.forms.fields.base import Context, Known, Parsed, fault, malformed
from madang.forms.model import Field
from madang.forms.values import Address, Display
from madang.i18n.countries import COUNTRIES
from madang.i18n.digits import compact, fold
from madang.i18n.locales import Locale

LONGEST: Final = 200
_KOREAN: Final = re.compile(r"\d{5}", re.ASCII)
_FOREIGN: Final = re.compile(r"[0-9A-Z](?:[0-9A-Z -]{0,10}[0-9A-Z])?")


class AddressField:
    def controls(self, name: str, field: Field, posted: Posted) -> tuple[str, ...]:
        return tuple(f"{name}-{part}" for part in PARTS["address"])

    def missing(self, field: Field) -> Code:
        return "enter"

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        country = fold(one(posted, f"{name}-country")).upper()
        postcode = one(posted, f"{name}-postcode")
        postcode = compact(postcode) if country == "KR" else re.sub(r"\s+", " ", fold(postcode)).upper()
        lines = {part: tidy(one(posted, f"{name}-{part}")) for part in ("line1", "line2")}
        if not postcode and not any(lines.values()) and not (country and field.required):
            # A country alone is what the list showed before anything was typed.
            return Parsed()
        return Parsed({"country": country, "postcode": postcode, **lines})

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if (
            not isinstance(answer, dict)
            or not {"country", "line1"} <= answer.keys() <= set(PARTS["address"])
            or not all(isinstance(text, str) for text in answer.values())
        ):
            return malformed(name, field, context)
        errors: list[FieldError] = []
        for part, text in answer.items():
            if bad := forbidden(text):
                errors.append(fault(name, "characters", part, characters=bad))
            elif len(text) > LONGEST:
                errors.append(fault(name, "too-long", part, max=LONGEST, count=len(text)))
            elif not is_tidy(text):
                return malformed(name, field, context)
        if errors:
            return tuple(errors)
        if answer["country"] not in COUNTRIES or (field.kind == "korea" and answer["country"] != "KR"):
            errors.append(fault(name, "country", "country"))
        postcode = answer.get("postcode", "")
        if answer["country"] == "KR" and not _KOREAN.fullmatch(postcode):
            errors.append(fault(name, "postcode", "postcode"))
        elif answer["country"] != "KR" and postcode and not _FOREIGN.fullmatch(postcode):
            errors.append(fault(name, "foreign-postcode", "postcode"))
        if not answer["line1"]:
            errors.append(fault(name, "address", "line1"))
        return tuple(errors)

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        return {f"{name}-{part}": (answer.get(part, ""),) for part in PARTS["address"]}

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Address(**{part: answer.get(part, "") for part in PARTS["address"]})
