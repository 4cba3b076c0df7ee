"""The page cache: quick, and never one reader's page for another."""

import asyncio
import gzip
import itertools
from collections.abc import Callable

import brotli
import pytest

from madang.web.middleware.encodings import accepted
from madang.web.middleware.kept import Kept, Shelf
from tests.web.middleware.stack_house import OURS, House, cookie_of

pytestmark = pytest.mark.anyio


async def test_a_public_page_is_made_once(house: House) -> None:
    async with house.client() as client:
        first, second = await client.get("/ko/guide/a"), await client.get("/ko/guide/a")
    assert house.made == 1
    assert first.content == second.content
    assert {**first.headers, "x-request-id": ""} == {**second.headers, "x-request-id": ""}
    assert second.headers["cache-control"] == "public, no-cache"
    assert set(second.headers["vary"].split(", ")) == {"Accept-Encoding", "Cookie"}


async def test_people_and_languages_never_cross(house: House) -> None:
    """Every order of two people, nobody and a browser with another cookie, over languages, twice."""
    async with house.client() as client:
        linh = cookie_of(await client.post("/ko/in?name=linh", headers=OURS))
        client.cookies.clear()  # another browser: else signing in ends the session that was
        garam = cookie_of(await client.post("/ko/in?name=garam", headers=OURS))
        client.cookies.clear()
        readers = {"linh": linh, "garam": garam, "nobody": {}, "nobody ": {"cookie": "theme=dark"}}
        for order in itertools.permutations(readers):
            for name, locale in itertools.product(order, ("ko", "vi", "ko")):
                answer = await client.get(f"/{locale}/guide/a", headers=readers[name])
                assert f"<h1>{locale} a  {name.strip()} v1</h1>" in answer.text
                assert ("no-store" in answer.headers["cache-control"]) is (name in ("linh", "garam"))
    assert house.made == 2 + 24 * 3 * 2  # one for nobody in each language, and every personal page anew


async def test_an_etag_of_one_reader_gives_another_no_304(house: House) -> None:
    async with house.client() as client:
        etag = (await client.get("/ko/guide/a")).headers["etag"]
        linh = cookie_of(await client.post("/ko/in", headers=OURS))
        answer = await client.get("/ko/guide/a", headers={**linh, "if-none-match": etag})
    assert answer.status_code == 200
    assert "linh" in answer.text
    assert "etag" not in answer.headers


async def test_queries_that_pages_know_and_those_that_they_do_not(house: House) -> None:
    async with house.client() as client:
        for query, made in (
            ("q=a&page=2", 1),
            ("page=2&q=a", 1),
            ("q=b", 2),
            ("utm=x", 3),
            ("utm=x", 4),
            ("q=a&utm=x", 5),
        ):
            answer = await client.get(f"/ko/guide/a?{query}")
            assert house.made == made, query
            assert answer.status_code == 200
        assert "<h1>ko a q=b nobody" in (await client.get("/ko/guide/a?q=b")).text
        assert "<h1>ko a  nobody" in (await client.get("/ko/guide/a")).text
        await client.get("/ko/guide/a?q=" + "x" * 300)
        await client.get("/ko/guide/a?q=" + "x" * 300)
    assert house.made == 8


async def test_searches_do_not_push_guides_out(make: Callable[..., House]) -> None:
    house = make(page_cache_mib=1)
    async with house.client() as client:
        await client.get("/ko/guide/a")
        for number in range(400):
            await client.get(f"/ko/guide/b?q={number}")
        made = house.made
        await client.get("/ko/guide/a")
        assert house.made == made
        await client.get("/ko/guide/b?q=0")
        assert house.made == made + 1


async def test_a_304_when_nothing_changed(house: House) -> None:
    async with house.client() as client:
        first = await client.get("/ko/guide/a")
        for match in (
            first.headers["etag"],
            first.headers["etag"].removeprefix("W/"),
            f'"x", {first.headers["etag"]}',
            "*",
        ):
            answer = await client.get("/ko/guide/a", headers={"if-none-match": match})
            assert (answer.status_code, answer.content) == (304, b"")
            for name in ("etag", "vary", "cache-control"):
                assert answer.headers[name] == first.headers[name]
            assert "content-length" not in answer.headers
        assert (await client.get("/ko/guide/a", headers={"if-none-match": '"x"'})).status_code == 200


async def test_a_new_catalogue_makes_new_pages(house: House) -> None:
    async with house.client() as client:
        old = await client.get("/ko/guide/a")
        house.version = "2"
        new = await client.get("/ko/guide/a", headers={"if-none-match": old.headers["etag"]})
        assert new.status_code == 200
        assert "v2" in new.text


async def test_a_page_made_while_the_catalogue_changed_is_not_kept(house: House) -> None:
    async with house.client() as client:

        async def new_catalogue() -> None:
            """Comes, and another request sees it before the first one is done."""
            house.version = "2"
            assert "v2" in (await client.get("/ko/guide/b")).text

        house.meanwhile = new_catalogue
        assert "v1" in (await client.get("/ko/guide/a")).text
        assert "v2" in (await client.get("/ko/guide/a")).text


async def test_head_is_get_without_its_body(house: House) -> None:
    async with house.client() as client:
        fresh = await client.head("/ko/guide/a")
        assert fresh.status_code == 200
        got = await client.get("/ko/guide/a")
        head = await client.head("/ko/guide/a")
        await client.get("/ko/guide/a?q=a")
    assert await house.raw("/ko/guide/a", method="HEAD") == 200
    assert await house.raw("/ko/guide/a", b"q=a", method="HEAD") == 200
    assert {**head.headers, "x-request-id": ""} == {**got.headers, "x-request-id": ""}


@pytest.mark.parametrize("what", ["404", "cookie", "no-store", "teapot"])
async def test_what_must_not_be_kept(house: House, what: str) -> None:
    what = "status" if what == "404" else what
    async with house.client() as client:
        await client.get(f"/ko/odd?q={what}")
        await client.get(f"/ko/odd?q={what}")
    assert house.made == 2


async def test_what_is_too_big_goes_through_whole(house: House) -> None:
    async with house.client() as client:
        for _ in range(2):
            assert len((await client.get("/ko/big")).content) == 1_500_000
    assert house.made == 2


async def test_every_encoding_is_the_same_page(house: House) -> None:
    async with house.client() as client:
        plain = (await client.get("/ko/guide/a")).content
        for encoding, opened in (("br", brotli.decompress), ("gzip", gzip.decompress)):
            for _ in range(4):  # compressed at once, then thoroughly
                async with client.stream("GET", "/ko/guide/a", headers={"accept-encoding": encoding}) as answer:
                    raw = b"".join([part async for part in answer.aiter_raw()])
                assert answer.headers["content-encoding"] == encoding
                assert int(answer.headers["content-length"]) == len(raw) < len(plain)
                assert opened(raw) == plain
                await asyncio.sleep(0.05)
    assert house.made == 1


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (b"gzip, deflate, br, zstd", "br"),
        (b"gzip;q=1.0, br;q=0", "gzip"),
        (b"br;q=0.0, gzip;q=0", ""),
        (b"*", "br"),
        (b"*;q=0", ""),
        (b"identity", ""),
        (b"", ""),
        (b"BR", "br"),
        (b"x" * 9000, ""),
        (b"\xff;;;q=", ""),
    ],
)
async def test_what_a_browser_accepts(header: bytes, encoding: str) -> None:
    assert accepted(header) == encoding


async def test_the_shelf_never_grows_beyond_its_limit() -> None:
    shelf = Shelf(100_000)
    for number in range(1000):
        shelf.put(("", "", "", b"%d" % number), Kept([], b"x" * 2000, until=float("inf")))
    assert len(shelf) == 100_000 // (2 * 2000 + 8192)
    assert shelf.get(("", "", "", b"0")) is None
    assert shelf.get(("", "", "", b"999")) is not None


async def test_a_page_does_not_stay_for_ever() -> None:
    shelf = Shelf(100_000)
    shelf.put(("", "", "", b""), Kept([], b"x", until=0.0))
    assert shelf.get(("", "", "", b"")) is None
    assert len(shelf) == 0


async def test_personal_pages_are_not_compressed(house: House) -> None:
    async with house.client(headers={"accept-encoding": "br"}) as client:
        assert (await client.get("/ko/me")).headers["content-encoding"] == "br"
        linh = cookie_of(await client.post("/ko/in", headers=OURS))
        answer = await client.get("/ko/me", headers=linh)
        assert "content-encoding" not in answer.headers
        assert "content-encoding" not in (await client.get("/ko/guide/a", headers=linh)).headers
