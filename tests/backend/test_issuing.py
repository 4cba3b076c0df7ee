"""Issuing jobs: owed from the commit on, tried again after failures, made once."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Literal

import anyio
import httpx
import pytest
from backend_kit import Backend, Clock, Person
from sqlalchemy import select, update

from madang.backend.app import create_backend
from madang.backend.config import BackendConfig
from madang.backend.issuance.pool import Issued, IssuingPool, IssuingUnavailable
from madang.backend.tables import documents, jobs
from madang.contract.messages.documents import DocumentContent

pytestmark = pytest.mark.anyio


class Gate:
    """The real press behind a door that can be shut: then it fails, or waits."""

    def __init__(self, pool: IssuingPool) -> None:
        self.pool = pool
        self.state: Literal["open", "broken", "stuck"] = "open"
        self.asked = 0

    async def issue(self, content: DocumentContent, number: str, verify_url: str) -> Issued:
        self.asked += 1
        if self.state == "broken":
            raise IssuingUnavailable("no typesetter")
        while self.state == "stuck":
            await anyio.sleep(0.02)
        return await self.pool.issue(content, number, verify_url)

    async def check(self, pdf: bytes) -> Literal["valid", "invalid", "none"]:
        if self.state == "broken":
            raise IssuingUnavailable("no typesetter")
        return await self.pool.check(pdf)


@pytest.fixture(scope="module")
def gate(press: IssuingPool) -> Gate:
    return Gate(press)


@pytest.fixture(scope="module")
async def backend(anyio_backend: str, config: BackendConfig, gate: Gate) -> AsyncIterator[Backend]:
    clock = Clock()
    app = create_backend(config, now=clock, press=gate)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://backend") as client,
    ):
        yield Backend(app, client, clock)


@pytest.fixture
def still(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    """The backend's clock stands: no job comes due by itself, however slow the machine is."""
    now = backend.clock()
    monkeypatch.setattr(Clock, "__call__", lambda _: now)


async def asked(gate: Gate, times: int) -> None:
    """Until the press was asked so often."""
    with anyio.fail_after(20):
        while gate.asked < times:
            await anyio.sleep(0.02)


async def completed(person: Person) -> None:
    """Until the only application has its document: a submission waits for it only so long."""
    with anyio.fail_after(20):
        while [each["status"] for each in (await person.get("/v1/applications"))["items"]] != ["completed"]:
            await anyio.sleep(0.05)


async def job_of(backend: Backend, number: str) -> dict[str, object]:
    statement = select(jobs).where(jobs.c.application == number)
    row = await backend.house.database.read(lambda connection: connection.execute(statement).mappings().one())
    return dict(row)


async def due_now(backend: Backend, number: str) -> None:
    """The back-off or the lease of a job is over."""
    past = backend.clock() - dt.timedelta(seconds=1)
    statement = update(jobs).where(jobs.c.application == number).values(not_before=past)
    await backend.house.database.write(lambda connection: connection.execute(statement))


async def put_back(backend: Backend, number: str, attempts: int) -> dt.timedelta:
    """How long the job of so many failures waits, by a clock that stands: until then it holds its lease, which is
    longer."""
    with anyio.fail_after(20):
        while True:
            job = await job_of(backend, number)
            assert isinstance(job["not_before"], dt.datetime)
            wait = job["not_before"] - backend.clock()
            if job["attempts"] == attempts and wait < backend.house.desk.lease:
                return wait
            await anyio.sleep(0.05)


@pytest.mark.usefixtures("still")
async def test_a_failure_keeps_the_application_and_is_tried_again(backend: Backend, gate: Gate) -> None:
    person = await backend.newcomer()
    gate.state = "broken"
    application = await person.apply()
    assert (application["status"], application.get("documents", [])) == ("received", [])
    await put_back(backend, application["number"], 1)
    job = await job_of(backend, application["number"])
    assert (job["state"], job["attempts"], job["failure"]) == ("waiting", 1, "IssuingUnavailable")
    gate.state = "open"
    await due_now(backend, application["number"])
    with anyio.fail_after(20):
        while (await person.get(f"/v1/applications/{application['number']}"))["status"] != "completed":
            await anyio.sleep(0.05)
    done = await person.get(f"/v1/applications/{application['number']}")
    assert [document["number"] for document in done["documents"]] == [job["number"]]
    assert (await job_of(backend, application["number"]))["attempts"] == 2


@pytest.mark.usefixtures("still")
async def test_each_failure_waits_longer(backend: Backend, gate: Gate) -> None:
    person = await backend.newcomer()
    gate.state = "broken"
    number = (await person.apply())["number"]
    waits = [await put_back(backend, number, 1)]
    for attempts in range(2, 5):
        await due_now(backend, number)
        waits.append(await put_back(backend, number, attempts))
    assert waits == sorted(waits)
    assert waits[-1] > 2 * waits[0]
    assert backend.house.desk.well is False
    health = (await backend.client.get("/v1/health")).json()
    assert (health["status"], health["groups"]["issuance"]) == ("degraded", "down")
    gate.state = "open"
    other = await backend.newcomer()
    await other.apply()
    await completed(other)
    assert (await backend.client.get("/v1/health")).json()["status"] == "ok"
    await due_now(backend, number)
    await completed(person)  # no later test's press is asked for it


async def test_a_lease_that_is_held_is_left_alone(backend: Backend, gate: Gate) -> None:
    person = await backend.newcomer()
    gate.state = "stuck"
    draft = await person.draft()
    before = gate.asked
    async with anyio.create_task_group() as group:
        group.start_soon(person.send, draft)
        await asked(gate, before + 1)
        await anyio.sleep(1)  # several looks of the desk
        assert gate.asked == before + 1
        gate.state = "open"
    await completed(person)
    assert gate.asked == before + 1


async def test_two_printers_of_one_job_keep_one_document(
    backend: Backend, gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    person = await backend.newcomer()
    gate.state = "stuck"
    draft = await person.draft()
    before = gate.asked
    async with anyio.create_task_group() as group:
        group.start_soon(person.send, draft)
        with anyio.fail_after(20):
            while not (listed := (await person.get("/v1/applications"))["items"]):
                await anyio.sleep(0.02)
        # As if the first printer's lease had run out while it was still at it.
        group.start_soon(backend.house.desk._attempt, listed[0]["number"])
        await asked(gate, before + 2)
        gate.state = "open"
    assert len((await person.get("/v1/documents"))["items"]) == 1
    assert "not issued" not in caplog.text
    (application,) = (await person.get("/v1/applications"))["items"]
    assert [event["status"] for event in application["events"]] == ["received", "completed"]


async def test_who_goes_away_still_gets_the_document(backend: Backend, gate: Gate) -> None:
    person = await backend.newcomer()
    gate.state = "stuck"
    draft = await person.draft()
    before = gate.asked
    async with anyio.create_task_group() as group:
        group.start_soon(person.send, draft)
        await asked(gate, before + 1)
        group.cancel_scope.cancel()
    gate.state = "open"
    with anyio.fail_after(20):
        while not (await person.get("/v1/documents"))["items"]:
            await anyio.sleep(0.05)


async def test_what_is_withdrawn_is_not_printed(backend: Backend, gate: Gate) -> None:
    person = await backend.newcomer()
    gate.state = "broken"
    number = (await person.apply())["number"]
    withdrawn = await person.call("POST", f"/v1/applications/{number}/withdrawal")
    assert withdrawn.json()["status"] == "withdrawn"
    assert (await job_of(backend, number))["state"] == "cancelled"
    gate.state = "open"
    await backend.house.desk._attempt(number)
    owned = select(documents.c.number).where(documents.c.application == number)
    assert await backend.house.database.read(lambda connection: connection.execute(owned).all()) == []
    assert (await person.get(f"/v1/applications/{number}"))["status"] == "withdrawn"


async def test_the_day_of_issue_is_the_day_it_is_printed(backend: Backend, gate: Gate) -> None:
    person = await backend.newcomer()
    gate.state = "broken"
    number = (await person.apply(locale="th"))["number"]
    gate.state = "open"
    backend.clock.ahead = dt.timedelta(days=3)
    await backend.house.desk._attempt(number)
    (summary,) = (await person.get("/v1/documents"))["items"]
    document = await person.get(f"/v1/documents/{summary['number']}")
    day = (backend.clock() + dt.timedelta(hours=9)).date()
    assert document["content"]["issued_on"]["ko"] == f"{day.year}년 {day.month}월 {day.day}일"
    assert str(day.year + 543) in document["content"]["issued_on"]["translation"]


async def test_without_a_press_the_register_still_answers(backend: Backend, gate: Gate) -> None:
    gate.state = "open"
    person = await backend.newcomer()
    number = (await person.apply())["documents"][0]["number"]
    pdf = (await person.call("GET", f"/v1/documents/{number}/pdf")).content
    gate.state = "broken"
    headers = {"Content-Type": "application/pdf"}
    found = (await backend.client.post("/v1/verifications/file", content=pdf, headers=headers)).json()
    gate.state = "open"
    assert (found["result"], found.get("signature", "not-checked")) == ("genuine", "not-checked")
