"""What the provider gives out: codes that work once, ID tokens with the bare minimum, access tokens for userinfo
alone."""

import base64
import hashlib
import hmac
import re
import secrets
from typing import Any, Final

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from madang.backend.catalogue.templates import DemonstrationPerson
from madang.backend.identity_provider.config import Store
from madang.backend.identity_provider.keys import ALGORITHM

CODE_SECONDS: Final = 60
TOKEN_SECONDS: Final = 300
ACCESS_SECONDS: Final = 60
_ACCESS_TYPE: Final = "at+jwt"
_VERIFIER: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


class Grant(msgspec.Struct, frozen=True):
    """What a code stands for."""

    subject: str
    client_id: str
    redirect_uri: str
    challenge: str
    nonce: str
    at: int


class Codes:
    """Authorization codes. Stored by their hash; the first to redeem one, rightly or wrongly, uses it up."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def issue(self, grant: Grant) -> str:
        code = secrets.token_urlsafe(32)
        await self._store.put("demo-code", _hash(code), msgspec.json.encode(grant), CODE_SECONDS)
        return code

    async def redeem(self, code: str, *, client_id: str, redirect_uri: str, verifier: str) -> Grant | None:
        """The grant, where client, redirect address and PKCE verifier are those of the request that it was issued
        for."""
        stored = await self._store.take("demo-code", _hash(code))
        if stored is None:
            return None
        grant = msgspec.json.decode(stored, type=Grant)
        fits = (
            grant.client_id == client_id
            and grant.redirect_uri == redirect_uri
            and _VERIFIER.fullmatch(verifier) is not None
            and hmac.compare_digest(grant.challenge, _hash(verifier))
        )
        return grant if fits else None


class Signer:
    """Makes and reads the provider's tokens. ``now`` is passed in seconds since 1970."""

    def __init__(self, issuer: str, key: ECKey) -> None:
        self._issuer = issuer
        self._key = key

    def access_token(self, subject: str, now: int) -> str:
        claims = {"iss": self._issuer, "sub": subject, "aud": f"{self._issuer}/userinfo"}
        return self._sign(claims, now, ACCESS_SECONDS, _ACCESS_TYPE)

    def id_token(self, person: DemonstrationPerson, grant: Grant, access_token: str, now: int) -> str:
        """Subject and assurance, nothing else about the person: name and roles are at userinfo, so that the token may
        be handed back as a hint when they sign out."""
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims: dict[str, Any] = {
            "iss": self._issuer,
            "sub": person.subject,
            "aud": grant.client_id,
            "auth_time": grant.at,
            "acr": person.acr,
            "at_hash": _base64(half),
        }
        if grant.nonce:
            claims["nonce"] = grant.nonce
        return self._sign(claims, now, TOKEN_SECONDS, "JWT")

    def subject_of_access(self, token: str, now: int) -> str | None:
        """Whose userinfo an access token opens; None where it is not ours, not an access token, or too old."""
        claims = self._read(token, _ACCESS_TYPE)
        if claims is None or claims.get("aud") != f"{self._issuer}/userinfo" or claims["exp"] <= now:
            return None
        return str(claims["sub"])

    def is_id_token(self, token: str, client_id: str) -> bool:
        """Whether ``token`` is an ID token of ours for this client, however old: enough for a hint at sign-out."""
        claims = self._read(token, "JWT")
        return claims is not None and claims.get("aud") == client_id

    def _sign(self, claims: dict[str, Any], now: int, seconds: int, kind: str) -> str:
        header = {"alg": ALGORITHM, "kid": self._key.kid, "typ": kind}
        return jwt.encode(header, {**claims, "iat": now, "exp": now + seconds}, self._key, algorithms=[ALGORITHM])

    def _read(self, token: str, kind: str) -> dict[str, Any] | None:
        try:
            read = jwt.decode(token, self._key, algorithms=[ALGORITHM])
        except (JoseError, ValueError):
            return None
        return read.claims if read.header.get("typ") == kind and read.claims.get("iss") == self._issuer else None


def is_challenge(value: str) -> bool:
    """Whether ``value`` can be an S256 code challenge."""
    return _CHALLENGE.fullmatch(value) is not None


def _hash(value: str) -> str:
    """SHA-256 in base64url: of a verifier, this is its S256 challenge (RFC 7636)."""
    return _base64(hashlib.sha256(value.encode()).digest())


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
