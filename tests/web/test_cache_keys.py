"""Nothing personal is ever kept or shown to another: people by languages by what their browsers send."""

import itertools
import re
from collections.abc import Callable
from typing import Any

import pytest
from portal_kit import Visitor

from madang.i18n.locales import LOCALES, Locale
from tests.web.hostile.raw import Answer, Raw

pytestmark = pytest.mark.anyio
PEOPLE = ("suryaningsih", "osullivan-brooks", "takasaki-rin", "chen-xiaoyu")
PUBLIC = ("/", "/services", "/services?category=identity", "/services/alien-registration", "/help", "/verify")
PERSONAL = ("/applications", "/session", "/apply/alien-registration", "/apply/entry-exit")
SENT: tuple[dict[str, str], ...] = (
    {},
    {"accept-encoding": "br, gzip"},
    {"accept-language": "vi;q=1, th"},
    {"accept-language": "ko", "accept-encoding": "gzip", "dnt": "1"},
    {"hx-request": "true"},
    {"cookie": "theme=dark; lang=th"},
    {"authorization": "Basic eDp5"},
    {"if-modified-since": "Sun, 22 Nov 2026 00:00:00 GMT"},
    {"prefer": "respond-async", "sec-ch-prefers-color-scheme": "dark", "save-data": "on"},
)


class Person:
    """Somebody who is signed in, and what the pages call them."""

    def __init__(self, app: Any, visitor: Visitor, name: str) -> None:
        self.raw = Raw(app, "; ".join(f"{key}={value}" for key, value in visitor.http.cookies.items()))
        self.name = name


@pytest.fixture(scope="module")
async def people(app: Any) -> list[Person]:
    found = []
    for subject in PEOPLE:
        visitor = Visitor(app)
        response = await visitor.sign_in(subject, "/en/")
        named = re.search(r'data-ref="account"[^>]*>(.*?)</summary>', response.text, re.DOTALL)
        assert named, response.text[:9000]
        name = re.sub(r"<svg.*?</svg>|<[^>]+>", "\n", named[1], flags=re.DOTALL).strip().split("\n")[0].strip()
        assert name
        found.append(Person(app, visitor, name))
    assert len({person.name for person in found}) == len(found)
    return found


def sent(headers: dict[str, str], cookie: str = "") -> list[tuple[str, str]]:
    """``headers`` with the session's cookie beside their own."""
    cookies = "; ".join(filter(None, (headers.get("cookie", ""), cookie)))
    return [*((n, v) for n, v in headers.items() if n != "cookie"), *([("cookie", cookies)] if cookies else [])]


def is_no_store(answer: Answer) -> bool:
    return answer.one("cache-control") == "no-store"


@pytest.mark.parametrize("locale", LOCALES)
async def test_public_pages_never_mix(app: Any, people: list[Person], locale: Locale) -> None:
    """Asked for by everybody in turn, twice over: each sees their own name and nobody else's, strangers none."""
    stranger = Raw(app)
    for path, headers in itertools.product(PUBLIC, SENT):
        target = f"/{locale}{path}"
        for who in (None, people[0], None, people[1], people[2], None, people[3], people[0], None):
            asker = who.raw if who else stranger
            answer = await asker.ask("GET", target, headers=sent(headers, asker.cookie))
            assert answer.status == 200
            html = answer.text
            assert f'<html lang="{"zh-Hans" if locale == "zh" else locale}"' in html, "never another language"
            shown = [person for person in people if person.name in html]
            assert shown == ([who] if who else []), (target, headers)
            if who:
                assert is_no_store(answer), target
                assert "Cookie" in answer.one("vary")
                assert not answer.all("etag")
            elif path in PUBLIC and "hx-request" not in headers:
                assert not is_no_store(answer)
                assert not answer.all("set-cookie")


@pytest.mark.parametrize("locale", LOCALES)
async def test_personal_pages_are_never_kept(app: Any, people: list[Person], locale: Locale) -> None:
    for path, headers in itertools.product(PERSONAL, SENT):
        if "hx-request" in headers:
            continue
        for person in people:
            answer = await person.raw.ask("GET", f"/{locale}{path}", headers=sent(headers, person.raw.cookie))
            assert answer.status == 200
            assert is_no_store(answer)
            assert not answer.all("etag")
            assert not answer.all("content-encoding"), "what is compressed beside a secret tells of it"
            assert "noindex" in answer.one("x-robots-tag")
            assert [other for other in people if other.name in answer.text] == [person]
        refused = await Raw(app).ask("GET", f"/{locale}{path}", headers=sent(headers))
        assert refused.status == 303
        assert is_no_store(refused)


async def test_a_page_is_known_again(app: Any) -> None:
    """304 for whoever has it; never for another language, another page, or a page that has a person on it."""
    stranger = Raw(app)
    tags: dict[str, str] = {}
    for locale, path in itertools.product(LOCALES, PUBLIC):
        target = f"/{locale}{path}"
        await stranger.ask("GET", target)
        answer = await stranger.ask("GET", target)
        assert answer.one("etag"), target
        assert {"Accept-Encoding", "Cookie"} <= set(answer.one("vary").replace(" ", "").split(",")), target
        assert answer.one("cache-control") == "public, no-cache"
        tags[target] = answer.one("etag")
    assert len(set(tags.values())) == len(tags)
    for target, tag in tags.items():
        assert (await stranger.ask("GET", target, headers=[("if-none-match", tag)])).status == 304
        assert (await stranger.ask("GET", target, headers=[("if-none-match", f'"x", {tag}')])).status == 304
        other = next(other for name, other in tags.items() if name != target)
        assert (await stranger.ask("GET", target, headers=[("if-none-match", other)])).status == 200
    for encoding in ("br", "gzip", "identity"):
        packed = await stranger.ask("GET", "/ko/", headers=[("accept-encoding", encoding)])
        assert packed.one("etag") == tags["/ko/"]


async def test_who_signs_in_gets_no_304(app: Any, people: list[Person]) -> None:
    stranger = Raw(app)
    await stranger.ask("GET", "/th/")
    tag = (await stranger.ask("GET", "/th/")).one("etag")
    answer = await people[0].raw.ask("GET", "/th/", headers=[("if-none-match", tag)])
    assert answer.status == 200
    assert people[0].name in answer.text


async def test_the_name_comes_and_goes(visitors: Callable[[], Visitor], people: list[Person]) -> None:
    visitor, name = visitors(), people[1].name
    for path in PUBLIC:
        assert name not in (await visitor.get(f"/ja{path}")).text
    await visitor.sign_in(PEOPLE[1], "/ja/")
    for path in PUBLIC:
        assert name in (await visitor.get(f"/ja{path}")).text
    cookie = "; ".join(f"{key}={value}" for key, value in visitor.http.cookies.items())
    await visitor.post("/ja/sign-out")
    for path in PUBLIC:
        assert name not in (await visitor.get(f"/ja{path}")).text
    old = await Raw(visitor.http._transport.app, cookie).ask("GET", "/ja/")  # type: ignore[attr-defined]
    assert name not in old.text, "the session is over on the server, not in the browser alone"
    assert is_no_store(old)
    assert "Max-Age=0" in " ".join(old.all("set-cookie"))


async def test_a_strange_query_neither_splits_nor_poisons(app: Any) -> None:
    stranger = Raw(app)
    clean = (await stranger.ask("GET", "/vi/services/entry-exit")).text
    for query in ("utm_source=zqx", "q=zqx&q=zqx", "zqx", "x=<b>zqx", "category=zqx", "page=zqx", "Q=zqx", "q%00=zqx"):
        odd = await stranger.ask("GET", f"/vi/services/entry-exit?{query}")
        assert odd.status in (200, 400)
        again = await stranger.ask("GET", "/vi/services/entry-exit")
        assert "zqx" not in again.text
        assert again.text == clean
    for query in ("q=zqx", "category=identity&q=zqx", "q=zqx&category=identity", "page=2", "q="):
        await stranger.ask("GET", f"/vi/services?{query}")
        assert "zqx" not in (await stranger.ask("GET", "/vi/services")).text
        assert "zqx" not in (await stranger.ask("GET", "/vi/services?category=identity")).text


async def test_headers_that_proxies_believe_change_nothing(app: Any) -> None:
    """What is kept for all must not carry what one request said (cache poisoning)."""
    stranger = Raw(app)
    plain = await stranger.ask("GET", "/en/services/resident-register")
    for name in ("x-forwarded-host", "x-forwarded-scheme", "x-forwarded-proto", "x-host", "x-original-url", "forwarded",
                 "x-forwarded-prefix", "x-http-method-override", "referer", "origin", "user-agent"):  # fmt: skip
        for path in ("/en/services/resident-register", "/en/services?category=identity"):
            answer = await stranger.ask("GET", path, headers=[(name, "zqx.example")])
            assert "zqx" not in answer.text, name
    assert (await stranger.ask("GET", "/en/services/resident-register")).text == plain.text


async def test_refusals_are_not_kept(app: Any) -> None:
    stranger = Raw(app)
    for path in ("/ko/nothing", "/ko/services/nothing", "/ko/verify?number=1", "/ko/verify/1", "/ko/verify?number="):
        answer = await stranger.ask("GET", path)
        assert is_no_store(answer), path
        assert not answer.all("etag")


async def test_the_language_is_chosen_anew_each_time(app: Any) -> None:
    stranger = Raw(app)
    for wish, locale in (
        ("vi", "vi"),
        ("th-TH,en;q=0.5", "th"),
        ("zh-CN", "zh"),
        ("ja", "ja"),
        ("ko-KR", "ko"),
        ("en", "en"),
    ):
        answer = await stranger.ask("GET", "/", headers=[("accept-language", wish)])
        assert answer.one("location") == f"/{locale}/"
        assert "Accept-Language" in answer.one("vary")
        assert "public" not in answer.one("cache-control")
