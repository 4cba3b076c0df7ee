"""Sessions over requests: the cookie, rotation, sign-out, forged and stale ids."""

import pytest

from madang.web.state import StateUnavailable
from madang.web.state.sessions import Session
from tests.web.middleware.stack_house import OURS, House, cookie_of

pytestmark = pytest.mark.anyio


async def test_the_cookie(house: House) -> None:
    async with house.client() as client:
        answer = await client.post("/ko/in", headers=OURS)
    name, *attributes = answer.headers["set-cookie"].split("; ")
    assert name.startswith("__Host-madang=")
    assert set(attributes) == {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"}


async def test_signing_in_rotates_and_signing_out_ends_on_the_server(house: House) -> None:
    async with house.client() as client:
        first = cookie_of(await client.post("/ko/in", headers=OURS))
        client.cookies.clear()
        second = cookie_of(await client.post("/ko/in", headers={**OURS, **first}))
        assert first != second
        assert (await client.get("/ko/me", headers=first)).text.startswith("nobody")
        assert (await client.get("/ko/me", headers=second)).text.startswith("linh")
        out = await client.post("/ko/out", headers={**OURS, **second})
        assert out.headers["set-cookie"].startswith("__Host-madang=;")
        assert "Max-Age=0" in out.headers["set-cookie"]
        assert (await client.get("/ko/me", headers=second)).text.startswith("nobody")


async def test_a_session_that_is_over_is_forgotten_by_the_browser(house: House) -> None:
    async with house.client() as client:
        for value in ("A" * 43, "short", "é", '"', "A" * 9000, "%00"):
            answer = await client.get("/ko/me", headers=[(b"cookie", f"a=b; __Host-madang={value}; c=d".encode())])
            assert answer.text.startswith("nobody")
            assert "Max-Age=0" in answer.headers["set-cookie"]
            assert answer.headers["cache-control"] == "no-store"


async def test_cookies_of_like_names_are_not_ours(house: House) -> None:
    identifier = await house.sessions.start(Session(subject="linh", name="linh", acr="low"))
    async with house.client() as client:
        for cookies in (f"x__Host-madang={identifier}", f"__Host-madang-x={identifier}", f"__host-madang={identifier}"):
            assert (await client.get("/ko/me", headers={"cookie": cookies})).text.startswith("nobody")
        assert (await client.get("/ko/me", headers={"cookie": f"a=1;__Host-madang={identifier}"})).text.startswith(
            "linh"
        )
        two = [(b"cookie", b"a=1"), (b"cookie", f"__Host-madang={identifier}".encode())]
        assert (await client.get("/ko/me", headers=two)).text.startswith("linh")


async def test_what_a_personal_page_says_of_caches_is_overruled(house: House) -> None:
    async with house.client() as client:
        linh = cookie_of(await client.post("/ko/in", headers=OURS))
        answer = await client.get("/ko/me", headers=linh)
    assert answer.headers.get_list("cache-control") == ["no-store"]
    assert "etag" not in answer.headers
    assert "Cookie" in answer.headers["vary"]


async def test_a_page_that_asks_nobody_sets_nothing(house: House) -> None:
    async with house.client() as client:
        for path in ("/ko/me", "/livez", "/ko/nothing"):
            assert "set-cookie" not in (await client.get(path)).headers


async def test_a_store_that_is_down_is_a_503_and_public_pages_stay(house: House) -> None:
    async with house.client() as client:
        linh = cookie_of(await client.post("/ko/in", headers=OURS))

        async def down(*arguments: object) -> bytes | None:
            raise StateUnavailable

        house.state.get = down  # type: ignore[method-assign]
        client.cookies.clear()
        for path in ("/ko/me", "/ko/guide/a"):
            answer = await client.get(path, headers=linh)
            assert (answer.status_code, "nobody" in answer.text) == (200, True)
            assert answer.headers["cache-control"] == "no-store"
            assert "set-cookie" not in answer.headers  # the session may well be alive
        house.state.put = down  # type: ignore[assignment, method-assign]
        assert (await client.post("/ko/in", headers=OURS)).status_code == 503
