"""Whatever a provider answers, nobody is signed in wrongly and everybody gets a page."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt

from tests.web.sign_in.hostile import (
    ES,
    ISSUER,
    OTHER,
    RSA,
    TWO,
    Claims,
    Hostile,
    by_hmac,
    outcome,
    unsigned,
    with_claim,
)
from tests.web.sign_in.house import House

pytestmark = pytest.mark.anyio
Make = Callable[..., tuple[House, Hostile]]


async def test_honest_it_signs_in(over: Make) -> None:
    house, hostile = over(oidc_client_secret="s e/c+r%t")
    assert await outcome(house) == (
        200, "", {"subject": "person-1", "name": "Someone", "acr": "", "roles": ["citizen"], "locale": "vi"},
    )  # fmt: skip
    assert hostile.query["code_challenge_method"] == "S256"
    assert hostile.query["ui_locales"] == "vi"
    assert hostile.form["redirect_uri"] == "https://portal.test/sign-in/callback"
    assert 43 <= len(hostile.form["code_verifier"]) <= 128
    assert len(hostile.query["state"]) >= 43
    assert len(hostile.query["nonce"]) >= 43


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def shifted(name: str, seconds: float) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, name: claims["iat"] + seconds}


CLAIMS: dict[str, Callable[[Claims], Claims]] = {
    **{f"no {name}": without(name) for name in ("iss", "sub", "aud", "exp", "iat", "nonce")},
    "another issuer": with_claim(iss="https://evil.example"),
    "issuer with a slash": with_claim(iss=ISSUER + "/"),
    "issuer of another type": with_claim(iss=[ISSUER]),
    "another audience": with_claim(aud="another"),
    "audience in another case": with_claim(aud="MADANG"),
    "another audience, we the authorized party": with_claim(aud="another", azp="madang"),
    "empty audience": with_claim(aud=[]),
    "audience of another type": with_claim(aud={"madang": 1}),
    "two audiences, no azp": with_claim(aud=["madang", "another"]),
    "two audiences, azp another": with_claim(aud=["madang", "another"], azp="another"),
    "azp another": with_claim(azp="another"),
    "another nonce": with_claim(nonce="A" * 43),
    "empty nonce": with_claim(nonce=""),
    "nonce a list": with_claim(nonce=["a"]),
    "expired": shifted("exp", -61),
    "expiry no number": with_claim(exp="tomorrow"),
    "expiry true": with_claim(exp=True),
    "expiry NaN": with_claim(exp=float("nan")),
    "expiry null": with_claim(exp=None),
    "issued in the future": lambda claims: {**claims, "iat": claims["iat"] + 120},
    "issued long ago": lambda claims: {**claims, "iat": claims["iat"] - 3600},
    "iat no number": with_claim(iat="now"),
    "not yet valid": shifted("nbf", 120),
    "at_hash of another token": with_claim(at_hash="A" * 22),
    "at_hash no text": with_claim(at_hash=7),
    "empty subject": with_claim(sub=""),
    "subject a number": with_claim(sub=7),
    "subject too long": with_claim(sub="x" * 256),
    "subject with a line break": with_claim(sub="a\nb"),
    "subject not ASCII": with_claim(sub="한"),
}


@pytest.mark.parametrize("change", CLAIMS.values(), ids=CLAIMS.keys())
async def test_an_id_token_with_one_wrong_claim_is_refused(over: Make, change: Callable[[Claims], Claims]) -> None:
    house, hostile = over()
    # With name and roles in it, userinfo is not asked, so nothing but the token's own check can refuse it.
    hostile.claims = lambda claims: change({**claims, "name": "Someone", "roles": []})
    assert await outcome(house) == (502, "untrusted", None)
    assert "/userinfo" not in hostile.asked


def _header(**header: Any) -> Callable[[Claims], Any]:
    def sign(claims: Claims) -> str:
        token = jwt.encode({"alg": "ES256", "kid": "one"}, claims, ES)
        changed = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
        return ".".join([changed, *token.split(".")[1:]])

    return sign


def _altered(claims: Claims) -> str:
    head, _, signature = jwt.encode({"alg": "ES256", "kid": "one"}, claims, ES).split(".")
    body = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "victim"}).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


TOKENS: dict[str, Callable[[Claims], Any]] = {
    "alg none": unsigned,
    "HS256 with the public key": by_hmac,
    "another key of the same name": lambda claims: jwt.encode({"alg": "ES256", "kid": "one"}, claims, OTHER),
    "a key that is not published": lambda claims: jwt.encode({"alg": "ES256", "kid": "two"}, claims, TWO),
    "a key of its own in the header": lambda claims: jwt.encode(
        {"alg": "ES256", "kid": "two", "jwk": TWO.as_dict(private=False)}, claims, TWO
    ),
    "RSA under the name of the EC key": lambda claims: jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSA),
    "altered after signing": _altered,
    "no algorithm": _header(kid="one"),
    "unknown algorithm": _header(alg="ES1", kid="one"),
    "algorithm a list": _header(alg=["ES256"], kid="one"),
    "kid a list": _header(alg="ES256", kid=["one"]),
    "unknown critical header": _header(alg="ES256", kid="one", crit=["x"], x=1),
    "huge header": _header(alg="ES256", kid="o" * 9999),
    "empty": lambda claims: "",
    "missing": lambda claims: None,
    "a number": lambda claims: 7,
    "an object": lambda claims: {"a": 1},
    "not three parts": lambda claims: "a.b",
    "five parts": lambda claims: "a.b.c.d.e",
    "not base64": lambda claims: "é.ü.ö",
    "lone surrogate": lambda claims: "\ud800.a.b",
    "huge": lambda claims: "a." + "b" * 100_000 + ".c",
    "claims a list": lambda claims: jwt.encode({"alg": "ES256", "kid": "one"}, claims, ES).replace(".", ".W10", 1),
}


@pytest.mark.parametrize("sign", TOKENS.values(), ids=TOKENS.keys())
async def test_an_id_token_that_is_not_rightly_signed_is_refused(over: Make, sign: Callable[[Claims], Any]) -> None:
    house, hostile = over()
    hostile.sign = sign
    assert await outcome(house) == (502, "untrusted", None)


@pytest.mark.parametrize("alg", ["none", "HS256"])
async def test_what_is_announced_does_not_widen_what_is_allowed(over: Make, alg: str) -> None:
    house, hostile = over()
    hostile.metadata = {"id_token_signing_alg_values_supported": [alg]}
    assert await outcome(house) == (502, "untrusted", None)
