"""Whether an ID token may be believed (OpenID Connect Core 3.1.3.7), and the keys it is checked with."""

import json
from typing import Any, Final

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from madang.web.sign_in.problems import SignInProblem

LEEWAY: Final = 60
"""Seconds by which the provider's clock and ours may differ."""
MAX_AGE: Final = 600
"""Seconds since ``iat`` after which a token is stale: it was made for a code that was exchanged just now."""
MAX_LENGTH: Final = 32_768
_UNSUPPORTED: Final = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)
"""What libraries raise on hostile JSON; all of it means the same here."""


class UnknownKey(Exception):
    """None of the keys at hand signed the token: the provider may have rotated them."""


def signing_keys(body: bytes) -> KeySet:
    """The public signature keys of a JWKS document. Raises SignInProblem("untrusted") when there is none."""
    try:
        listed = json.loads(body)["keys"]
        usable = [key for key in listed if key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig"]
        return KeySet.import_key_set({"keys": usable})
    except _UNSUPPORTED as error:
        raise SignInProblem("untrusted", f"the provider's keys cannot be read: {type(error).__name__}") from None


def check(
    id_token: object,
    access_token: str | None,
    keys: KeySet,
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    algorithms: tuple[str, ...],
    now: int,
) -> dict[str, Any]:
    """The claims of ``id_token`` after every check: signature by an allowed algorithm, iss, aud, azp, exp, nbf, iat,
    nonce, at_hash, sub. Raises UnknownKey, or SignInProblem("untrusted") for everything that does not hold."""
    if not isinstance(id_token, str) or len(id_token) > MAX_LENGTH:
        raise SignInProblem("untrusted", "there is no ID token of a reasonable size")
    try:
        token = jwt.decode(id_token, keys, registry=JWSRegistry(algorithms=algorithms, strict_check_header=False))
        options = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": client_id},
            "sub": {"essential": True},
            "nonce": {"essential": True},
        }
        params = {"nonce": nonce, "client_id": client_id, "access_token": access_token}
        claims = CodeIDToken(token.claims, token.header, options, params)
        claims.validate(now=now, leeway=LEEWAY)
    except (InvalidKeyIdError, BadSignatureError):
        raise UnknownKey from None
    except _UNSUPPORTED as error:
        # The library's sentence names the claim or the header, never its value.
        raise SignInProblem("untrusted", f"ID token refused: {type(error).__name__}: {error}") from None
    if claims["iat"] < now - MAX_AGE - LEEWAY:
        raise SignInProblem("untrusted", "ID token refused: it was issued long ago")
    if not is_subject(claims["sub"]):
        raise SignInProblem("untrusted", "ID token refused: its subject is not 1 to 255 printable ASCII characters")
    return dict(claims)


def is_subject(value: object) -> bool:
    """Whether ``value`` can be a subject identifier (Core 2: at most 255 ASCII characters)."""
    return isinstance(value, str) and 0 < len(value) <= 255 and value.isascii() and value.isprintable()
