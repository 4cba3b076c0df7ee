"""Recordings as a backend keeps them: in order, for a time, and for nobody who has not said that they look."""

import base64
import datetime as dt
import secrets
from typing import Any

import anyio
import httpx
import pytest
from backend_kit import Backend, Person, refused
from sqlalchemy import select
from test_support import agent, portal, read, supervisor, whole, written

from madang.backend import recordings
from madang.backend.tables import recording_pieces
from madang.backend.tables import recordings as table
from madang.contract.messages.recordings import MOST_BYTES, PIECE_BYTES, PLAYBACK_SECONDS

pytestmark = pytest.mark.anyio
KEY = base64.b64encode(b"k" * 60).decode()


def path(session: str, more: str = "") -> str:
    return f"/v1/support/sessions/{session}/recording{more}"


def name() -> str:
    return secrets.token_urlsafe(16)


async def begun(backend: Backend, session: str, called: str = "", days: float = 30) -> str:
    called = called or name()
    expires = (backend.clock() + dt.timedelta(days=days)).isoformat()
    body = {"name": called, "key": KEY, "expires": expires}
    response = await portal(backend).call("PUT", path(session), json=body)
    assert response.status_code == 204, response.text
    return called


async def add(backend: Backend, session: str, called: str, number: int, content: bytes = b"") -> httpx.Response:
    content = content or secrets.token_bytes(200)
    end = base64.b64encode(f"the end is at {number:>20}".encode()).decode()
    body = {"name": called, "number": number, "content": base64.b64encode(content).decode(), "end": end}
    return await portal(backend).call("POST", path(session, "/pieces"), json=body)


async def looked(backend: Backend, session: str, who: Person | None = None) -> dict[str, Any]:
    who = who or supervisor(backend)
    response = await who.call("POST", f"/v1/support/sessions/{session}/playbacks")
    assert response.status_code == 204, response.text
    found: dict[str, Any] = await who.get(path(session))
    return found


async def rows(backend: Backend, called: str) -> int:
    c = recording_pieces.c

    def count(connection: Any) -> int:
        kept = len(connection.execute(select(c.number).where(c.recording == called)).all())
        return kept + len(connection.execute(select(table.c.name).where(table.c.name == called)).all())

    return await backend.house.database.read(count)


async def test_pieces_are_kept_in_order_and_given_out_whole(backend: Backend) -> None:
    session = name()
    await written(backend, whole(session))
    called = await begun(backend, session)
    contents = [secrets.token_bytes(60_000) for _ in range(40)]
    for number, content in enumerate(contents, 1):
        assert (await add(backend, session, called, number, content)).status_code == 204
    key = await portal(backend).get(path(session, "/key"))
    assert (key["name"], key["key"], key["count"], key["size"]) == (called, KEY, 40, 40 * 60_000)
    found = await looked(backend, session)
    assert 0 < len(found["items"]) < 40, "about a megabyte at a time"
    items = found["items"]
    while items[-1]["number"] < found["count"]:
        items += (await supervisor(backend).get(path(session) + f"?after={items[-1]['number']}"))["items"]
    assert [item["number"] for item in items] == list(range(1, 41))
    assert [base64.b64decode(item["content"]) for item in items] == contents
    assert base64.b64decode(found["end"]).endswith(b"40")
    for wrong in ("-1", "x", "٣", "9" * 9):
        refused(await supervisor(backend).call("GET", path(session) + f"?after={wrong}"), 422, "invalid")


async def test_of_two_pieces_with_one_number_the_first_is_kept(backend: Backend) -> None:
    session = name()
    called = await begun(backend, session)
    content = secrets.token_bytes(100)
    assert (await add(backend, session, called, 1, content)).status_code == 204
    assert (await add(backend, session, called, 1, content)).status_code == 204, "the same once more"
    refused(await add(backend, session, called, 1), 409, "not-possible")
    refused(await add(backend, session, called, 3), 409, "not-possible")
    answers: list[int] = []

    async def race() -> None:
        answers.append((await add(backend, session, called, 2)).status_code)

    async with anyio.create_task_group() as group:
        for _ in range(6):
            group.start_soon(race)
    assert sorted(answers) == [204, 409, 409, 409, 409, 409]
    assert await rows(backend, called) == 3


async def test_a_session_has_one_recording_at_a_time(backend: Backend) -> None:
    session, other = name(), name()
    called = await begun(backend, session)
    expires = (backend.clock() + dt.timedelta(days=1)).isoformat()
    body = {"name": name(), "key": KEY, "expires": expires}
    refused(await portal(backend).call("PUT", path(session), json=body), 409, "not-possible")
    refused(await portal(backend).call("PUT", path(other), json={**body, "name": called}), 409, "not-possible")
    await begun(backend, session, called)
    refused(await add(backend, session, name(), 1), 404, "not-found")
    refused(await add(backend, other, called, 1), 404, "not-found")


async def test_deleted_is_deleted_with_its_key(backend: Backend) -> None:
    session = name()
    called = await begun(backend, session)
    for number in range(1, 4):
        await add(backend, session, called, number)
    assert await rows(backend, called) == 4
    assert (await portal(backend).call("DELETE", path(session))).status_code == 204
    assert await rows(backend, called) == 0
    refused(await portal(backend).call("DELETE", path(session)), 404, "not-found")
    refused(await add(backend, session, called, 4), 404, "not-found")
    refused(await portal(backend).call("GET", path(session, "/key")), 404, "not-found")
    refused(await supervisor(backend).call("POST", f"/v1/support/sessions/{session}/playbacks"), 404, "not-found")
    again = await begun(backend, session)
    refused(await add(backend, session, called, 1), 404, "not-found")
    assert (await add(backend, session, again, 1)).status_code == 204


async def test_pieces_that_come_while_it_is_deleted_are_not_left_behind(backend: Backend) -> None:
    session = name()
    called = await begun(backend, session)

    async def adding() -> None:
        for number in range(1, 30):
            if (await add(backend, session, called, number)).status_code == 404:
                return

    async with anyio.create_task_group() as group:
        group.start_soon(adding)
        await anyio.sleep(0.05)
        await portal(backend).call("DELETE", path(session))
    assert await rows(backend, called) == 0


async def test_what_has_expired_is_given_to_nobody_and_swept(backend: Backend) -> None:
    session, lasting = name(), name()
    await written(backend, whole(session))
    called, other = await begun(backend, session, days=2), await begun(backend, lasting, days=20)
    await add(backend, session, called, 1)
    await add(backend, lasting, other, 1)
    assert (await portal(backend).get(f"/v1/support/sessions/{session}/receipt"))["recording"]
    await looked(backend, session)
    backend.clock.ahead = dt.timedelta(days=3)
    assert await rows(backend, called) == 2, "not swept yet"
    refused(await supervisor(backend).call("GET", path(session)), 404, "not-found")
    refused(await supervisor(backend).call("POST", f"/v1/support/sessions/{session}/playbacks"), 404, "not-found")
    refused(await portal(backend).call("GET", path(session, "/key")), 404, "not-found")
    refused(await add(backend, session, called, 2), 404, "not-found")
    assert "recording" not in await portal(backend).get(f"/v1/support/sessions/{session}/receipt")
    assert "recording" not in await supervisor(backend).get(f"/v1/support/sessions/{session}/trail")
    database, now = backend.house.database, backend.clock()
    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(database.write, lambda connection: recordings.sweep(connection, now))
    assert await rows(backend, called) == 0
    assert await rows(backend, other) == 2
    acts = (await supervisor(backend).get(f"/v1/support/sessions/{session}/trail"))["acts"]
    assert [act["who"] for act in acts if act["kind"] == "recording-expired"] == ["system"], "written down once"
    assert (await read(backend))[1] is None


async def test_the_sweep_runs_by_itself(backend: Backend) -> None:
    session = name()
    called = await begun(backend, session, days=1)
    now = backend.clock() + dt.timedelta(days=2)
    async with anyio.create_task_group() as group:
        group.start_soon(recordings.sweep_for_ever, backend.house.database, lambda: now, 0.05)
        with anyio.fail_after(10):
            while await rows(backend, called):
                await anyio.sleep(0.02)
        group.cancel_scope.cancel()


async def test_who_looks_has_said_so_and_it_is_in_the_chain(backend: Backend) -> None:
    session, mine = name(), supervisor(backend)
    await written(backend, whole(session))
    called = await begun(backend, session)
    await add(backend, session, called, 1)
    refused(await mine.call("GET", path(session)), 409, "not-possible")
    await looked(backend, session)
    other = backend.person("another", acr="high", roles=("supervisor",))
    refused(await other.call("GET", path(session)), 409, "not-possible")
    links = (await read(backend))[0]
    assert links.count
    acts = (await mine.get(f"/v1/support/sessions/{session}/trail"))["acts"]
    assert [(act["who"], act["kind"]) for act in acts][-1] == ("supervisor", "recording-played")
    backend.clock.ahead = dt.timedelta(seconds=PLAYBACK_SECONDS + 1)
    refused(await mine.call("GET", path(session)), 409, "not-possible")


@pytest.mark.parametrize(
    ("method", "more"),
    [("PUT", ""), ("GET", "/key"), ("POST", "/pieces"), ("DELETE", ""), ("GET", "")],
)
async def test_nobody_else_calls(backend: Backend, method: str, more: str) -> None:
    session = name()
    called = await begun(backend, session)
    await add(backend, session, called, 1)
    theirs = (portal(backend),) if (method, more) != ("GET", "") else ()
    body = {"name": called, "key": KEY, "expires": backend.clock().isoformat()}
    if more == "/pieces":
        body = {"name": called, "number": 2, "content": KEY, "end": KEY}  # type: ignore[dict-item]
    sent = {"json": body} if method in ("PUT", "POST") else {}
    for who in (agent(backend), backend.person("han-garam"), backend.clerk, *(() if theirs else (portal(backend),))):
        refused(await who.call(method, path(session, more), **sent), 403, "forbidden")
    if theirs:
        refused(await supervisor(backend).call(method, path(session, more), **sent), 403, "forbidden")
    low = backend.person("ma-yunseul", acr="substantial", roles=("supervisor",))
    refused(await low.call("POST", f"/v1/support/sessions/{session}/playbacks"), 403, "forbidden")
    refused(await agent(backend).call("POST", f"/v1/support/sessions/{session}/playbacks"), 403, "forbidden")
    assert await rows(backend, called) == 2


async def test_what_is_too_large_or_too_long_is_refused(backend: Backend) -> None:
    session = name()
    called = await begun(backend, session)
    refused(await add(backend, session, called, 1, secrets.token_bytes(PIECE_BYTES + 1)), 422, "invalid")
    assert (await add(backend, session, called, 1, secrets.token_bytes(PIECE_BYTES))).status_code == 204
    for days in (0, -1, 367, 999_999):
        expires = (backend.clock() + dt.timedelta(days=days)).isoformat()
        body = {"name": name(), "key": KEY, "expires": expires}
        refused(await portal(backend).call("PUT", path(name()), json=body), 422, "invalid")
    size = MOST_BYTES - 100

    def grown(connection: Any) -> None:
        connection.execute(table.update().where(table.c.session == session).values(size=size))

    await backend.house.database.write(grown)
    refused(await add(backend, session, called, 2, secrets.token_bytes(101)), 413, "too-large")
    assert (await add(backend, session, called, 2, secrets.token_bytes(100))).status_code == 204


async def test_no_place_is_made_for_what_cannot_be_a_session(backend: Backend) -> None:
    expires = (backend.clock() + dt.timedelta(days=1)).isoformat()
    for session in ("short", "x" * 65, "%C2%84aaaaaaaa"):
        response = await portal(backend).call(
            "PUT", path(session), json={"name": name(), "key": KEY, "expires": expires}
        )
        refused(response, 422, "invalid")
