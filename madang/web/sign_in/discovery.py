"""A provider's description of itself (OpenID Connect Discovery 1.0), reduced to what is used and checked before use."""

from typing import Final
from urllib.parse import urlsplit

import msgspec

from madang.web.sign_in.problems import SignInProblem

SIGNING_ALGORITHMS: Final = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519",
)  # fmt: skip
"""Signatures by public key only: ``none`` and HMAC are never believed, whatever a provider announces."""


class Metadata(msgspec.Struct, frozen=True):
    """The fields of ``/.well-known/openid-configuration`` that a relying party of the code flow needs."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    code_challenge_methods_supported: tuple[str, ...] | None = None
    authorization_response_iss_parameter_supported: bool = False

    @property
    def algorithms(self) -> tuple[str, ...]:
        """The provider's signature algorithms that are also ours; may be empty."""
        return tuple(name for name in SIGNING_ALGORITHMS if name in self.id_token_signing_alg_values_supported)


def well_known(issuer: str) -> str:
    """Where ``issuer`` publishes its metadata."""
    return issuer.rstrip("/") + "/.well-known/openid-configuration"


def parse(body: bytes, issuer: str) -> Metadata:
    """Metadata of ``issuer`` from its JSON. Raises SignInProblem("untrusted") when it is not JSON of that shape,
    speaks for another issuer, names an endpoint that is less protected than the issuer itself, or supports nothing we
    accept."""
    try:
        metadata = msgspec.json.decode(body, type=Metadata)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise SignInProblem("untrusted", f"the provider's metadata cannot be read: {error}") from None
    if metadata.issuer != issuer:
        raise SignInProblem("untrusted", "the provider's metadata is of another issuer")
    endpoints = (
        metadata.authorization_endpoint,
        metadata.token_endpoint,
        metadata.jwks_uri,
        metadata.userinfo_endpoint,
        metadata.end_session_endpoint,
    )
    for endpoint in endpoints:
        if endpoint is not None and not _as_safe_as(issuer, endpoint):
            raise SignInProblem("untrusted", "an endpoint of the provider is not an https address")
    if not metadata.algorithms:
        raise SignInProblem("untrusted", "the provider signs with no algorithm that is accepted here")
    methods = metadata.code_challenge_methods_supported
    if methods is not None and "S256" not in methods:
        raise SignInProblem("untrusted", "the provider does not support PKCE with S256")
    return metadata


def _as_safe_as(issuer: str, endpoint: str) -> bool:
    """https always; plain http only for a provider that is itself configured so (a loopback one, by the settings)."""
    try:
        parts = urlsplit(endpoint)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.username or not endpoint.isascii() or not endpoint.isprintable():
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and urlsplit(issuer).scheme == "http")
