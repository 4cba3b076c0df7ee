"""Public pages for who is signed in: kept with gaps, filled, and each byte is what would be drawn for that person."""

import asyncio
import re
from typing import Any

import pytest
from invariants import problems
from portal_kit import Visitor
from starlette.applications import Starlette

from madang.i18n.locales import LOCALES, Locale
from madang.web.middleware.personal import NAME, SECONDS, filled, pieces
from madang.web.page import holds_private
from madang.web.portal import Portal
from madang.web.state.sessions import COOKIE, Session, Sessions
from madang.web.views.guide import GuidePage
from madang.web.views.home import HomePage
from tests.web.hostile.raw import Answer, Raw

pytestmark = pytest.mark.anyio
SHARED = (
    "/services",
    "/services?category=identity",
    "/services/alien-registration",
    "/services/alien-registration/easy",
    "/services/hometax/leaving",
    "/services/bulky-waste/areas",
    "/services/a-z",
    "/life-events",
    "/life-events/relocation",
    "/for-you",
    "/for-you/newcomer",
    "/site-map",
    "/help/life-information",
    "/changes",
    "/completeness",
    "/styleguide",
)
NEVER = (
    "/",
    "/verify",
    "/offices",
    "/status",
    "/applications",
    "/my-information",
    "/session",
    "/services?q=zqx",
    "/no",
)
DRAWN = [("authorization", "Basic eDp5")]
"""Keeps a request away from everything that is kept."""
HOSTILE = """</script></title>--><img src=x onerror=alert(1)>'"&amp;{{ 7 * 7 }}\u202e%s%(num)d"""


class Watched:
    """The portal, and what became of the last request."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.cache = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope, receive, send)
        self.cache = scope.get("madang.cache", "")


def portal_of(app: Any) -> Portal:
    while not isinstance(app, Starlette):
        app = app._app
    found: Portal = app.state.portal
    return found


async def somebody(app: Any, name: str) -> Raw:
    """A browser that is signed in, by whatever name a provider may give."""
    sessions = Sessions(portal_of(app).state)
    return Raw(app, f"{COOKIE}={await sessions.start(Session(subject=name, name=name, acr='high'))}")


def same(one: Answer, other: Answer) -> None:
    """But for the seconds, which go on, and what names a request."""
    assert re.sub(r'data-session="\d+"', "", one.text) == re.sub(r'data-session="\d+"', "", other.text)
    named = [{n: v for n, v in a.headers if n not in ("x-request-id", "content-length")} for a in (one, other)]
    assert named[0] == named[1]


@pytest.mark.parametrize("locale", LOCALES)
async def test_what_is_filled_is_what_would_be_drawn(app: Any, locale: Locale) -> None:
    watched = Watched(app)
    first, second = await somebody(watched.app, "Zrq One"), await somebody(watched.app, HOSTILE)
    first.app = second.app = watched
    for path in SHARED:
        target = f"/{locale}{path}"
        drawn = [await each.ask("GET", target, headers=[("cookie", each.cookie), *DRAWN]) for each in (first, second)]
        assert watched.cache == "", target
        made = await first.ask("GET", target)
        assert watched.cache == "stored", target
        filled_in = await second.ask("GET", target)
        assert watched.cache == "filled", target
        again = await first.ask("GET", target)
        same(made, drawn[0])
        same(again, drawn[0])
        same(filled_in, drawn[1])
        assert len(filled_in.body) == int(filled_in.one("content-length"))
        assert filled_in.one("cache-control") == "no-store"
        assert not filled_in.all("etag")
        assert "Zrq" not in filled_in.text
        assert "<img src=x" not in filled_in.text
        assert NAME not in filled_in.text + made.text
        assert str(SECONDS) not in filled_in.text + made.text
        assert not problems(filled_in.text, locale), target
        head = await second.ask("HEAD", target)
        assert (head.body, head.one("content-length")) == (b"", filled_in.one("content-length"))
        assert "Zrq" not in (await Raw(app).ask("GET", target)).text


async def test_pages_that_know_a_person_are_drawn_each_time(app: Any) -> None:
    watched = Watched(app)
    one = await somebody(app, "Zrq One")
    one.app = watched
    for path in NEVER:
        for _ in range(3):
            await one.ask("GET", f"/ko{path}")
            assert watched.cache == "", path
    assert holds_private(HomePage)
    assert not holds_private(GuidePage)


async def test_two_people_at_once(app: Any) -> None:
    people = {name: await somebody(app, name) for name in ("Zrq One", "Zrq Two", "Zrq Three")}
    for path in ("/vi/services/entry-exit", "/vi/life-events"):
        asked = [*people.items()] * 8
        answers = await asyncio.gather(*(each.ask("GET", path) for _, each in asked), Raw(app).ask("GET", path))
        for (name, _), answer in zip(asked, answers, strict=False):
            assert set(re.findall("Zrq [A-Z][a-z]+", answer.text)) == {name}
        assert "Zrq" not in answers[-1].text


async def test_a_session_that_is_over_leaves_no_name(app: Any) -> None:
    one = await somebody(app, "Zrq One")
    path = "/ja/services/entry-exit"
    for _ in range(2):
        assert "Zrq One" in (await one.ask("GET", path)).text
    await Sessions(portal_of(app).state).end(one.cookie.partition("=")[2])
    answer = await one.ask("GET", path)
    assert "Zrq" not in answer.text
    assert 'data-ref="sign-in"' in answer.text
    assert "Max-Age=0" in answer.one("set-cookie")
    assert answer.one("cache-control") == "no-store"
    assert "Zrq" not in (await Raw(app).ask("GET", path)).text


async def test_what_else_a_browser_sends_decides_as_for_strangers(app: Any) -> None:
    watched = Watched(app)
    one = await somebody(app, "Zrq One")
    one.app = watched
    path = "/th/services/entry-exit"
    await one.ask("GET", path)
    for extra, became in (
        ([("cookie", f"theme=dark; {one.cookie}; x=1")], "filled"),
        ([("cookie", f"{one.cookie}; __Host-madang-signin=abc")], "filled"),
        ([("cookie", f"{one.cookie}; __Host-madang-other=abc")], ""),
        ([("cookie", one.cookie), ("hx-request", "true")], ""),
        ([("cookie", f"{one.cookie}; {COOKIE}={'A' * 43}")], "filled"),
        ([("cookie", f"x{one.cookie}")], ""),
    ):
        answer = await one.ask("GET", path, headers=extra)
        assert (watched.cache, answer.status) == (became, 200), extra
    answer = await one.ask("GET", f"{path}?utm=1")
    assert watched.cache == ""
    assert "Zrq One" in answer.text


async def test_who_has_been_signed_in_once_gets_what_strangers_get(app: Any) -> None:
    """A sign-in leaves its own cookie in the browser, which no other page reads."""
    before, path = Raw(app, "__Host-madang-signin=" + "A" * 43), "/th/help/life-information"
    await before.ask("GET", path)
    answer = await before.ask("GET", path)
    assert answer.one("cache-control") == "public, no-cache"
    assert not answer.all("x-request-id"), "the short way, which names no requests"
    for cookie in (f"{before.cookie}; __Host-madang-x=1", f"__Host-madang-signinx=1; {before.cookie}"):
        assert (await Raw(app, cookie).ask("GET", path)).all("x-request-id")


async def test_it_is_drawn_anew_when_a_system_fails(app: Any, visitor: Visitor) -> None:
    """What the monitor sees is part of the version: the person sees on the guide that applying does not work."""
    watched, monitor = Watched(app), portal_of(app).monitor
    one = await somebody(app, "Zrq One")
    one.app = watched
    for became in ("stored", "filled"):
        await one.ask("GET", "/en/services/entry-exit")
        assert watched.cache == became
    version = monitor.version
    monitor.version = f"{version}, and something failed"
    try:
        for became in ("stored", "filled"):
            await one.ask("GET", "/en/services/entry-exit")
            assert watched.cache == became
    finally:
        monitor.version = version


def test_a_page_without_both_gaps_is_not_kept() -> None:
    assert pieces("<p>nobody</p>") is None
    assert pieces(f"<p>{NAME}</p>") is None
    assert pieces(f"<p>{SECONDS}</p>") is None
    cut = pieces(f"a{NAME}b{SECONDS}c{NAME}d")
    assert cut is not None
    assert filled(*cut, "<&\"'>", 7) == b"a&lt;&amp;&#34;&#39;&gt;b7c&lt;&amp;&#34;&#39;&gt;d"
    assert filled(*cut, NAME, 7).count(NAME.encode()) == 2, "a name is put in, and not looked at"
