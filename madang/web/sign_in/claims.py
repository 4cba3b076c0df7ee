"""From what the provider says about a person to what a session holds."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from madang.contract.messages.identity import Role

ROLES: Final[tuple[Role, ...]] = get_args(Role)
MAX_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person as the provider knows them. ``acr`` is a level of the contract or empty; ``roles`` is never empty."""

    subject: str
    name: str
    acr: str
    roles: tuple[Role, ...]


def lacks_profile(claims: Mapping[str, Any], roles_claim: str) -> bool:
    """Whether the userinfo endpoint must be asked: many providers keep the ID token to the bare minimum."""
    return "name" not in claims or (bool(roles_claim) and _at(claims, roles_claim) is None)


def signed_in(claims: Mapping[str, Any], acr: str, roles_claim: str) -> SignedIn:
    """Claims (already checked) as a person. ``roles_claim`` may be a dotted path such as ``realm_access.roles``; what
    it holds counts only where it is one of the contract's roles."""
    listed = _at(claims, roles_claim) if roles_claim else None
    granted = listed if isinstance(listed, list) else listed.split() if isinstance(listed, str) else []
    roles = tuple(role for role in ROLES if role in granted)
    return SignedIn(subject=claims["sub"], name=_name(claims), acr=acr, roles=roles or ("citizen",))


def _name(claims: Mapping[str, Any]) -> str:
    for key in ("name", "preferred_username"):
        value = claims.get(key)
        if isinstance(value, str) and (clean := _printable(value)):
            return clean
    return ""


def _printable(value: str) -> str:
    """NFC, without control characters, surrogates, line breaks and direction overrides; joiners stay, some scripts
    need them."""
    kept = "".join(c for c in value if unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") and c not in _BIDI)
    return unicodedata.normalize("NFC", kept).strip()[:MAX_NAME]


_BIDI: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Direction overrides would let a name rearrange the sentence it stands in."""


def _at(claims: Mapping[str, Any], path: str) -> Any:
    """The claim of that very name, else the one at the dotted path, else None."""
    if path in claims:
        return claims[path]
    value: Any = claims
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
