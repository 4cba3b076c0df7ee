"""Appointments: half hours on working days, three at once, three a person and day; nothing is ever booked twice."""

import datetime as dt
import secrets
from typing import Any

import anyio
import pytest
from backend_kit import Backend, Person, refused
from sqlalchemy import delete

from madang.backend import appointments as module
from madang.backend.identifiers import new_opaque
from madang.backend.tables import appointments
from madang.i18n.korea import KOREA, is_working_day

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def nothing_booked(backend: Backend) -> None:
    """Each test begins with a free book, on a Monday morning in Korea."""
    await backend.house.database.write(lambda connection: connection.execute(delete(appointments)))
    monday = dt.datetime(2026, 11, 23, 8, 0, tzinfo=KOREA)
    backend.clock.ahead = monday - dt.datetime.now(dt.UTC)


def person(backend: Backend) -> Person:
    return backend.person(f"test-{secrets.token_hex(6)}")


def agent(backend: Backend) -> Person:
    return backend.person("baek-noeul", acr="high", roles=("agent",))


def at(day: int, hour: int, minute: int = 0) -> str:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=KOREA).isoformat()


async def book(who: Person, start: str, **more: Any) -> Any:
    body = {"id": new_opaque(), "start": start, "locale": "vi", **more}
    return await who.call("POST", "/v1/support/appointments", json=body)


async def free(backend: Backend) -> dict[str, int]:
    response = await backend.client.get("/v1/support/slots")
    assert response.status_code == 200
    slots = response.json()["items"]
    return {dt.datetime.fromisoformat(slot["start"]).astimezone(KOREA).isoformat(): slot["free"] for slot in slots}


async def test_slots_are_half_hours_of_ten_working_days(backend: Backend) -> None:
    slots = await free(backend)
    starts = [dt.datetime.fromisoformat(start) for start in slots]
    assert starts == sorted(starts)
    days = sorted({start.date() for start in starts})
    assert len(days) == 10
    assert all(map(is_working_day, days))
    assert [f"{start:%H:%M}" for start in starts if start.date() == days[1]] == [
        "09:00", "09:30", "10:00", "10:30", "11:00", "11:30",
        "13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30", "17:00", "17:30",
    ]  # fmt: skip
    assert set(slots.values()) == {3}


async def test_a_slot_closes_half_an_hour_before(backend: Backend) -> None:
    assert at(23, 9) in await free(backend)
    backend.clock.ahead += dt.timedelta(minutes=31)
    assert at(23, 9) not in await free(backend)
    refused(await book(person(backend), at(23, 9)), 422, "invalid")
    assert (await book(person(backend), at(23, 9, 30))).status_code == 201


async def test_booked_changed_cancelled(backend: Backend) -> None:
    who = person(backend)
    made = (await book(who, at(24, 10), topic="câu hỏi thứ hai", phone="+821000001004", service="move-in")).json()
    assert (made["minutes"], made["topic"], made["phone"], made["service"]) == (
        30, "câu hỏi thứ hai", "+821000001004", "move-in",
    )  # fmt: skip
    assert (await who.get("/v1/support/appointments"))["items"] == [made]
    assert (await free(backend))[at(24, 10)] == 2
    path = f"/v1/support/appointments/{made['id']}"
    moved = (await who.call("PUT", path, json={"start": at(25, 14), "locale": "vi"})).json()
    assert dt.datetime.fromisoformat(moved["start"]) == dt.datetime.fromisoformat(at(25, 14))
    assert moved["created"] == made["created"] < moved["changed"]
    assert ((await free(backend))[at(24, 10)], (await free(backend))[at(25, 14)]) == (3, 2)
    same = await who.call("PUT", path, json={"start": at(25, 14), "locale": "vi", "topic": "khác"})
    assert same.json()["topic"] == "khác"
    assert (await who.call("DELETE", path)).status_code == 204
    refused(await who.call("DELETE", path), 404, "not-found")
    assert (await who.get("/v1/support/appointments"))["items"] == []
    assert (await free(backend))[at(25, 14)] == 3


async def test_sent_twice_is_booked_once(backend: Backend) -> None:
    who, identifier = person(backend), new_opaque()
    first, second = [await book(who, at(24, 10), id=identifier) for _ in range(2)]
    assert first.json() == second.json()
    refused(await book(person(backend), at(24, 11), id=identifier), 409, "not-possible")


async def test_three_at_a_time_and_three_a_day(backend: Backend) -> None:
    for _ in range(3):
        assert (await book(person(backend), at(24, 10))).status_code == 201
    refused(await book(person(backend), at(24, 10)), 409, "not-possible")
    assert at(24, 10) not in await free(backend)
    who = person(backend)
    for hour in (9, 11, 13):
        assert (await book(who, at(24, hour))).status_code == 201
    refused(await book(who, at(24, 14)), 409, "not-possible")
    refused(await book(who, at(24, 9)), 409, "not-possible")
    assert (await book(who, at(25, 9))).status_code == 201


async def test_of_many_who_book_at_once_three_get_it(backend: Backend) -> None:
    statuses: list[int] = []

    async def one() -> None:
        statuses.append((await book(person(backend), at(26, 9))).status_code)

    async with anyio.create_task_group() as group:
        for _ in range(12):
            group.start_soon(one)
    assert sorted(statuses) == [201] * 3 + [409] * 9


async def test_one_person_in_many_windows_has_three(backend: Backend) -> None:
    who, statuses = person(backend), list[int]()

    async def one(hour: int, minute: int) -> None:
        statuses.append((await book(who, at(26, hour, minute))).status_code)

    async with anyio.create_task_group() as group:
        for hour in (9, 10, 11, 14):
            for minute in (0, 30):
                group.start_soon(one, hour, minute)
    assert sorted(statuses) == [201] * 3 + [409] * 5
    assert len((await who.get("/v1/support/appointments"))["items"]) == 3


async def test_what_has_begun_stays_as_it_is(backend: Backend) -> None:
    who = person(backend)
    made = (await book(who, at(23, 10))).json()
    path = f"/v1/support/appointments/{made['id']}"
    backend.clock.ahead += dt.timedelta(hours=2)
    refused(await who.call("PUT", path, json={"start": at(25, 14), "locale": "vi"}), 409, "not-possible")
    refused(await who.call("DELETE", path), 409, "not-possible")
    assert (await who.get(path))["id"] == made["id"]
    assert len((await who.get("/v1/support/appointments"))["items"]) == 1, "today's are listed to the end of the day"
    backend.clock.ahead += dt.timedelta(days=1)
    assert (await who.get("/v1/support/appointments"))["items"] == []


async def test_nobody_else_sees_or_touches_it(backend: Backend) -> None:
    made = (await book(person(backend), at(24, 10))).json()
    path, other = f"/v1/support/appointments/{made['id']}", person(backend)
    refused(await other.call("GET", path), 404, "not-found")
    refused(await other.call("DELETE", path), 404, "not-found")
    refused(await other.call("PUT", path, json={"start": at(25, 14), "locale": "ko"}), 404, "not-found")


async def test_the_agents_day(backend: Backend) -> None:
    await book(backend.person("nguyen-van-an"), at(24, 15))
    await book(backend.person("oh-sunrye"), at(24, 9))
    await book(person(backend), at(25, 9))
    found = await agent(backend).get("/v1/support/day?day=2026-11-24")
    assert [item["name"]["full"] for item in found["items"]] == ["오순례", "NGUYỄN VĂN AN"]
    assert (await agent(backend).get("/v1/support/day"))["day"] == "2026-11-23"
    refused(await agent(backend).call("GET", "/v1/support/day?day=tomorrow"), 422, "invalid")
    refused(await person(backend).call("GET", "/v1/support/day"), 403, "forbidden")


async def test_what_is_over_is_deleted_after_a_month(backend: Backend) -> None:
    made = (await book(agent(backend), at(23, 10))).json()
    backend.clock.ahead += dt.timedelta(days=31)
    start = next(iter(await free(backend)))
    assert (await book(person(backend), start)).status_code == 201
    path = f"/v1/support/appointments/{made['id']}"
    refused(await agent(backend).call("GET", path), 404, "not-found")


@pytest.mark.parametrize(
    "bad",
    [
        {"start": "2026-11-24T10:00:00"}, {"start": at(24, 10, 10)}, {"start": at(24, 12)}, {"start": at(24, 18)},
        {"start": at(28, 10)}, {"start": at(20, 10)}, {"start": "9999-12-31T23:59:59-01:00"}, {"locale": "fr"},
        {"phone": "010"}, {"topic": "x" * 301}, {"service": "No Such"}, {"id": "short"}, {"owner": "han-garam"},
    ],
    ids=str,
)  # fmt: skip
async def test_what_is_no_appointment(backend: Backend, bad: dict[str, Any]) -> None:
    body = {"start": at(24, 10), **bad}
    refused(await book(person(backend), body.pop("start"), **body), 422, "invalid")


def test_holidays_have_no_slots() -> None:
    assert module.slots_of(dt.date(2026, 12, 25)) == []
    assert len(module.slots_of(dt.date(2026, 12, 24))) == 16
