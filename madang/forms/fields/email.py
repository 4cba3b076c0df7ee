"""email, internationalised addresses included (RFC 6531); the domain is kept in lower case."""

import unicodedata
from typing import Any, Final

from madang.forms.characters import tidy
from madang.forms.controls import Posted, one
from madang.forms.errors import FieldError
from madang.forms.fields.base import Context, Known, OneControl, Parsed, fault, malformed
from madang.forms.model import Field
from madang.forms.values import Display, Plain

_LONGEST: Final = 254
_LOCAL_SIGNS: Final = frozenset("!#$%&'*+-/=?^_`{|}~.")
_WIDE: Final = str.maketrans({"＠": "@", "．": ".", "。": ".", "｡": "."})


def _letter(character: str) -> bool:
    if character.isascii():
        return character.isalnum()
    return unicodedata.category(character).startswith(("L", "M", "Nd"))


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    for label in labels:
        if not label or label.startswith("-") or label.endswith("-"):
            return False
        if not all(_letter(character) or character == "-" for character in label):
            return False
        try:
            label.encode("idna")
        except UnicodeError:  # too long once encoded, or not a label at all
            return False
    return len(labels) > 1 and not labels[-1].isdecimal() and len(labels[-1]) > 1


def is_email(address: str) -> bool:
    """Whether mail could be sent to it: one ``@``, a local part of letters, digits and signs, a domain with a dot."""
    local, at, domain = address.rpartition("@")
    return (
        bool(at)
        and len(address) <= _LONGEST
        and 0 < len(local) <= 64
        and all(_letter(character) or character in _LOCAL_SIGNS for character in local)
        and not local.startswith(".")
        and not local.endswith(".")
        and ".." not in local
        and _is_domain(domain)
    )


class EmailField(OneControl):
    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        typed = tidy(one(posted, name)).translate(_WIDE)
        if not typed:
            return Parsed()
        if any("！" <= character <= "～" for character in typed):  # typed in full width
            typed = unicodedata.normalize("NFKC", typed)
        local, _, domain = typed.removeprefix("mailto:").rpartition("@")
        address = unicodedata.normalize("NFC", f"{local}@{domain.lower()}")
        return Parsed(address) if is_email(address) else Parsed(errors=(fault(name, "email"),))

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(answer, str) or not is_email(answer) or tidy(answer) != answer:
            return malformed(name, field, context)
        return () if answer.rpartition("@")[2] == answer.rpartition("@")[2].lower() else malformed(name, field, context)

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Plain(answer)
