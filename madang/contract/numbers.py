"""Numbers that people type: of a document, of an application, of a report about a page.

A document's: sixteen characters in four groups of four, e.g. ``7K3M-92QF-4XTA-C8WS``: fifteen random characters of a
32-letter alphabet without look-alikes (Crockford base32: no I, L, O, U) are 75 bits, the sixteenth is a check
character: the sum of the characters weighted by the powers of a generator of GF(32). It finds every single wrong
character and every swap of two.

An application's: ``2026-1122-4711-0839``: the day in Korea, six random digits and two check digits (ISO 7064 MOD
97-10), so it can be dictated over a telephone.
"""

import datetime as dt
import re
import secrets
import unicodedata
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
_LOOK_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS: Final = re.compile(r"[\s\-‐-―−－ー_.·]+")
_POLYNOMIAL: Final = 0b100101  # x^5 + x^2 + 1, primitive: x generates GF(32)*
LENGTH: Final = 16
SECRET_LENGTH: Final = 26
"""Characters of the QR code's secret: 130 bits."""


def _powers() -> tuple[int, ...]:
    value, powers = 1, []
    for _ in range(LENGTH):
        powers.append(value)
        value <<= 1
        if value & 0b100000:
            value ^= _POLYNOMIAL
    return tuple(powers)


_POWER: Final = _powers()


def _multiply(a: int, b: int) -> int:
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0b100000:
            a ^= _POLYNOMIAL
        b >>= 1
    return product


def check_character(body: str) -> str:
    """The check character of fifteen characters of ``ALPHABET``."""
    total = 0
    for position, character in enumerate(body, start=1):
        total ^= _multiply(_VALUE[character], _POWER[position])
    return ALPHABET[total]


def new_document_number() -> str:
    """A fresh number from the operating system's randomness, in groups."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return group(body + check_character(body))


REFERENCE_LENGTH: Final = 12


def new_reference() -> str:
    """A fresh reference of a report about a page, in groups: 55 bits and a check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(REFERENCE_LENGTH - 1))
    return group(body + check_character(body))


def is_reference(plain: str) -> bool:
    """Whether ``plain`` (folded, ungrouped) has the right length, alphabet and check character."""
    return (
        len(plain) == REFERENCE_LENGTH and all(c in _VALUE for c in plain) and check_character(plain[:-1]) == plain[-1]
    )


def new_secret() -> str:
    """The 130-bit secret of a document's QR link, upper case, without separators."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))


def group(plain: str) -> str:
    """``7K3M92QF4XTAC8WS`` -> ``7K3M-92QF-4XTA-C8WS``."""
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def fold(typed: str) -> str:
    """What was typed, as plain characters of the alphabet where possible: case, width, separators and look-alikes
    are forgiven. The result may still be no number."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    return _SEPARATORS.sub("", folded).translate(_LOOK_ALIKE)


def is_document_number(plain: str) -> bool:
    """Whether ``plain`` (folded, ungrouped) has the right length, alphabet and check character."""
    return (
        len(plain) == LENGTH
        and all(character in _VALUE for character in plain)
        and check_character(plain[:-1]) == plain[-1]
    )


APPLICATION_LENGTH: Final = 16
_SEOUL: Final = dt.timezone(dt.timedelta(hours=9))


def new_application_number(now: dt.datetime) -> str:
    """A number for an application received at ``now``. Six digits can collide: the caller inserts and tries again."""
    return _application_number(now.astimezone(_SEOUL).strftime("%Y%m%d") + f"{secrets.randbelow(10**6):06d}")


def _application_number(body: str) -> str:
    return group(f"{body}{98 - int(body) * 100 % 97:02d}")


def is_application_number(plain: str) -> bool:
    """Whether ``plain`` (folded, ungrouped) is sixteen digits whose check digits fit."""
    return (
        len(plain) == APPLICATION_LENGTH
        and plain.isascii()
        and plain.isdigit()
        and int(plain) % 97 == 1
        and _application_number(plain[:-2]) == group(plain)
    )
