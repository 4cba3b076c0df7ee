"""How pages look, as a person chooses it: without a script, tried out, saved, taken along, and kept apart."""

import re
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from outage_kit import says
from portal_kit import Visitor
from starlette.applications import Starlette

from madang.accessibility.preferences import CHOICES
from madang.contract.messages.preferences import AccountPreferences
from madang.i18n.locales import LOCALES, Locale
from madang.web.clients import preferences
from madang.web.portal import Portal
from madang.web.preferring import COOKIE
from madang.web.state.sessions import Session, Sessions
from madang.web.state.sqlite import SqliteState
from tests.web.hostile.raw import Raw

pytestmark = pytest.mark.anyio
Visitors = Callable[[], Visitor]
PERSON = "nguyen-van-an"


def portal_of(app: Any) -> Portal:
    while not isinstance(app, Starlette):
        app = app._app
    found: Portal = app.state.portal
    return found


def root(html: str) -> str:
    found = re.search(r"<html[^>]*>", html)
    assert found
    return found[0]


def chosen_on(html: str) -> dict[str, str]:
    return dict(re.findall(r'type="radio" id="[^"]*" name="(\w+)" value="([\w-]+)" checked', html))


@pytest.mark.parametrize("locale", LOCALES)
async def test_tried_out_saved_and_back_where_one_was(visitor: Visitor, locale: Locale) -> None:
    """Each page passes the invariants: nothing untranslated, every choice labelled."""
    page = await visitor.get(f"/{locale}/preferences?from=/{locale}/help")
    assert " data-" not in root(page.text)
    assert chosen_on(page.text) == {name: values[0] for name, values in CHOICES.items()}
    wished = {"size": "200", "theme": "yellow", "from": f"/{locale}/help"}
    page = await visitor.post(f"/{locale}/preferences", {**wished, "act": "try"})
    assert 'data-size="200" data-theme="yellow"' in root(page.text)
    assert says(page, locale, "A preview")
    assert COOKIE not in visitor.http.cookies
    assert " data-" not in root((await visitor.get(f"/{locale}/help")).text), "nothing is saved yet"
    page = await visitor.post(f"/{locale}/preferences", {**wished, "act": "save"})
    assert page.url.path == f"/{locale}/help"
    assert 'data-size="200" data-theme="yellow"' in root(page.text)
    assert visitor.http.cookies[COOKIE] == "size-200.theme-yellow"
    page = await visitor.get(f"/{locale}/preferences")
    assert chosen_on(page.text)["size"] == "200"
    page = await visitor.post(f"/{locale}/preferences", {**wished, "act": "usual"})
    assert says(page, locale, "as usual again")
    assert " data-" not in root(page.text)
    assert visitor.http.cookies[COOKIE] == "usual"


async def test_every_page_leads_there_and_one_comes_back(visitor: Visitor) -> None:
    for path in ("/en/", "/en/services/alien-registration", "/en/help", "/en/nowhere", "/en/offices?near=Jeonju"):
        page = await visitor.get(path)
        for ref in ("look", "foot-look"):
            found = re.search(rf'href="([^"]*)"[^>]*data-ref="{ref}"', page.text)
            assert found, path
            there = await visitor.get(found[1].replace("&amp;", "&"))
            assert f'name="from" value="{path}"' in there.text.replace("%3F", "?")
    home = await visitor.get("/en/")
    assert home.text.index('data-ref="ease"') < home.text.index('id="most-used"'), "on the first screen"


@pytest.mark.parametrize(
    "there",
    ["https://evil.test/", "//evil.test/", "/\\evil.test", "/en/preferences?size=300", "/en/sign-out", "javascript:1"],
)
async def test_one_comes_back_to_our_own_pages_alone(visitor: Visitor, there: str) -> None:
    page = await visitor.post("/en/preferences", {"size": "125", "from": there, "act": "save"})
    assert page.url.path == "/en/preferences"
    assert "evil" not in page.text


async def test_another_language_takes_along_what_is_chosen(visitor: Visitor) -> None:
    page = await visitor.post("/en/preferences", {"size": "175", "ruler": "on", "switch": "vi", "from": "/en/help"})
    assert page.url.path == "/vi/preferences"
    assert chosen_on(page.text)["size"] == "175"
    assert 'name="from" value="/en/help"' in page.text


async def test_the_sheet_comes_with_a_look_alone_and_is_admitted(visitor: Visitor) -> None:
    usual = await visitor.get("/en/help")
    assert usual.text.count("<style>") == 1
    visitor.http.cookies.set(COOKIE, "ruler-on", domain="portal.test")
    page = await visitor.get("/en/help")
    assert page.text.count("<style>") == 2
    assert "js/ruler." in page.text
    assert page.headers["content-security-policy"] != usual.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/en/help", "/en/services/entry-exit", "/en/"])
async def test_looks_are_kept_apart_and_quick(app: Any, path: str) -> None:
    """The short way, which names no request, answers each look; nobody sees another's, whatever the order."""
    strangers = {look: Raw(app, f"{COOKIE}={look}" if look else "") for look in ("", "size-150", "theme-dark", "usual")}
    for _ in range(3):
        for look, stranger in strangers.items():
            answer = await stranger.ask("GET", path)
            assert ('data-size="150"' in root(answer.text)) is (look == "size-150")
            assert ('data-theme="dark"' in root(answer.text)) is (look == "theme-dark")
            assert "Cookie" in answer.one("vary")
    assert all([not (await stranger.ask("GET", path)).all("x-request-id") for stranger in strangers.values()])


async def test_personal_pages_keep_looks_apart_too(app: Any) -> None:
    sessions = Sessions(portal_of(app).state)
    cookie = f"__Host-madang={await sessions.start(Session(subject='Zrq', name='Zrq One', acr='high'))}"
    path = "/en/services/entry-exit"
    for _ in range(3):
        for look in ("", "size-250", "time-ten"):
            own = Raw(app, f"{cookie}; {COOKIE}={look}" if look else cookie)
            answer = await own.ask("GET", path)
            assert ('data-size="250"' in root(answer.text)) is (look == "size-250")
            assert ('data-at="1200"' in answer.text) is (look == "time-ten"), "the warning comes earlier"
            assert answer.one("cache-control") == "no-store"
            assert "Zrq One" in answer.text


async def test_more_time_is_the_session_s_own(app: Any, visitor: Visitor) -> None:
    await visitor.sign_in(PERSON, "/en/")
    await visitor.post("/en/preferences", {"time": "ten", "act": "save"})
    page = await visitor.get("/en/help")
    left = re.search(r'data-session="(\d+)"', page.text)
    assert left
    assert 8900 < int(left[1]) <= 9000
    await visitor.post("/en/preferences", {"time": "off", "act": "save"})
    left = re.search(r'data-session="(\d+)"', (await visitor.get("/en/help")).text)
    assert left
    assert int(left[1]) > 29 * 86400
    await visitor.post("/en/sign-out")
    await visitor.sign_in(PERSON, "/en/help")
    assert visitor.page is not None
    left = re.search(r'data-session="(\d+)"', visitor.page.text)
    assert left
    assert int(left[1]) > 29 * 86400, "the cookie says it to the next session"
    await visitor.post("/en/preferences", {"time": "normal", "act": "save"})
    left = re.search(r'data-session="(\d+)"', (await visitor.get("/en/help")).text)
    assert left
    assert int(left[1]) <= 900


async def test_a_sign_in_waits_as_long_as_its_person_needs(app: Any, visitors: Visitors) -> None:
    """The step at the provider, and what was typed before it."""
    state = portal_of(app).state
    assert isinstance(state, SqliteState)
    lasts = "SELECT kind, max(expires) FROM entry WHERE kind IN ('signin', 'signin-kept') GROUP BY kind"
    for look, seconds in (("", 900), ("time-ten", 9000), ("time-off", 9000)):
        one = visitors()
        if look:
            one.http.cookies.set(COOKIE, look, domain="portal.test")
        await one.post("/en/apply/entry-exit", {"new": "1"})
        left = {kind: expires - time.time() for kind, expires in state._reader.execute(lasts)}
        assert left.keys() == {"signin", "signin-kept"}
        assert all(seconds - 120 < value <= seconds for value in left.values()), look


async def test_a_device_without_a_choice_takes_the_account_s(visitors: Visitors) -> None:
    first, second, third = visitors(), visitors(), visitors()
    await first.sign_in(PERSON, "/en/")
    assert 'name="everywhere"' in (await first.get("/en/preferences")).text
    assert 'name="everywhere"' not in (await second.get("/en/preferences")).text
    await first.post("/en/preferences", {"size": "250", "time": "ten", "everywhere": "yes", "act": "save"})
    third.http.cookies.set(COOKIE, "usual", domain="portal.test")
    for visitor, taken in ((second, True), (third, False)):
        page = await visitor.sign_in(PERSON, "/en/help")
        assert ('data-size="250"' in root(page.text)) is taken
        left = re.search(r'data-session="(\d+)"', page.text)
        assert left
        assert (int(left[1]) > 900) is taken
    await first.post("/en/preferences", {"everywhere": "yes", "act": "usual"})
    fourth = visitors()
    assert " data-" not in root((await fourth.sign_in(PERSON, "/en/help")).text)


async def test_the_account_keeps_text_that_could_be_ours_alone(app: Any, visitor: Visitor) -> None:
    from madang.web.clients import Invalid

    someone = Session(subject="preferences-one", name="One", acr="low")
    backend = portal_of(app).backend
    assert await preferences.saved(backend, someone) == ""
    await preferences.save(backend, someone, "size-150")
    await preferences.save(backend, someone, "theme-dark.later-thing")
    assert await preferences.saved(backend, someone) == "theme-dark.later-thing"
    assert await preferences.saved(backend, Session(subject="another", name="x", acr="low")) == ""
    for written in ("<script>", "a" * 161, "size-150.", "size"):
        with pytest.raises((Invalid, Exception)):
            await backend.call("save_preferences", session=someone, body=AccountPreferences(written))
    await preferences.save(backend, someone, "")
    assert await preferences.saved(backend, someone) == ""


@pytest.mark.parametrize("locale", ["ko", "vi"])
async def test_one_question_at_a_time(visitor: Visitor, locale: Locale) -> None:
    """A period's two days, each on its page; errors, the check and its links know."""
    visitor.http.cookies.set(COOKIE, "questions-single", domain="portal.test")
    await visitor.sign_in("suryaningsih", f"/{locale}/")
    page = await visitor.post(f"/{locale}/apply/entry-exit", {"new": "1", "key": f"single-{locale}"})
    assert page.url.path.endswith("/period"), page.url
    assert 'name="from-year"' in page.text
    assert 'name="to-year"' not in page.text
    step = page.url.path
    page = await visitor.post(step, {"base": base(visitor), "from-year": "2020", "from-month": "13", "from-day": "1"})
    assert page.status_code == 422
    assert 'href="#from' in page.text
    first = {"from-year": "2020", "from-month": "1", "from-day": "1"}
    page = await visitor.post(step, {"base": base(visitor), **first})
    assert page.url.path.endswith("/period-to")
    assert 'name="from-year"' not in page.text
    too_early = {"to-year": "2019", "to-month": "1", "to-day": "1"}
    page = await visitor.post(page.url.path, {"base": base(visitor), **too_early})
    assert page.status_code == 422, "the second day is judged by the first"
    page = await visitor.post(page.url.path, {"base": base(visitor), **too_early, "to-year": "2021"})
    assert page.status_code == 200
    assert not page.url.path.endswith(("/period", "/period-to"))
    visitor.http.cookies.delete(COOKIE)
    page = await visitor.get(f"{step}-to")
    assert page.url.path == step, "who asks no longer for it finds both on one page"
    assert 'name="to-year"' in page.text
    assert (await visitor.get(f"{step}-nothing")).status_code == 404


async def test_with_a_dead_backend_it_is_saved_here_and_said(app: Any, visitors: Visitors) -> None:
    line = portal_of(app).backend._lines["preferences"]
    one, kept = visitors(), (line.base, line.transport)
    await one.sign_in(PERSON, "/en/")
    line.base, line.transport = "http://127.0.0.1:9", httpx.AsyncHTTPTransport()
    try:
        wished = {"size": "150", "everywhere": "yes", "act": "save", "from": "/vi/help"}
        page = await one.post("/vi/preferences", wished)
        assert says(page, "vi", "could not be saved for your other devices")
        assert 'data-size="150"' in root(page.text)
        assert 'href="/vi/help"' in page.text
        other = visitors()
        assert (await other.sign_in(PERSON, "/en/help")).status_code == 200
    finally:  # last of this file: the breaker stays open for a while
        line.base, line.transport = kept


def base(visitor: Visitor) -> str:
    return next(fields["base"] for _, fields in visitor.forms() if "base" in fields)
