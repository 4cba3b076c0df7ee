"""Host, malformed addresses, language, other origins."""

import pytest

from tests.web.middleware.stack_house import BASE, House

pytestmark = pytest.mark.anyio
HOST = (b"host", b"www.example.org")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([HOST], 200),
        ([(b"host", b"WWW.Example.ORG")], 200),
        ([], 400),
        ([(b"host", b"")], 400),
        ([HOST, HOST], 400),
        ([(b"host", b"evil.example"), HOST], 400),
        ([(b"host", b"evil.example")], 421),
        ([(b"host", b"www.example.org.evil.example")], 421),
        ([(b"host", b"www.example.org:81")], 421),
        ([(b"host", b"www.example.org@evil.example")], 421),
        ([(b"host", b"\xff")], 421),
    ],
)
async def test_only_our_own_names_are_answered(house: House, headers: list[tuple[bytes, bytes]], status: int) -> None:
    assert await house.raw("/ko/guide/a", headers=headers) == status
    assert await house.raw("/ko/guide/a", headers=[HOST]) == 200
    assert await house.raw("/ko/guide/a", headers=headers) == status  # now that the page is in the cache, too


async def test_pages_move_to_the_one_name(house: House) -> None:
    """A sign-in that began under one of our names could not end under another."""
    other = [(b"host", b"also.example.org")]
    assert await house.raw("/ko/guide/a", headers=other) == 307
    assert await house.raw("/ko/guide/a") == 200
    assert await house.raw("/ko/guide/a", headers=other) == 307  # now that the page is in the cache, too
    assert await house.raw("/livez", headers=other) == 200


async def test_probes_are_answered_under_any_name(house: House) -> None:
    for path in ("/livez", "/readyz"):
        assert await house.raw(path, headers=[(b"host", b"10.0.0.7:8000")]) == 200


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/ko/\ufffd", b""),
        ("/ko/a\x00b", b""),
        ("/ko/a\nb", b""),
        ("//evil.example/", b""),
        ("ko", b""),
        ("/" + "a" * 5000, b""),
        ("/ko/guide/a", b"q=%ff"),
        ("/ko/guide/a", b"q=%00"),
        ("/ko/guide/a", b"q=\x00"),
        ("/ko/guide/a", b"q=%ed%a0%80"),
        ("/ko/guide/a", b"q=\xea\xb0\x80"),
        ("/ko/guide/a", b"q=" + b"a" * 5000),
    ],
)
async def test_malformed_addresses_are_refused(house: House, path: str, query: bytes) -> None:
    assert await house.raw(path, query) == 400


@pytest.mark.parametrize(
    "query", [b"q=%", b"q=%zz", b"q=%u1234", b"&&&===", b"%3d", b"q=" + "한글".encode().hex("%").encode()]
)
async def test_odd_queries_are_no_failure(house: House, query: bytes) -> None:
    assert await house.raw("/ko/guide/a", query) in (200, 400)


async def test_the_language_is_the_paths(house: House) -> None:
    async with house.client(headers={"accept-language": "vi, en;q=0.5"}) as client:
        for locale in ("ko", "en", "ja", "zh", "th", "vi"):
            assert (await client.post(f"/{locale}/me")).text.startswith(f"cross-origin {locale} ")
        assert (await client.get("/")).text == "vi"
        assert (await client.post("/kor/x")).text.startswith("cross-origin vi ")
        # Refused before the language is looked at, and still in it.
        assert (await client.get("/th/x", headers={"host": "evil.example"})).text.startswith("wrong-host th ")
        assert (await client.get("/x", headers={"host": "evil.example"})).text.startswith("wrong-host vi ")


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"origin": BASE}, True),
        ({"sec-fetch-site": "none", "origin": BASE}, True),
        ({}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "same-site", "origin": BASE}, False),
        ({"sec-fetch-site": "cross-site", "origin": BASE}, False),
        ({"sec-fetch-site": "Same-Origin "}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://www.example.org"}, False),
        ({"origin": BASE + ".evil.example"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"referer": BASE + "/ko/"}, False),
    ],
)
async def test_no_other_site_changes_anything(house: House, headers: dict[str, str], allowed: bool) -> None:
    async with house.client(headers=headers) as client:
        for method in ("POST", "PUT", "DELETE", "PATCH", "BREW"):
            answer = await client.request(method, "/ko/echo")
            assert (answer.status_code != 403) is allowed, method
        assert (await client.get("/ko/me")).status_code == 200


async def test_a_forged_host_does_not_make_an_origin_ours(house: House) -> None:
    async with house.client(headers={"host": "evil.example", "origin": "https://evil.example"}) as client:
        assert (await client.post("/ko/echo")).status_code == 421


async def test_a_failure_is_a_page_and_its_words_stay_out_of_log_and_page(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.client() as client:
        answer = await client.get("/ko/boom")
    assert answer.status_code == 500
    assert "900101" not in answer.text
