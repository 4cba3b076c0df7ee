"""Over the network with providers that others wrote: oidc-provider-mock for daily sign-ins, npm's for strict ones."""

import re
import socket
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import msgspec
import oidc_provider_mock
import pytest
from ports import free_port

from madang.web.sign_in.transactions import Transaction
from tests.web.sign_in.house import BASE, Browser, Clock, House
from tests.web.sign_in.npm_provider import SECRET, npm_provider

pytestmark = pytest.mark.anyio
Houses = Callable[..., House]


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    an = oidc_provider_mock.User(sub="an", claims={"name": "Nguyễn Văn An", "roles": ["citizen", "clerk"]})
    with oidc_provider_mock.run_server_in_thread(user_claims=[an]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def strict() -> Iterator[str]:
    with npm_provider() as address:
        yield address


async def test_daily_sign_in_and_out_with_the_mock(houses: Houses, mock: str) -> None:
    house = houses(issuer=mock, oidc_client_secret="secret")
    browser = house.browser()
    chooser = await browser.to_provider("/vi/me?tab=2")
    answer = await browser.http.post(str(chooser.url), data={"sub": "an"})
    page = await browser.follow(answer)
    assert str(page.url) == f"{BASE}/vi/me?tab=2"
    assert page.json() == {
        "subject": "an", "name": "Nguyễn Văn An", "acr": "", "roles": ["citizen", "clerk"], "locale": "vi",
    }  # fmt: skip
    page = await browser.follow(await browser.post("/vi/sign-out"))
    leaving = page.headers["refresh"].removeprefix("0; url=")
    assert leaving.startswith(f"{mock}/oauth2/end_session?id_token_hint=")
    assert (await browser.get(leaving)).status_code == 200
    assert await browser.who() is None


async def test_saying_no_to_the_mock(houses: Houses, mock: str) -> None:
    browser = houses(issuer=mock, oidc_client_secret="secret").browser()
    chooser = await browser.to_provider()
    page = await browser.follow(await browser.http.post(str(chooser.url), data={"action": "deny"}))
    # The mock forgets to return the state with its refusal: then nobody can say whose it was.
    assert page.status_code in (400, 403)
    assert await browser.who() is None


def over_strict(houses: Houses, issuer: str, **options: Any) -> House:
    return houses(issuer=issuer, **{"oidc_client_secret": SECRET, **options})


async def interaction(browser: Browser, to: str = "/vi/me", **more: str) -> httpx.Response:
    page = await browser.follow(await browser.get("/vi/sign-in", params={"to": to, **more}))
    assert page.text.startswith("interaction "), page.text[:300]
    return page


async def callback(browser: Browser, page: httpx.Response, **form: str) -> str:
    """Answers the strict provider's question; gives the address of our callback, not fetched yet."""
    answer = await browser.http.post(str(page.url), data=form)
    answer = await browser.follow(answer, until="/sign-in/callback")
    return str(answer.headers["location"])


async def strictly(browser: Browser, **form: str) -> httpx.Response:
    return await browser.follow(await browser.get(await callback(browser, await interaction(browser), **form)))


@pytest.mark.parametrize("client", [{}, {"oidc_client_id": "public", "oidc_client_secret": ""}])
async def test_the_strict_provider_signs_in(houses: Houses, strict: str, client: dict[str, str]) -> None:
    browser = over_strict(houses, strict, **client).browser()
    page = await interaction(browser)
    assert page.text == "interaction login vi"
    landed = await browser.follow(await browser.get(await callback(browser, page, login="an")))
    assert landed.json() == {
        "subject": "an", "name": "Nguyễn Văn An", "acr": "", "roles": ["citizen"], "locale": "vi",
    }  # fmt: skip


async def test_assurance_with_the_strict_provider(houses: Houses, strict: str) -> None:
    levels = ("urn:test:low", "urn:test:substantial", "urn:test:high")
    browser = over_strict(houses, strict, oidc_acr_values=levels).browser()
    assert (await strictly(browser, login="an", acr="urn:test:high")).json()["acr"] == "high"
    browser = over_strict(houses, strict, oidc_acr_values=levels).browser()
    page = await strictly(browser, login="an")
    assert page.status_code == 403
    assert page.url.params["kind"] == "assurance"


async def test_sign_out_reaches_the_strict_provider(houses: Houses, strict: str) -> None:
    browser = over_strict(houses, strict).browser()
    await strictly(browser, login="an")
    page = await browser.follow(await browser.post("/th/sign-out"))
    asked = await browser.follow(await browser.get(page.headers["refresh"].removeprefix("0; url=")))
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', asked.text))
    action = re.search(r'action="([^"]+)"', asked.text)
    assert asked.status_code == 200
    assert action is not None
    answer = await browser.http.post(action[1], data={**fields, "logout": "yes"})
    back = await browser.follow(answer)
    assert str(back.url) == f"{BASE}/th/signed-out"
    assert (await interaction(browser)).text.startswith("interaction login")  # it asks anew who it is


async def test_saying_no_to_the_strict_provider(houses: Houses, strict: str) -> None:
    browser = over_strict(houses, strict).browser()
    page = await strictly(browser, cancel="yes")
    assert page.status_code == 403
    assert page.url.params["kind"] == "cancelled"


async def test_pkce_is_enforced_there(houses: Houses, strict: str) -> None:
    """The control: without our challenge that provider would not even begin."""
    browser = over_strict(houses, strict).browser()
    start = (await browser.get("/vi/sign-in", params={"to": "/vi/me"})).headers["location"]
    bare = re.sub(r"&code_challenge(_method)?=[^&]+", "", start)
    answer = await browser.get(bare)
    assert "error=invalid_request" in answer.headers["location"]
    assert "PKCE" in answer.headers["location"]


@pytest.mark.parametrize("field", ["verifier", "nonce"])
async def test_another_verifier_or_nonce_than_was_sent(houses: Houses, strict: str, field: str) -> None:
    house = over_strict(houses, strict)
    browser = house.browser()
    address = await callback(browser, await interaction(browser), login="an")
    state = httpx.URL(address).params["state"]
    transaction = await house.sign_in._records.get("signin", state, Transaction)
    assert transaction is not None
    other = msgspec.structs.replace(transaction, **{field: "x" * 43})
    await house.sign_in._records.put("signin", state, other)
    page = await browser.follow(await browser.get(address))
    assert page.status_code == 502
    assert await browser.who() is None


async def test_another_state_or_issuer_in_the_answer(houses: Houses, strict: str) -> None:
    for pattern, replacement, status in (
        (r"state=[^&]+", "state=" + "x" * 43, 400),
        (r"iss=[^&]+", "iss=https%3A%2F%2Fevil.example", 502),
    ):
        browser = over_strict(houses, strict).browser()
        address = await callback(browser, await interaction(browser), login="an")
        changed = re.sub(pattern, replacement, address)
        assert changed != address
        page = await browser.follow(await browser.get(changed))
        assert page.status_code == status
        assert await browser.who() is None


async def test_a_code_of_another_transaction(houses: Houses, strict: str) -> None:
    house = over_strict(houses, strict)
    mine, theirs = house.browser(), house.browser()
    own = await callback(mine, await interaction(mine), login="me")
    stolen = await callback(theirs, await interaction(theirs), login="victim")
    code = httpx.URL(stolen).params["code"]
    page = await mine.follow(await mine.get(re.sub(r"code=[^&]+", f"code={code}", own)))
    assert page.status_code == 502
    assert await mine.who() is None


async def test_a_wrong_secret(houses: Houses, strict: str) -> None:
    browser = over_strict(houses, strict, oidc_client_secret="wrong").browser()
    page = await strictly(browser, login="an")
    assert page.status_code == 502
    assert await browser.who() is None


@pytest.mark.parametrize("shift", ["-700", "700"])
async def test_tokens_of_another_time(houses: Houses, shift: str) -> None:
    with npm_provider(SHIFT=shift) as address:
        browser = over_strict(houses, address).browser()
        page = await strictly(browser, login="an")
        assert page.status_code == 502
        assert await browser.who() is None


async def test_a_provider_that_claims_to_be_another(houses: Houses) -> None:
    with npm_provider(ISSUER="http://127.0.0.1:9") as address:
        browser = over_strict(houses, address).browser()
        page = await browser.follow(await browser.get("/vi/sign-in", params={"to": "/vi/me"}))
        assert page.status_code == 502
        assert page.url.params["kind"] == "untrusted"


async def test_a_provider_that_dies_in_the_middle(houses: Houses, clock: Clock) -> None:
    with npm_provider() as address:
        house = over_strict(houses, address)
        browser = house.browser()
        back = await callback(browser, await interaction(browser), login="an")
    page = await browser.follow(await browser.get(back))
    assert page.status_code == 503
    assert "What works meanwhile" in page.text
    assert await browser.who() is None
    house.clock.add(60)  # for half a minute after it was last seen, browsers are still sent there
    again = await browser.follow(await browser.get("/vi/sign-in", params={"to": "/vi/me"}), until=address)
    assert again.status_code == 503


async def test_a_provider_that_never_was(houses: Houses) -> None:
    browser = houses(issuer=f"http://127.0.0.1:{free_port()}").browser()
    page = await browser.follow(await browser.get("/ko/sign-in", params={"to": "/ko/me"}))
    assert page.status_code == 503
    assert '<html lang="ko">' in page.text


async def test_a_provider_that_hangs(houses: Houses, monkeypatch: pytest.MonkeyPatch) -> None:
    """It accepts and says nothing: nobody waits longer than the limit (here shortened)."""
    monkeypatch.setattr("madang.web.sign_in.provider.TOTAL_SECONDS", 0.2)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        browser = houses(issuer=f"http://127.0.0.1:{deaf.getsockname()[1]}").browser()
        page = await browser.follow(await browser.get("/ko/sign-in", params={"to": "/ko/me"}))
    assert page.status_code == 503
