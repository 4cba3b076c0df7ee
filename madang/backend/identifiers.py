"""Identifiers that the backend gives, and the shapes that those in an address must have."""

import base64
import re
import secrets
from typing import Final

from madang.backend.problems import Refusal
from madang.contract import numbers

_OPAQUE: Final = re.compile(r"[a-z2-7]{26}")


def new_opaque() -> str:
    """130 random bits as 26 characters of lower-case base32."""
    return base64.b32encode(secrets.token_bytes(17))[:26].decode().lower()


def opaque(value: str) -> str:
    """``value`` when it can be an opaque id. Raises Refusal not-found."""
    if not _OPAQUE.fullmatch(value):
        raise Refusal("not-found")
    return value


def document_number(value: str) -> str:
    """The number in an address as it is kept, in groups. Raises Refusal not-found."""
    plain = numbers.fold(value[:100])
    if not numbers.is_document_number(plain):
        raise Refusal("not-found")
    return numbers.group(plain)


def report_reference(value: str) -> str:
    """The reference in an address as it is kept, in groups. Raises Refusal not-found."""
    plain = numbers.fold(value[:100])
    if not numbers.is_reference(plain):
        raise Refusal("not-found")
    return numbers.group(plain)


def application_number(value: str) -> str:
    """The number in an address as it is kept, in groups. Raises Refusal not-found."""
    plain = numbers.fold(value[:100])
    if not numbers.is_application_number(plain):
        raise Refusal("not-found")
    return numbers.group(plain)
