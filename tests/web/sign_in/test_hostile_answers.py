"""Garbage, rotation, outages, and what is made of claims: over the same dishonest provider."""

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from joserfc import jwt
from starlette.responses import JSONResponse, Response

from tests.web.sign_in.hostile import (
    ES,
    OTHER,
    TWO,
    Hostile,
    outcome,
    with_claim,
)
from tests.web.sign_in.house import Clock, House

pytestmark = pytest.mark.anyio
Make = Callable[..., tuple[House, Hostile]]


def garbage(body: bytes, status: int = 200) -> Callable[[Any], Response]:
    return lambda request: Response(body, status, media_type="application/json")


BODIES: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 200),
    "HTML": (b"<!doctype html><title>Login</title>", 200),
    "not UTF-8": (b"\xff\xfe{}", 200),
    "a list": (b"[]", 200),
    "null": (b"null", 200),
    "a number": (b"1e999", 200),
    "deep": (b"[" * 100_000, 200),
    "deep object": (b'{"keys":' * 5_000, 200),
    "empty object": (b"{}", 200),
    "wrong types": (b'{"issuer":1,"keys":{"a":1},"access_token":{},"sub":7}', 200),
    "keys of nothing": (b'{"keys":[null,1,{}],"error":{"a":1}}', 200),
    "huge integer": (b'{"exp":' + b"9" * 5000 + b"}", 200),
    "too long": (b" " * 1_000_000, 200),
    "not found": (b"", 404),
    "unavailable": (b"busy", 503),
    "redirect": (b"", 302),
    "error of another shape": (b'{"error":"<script>"}', 400),
    "rate limited": (b"slow down", 429),
}


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token", "/userinfo"])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
async def test_garbage_is_a_clear_page(over: Make, path: str, body: tuple[bytes, int]) -> None:
    house, hostile = over()
    hostile.answers[path] = garbage(*body)
    status, kind, who = await outcome(house)
    assert (status, kind, who) in [(502, "untrusted", None), (503, "unavailable", None)]


METADATA: dict[str, dict[str, Any]] = {
    "another issuer": {"issuer": "https://evil.example"},
    "a plain http token endpoint": {"token_endpoint": "http://idp.test/token"},
    "a script for an authorization endpoint": {"authorization_endpoint": "javascript:alert(1)"},
    "an endpoint with a line break": {"authorization_endpoint": "https://idp.test/a\r\nX: y"},
    "an endpoint with a password": {"token_endpoint": "https://a:b@idp.test/token"},
    "no PKCE with S256": {"code_challenge_methods_supported": ["plain"]},
    "no token endpoint": {"token_endpoint": None},
}


@pytest.mark.parametrize("change", METADATA.values(), ids=METADATA.keys())
async def test_metadata_that_must_not_be_used(over: Make, change: dict[str, Any]) -> None:
    house, hostile = over()
    hostile.metadata = change
    assert await outcome(house) == (502, "untrusted", None)


async def test_rotated_keys_are_fetched_at_once_and_only_once(over: Make) -> None:
    house, hostile = over()
    assert (await outcome(house))[0] == 200
    hostile.keys, hostile.sign = [TWO], lambda claims: jwt.encode({"alg": "ES256", "kid": "two"}, claims, TWO)
    hostile.asked.clear()
    assert (await outcome(house))[0] == 200
    assert hostile.asked.count("/jwks") == 1


async def test_a_new_key_under_the_old_name_is_noticed(over: Make) -> None:
    house, hostile = over()
    assert (await outcome(house))[0] == 200
    hostile.keys, hostile.sign = [OTHER], lambda claims: jwt.encode({"alg": "ES256", "kid": "one"}, claims, OTHER)
    assert (await outcome(house))[0] == 200


async def test_the_old_key_is_no_longer_believed_after_an_hour(over: Make, clock: Clock) -> None:
    house, hostile = over()
    assert (await outcome(house))[0] == 200
    hostile.keys = [TWO]
    clock.add(3601)
    assert await outcome(house) == (502, "untrusted", None)


async def test_a_set_with_other_kinds_of_keys_is_read(over: Make) -> None:
    house, hostile = over()
    known = ES.as_dict(private=False)
    keys = {
        "keys": [{"kty": "AKP", "kid": "pq"}, {"kty": "oct", "k": "AAAA", "kid": "one"}, {**known, "use": "enc"}, known]
    }
    hostile.answers["/jwks"] = lambda request: JSONResponse(keys)
    assert (await outcome(house))[0] == 200


async def test_discovery_is_asked_once_for_many_sign_ins(over: Make) -> None:
    house, hostile = over()
    for _ in range(5):
        await outcome(house)
    assert hostile.asked.count("/.well-known/openid-configuration") == 1
    assert hostile.asked.count("/jwks") == 1


async def test_userinfo_of_another_subject_is_refused(over: Make) -> None:
    house, hostile = over()
    hostile.userinfo = {"sub": "victim", "name": "Someone"}
    assert await outcome(house) == (502, "untrusted", None)


async def test_userinfo_cannot_overrule_the_id_token(over: Make) -> None:
    house, hostile = over()
    hostile.claims = with_claim(acr="low", name="Theirs")
    hostile.userinfo = {"sub": "person-1", "name": "Another", "acr": "high"}
    who = (await outcome(house))[2]
    assert (who["acr"], who["name"]) == ("low", "Theirs")


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/userinfo"])
async def test_an_endless_answer_is_not_read_to_its_end(over: Make, path: str) -> None:
    house, hostile = over()
    honest = {
        "/.well-known/openid-configuration": hostile._discovery,
        "/jwks": hostile._jwks,
        "/userinfo": hostile._userinfo,
    }[path]

    async def padded(request: Any) -> Response:
        return Response(b" " * 300_000 + bytes((await honest(request)).body), media_type="application/json")

    hostile.later[path] = padded
    assert await outcome(house) == (502, "untrusted", None)


@pytest.mark.parametrize(
    ("roles", "granted"),
    [
        (["clerk"], ["clerk"]),
        (["clerk", "citizen", "admin"], ["citizen", "clerk"]),
        ("citizen clerk", ["citizen", "clerk"]),
        (["root"], ["citizen"]),
        ([["clerk"]], ["citizen"]),
        ({"clerk": True}, ["citizen"]),
        (None, ["citizen"]),
    ],
)
async def test_only_known_roles_are_granted(over: Make, roles: Any, granted: list[str]) -> None:
    house, hostile = over(oidc_roles_claim="realm_access.roles")
    hostile.claims = with_claim(realm_access={"roles": roles}, name="A")
    assert (await outcome(house))[2]["roles"] == granted


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("  Nguye\u0302\u0303n  ", "Nguyễn"),
        ("a\u202eb\x00\n", "ab"),
        ("x" * 500, "x" * 200),
        ("", ""),
        (7, ""),
        (["a"], ""),
    ],
)
async def test_names_are_cleaned(over: Make, name: Any, shown: str) -> None:
    house, hostile = over()
    hostile.userinfo = {"sub": "person-1", "name": name}
    assert (await outcome(house))[2]["name"] == shown


async def test_assurance_by_the_providers_own_names(over: Make) -> None:
    house, hostile = over(oidc_acr_values=("urn:1", "urn:2", "urn:3"))
    hostile.claims = with_claim(acr="urn:2")
    assert (await outcome(house))[2]["acr"] == "substantial"
    assert hostile.query["acr_values"] == "urn:2 urn:3 urn:1"
    for acr in ("urn:0", "substantial", None, 7, ["urn:2"]):
        hostile.claims = with_claim(acr=acr)
        assert await outcome(house) == (403, "assurance", None)


async def test_a_step_up_must_reach_its_level(over: Make) -> None:
    house, hostile = over()
    hostile.claims = with_claim(acr="substantial")
    browser = house.browser()
    page = await browser.follow(await browser.get("/vi/sign-in", params={"to": "/vi/me", "least": "high"}))
    assert page.status_code == 403
    assert hostile.query["acr_values"] == "high"
    hostile.claims = with_claim(acr="http://eidas.europa.eu/LoA/high")
    page = await browser.follow(await browser.get("/vi/sign-in", params={"to": "/vi/me", "least": "high"}))
    assert page.json()["acr"] == "high"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("access_denied", "cancelled"),
        ("login_required", "cancelled"),
        ("temporarily_unavailable", "unavailable"),
        ("server_error", "unavailable"),
        ("unmet_authentication_requirements", "assurance"),
        ("invalid_request", "untrusted"),
        ("<script>alert(1)</script>", "untrusted"),
    ],
)
async def test_errors_of_the_provider_are_told_apart(over: Make, error: str, kind: str) -> None:
    house, _ = over()
    browser = house.browser()
    start = await browser.get("/vi/sign-in", params={"to": "/vi/me"})
    state = start.next_request.url.params["state"] if start.next_request else ""
    page = await browser.follow(await browser.get("/sign-in/callback", params={"error": error, "state": state}))
    assert page.url.params["kind"] == kind
    assert "alert(1)" not in page.text


async def test_a_secret_with_odd_characters_arrives_whole(over: Make) -> None:
    house, hostile = over(oidc_client_secret="s e/c+r%t:é")
    assert (await outcome(house))[0] == 200
    identifier, _, secret = base64.b64decode(hostile.authorization.removeprefix("Basic ")).decode().partition(":")
    assert (unquote(identifier), unquote(secret)) == ("madang", "s e/c+r%t:é")
    hostile.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    house.clock.add(60)
    assert (await outcome(house))[0] == 200
    assert hostile.authorization == ""
    assert hostile.form["client_secret"] == "s e/c+r%t:é"


async def test_a_dead_provider_is_a_kind_page_and_comes_back(over: Make, clock: Clock) -> None:
    house, hostile = over()
    assert (await outcome(house))[0] == 200
    clock.add(60)
    hostile.answers["/.well-known/openid-configuration"] = garbage(b"", 502)
    browser = house.browser()
    page = await browser.follow(await browser.get("/vi/sign-in", params={"to": "/vi/me"}))
    assert page.status_code == 503
    for what in ("/vi/services", "/vi/verify", "tel:110", "Nothing that you saved is lost"):
        assert what in page.text
    asked = len(hostile.asked)
    assert (await outcome(house))[0] == 503
    assert len(hostile.asked) == asked
    hostile.answers.clear()
    clock.add(4)
    assert (await outcome(house))[0] == 200
