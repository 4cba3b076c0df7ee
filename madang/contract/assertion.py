"""Who calls the backend: a short-lived signed statement that the portal makes for each call of a signed-in person.

A JWT (RFC 7519, HS256) in ``Authorization: Bearer``: ``sub``, ``acr``, ``roles``, ``aud``, ``iat``, ``exp``. The
signing key is derived from the shared secret for this use only (HKDF-SHA256), so the secret may sign other things
elsewhere.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

AUDIENCE: Final = "madang-backend"
LIFETIME: Final = dt.timedelta(seconds=60)
_LEEWAY: Final = dt.timedelta(seconds=30)
"""How far the clocks of two machines may differ."""
_LONGEST: Final = 4096


class AssertionRefused(Exception):
    """The statement is missing, malformed, not ours, or too old."""


class Claims(msgspec.Struct, frozen=True):
    """``acr`` is the assurance level as the identity provider named it, empty when it named none."""

    sub: str
    acr: str
    roles: tuple[str, ...]
    aud: str
    iat: int
    exp: int


@lru_cache(maxsize=16)
def _key(secret: str) -> OctKey:
    derived = HKDF(SHA256(), 32, salt=None, info=b"madang backend assertion v1").derive(secret.encode())
    return OctKey.import_key(derived)


def make(subject: str, acr: str, roles: Iterable[str], key: str, now: dt.datetime) -> str:
    """A statement about ``subject``, signed with the secret ``key`` (any length), valid for a minute from ``now``."""
    issued = int(now.timestamp())
    claims: dict[str, Any] = {
        "sub": subject,
        "acr": acr,
        "roles": list(roles),
        "aud": AUDIENCE,
        "iat": issued,
        "exp": issued + int(LIFETIME.total_seconds()),
    }
    return jwt.encode({"alg": "HS256"}, claims, _key(key))


def check(token: str, keys: Iterable[str], now: dt.datetime) -> Claims:
    """What ``token`` says, when one of the secrets ``keys`` signed it and ``now`` lies in its minute.

    Raises AssertionRefused otherwise."""
    if len(token) > _LONGEST or not token.isascii():
        raise AssertionRefused
    for key in keys:
        try:
            decoded = jwt.decode(token, _key(key), algorithms=["HS256"])
            claims = msgspec.convert(decoded.claims, Claims)
        except (JoseError, msgspec.ValidationError, ValueError, TypeError, KeyError):
            continue
        moment, leeway = now.timestamp(), _LEEWAY.total_seconds()
        if claims.aud == AUDIENCE and claims.iat - leeway <= moment < claims.exp + leeway and claims.sub:
            return claims
    raise AssertionRefused
