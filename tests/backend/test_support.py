"""The trail of remote support: a chain in which every changed byte is found; receipts, results and figures."""

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import Any

import anyio
import msgspec
import pytest
from backend_kit import Backend, Person, refused
from sqlalchemy import delete, insert, select, text, update

from madang.backend.database import engine_for
from madang.backend.identifiers import new_opaque
from madang.backend.support_desk import RATINGS
from madang.backend.tables import support_head, support_records
from madang.contract import chain
from madang.contract.messages.support import Head, Link, Links

pytestmark = pytest.mark.anyio
AGENT = {"name": "백노을", "agency": "정부민원안내콜센터", "subject": "baek-noeul"}
AT = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


def portal(backend: Backend) -> Person:
    return backend.person("portal", acr="", roles=("portal",))


def supervisor(backend: Backend) -> Person:
    return backend.person("ma-yunseul", acr="high", roles=("supervisor",))


def agent(backend: Backend, subject: str = "baek-noeul") -> Person:
    return backend.person(subject, acr="high", roles=("agent",))


def record(session: str, kind: str, seconds: float = 0, who: str = "citizen", **more: Any) -> dict[str, Any]:
    at = (AT + dt.timedelta(seconds=seconds)).isoformat()
    return {"key": new_opaque(), "session": session, "at": at, "who": who, "kind": kind, **more}


def whole(session: str) -> list[dict[str, Any]]:
    """A session from its beginning to its end."""
    return [
        record(session, "asked", 0, detail="guide", locale="vi"),
        record(session, "matched", 40, "agent", **AGENT),
        record(session, "agreed", 50, detail="suggest"),
        record(session, "page", 51, detail="question"),
        record(session, "highlight", 60.25, "agent", detail="field-purpose", **AGENT),
        record(session, "suggest", 61, "agent", detail="field-purpose", **AGENT),
        record(session, "answer", 65, detail="accepted"),
        record(session, "ended", 350, detail="stopped"),
    ]


async def written(backend: Backend, items: list[dict[str, Any]]) -> None:
    response = await portal(backend).call("POST", "/v1/support/records", json={"items": items})
    assert response.status_code == 204, response.text


async def read(backend: Backend) -> tuple[chain.Reader, chain.Broken | None]:
    """The whole chain, read as a stranger would."""
    reader, links = chain.Reader(), None
    while links is None or links.items:
        response = await supervisor(backend).call("GET", f"/v1/support/records?after={reader.count}")
        assert response.status_code == 200, response.text
        links = msgspec.json.decode(response.content, type=Links)
        if (broken := reader.read(links.items)) is not None:
            return reader, broken
    return reader, reader.end(links.head)


async def test_a_chain_is_whole_and_in_order(backend: Backend) -> None:
    name = secrets.token_urlsafe(16)
    await written(backend, whole(name))
    reader, broken = await read(backend)
    assert broken is None
    assert reader.count >= 8
    found = await supervisor(backend).get(f"/v1/support/sessions/{name}/trail")
    assert [act["kind"] for act in found["acts"]] == [item["kind"] for item in whole(name)]
    assert found["session"]["records"] == 8


async def test_sent_twice_is_written_once(backend: Backend) -> None:
    name = secrets.token_urlsafe(16)
    items = whole(name)
    await written(backend, items[:5])
    await written(backend, items[3:])
    await written(backend, items)
    found = await supervisor(backend).get(f"/v1/support/sessions/{name}/trail")
    assert [act["kind"] for act in found["acts"]] == [item["kind"] for item in items]
    assert found["session"]["records"] == 8
    assert (await read(backend))[1] is None


async def test_many_who_write_at_once_leave_no_gap(backend: Backend) -> None:
    names = [secrets.token_urlsafe(16) for _ in range(8)]
    async with anyio.create_task_group() as group:
        for name in names:
            group.start_soon(written, backend, whole(name))
    assert (await read(backend))[1] is None


def changes() -> Iterator[tuple[str, Any]]:
    """For each column another value; one that a careless check would not see."""
    for column in support_records.c:
        match column.name:
            case "number":
                yield "number", 2**40
            case "who":
                yield "who", "system"
            case "locale":
                yield "locale", "th"
            case name:
                yield name, None


@pytest.mark.parametrize(("column", "value"), list(changes()), ids=str)
async def test_a_changed_column_is_found(backend: Backend, column: str, value: Any) -> None:
    name = secrets.token_urlsafe(16)
    await written(backend, whole(name))
    c = support_records.c
    statement = select(support_records).where(c.session == name, c.kind == "highlight")

    def row(connection: Any) -> dict[str, Any]:
        return dict(connection.execute(statement).mappings().one())

    before = await backend.house.database.read(row)
    old = before[column]
    new = value if value is not None else (old[:-1] + ("b" if old[-1] == "a" else "a"))
    assert new != old

    def put(connection: Any, to: Any, number: int) -> None:
        connection.execute(update(support_records).where(c.number == number).values({column: to}))

    await backend.house.database.write(lambda connection: put(connection, new, before["number"]))
    _, broken = await read(backend)
    assert broken is not None
    assert broken.number == before["number"], "the first that is wrong is named"
    number = new if column == "number" else before["number"]
    await backend.house.database.write(lambda connection: put(connection, old, number))
    assert (await read(backend))[1] is None


async def test_a_record_taken_out_or_put_in_is_found(backend: Backend) -> None:
    await written(backend, whole(secrets.token_urlsafe(16)))
    reader, _ = await read(backend)
    database, c = backend.house.database, support_records.c

    async def row(number: int) -> dict[str, Any]:
        statement = select(support_records).where(c.number == number)
        return await database.read(lambda connection: dict(connection.execute(statement).mappings().one()))

    for number in (1, reader.count // 2, reader.count):
        kept = await row(number)
        await database.write(
            lambda connection, number=number: connection.execute(delete(support_records).where(c.number == number))
        )
        assert (await read(backend))[1] == chain.Broken(number, "missing")
        await database.write(lambda connection, kept=kept: connection.execute(insert(support_records).values(**kept)))
    assert (await read(backend))[1] is None
    last = await row(reader.count)
    links = Link(**{**last, "number": reader.count + 1, "key": new_opaque()})
    forged = msgspec.to_builtins(links) | {"hash": chain.link(reader.last, links)}
    await database.write(lambda connection: connection.execute(insert(support_records).values(**forged)))
    assert (await read(backend))[1] == chain.Broken(reader.count + 1, "surplus")
    await database.write(
        lambda connection: connection.execute(delete(support_records).where(c.number == reader.count + 1))
    )
    assert (await read(backend))[1] is None


async def test_a_changed_head_is_found(backend: Backend) -> None:
    await written(backend, whole(secrets.token_urlsafe(16)))
    reader, _ = await read(backend)
    database, h = backend.house.database, support_head.c
    for values, expected in (
        ({"hash": "0" * 64}, chain.Broken(reader.count, "head")),
        ({"count": reader.count + 1}, chain.Broken(reader.count + 1, "missing")),
        ({"count": reader.count - 1}, chain.Broken(reader.count, "surplus")),
    ):
        await database.write(
            lambda connection, values=values: connection.execute(update(support_head).where(h.id == 1).values(**values))
        )
        assert (await read(backend))[1] == expected
        right = {"hash": reader.last, "count": reader.count}
        await database.write(
            lambda connection, right=right: connection.execute(update(support_head).where(h.id == 1).values(**right))
        )
    assert (await read(backend))[1] is None


async def test_bytes_that_are_no_text_any_more_are_found(backend: Backend) -> None:
    if not str(backend.house.config.database_url).startswith("sqlite"):
        pytest.skip("PostgreSQL holds no text that is none")
    name = secrets.token_urlsafe(16)
    await written(backend, whole(name))
    engine = engine_for(backend.house.config.database_url)
    with engine.begin() as connection:
        where = f"session = '{name}' AND kind = 'suggest'"
        number = connection.execute(text(f"SELECT number FROM support_records WHERE {where}")).scalar_one()
        connection.execute(text(f"UPDATE support_records SET detail = CAST(x'ff6c65' AS TEXT) WHERE number = {number}"))
    assert (await read(backend))[1] == chain.Broken(number, "changed", name)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE support_records SET detail = 'field-purpose' WHERE number = {number}"))
    engine.dispose()
    assert (await read(backend))[1] is None


def test_an_empty_chain_is_whole() -> None:
    assert chain.Reader().end(Head(0, chain.START)) is None
    assert chain.Reader().end(Head(1, chain.START)) == chain.Broken(1, "missing")


async def test_the_receipt_says_who_and_what(backend: Backend) -> None:
    name = secrets.token_urlsafe(16)
    await written(backend, whole(name))
    found = await portal(backend).get(f"/v1/support/sessions/{name}/receipt")
    assert (found["asked"], found["locale"], found["reason"]) == ("2026-11-22T03:00:00Z", "vi", "stopped")
    assert found["acts"][1]["name"] == AGENT["name"]
    assert AGENT["subject"] not in str(found), "the agent's id is nobody's business"
    refused(await portal(backend).call("GET", "/v1/support/sessions/nothing-of-it/receipt"), 404, "not-found")
    for other in (backend.person("han-garam"), agent(backend), supervisor(backend)):
        refused(await other.call("GET", f"/v1/support/sessions/{name}/receipt"), 403, "forbidden")


async def test_what_both_sides_say_of_it(backend: Backend) -> None:
    name = secrets.token_urlsafe(16)
    await written(backend, whole(name))
    path = f"/v1/support/sessions/{name}"
    for stars in (4, 5, 5):
        done = await portal(backend).call("PUT", f"{path}/rating", json={"stars": stars, "comment": "Cảm ơn"})
        assert done.status_code == 204
    result = {"outcome": "solved", "note": "끝까지 마침"}
    assert (await agent(backend).call("PUT", f"{path}/result", json=result)).status_code == 204
    found = await agent(backend).get(path)
    assert (found["rating"], found["comment"], found["result"]) == (5, "Cảm ơn", result)
    assert (found["wait"], found["length"]) == (40, 300)
    acts = (await supervisor(backend).get(f"{path}/trail"))["acts"]
    assert [(act["who"], act["kind"], act["detail"]) for act in acts[-3:]] == [
        ("citizen", "rated", "4"),
        ("citizen", "rated", "5"),
        ("agent", "outcome", "solved"),
    ]
    stranger = agent(backend, "tran-thi-mai")
    refused(await stranger.call("GET", path), 404, "not-found")
    refused(await stranger.call("PUT", f"{path}/result", json=result), 404, "not-found")
    refused(await portal(backend).call("PUT", f"{path}/rating", json={"stars": 6}), 422, "invalid")


async def test_who_rates_and_rates_again_fills_no_trail(backend: Backend) -> None:
    name = secrets.token_urlsafe(16)
    await written(backend, whole(name))
    path = f"/v1/support/sessions/{name}"
    for turn in range(RATINGS * 2):
        done = await portal(backend).call("PUT", f"{path}/rating", json={"stars": turn % 2 + 1})
        assert done.status_code == 204
    acts = (await supervisor(backend).get(f"{path}/trail"))["acts"]
    assert [act["kind"] for act in acts].count("rated") == RATINGS
    assert (await agent(backend).get(path))["rating"] == 2, "the last one counts all the same"
    assert (await read(backend))[1] is None


async def test_a_session_handed_over_is_both_agents(backend: Backend) -> None:
    name = secrets.token_urlsafe(16)
    colleague = {"name": "TRẦN THỊ MAI", "agency": AGENT["agency"], "subject": "tran-thi-mai"}
    items = whole(name)
    items.insert(6, record(name, "handed-over", 62, "agent", detail=colleague["name"], **colleague))
    await written(backend, items)
    for subject in ("baek-noeul", "tran-thi-mai"):
        assert (await agent(backend, subject).get(f"/v1/support/sessions/{name}"))["agent"] == "tran-thi-mai"


async def test_the_list_and_the_figures(backend: Backend) -> None:
    mark = f"agent-{secrets.token_hex(4)}"
    for stars in (3, 4):
        name = secrets.token_urlsafe(16)
        items = [item | ({"subject": mark} if "subject" in item else {}) for item in whole(name)]
        await written(backend, items)
        await portal(backend).call("PUT", f"/v1/support/sessions/{name}/rating", json={"stars": stars})
    waiting = secrets.token_urlsafe(16)
    await written(backend, [record(waiting, "asked", locale="th"), record(waiting, "expired", 180, detail="expired")])
    boss = supervisor(backend)
    listed = (await boss.get(f"/v1/support/sessions?agent={mark}"))["items"]
    assert [session["rating"] for session in listed] in ([3, 4], [4, 3])
    assert (await boss.get(f"/v1/support/sessions?agent={mark}&before=2026-11-22T03:00:00Z"))["items"] == []
    figures = await boss.get("/v1/support/statistics?first=2026-11-22&last=2026-11-22")
    assert figures["asked"] > figures["matched"] == figures["helped"] >= 2
    assert (figures["wait"], figures["length"]) == (40, 300)
    assert {"name": "expired", "count": 1} in figures["reasons"]
    mine = next(item for item in figures["agents"] if item["agent"] == mark)
    assert mine == {"agent": mark, "name": AGENT["name"], "sessions": 2, "length": 300, "rating": 3.5}
    for wrong in ("before=", "before=2026-11-22", "before=2026-11-22T03:00:00"):
        refused(await boss.call("GET", f"/v1/support/sessions?{wrong}"), 422, "invalid")
    none = await boss.get("/v1/support/statistics?first=2020-01-01&last=2020-01-31")
    assert (none["asked"], none["wait"], none["rating"], none["agents"]) == (0, None, None, [])
    for wrong in (
        "first=x",
        "last=20261122",
        "first=2026-12-01&last=2026-11-01",
        "last=9999-12-31",
        "last=",
        "last=2026-W47-7",
    ):
        refused(await boss.call("GET", f"/v1/support/statistics?{wrong}"), 422, "invalid")


async def test_who_may_what(backend: Backend) -> None:
    """Only the portal writes, only supervisors read all, and nobody with less than the highest assurance."""
    body = {"items": [record("no-session-of-ours", "asked")]}
    for other in (backend.person("han-garam"), agent(backend), supervisor(backend), backend.clerk):
        refused(await other.call("POST", "/v1/support/records", json=body), 403, "forbidden")
    weak = backend.person("ma-yunseul", acr="substantial", roles=("supervisor",))
    for path in ("/v1/support/records", "/v1/support/sessions", "/v1/support/statistics"):
        for other in (backend.person("han-garam"), agent(backend), portal(backend), weak):
            refused(await other.call("GET", path), 403, "forbidden")
    weak = backend.person("baek-noeul", acr="substantial", roles=("agent",))
    refused(await weak.call("GET", "/v1/support/day"), 403, "forbidden")


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "Asked"}, {"kind": ""}, {"key": "short"}, {"session": "x"}, {"at": "2026-11-22T03:00:00"},
        {"at": "0001-01-01T00:00:00+09:00"}, {"who": "nobody"}, {"detail": "x" * 201}, {"detail": "a\0b"},
        {"locale": "fr"}, {"more": 1},
    ],
    ids=str,
)  # fmt: skip
async def test_a_bad_record_is_refused_with_its_batch(backend: Backend, bad: dict[str, Any]) -> None:
    name = secrets.token_urlsafe(16)
    body = {"items": [record(name, "asked"), record(name, "matched") | bad]}
    refused(await portal(backend).call("POST", "/v1/support/records", json=body), 422, "invalid")
    refused(await portal(backend).call("GET", f"/v1/support/sessions/{name}/receipt"), 404, "not-found")
