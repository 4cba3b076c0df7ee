"""What was typed before signing in is there afterwards, for the person who typed it and nobody else."""

import re
from typing import Any

import pytest

from tests.web.sign_in.house import BASE, Browser, Clock, House

pytestmark = pytest.mark.anyio
QUESTION = "/vi/apply/alien-registration/draft1/purpose"


async def posted(browser: Browser, data: dict[str, Any], to: str = QUESTION) -> str:
    """Sends a form without a session, reads the page that says so; gives the address of its one link."""
    answer = await browser.post(to, data)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/vi/sign-in/needed?")
    page = await browser.get(answer.headers["location"])
    assert page.status_code == 200
    link = re.search(r'href="([^"]+)" data-ref="sign-in-onward"', page.text)
    assert link is not None
    return link[1].replace("&amp;", "&")


async def go(browser: Browser, onward: str, subject: str = "nguyen-van-an") -> Any:
    chooser = await browser.follow(await browser.get(onward))
    return await browser.follow(await browser.get(await browser.choose(chooser, subject)))


async def test_what_was_typed_is_there_after_signing_in_once(house: House) -> None:
    browser = house.browser()
    typed = {"purpose": ["bank"], "other": ["Nguyễn & Söhne 한글"], "items": ["a", "b"]}
    onward = await posted(browser, typed)
    assert "Nguy" not in onward
    assert "bank" not in onward
    page = await go(browser, onward)
    assert str(page.url) == BASE + QUESTION
    assert page.json()["typed"] == typed
    assert (await browser.get(QUESTION)).json()["typed"] is None


async def test_a_failed_attempt_keeps_what_was_typed(house: House) -> None:
    browser = house.browser()
    onward = await posted(browser, {"purpose": ["bank"]})
    chooser = await browser.follow(await browser.get(onward))
    problem = await browser.follow(await browser.post(str(chooser.url), {"cancel": "yes"}))
    assert problem.status_code == 403
    assert "You have not signed in" in problem.text
    assert "still kept" in problem.text
    again = re.search(r'href="([^"]+)" data-ref="sign-in-again"', problem.text)
    assert again is not None
    page = await go(browser, again[1].replace("&amp;", "&"))
    assert page.json()["typed"] == {"purpose": ["bank"]}


async def test_another_browser_gets_nothing_of_it(house: House) -> None:
    onward = await posted(house.browser(), {"purpose": ["bank"]})
    page = await go(house.browser(), onward)
    assert page.json()["typed"] is None


async def test_another_person_does_not_see_what_the_first_had_typed(house: House, clock: Clock) -> None:
    browser = house.browser()
    await browser.sign_in("nguyen-van-an")
    clock.add(3600)
    onward = await posted(browser, {"purpose": ["bank"]})
    page = await go(browser, onward, "takasaki-rin")
    assert page.status_code == 403
    assert "You have signed in as somebody else" in page.text
    assert (await browser.who())["subject"] == "takasaki-rin"
    assert (await browser.get(QUESTION)).json() == {"subject": "takasaki-rin", "typed": None}
    await browser.sign_in("nguyen-van-an")
    assert (await browser.get(QUESTION)).json()["typed"] is None


async def test_the_same_person_after_a_time_out_finds_it(house: House, clock: Clock) -> None:
    browser = house.browser()
    await browser.sign_in("nguyen-van-an")
    clock.add(3600)
    page = await go(browser, await posted(browser, {"purpose": ["bank"]}))
    assert page.json() == {"subject": "nguyen-van-an", "typed": {"purpose": ["bank"]}}


async def test_too_much_is_not_taken_rather_than_lost(house: House) -> None:
    browser = house.browser()
    answer = await browser.follow(await browser.post(QUESTION, {"other": "x" * 70_000}))
    assert answer.status_code == 413
    assert "Please sign in before you send this" in answer.text


async def test_a_form_whose_address_is_no_page_returns_to_the_page_it_stood_on(house: House) -> None:
    browser = house.browser()
    answer = await browser.post("/vi/only-post", {"a": "b"}, Referer=f"{BASE}/vi/me?x=1")
    assert "to=%2Fvi%2Fme%3Fx%3D1" in answer.headers["location"]
    answer = await browser.post("/vi/only-post", {"a": "b"}, Referer="https://evil.example/vi/me")
    assert "to=%2Fvi%2F" in answer.headers["location"]
    assert "evil" not in answer.headers["location"]


async def test_htmx_is_told_to_load_the_whole_page(house: House) -> None:
    answer = await house.browser().post(QUESTION, {"a": "b"}, HX_Request="true")
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"].startswith("/vi/sign-in/needed?")


async def test_apply_goes_on_by_itself_after_signing_in(house: House) -> None:
    browser = house.browser()
    chooser = await browser.follow(await browser.post("/vi/apply/alien-registration"))
    page = await browser.follow(await browser.get(await browser.choose(chooser, "nguyen-van-an")))
    assert str(page.url) == f"{BASE}/vi/apply/alien-registration/draft1/purpose"
    assert house.intents == [("nguyen-van-an", "start", "/vi/apply/alien-registration")]


async def test_two_tabs_sign_in_at_once(house: House) -> None:
    browser = house.browser()
    first = await posted(browser, {"purpose": ["bank"]}, QUESTION)
    second = await posted(browser, {"other": ["x"]}, QUESTION.replace("draft1", "draft2"))
    choosers = [await browser.follow(await browser.get(url)) for url in (first, second)]
    callbacks = [await browser.choose(chooser, "nguyen-van-an") for chooser in choosers]
    pages = [await browser.follow(await browser.get(url)) for url in reversed(callbacks)]
    assert [page.json()["typed"] for page in pages] == [{"other": ["x"]}, {"purpose": ["bank"]}]
