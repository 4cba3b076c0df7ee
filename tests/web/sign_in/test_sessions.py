"""Signing out, staying signed in, and being timed out."""

import re

import pytest

from madang.web.state.sessions import COOKIE as SESSION_COOKIE
from tests.invariants import problems
from tests.web.sign_in.house import BASE, ISSUER, Clock, House

pytestmark = pytest.mark.anyio


async def test_signing_out_ends_the_session_on_the_server(house: House) -> None:
    browser = house.browser()
    await browser.sign_in()
    old = browser.http.cookies[SESSION_COOKIE]
    answer = await browser.post("/vi/sign-out")
    assert answer.headers["location"] == "/vi/signed-out"
    thief = house.browser()
    thief.http.cookies.set(SESSION_COOKIE, old, domain="portal.test", path="/")
    assert await thief.who() is None


async def test_signing_out_goes_on_to_the_provider_and_comes_back(house: House) -> None:
    browser = house.browser()
    await browser.sign_in()
    page = await browser.follow(await browser.post("/vi/sign-out"))
    assert page.status_code == 200
    assert problems(page.text, None) == []
    refresh = page.headers["refresh"]
    assert refresh.startswith(f"0; url={ISSUER}/end-session?id_token_hint=ey")
    assert "NGUY" not in refresh
    back = await browser.follow(await browser.get(refresh.removeprefix("0; url=")))
    assert str(back.url) == f"{BASE}/vi/signed-out"
    assert "refresh" not in back.headers
    assert "answers you gave are saved" in back.text


async def test_signing_out_where_the_provider_is_gone_still_signs_out(house: House, clock: Clock) -> None:
    browser = house.browser()
    await browser.sign_in()
    clock.add(60)
    house.provider._http = type(house.provider._http)()  # from now on the network, where no portal.test exists
    page = await browser.follow(await browser.post("/vi/sign-out"))
    assert page.status_code == 200
    assert "refresh" not in page.headers
    assert await browser.who() is None


async def test_nobody_is_signed_out_by_another_site_or_by_a_link(house: House) -> None:
    browser = house.browser()
    await browser.sign_in()
    assert (await browser.post("/vi/sign-out", Sec_Fetch_Site="cross-site")).status_code == 403
    assert (await browser.get("/vi/sign-out")).status_code == 405
    assert (await browser.get("/vi/signed-out")).headers["location"] == "/vi/"
    assert (await browser.who())["subject"] == "nguyen-van-an"


@pytest.mark.parametrize("state", ["", "vi", "../..", "//evil.example", "%00", "fr"])
async def test_back_from_the_provider_only_the_language_is_believed(house: House, state: str) -> None:
    answer = await house.browser().get("/sign-out/callback", params={"state": state}, headers={"Accept-Language": "ja"})
    assert answer.headers["location"] == f"/{'vi' if state == 'vi' else 'ja'}/signed-out"


async def test_the_script_stays_signed_in(house: House, clock: Clock) -> None:
    browser = house.browser()
    await browser.sign_in()
    clock.add(14 * 60)
    answer = await browser.post("/vi/session", Accept="application/json")
    assert answer.json() == {"expires_in": 900}
    assert answer.headers["cache-control"] == "no-store"
    clock.add(14 * 60)
    assert (await browser.who())["subject"] == "nguyen-van-an"
    clock.add(3600)
    late = await browser.post("/vi/session", Accept="application/json")
    assert late.status_code == 401
    assert late.json() == {"expires_in": 0}


async def test_the_absolute_limit_holds_however_often_one_stays(house: House, clock: Clock) -> None:
    browser = house.browser()
    await browser.sign_in()
    left = 900
    for _ in range(8 * 6):
        clock.add(600)
        answer = await browser.post("/vi/session", Accept="application/json")
        if answer.status_code == 401:
            break
        left = answer.json()["expires_in"]
    assert answer.status_code == 401
    assert left <= 600


async def test_without_javascript_one_button_does_it(house: House, clock: Clock) -> None:
    browser = house.browser()
    await browser.sign_in()
    page = await browser.get("/vi/session", params={"to": "/vi/me"})
    assert problems(page.text, None) == []
    assert "15 minutes" in page.text
    assert re.search(r'name="to" value="/vi/me"', page.text)
    answer = await browser.post("/vi/session", {"to": "/vi/me"})
    assert answer.headers["location"] == "/vi/me"
    assert (await browser.post("/vi/session", {"to": "//evil.example"})).headers["location"] == "/vi/session"


async def test_too_late_it_says_that_answers_are_saved(house: House, clock: Clock) -> None:
    browser = house.browser()
    await browser.sign_in()
    clock.add(3600)
    for answer in (
        await browser.get("/vi/session", params={"to": "/vi/me"}),
        await browser.post("/vi/session?to=/vi/me"),
    ):
        assert answer.headers["location"] == "/vi/signed-out?why=time&to=%2Fvi%2Fme"
    page = await browser.get(answer.headers["location"])
    assert "not been used for a while" in page.text
    assert "/vi/sign-in?to=%2Fvi%2Fme" in page.text
    assert problems(page.text, None) == []
