"""What comes in: wrong addresses, methods, kinds, sizes, encodings and callers get a problem, never a trace."""

import datetime as dt
import json

import pytest
from backend_kit import KEY, Backend, refused

from madang.backend.identifiers import new_opaque
from madang.backend.routing import routes
from madang.contract import assertion
from madang.contract.endpoints import ENDPOINTS
from madang.contract.examples import PARAMETERS

pytestmark = pytest.mark.anyio


def body(**changes: object) -> dict[str, object]:
    return {
        "id": new_opaque(),
        "service": "resident-register",
        "form": "resident-register@1",
        "locale": "ko",
        **changes,
    }


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/", "/v1/drafts/", "/v2/health", "/v1/health/x", "/v1/%00", "/%ff"])
async def test_unknown_addresses(backend: Backend, path: str) -> None:
    refused(await backend.client.get(path), 404, "not-found")


@pytest.mark.parametrize("method", ["PATCH", "TRACE", "OPTIONS", "BREW"])
async def test_other_methods(backend: Backend, method: str) -> None:
    response = await backend.client.request(method, "/v1/drafts")
    refused(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "GET, HEAD, POST"
    refused(await backend.client.request(method, "/livez"), 405, "method-not-allowed")


async def test_it_lives(backend: Backend) -> None:
    assert (await backend.client.get("/livez")).text == "ok"
    health = (await backend.client.get("/v1/health")).json()
    assert health["status"] == "ok"
    assert set(health["groups"]) == {endpoint.group for endpoint in ENDPOINTS}


@pytest.mark.parametrize("bad", ["draft", "file", "number"])
async def test_identifiers_that_cannot_be(backend: Backend, bad: str) -> None:
    person = await backend.newcomer()
    for value in ("x", "%00", "%ed%a0%80", "a" * 5000, "..%2f", "'--", "名前"):
        path = {
            "draft": f"/v1/drafts/{value}",
            "file": f"/v1/drafts/{new_opaque()}/files/{value}",
            "number": f"/v1/documents/{value}",
        }[bad]
        method = "DELETE" if bad == "file" else "GET"
        refused(await person.call(method, path), 404, "not-found")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b'{"id": "\xed\xa0\x80"}',
        b'{"id": "\\ud800"}',
        b"\xef\xbb\xbf{}",
        b"[" * 120_000,
        b'{"answers": ' + b'{"a":' * 20_000,
        b"NaN",
    ],
)
async def test_what_is_no_json(backend: Backend, content: bytes) -> None:
    person = await backend.newcomer()
    headers = {"Content-Type": "application/json"}
    response = await person.call("POST", "/v1/drafts", content=content, headers=headers)
    assert response.status_code in (400, 422), response.text
    assert response.json()["type"] in ("malformed", "invalid")


def _nested(depth: int) -> object:
    return [_nested(depth - 1)] if depth else "deep"


@pytest.mark.parametrize(
    "value",
    ["a\0b", 2**53, -(2**60), 10**30, 1e300, {"a\0": 1}, ["\0"], _nested(14)],
)
async def test_what_no_database_could_keep(backend: Backend, value: object) -> None:
    person = await backend.newcomer()
    response = await person.call("POST", "/v1/drafts", json=body(answers={"field": value}))
    refused(response, 422, "invalid")
    assert (await person.get("/v1/drafts"))["items"] == []


async def test_a_number_of_5000_digits(backend: Backend) -> None:
    person = await backend.newcomer()
    content = json.dumps(body(answers={"field": 0})).replace(": 0", ": " + "9" * 5000)
    headers = {"Content-Type": "application/json"}
    refused(await person.call("POST", "/v1/drafts", content=content, headers=headers), 422, "invalid")


async def test_every_plane_of_unicode_comes_back_as_it_was(backend: Backend) -> None:
    person = await backend.newcomer()
    text = "한글 ภาษาไทย Tiếng Việt 🏠 \U0002f9ff \U0010fffd \ue000 ￾"
    draft = await person.draft(answers={"other": text, "n": 2**53 - 1, "f": 0.1, "none": None, "list": [True, []]})
    kept = (await person.get(f"/v1/drafts/{draft['id']}"))["answers"]
    assert kept == draft["answers"] == {"other": text, "n": 2**53 - 1, "f": 0.1, "none": None, "list": [True, []]}


async def test_other_kinds_of_content(backend: Backend) -> None:
    person = await backend.newcomer()
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp"):
        response = await person.call("POST", "/v1/drafts", content=b"{}", headers={"Content-Type": media_type})
        refused(response, 415, "unsupported-media-type")
    with_charset = {"Content-Type": "Application/JSON; charset=utf-8"}
    response = await person.call("POST", "/v1/drafts", content=json.dumps(body()), headers=with_charset)
    assert response.status_code == 201


async def test_bodies_that_are_too_large(backend: Backend) -> None:
    person = await backend.newcomer()
    refused(await person.call("POST", "/v1/drafts", json=body(answers={"a": "x" * 200_000})), 413, "too-large")

    async def undeclared() -> object:
        for _ in range(64):
            yield b" " * 65_536

    headers = {"Content-Type": "application/json"}
    refused(await person.call("POST", "/v1/drafts", content=undeclared(), headers=headers), 413, "too-large")


async def test_query_values_are_bounded(backend: Backend) -> None:
    person = await backend.newcomer()
    refused(await person.call("GET", "/v1/drafts?service=%00"), 422, "invalid")
    refused(await person.call("GET", "/v1/drafts?service=" + "x" * 201), 422, "invalid")


async def test_who_calls_must_be_said(backend: Backend) -> None:
    now = dt.datetime.now(dt.UTC)
    good = assertion.make("han-garam", "substantial", ["citizen"], KEY, now)
    long_ago = assertion.make("han-garam", "substantial", ["citizen"], KEY, now - dt.timedelta(minutes=3))
    early = assertion.make("han-garam", "substantial", ["citizen"], KEY, now + dt.timedelta(minutes=3))
    foreign = assertion.make("han-garam", "substantial", ["citizen"], "another key of thirty-two letters", now)
    head, claims, signature = good.split(".")
    nobody = assertion.make("", "substantial", [], KEY, now)
    wrong = ["", "Bearer", "Bearer x", f"Basic {good}", f"Bearer {long_ago}", f"Bearer {early}", f"Bearer {foreign}",
             f"Bearer {head}.{claims}.", f"Bearer {head}.{claims}.{signature[::-1]}", f"Bearer {nobody}",
             "Bearer eyJhbGciOiJub25lIn0." + claims + ".", "Bearer " + "x" * 9000]  # fmt: skip
    for value in wrong:
        response = await backend.client.get("/v1/me", headers={"Authorization": value} if value else {})
        refused(response, 401, "unauthenticated")
        assert response.headers["www-authenticate"] == "Bearer"
    response = await backend.client.get("/v1/me", headers={"Authorization": f"bearer {good}"})
    assert response.json()["name"]["full"] == "한가람"


async def test_every_operation_for_persons_asks_who(backend: Backend) -> None:
    for endpoint in ENDPOINTS:
        path = endpoint.path.format(**PARAMETERS)
        response = await backend.client.request(endpoint.method, path)
        if endpoint.caller == "anyone":
            assert response.status_code != 401
        else:
            refused(response, 401, "unauthenticated")


async def test_someone_no_register_knows(backend: Backend) -> None:
    refused(await backend.person("nobody").call("GET", "/v1/me"), 404, "not-found")


async def test_answers_are_not_kept_by_anyone_between(backend: Backend) -> None:
    person = await backend.newcomer()
    for path in ("/v1/me", "/v1/drafts", "/v1/applications", "/v1/documents/x"):
        assert (await person.call("GET", path)).headers["cache-control"] == "no-store"


async def test_the_catalogue_is_sent_once(backend: Backend) -> None:
    first = await backend.client.get("/v1/catalogue")
    tag = first.headers["etag"]
    assert first.json()["version"] == tag.strip('"')
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = await backend.client.get("/v1/catalogue", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await backend.client.get("/v1/catalogue", headers={"If-None-Match": '"old"'})).status_code == 200


def test_an_endpoint_without_handler_stops_the_start() -> None:
    with pytest.raises(RuntimeError, match=r"No handler for: .*submit"):
        routes({})


def test_a_handler_outside_the_contract_stops_the_start() -> None:
    async def handler(_call: object) -> None: ...

    handlers = dict.fromkeys([endpoint.name for endpoint in ENDPOINTS] + ["surplus"], handler)
    with pytest.raises(RuntimeError, match="Not in the contract: surplus"):
        routes(handlers)
