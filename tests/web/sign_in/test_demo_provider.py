"""The embedded demonstration provider, held to what a real one is held to."""

import base64
import hashlib
import re
import stat
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from madang.backend.identity_provider.keys import signing_key
from madang.i18n.locales import HTML_LANG, LOCALES
from madang.web.sign_in.discovery import parse
from tests.invariants import problems
from tests.web.sign_in.house import BASE, ISSUER, PEOPLE, Clock, House

pytestmark = pytest.mark.anyio
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
REQUEST = {
    "client_id": "madang",
    "redirect_uri": f"{BASE}/sign-in/callback",
    "response_type": "code",
    "scope": "openid",
    "state": "s",
    "nonce": "n",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
AUTHORIZE = "/demo-sign-in/authorize"


def provider_client(house: House) -> httpx.AsyncClient:
    assert house.transport is not None
    return httpx.AsyncClient(transport=house.transport, base_url=ISSUER)


async def code(house: House, **changes: str) -> str:
    browser = house.browser()
    url = str(httpx.URL(AUTHORIZE, params={**REQUEST, **changes}))
    location = (await browser.post(url, {"person": "nguyen-van-an"})).headers["location"]
    return parse_qs(urlsplit(location).query)["code"][0]


def redemption(value: str, **changes: str) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "code": value,
        "redirect_uri": REQUEST["redirect_uri"],
        "code_verifier": VERIFIER,
        "client_id": "madang",
        **changes,
    }


async def test_it_describes_itself_as_our_own_client_demands(house: House) -> None:
    async with provider_client(house) as http:
        metadata = parse((await http.get("/.well-known/openid-configuration")).content, ISSUER)
        assert metadata.algorithms == ("ES256",)
        keys = (await http.get(metadata.jwks_uri)).json()["keys"]
    assert len(keys) == 1
    assert "d" not in keys[0]


async def test_a_code_is_exchanged_for_the_bare_minimum(house: House) -> None:
    async with provider_client(house) as http:
        answer = (await http.post("/token", data=redemption(await code(house)))).json()
        keys = KeySet.import_key_set((await http.get("/jwks")).json())
        claims = jwt.decode(answer["id_token"], keys).claims
        assert claims["sub"] == "nguyen-van-an"
        assert claims["nonce"] == "n"
        assert claims["acr"] == "substantial"
        assert not {"name", "roles", "locale", "email"} & set(claims)
        said = (await http.get("/userinfo", headers={"Authorization": f"Bearer {answer['access_token']}"})).json()
    assert said["name"] == "NGUYỄN VĂN AN"
    assert said["roles"] == ["citizen"]


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "w" * 43},
        {"code_verifier": ""},
        {"code_verifier": CHALLENGE},
        {"code_verifier": "v" * 42},
        {"redirect_uri": f"{BASE}/sign-in/callback/"},
        {"redirect_uri": ""},
        {"code": "x"},
        {"code": ""},
    ],
)
async def test_a_code_is_bound_and_a_failed_attempt_uses_it_up(house: House, changes: dict[str, str]) -> None:
    value = await code(house)
    async with provider_client(house) as http:
        answer = await http.post("/token", data=redemption(value, **changes))
        assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})
        if "code" not in changes:
            assert (await http.post("/token", data=redemption(value))).status_code == 400


async def test_a_code_works_once_and_for_a_minute(house: House, clock: Clock) -> None:
    async with provider_client(house) as http:
        value = await code(house)
        assert (await http.post("/token", data=redemption(value))).status_code == 200
        assert (await http.post("/token", data=redemption(value))).status_code == 400
        value = await code(house)
        clock.add(61)
        assert (await http.post("/token", data=redemption(value))).status_code == 400


async def test_a_secret_is_asked_for_where_there_is_one(houses: Any) -> None:
    house = houses(oidc_client_secret="a secret")
    async with provider_client(house) as http:
        for data, auth in (
            (redemption("x"), None),
            (redemption("x", client_secret="wrong"), None),
            (redemption("x"), ("madang", "wrong")),
            (redemption("x"), ("another", "a secret")),
            (redemption("x", client_secret="a secret"), ("madang", "a secret")),
        ):
            assert (await http.post("/token", data=data, auth=auth)).status_code == 401
        answer = await http.post("/token", data=redemption(await code(house)), auth=("madang", "a secret"))
        assert answer.status_code == 200
    assert (await house.browser().sign_in()).json()["subject"] == "nguyen-van-an"


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "another"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": f"{BASE}/sign-in/callback?x=1"},
        {"redirect_uri": f"{BASE}/sign-in/callback/../x"},
        {"redirect_uri": f"{BASE}.evil.example/sign-in/callback"},
        {"redirect_uri": ""},
        {"padding": "x" * 9000},
    ],
)
async def test_it_redirects_nowhere_else(house: House, changes: dict[str, str]) -> None:
    for method in ("GET", "POST"):
        url = str(httpx.URL(AUTHORIZE, params={**REQUEST, **changes}))
        browser = house.browser()
        page = await (browser.get(url) if method == "GET" else browser.post(url, {"person": "nguyen-van-an"}))
        assert page.status_code == 400
        assert "location" not in page.headers
        assert problems(page.text, None) == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
        ({"request": "ey"}, "request_not_supported"),
        ({"request_uri": "https://evil.example"}, "request_uri_not_supported"),
    ],
)
async def test_the_client_is_told_what_is_wrong(house: House, changes: dict[str, str], error: str) -> None:
    answer = await house.browser().get(str(httpx.URL(AUTHORIZE, params={**REQUEST, **changes})))
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert answer.status_code == 303
    assert query == {"error": [error], "state": ["s"], "iss": [ISSUER]}


async def test_doubled_parameters_and_unknown_people_are_refused(house: House) -> None:
    browser = house.browser()
    assert (await browser.get(f"{httpx.URL(AUTHORIZE, params=REQUEST)}&client_id=madang")).status_code == 400
    page = await browser.post(str(httpx.URL(AUTHORIZE, params=REQUEST)), {"person": "nobody"})
    assert page.status_code == 400


async def test_tokens_are_not_taken_for_each_other(house: House, clock: Clock) -> None:
    async with provider_client(house) as http:
        answer = (await http.post("/token", data=redemption(await code(house)))).json()

        async def status(header: str) -> int:
            return (await http.get("/userinfo", headers={"Authorization": header})).status_code

        assert await status(f"Bearer {answer['id_token']}") == 401
        assert await status(f"Basic {answer['access_token']}") == 401
        assert await status("Bearer x") == 401
        assert await status("") == 401
        clock.add(61)
        assert await status(f"Bearer {answer['access_token']}") == 401


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_page_of_people_in_each_language(house: House, locale: str) -> None:
    browser = house.browser()
    page = await browser.to_provider(lang=locale)
    assert page.status_code == 200
    assert f'<html lang="{HTML_LANG[locale]}">' in page.text
    assert problems(page.text, "en" if locale == "en" else None) == []
    for person in PEOPLE:
        assert f'value="{person.subject}"' in page.text
        assert person.name.full in page.text
        assert getattr(person.about, locale) in page.text.replace("&#39;", "'")


async def test_the_language_can_be_changed_in_the_middle(house: House) -> None:
    browser = house.browser()
    page = await browser.to_provider(lang="vi")
    other = re.search(r'href="(/th/demo-sign-in\?[^"]+)"', page.text)
    assert other is not None
    page = await browser.follow(await browser.get(other[1].replace("&amp;", "&")))
    assert '<html lang="th">' in page.text
    assert (await browser.follow(await browser.get(await browser.choose(page, "siriphanwadi")))).json() is not None


async def test_the_csp_admits_the_pages_own_style_sheet(house: House) -> None:
    page = await house.browser().to_provider()
    assert "style-src 'self' 'sha256-" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "changes",
    [
        {"post_logout_redirect_uri": "https://evil.example/"},
        {"client_id": "another"},
        {"id_token_hint": "ey.ey.x"},
        {"post_logout_redirect_uri": ""},
    ],
)
async def test_sign_out_leads_back_to_us_alone(house: House, changes: dict[str, str]) -> None:
    query = {"post_logout_redirect_uri": f"{BASE}/sign-out/callback", "client_id": "madang", "state": "vi", **changes}
    page = await house.browser().get("/demo-sign-in/end-session", params=query)
    assert page.status_code == 400
    assert "location" not in page.headers


def test_the_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "demo.jwk"
    first, second = signing_key(path), signing_key(path)
    assert first.thumbprint() == second.thumbprint()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    path.write_text('{"kty":"oct","k":"AAAA"}')
    with pytest.raises(ValueError):
        signing_key(path)
