"""Over the embedded provider: nothing typed is lost or shown to the wrong person, and nothing can be replayed."""

import re
from collections.abc import Callable

import pytest

from madang.i18n.locales import LOCALES
from madang.web.sign_in.transactions import COOKIE
from madang.web.state.sessions import COOKIE as SESSION_COOKIE
from tests.web.sign_in.house import BASE, Clock, House

pytestmark = pytest.mark.anyio
QUESTION = "/vi/apply/alien-registration/draft1/purpose"


async def test_a_person_signs_in_and_lands_where_they_were(house: House) -> None:
    browser = house.browser()
    page = await browser.sign_in("nguyen-van-an", to="/vi/me?tab=2")
    assert str(page.url) == f"{BASE}/vi/me?tab=2"
    assert page.json() == {
        "subject": "nguyen-van-an",
        "name": "NGUYỄN VĂN AN",
        "acr": "substantial",
        "roles": ["citizen"],
        "locale": "vi",
    }


async def test_the_browser_holds_two_opaque_cookies_and_nothing_else(house: House) -> None:
    browser = house.browser()
    await browser.sign_in()
    cookies = {cookie.name: cookie for cookie in browser.http.cookies.jar}
    assert set(cookies) == {COOKIE, SESSION_COOKIE}
    for cookie in cookies.values():
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", cookie.value or "")
        assert cookie.secure
        assert cookie.path == "/"
        assert cookie.has_nonstandard_attr("HttpOnly")


async def test_what_is_stored_tells_nothing(house: House) -> None:
    browser = house.browser()
    location = (await browser.get("/vi/sign-in", params={"to": QUESTION})).headers["location"]
    state = re.search(r"state=([^&]+)", location)
    assert state is not None
    stored = repr(house.state._values)
    for secret in (state[1], "alien-registration", browser.http.cookies[COOKIE]):
        assert secret not in stored


@pytest.mark.parametrize(
    "to", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/vi/\r\nX: y", "", "/fr/"]
)
async def test_other_destinations_lead_home(house: House, to: str) -> None:
    page = await house.browser().sign_in(to=to)
    assert str(page.url) == f"{BASE}/vi/"


async def test_sign_in_makes_a_new_session_and_ends_the_old(house: House) -> None:
    browser = house.browser()
    await browser.sign_in("nguyen-van-an")
    before = browser.http.cookies[SESSION_COOKIE]
    await browser.sign_in("nguyen-van-an")
    after = browser.http.cookies[SESSION_COOKIE]
    assert before != after
    stranger = house.browser()
    stranger.http.cookies.set(SESSION_COOKIE, before, domain="portal.test", path="/")
    assert await stranger.who() is None


async def test_a_planted_session_id_is_worth_nothing(house: House) -> None:
    browser = house.browser()
    planted = "A" * 43
    browser.http.cookies.set(SESSION_COOKIE, planted, domain="portal.test", path="/")
    await browser.sign_in()
    attacker = house.browser()
    attacker.http.cookies.set(SESSION_COOKIE, planted, domain="portal.test", path="/")
    assert await attacker.who() is None


async def test_a_reloaded_callback_leads_to_the_page_and_signs_nobody_in_again(house: House) -> None:
    browser = house.browser()
    callback = await browser.choose(await browser.to_provider(), "nguyen-van-an")
    await browser.get(callback)
    session = browser.http.cookies[SESSION_COOKIE]
    again = await browser.get(callback)
    assert again.headers["location"] == "/vi/me"
    assert browser.http.cookies[SESSION_COOKIE] == session


async def test_a_reloaded_callback_leads_nobody_else_anywhere(house: House) -> None:
    browser, other = house.browser(), house.browser()
    callback = await browser.choose(await browser.to_provider(), "nguyen-van-an")
    await browser.get(callback)
    await other.sign_in("nguyen-van-an")
    await browser.sign_in("takasaki-rin")
    for where in (browser, other):  # another person in that browser, then that person in another browser
        assert "kind=expired" in (await where.get(callback)).headers["location"]


async def test_a_stolen_callback_is_worth_nothing(house: House) -> None:
    browser, thief = house.browser(), house.browser()
    callback = await browser.choose(await browser.to_provider(), "nguyen-van-an")
    for where in (thief, browser):  # the thief without a cookie, then the owner, whose transaction is used up
        page = await where.follow(await where.get(callback))
        assert page.status_code == 400
        assert "can no longer be finished" in page.text
        assert await where.who() is None


async def test_another_browsers_cookie_does_not_finish_it(house: House) -> None:
    browser, thief = house.browser(), house.browser()
    callback = await browser.choose(await browser.to_provider(), "nguyen-van-an")
    await thief.get("/vi/sign-in", params={"to": "/vi/me"})
    page = await thief.follow(await thief.get(callback))
    assert page.status_code == 400
    assert await thief.who() is None


async def test_replayed_after_signing_out_it_signs_nobody_in(house: House) -> None:
    browser = house.browser()
    callback = await browser.choose(await browser.to_provider(), "nguyen-van-an")
    await browser.get(callback)
    await browser.post("/vi/sign-out")
    page = await browser.follow(await browser.get(callback))
    assert page.status_code == 400
    assert await browser.who() is None


@pytest.mark.parametrize("value", ["", "x", "A" * 43, "A" * 5000, "\u00e9" * 3, "%00", '"; Path=/', "../../etc/passwd"])
async def test_tampered_cookies_are_refused_kindly(house: House, value: str) -> None:
    browser = house.browser()
    callback = await browser.choose(await browser.to_provider(), "nguyen-van-an")
    header = f"{COOKIE}={value}; {SESSION_COOKIE}={value}".encode()
    page = await house.browser().get(callback, headers=[("cookie", header)])  # type: ignore[arg-type]
    assert page.status_code == 303
    assert "kind=expired" in page.headers["location"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "state=",
        "state=x",
        "state=" + "A" * 43,
        "state=a&state=b",
        "code=x",
        "state=%00",
        "state=%ff",
        "error=%3Cscript%3E",
    ],
)
async def test_a_callback_of_nothing_is_a_clear_page(house: House, query: str) -> None:
    browser = house.browser()
    page = await browser.follow(await browser.get(f"/sign-in/callback?{query}", headers={"Accept-Language": "th"}))
    assert page.status_code == 400
    assert '<html lang="th">' in page.text


async def test_a_tampered_callback_is_a_clear_page(house: House) -> None:
    changes: list[tuple[str, str]] = [
        (r"code=[^&]+", "code=wrong"),
        (r"code=[^&]+", "code="),
        (r"code=[^&]+", "code=" + "x" * 5000),
        (r"code=", "code=a&code="),
        (r"iss=[^&]+", "iss=https%3A%2F%2Fevil.example"),
        (r"code=[^&]+", "error=whatever%0d%0a"),
    ]
    for pattern, replacement in changes:
        browser = house.browser()
        callback = await browser.choose(await browser.to_provider(), "nguyen-van-an")
        page = await browser.follow(await browser.get(re.sub(pattern, replacement, callback)))
        assert page.status_code == 502, replacement
        assert "The sign-in did not work" in page.text, replacement
        assert await browser.who() is None


async def test_a_head_of_the_callback_uses_nothing_up(house: House) -> None:
    browser = house.browser()
    callback = await browser.choose(await browser.to_provider(), "nguyen-van-an")
    assert (await browser.http.head(callback)).status_code == 405
    assert (await browser.follow(await browser.get(callback))).json()["subject"] == "nguyen-van-an"


async def test_a_transaction_ends_after_fifteen_minutes(house: House, clock: Clock) -> None:
    browser = house.browser()
    chooser = await browser.to_provider()
    clock.add(901)
    page = await browser.follow(await browser.get(await browser.choose(chooser, "nguyen-van-an")))
    assert page.status_code == 400
    assert "15 minutes" in page.text


async def test_sealed_under_other_keys_is_as_if_it_were_not_there(house: House, houses: Callable[..., House]) -> None:
    browser = house.browser()
    callback = await browser.choose(await browser.to_provider(), "nguyen-van-an")
    for place, (value, expires) in list(house.state._values.items()):
        if place[0] == "signin":
            house.state._values[place] = (value[:-10] + b"AAAAAAAAAA", expires)
    page = await browser.follow(await browser.get(callback))
    assert page.status_code == 400


@pytest.mark.parametrize(
    "kind", ["cancelled", "expired", "assurance", "other-person", "too-large", "unavailable", "untrusted"]
)
@pytest.mark.parametrize("lang", LOCALES)
async def test_each_problem_has_its_page_in_each_language(house: House, kind: str, lang: str) -> None:
    from madang.i18n.locales import HTML_LANG
    from tests.invariants import problems

    page = await house.browser().get(f"/{lang}/sign-in/problem", params={"kind": kind, "to": "//evil.example"})
    assert page.status_code >= 400
    assert f'<html lang="{HTML_LANG[lang]}">' in page.text
    assert "evil.example" not in re.sub(r'href="/[^"]*"', "", page.text)
    assert problems(page.text, "en" if lang == "en" else None) == []
