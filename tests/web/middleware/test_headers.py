"""Security headers on every answer, whatever kind it is."""

import re
from collections.abc import Callable

import pytest

from tests.web.middleware.stack_house import OURS, House

pytestmark = pytest.mark.anyio
EVERYWHERE = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=63072000",
}


async def test_on_every_kind_of_answer(house: House) -> None:
    async with house.client() as client:
        etag = (await client.get("/ko/guide/a")).headers["etag"]
        searched = (await client.get("/ko/guide/a?q=a")).headers["etag"]
        answers = [
            await client.get("/ko/guide/a"),
            await client.head("/ko/guide/a"),
            await client.get("/ko/guide/a", headers={"if-none-match": etag}),
            await client.get("/ko/guide/a?q=a"),
            await client.get("/ko/guide/a?q=a", headers={"if-none-match": searched}),
            await client.get("/ko/nothing"),
            await client.delete("/ko/me", headers=OURS),
            await client.get("/ko/boom"),
            await client.get("/ko/%ff"),
            await client.post("/ko/echo"),
            await client.post("/ko/echo", headers=OURS, content=b"x" * 300_000),
            await client.get("/ko/guide/a", headers={"host": "evil.example"}),
            await client.get("/livez"),
            await client.get("/.well-known/security.txt"),
        ]
    assert [answer.status_code for answer in answers] == [
        200,
        200,
        304,
        200,
        304,
        404,
        405,
        500,
        400,
        403,
        413,
        421,
        200,
        200,
    ]
    for answer in answers:
        for name, value in EVERYWHERE.items():
            assert answer.headers.get_list(name) == [value], (answer.request.url, name)
        assert len(answer.headers.get_list("content-security-policy")) == 1
        short = answer.status_code in (200, 304) and "/guide/" in str(
            answer.request.url
        )  # it cannot fail: it has no id
        assert short or re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])
        assert "server" not in answer.headers


async def test_the_policy_admits_nothing_inline_but_by_hash(house: House) -> None:
    async with house.client() as client:
        fresh, kept = await client.get("/ko/guide/a"), await client.get("/ko/guide/a")
        plain = await client.get("/livez")
    assert fresh.headers["content-security-policy"] == kept.headers["content-security-policy"]
    policy = dict(part.split(" ", 1) for part in kept.headers["content-security-policy"].split("; ") if " " in part)
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["style-src"] == "'self' 'sha256-page'"
    assert policy["form-action"] == "'self' https://id.example.org"
    assert "sha256" not in plain.headers["content-security-policy"]
    for answer in (fresh, plain):
        for unsafe in ("unsafe-inline", "unsafe-eval", "data:", "*", "http:"):
            assert unsafe not in answer.headers["content-security-policy"]


async def test_http_on_this_machine_is_not_pinned_to_https(make: Callable[..., House]) -> None:
    house = make(base_url="http://127.0.0.1:8000")
    async with house.client(base_url="http://127.0.0.1:8000") as client:
        answer = await client.get("/livez")
    assert "strict-transport-security" not in answer.headers
    assert "upgrade-insecure-requests" not in answer.headers["content-security-policy"]


async def test_personal_pages_are_kept_out_of_caches_and_indexes(house: House) -> None:
    async with house.client() as client:
        answer = await client.post("/ko/in", headers=OURS)
        assert answer.headers.get_list("cache-control") == ["no-store"]
        assert answer.headers["x-robots-tag"] == "noindex"
        assert "x-robots-tag" not in (await client.get("/livez")).headers
