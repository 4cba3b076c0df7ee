"""Errands on the telephone: nothing is submitted without the code that the citizen alone was sent."""

import contextlib
import datetime as dt
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from backend_kit import ANSWERS, Backend, Person, refused
from form_kit import answered
from sqlalchemy import select

from madang.backend.identifiers import new_opaque
from madang.backend.messenger import DemonstrationMessenger, HttpMessenger, MessageNotSent, messenger
from madang.backend.phone_words import CODE, DONE
from madang.backend.tables import errands
from madang.contract.demonstration import FILE, shown
from madang.contract.telephone import by_telephone
from madang.i18n.locales import LOCALES

pytestmark = pytest.mark.anyio
SUNRYE = {"phone": "+821000001003", "date_of_birth": "1948-02-03"}
AN = {"phone": "+821000001004", "date_of_birth": "1997-11-08"}


def agent(backend: Backend, **changes: Any) -> Person:
    """An agent of the test's own, so that no other test's wrong callers count."""
    return backend.person(**{"subject": f"agent-{new_opaque()}", "acr": "high", "roles": ("agent",)} | changes)


async def found(who: Person, said: dict[str, str] = SUNRYE) -> httpx.Response:
    return await who.call("POST", "/v1/support/errands", json={"id": new_opaque(), **said})


async def errand(who: Person, said: dict[str, str] = SUNRYE) -> str:
    response = await found(who, said)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


def answers(backend: Backend, service: str, **changes: Any) -> dict[str, Any]:
    given = ANSWERS.get(service) or answered(backend.house.holdings.forms[f"{service}@1"])
    return {"service": service, "form": f"{service}@1", "answers": given | changes}


async def read_back(who: Person, name: str, service: str = "resident-register") -> httpx.Response:
    return await who.call("PUT", f"/v1/support/errands/{name}/answers", json=answers(who.backend, service))


async def say(who: Person, name: str, code: str) -> httpx.Response:
    return await who.call("POST", f"/v1/support/errands/{name}/submission", json={"code": code})


def sent(backend: Backend, to: str = SUNRYE["phone"]) -> list[str]:
    """What that phone was sent, the newest first."""
    return [message.text for message in shown(backend.house.config.data / FILE, 1000) if message.to == to]


def code_of(backend: Backend, to: str = SUNRYE["phone"]) -> str:
    match = re.search(r"\d{6}", sent(backend, to)[0])
    assert match
    return match[0]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


async def test_an_errand_from_the_call_to_the_application(backend: Backend) -> None:
    who = agent(backend)
    response = await found(who)
    told = response.json()
    assert {**told, "id": "", "ends": ""} == {"id": "", "initial": "오", "locale": "ko", "ends": ""}
    name = told["id"]
    assert (await read_back(who, name)).json()["left"] == 2
    text = sent(backend)[0]
    assert backend.house.holdings.services["resident-register"].title.ko in text
    assert "읽어 주지 않은 사람에게는" in text
    response = await say(who, name, code_of(backend))
    assert response.status_code == 201, response.text
    number = response.json()["number"]
    assert number in sent(backend)[0]
    citizen = backend.person("oh-sunrye")
    application = await citizen.get(f"/v1/applications/{number}")
    assert (application["service"], application["locale"]) == ("resident-register", "ko")
    refused(await who.call("GET", f"/v1/applications/{number}"), 404, "not-found")
    supervisor = agent(backend, roles=("supervisor",))
    trail = await supervisor.get(f"/v1/support/sessions/{name}/trail")
    kinds = [(act["kind"], act.get("detail", "")) for act in trail["acts"]]
    assert kinds == [
        ("asked", "phone"),
        ("matched", ""),
        ("phone-code", "resident-register"),
        ("phone-submitted", "resident-register"),
        ("ended", "submitted"),
    ]


async def test_said_again_it_is_the_same_application(backend: Backend) -> None:
    who = agent(backend)
    name = await errand(who)
    await read_back(who, name)
    code = code_of(backend)
    numbers: list[str] = []

    async def once() -> None:
        numbers.append((await say(who, name, code)).json()["number"])

    async with anyio.create_task_group() as group:
        for _ in range(4):
            group.start_soon(once)
    numbers.append((await say(who, name, code)).json()["number"])
    assert len(set(numbers)) == 1
    problem = refused(await read_back(who, name), 409, "already-submitted")
    assert problem["number"] == numbers[0]
    refused(await say(who, name, another(code)), 422, "invalid")


async def test_without_the_code_nothing_is_submitted(backend: Backend) -> None:
    who, citizen = agent(backend), backend.person("oh-sunrye")
    before = len((await citizen.get("/v1/applications"))["items"])
    name = await errand(who)
    refused(await say(who, name, "123456"), 422, "invalid")
    await read_back(who, name)
    code = code_of(backend)
    for expected in ("wrong", "wrong", "used-up"):
        problem = refused(await say(who, name, another(code)), 422, "invalid")
        assert problem["fields"] == [{"field": "code", "code": expected}]
    problem = refused(await say(who, name, code), 422, "invalid")
    assert problem["fields"][0]["code"] == "used-up"
    await read_back(who, name)
    fresh = code_of(backend)
    if fresh != code:
        refused(await say(who, name, code), 422, "invalid")
    backend.clock.ahead = dt.timedelta(minutes=5, seconds=1)
    problem = refused(await say(who, name, fresh), 422, "invalid")
    assert problem["fields"][0]["code"] == "expired"
    assert (await read_back(who, name)).status_code == 200
    refused(await read_back(who, name), 409, "not-possible")
    backend.clock.ahead = dt.timedelta(hours=1, seconds=1)
    refused(await say(who, name, code_of(backend)), 404, "not-found")
    assert len((await citizen.get("/v1/applications"))["items"]) == before
    assert (await citizen.get("/v1/drafts"))["items"] == []


async def test_the_code_lies_nowhere_in_the_open(backend: Backend) -> None:
    who = agent(backend)
    name = await errand(who)
    assert code_of(backend) not in (await read_back(who, name)).text
    statement = select(errands.c.code).where(errands.c.id == name)
    kept = await backend.house.database.read(lambda connection: connection.execute(statement).scalar_one())
    assert re.fullmatch("[0-9a-f]{64}", kept)


async def test_both_must_be_right_and_nobody_is_told_which(backend: Backend) -> None:
    who = agent(backend)
    wrong = (
        SUNRYE | {"date_of_birth": "1948-02-04"},
        SUNRYE | {"phone": "+821000001999"},
        {"phone": SUNRYE["phone"], "date_of_birth": AN["date_of_birth"]},
        {"phone": "+821000001999", "date_of_birth": "1900-01-01"},
    )
    bodies = {(response.status_code, response.text) for response in [await found(who, said) for said in wrong]}
    assert len(bodies) == 1
    refused(await found(who, wrong[0]), 404, "not-found")
    refused(await found(who, SUNRYE), 409, "not-possible")
    assert (await found(agent(backend))).status_code == 201
    backend.clock.ahead = dt.timedelta(minutes=11)
    assert (await found(who)).status_code == 201


async def test_of_many_attempts_at_once_no_more_count_than_one_after_another(backend: Backend) -> None:
    who = agent(backend)
    kinds: list[int] = []

    async def once() -> None:
        kinds.append((await found(who, SUNRYE | {"date_of_birth": "1950-01-01"})).status_code)

    async with anyio.create_task_group() as group:
        for _ in range(8):
            group.start_soon(once)
    assert sorted(kinds) == [404] * 5 + [409] * 3


async def test_nobody_is_sent_codes_without_end(backend: Backend) -> None:
    who = agent(backend)
    said = {"phone": "+821000001002", "date_of_birth": "1988-09-02"}
    counts = []
    for _ in range(4):
        name = await errand(who, said)
        counts += [(await read_back(who, name)).status_code for _ in range(3)]
    assert counts == [200] * 10 + [409] * 2


async def test_an_errand_is_its_agents(backend: Backend) -> None:
    who, other = agent(backend), agent(backend)
    name = await errand(who)
    await read_back(who, name)
    code = code_of(backend)
    refused(await say(other, name, code), 404, "not-found")
    refused(await read_back(other, name), 404, "not-found")
    refused(await other.call("POST", "/v1/support/errands", json={"id": name, **SUNRYE}), 404, "not-found")
    for nobody in (backend.person("oh-sunrye"), backend.clerk, agent(backend, acr="substantial")):
        refused(await say(nobody, name, code), 403, "forbidden")
        refused(await found(nobody), 403, "forbidden")
    own = agent(backend, subject="oh-sunrye")
    refused(await found(own), 404, "not-found")


async def test_what_cannot_be_said_is_not_for_the_telephone(backend: Backend) -> None:
    who = agent(backend)
    name = await errand(who)
    holdings = backend.house.holdings
    possible = {
        name
        for name, service in holdings.services.items()
        if service.form and by_telephone(service, holdings.forms[service.form])
    }
    assert {"resident-register", "entry-exit", "national-tax"} <= possible
    assert possible.isdisjoint({"alien-registration", "move-in", "land-register", "building-register"})
    refused(await read_back(who, name, "alien-registration"), 409, "not-possible")
    wrong = answers(backend, "resident-register", purpose="nothing")
    response = await who.call("PUT", f"/v1/support/errands/{name}/answers", json=wrong)
    assert refused(response, 422, "invalid")["fields"][0]["field"] == "purpose"


async def test_a_code_that_did_not_go_out_counts_not(backend: Backend) -> None:
    who = agent(backend)
    name = await errand(who)
    file: Path = backend.house.config.data / FILE
    kept = file.with_suffix(".kept")
    file.touch()
    file.rename(kept)
    file.mkdir()
    try:
        refused(await read_back(who, name), 503, "unavailable")
    finally:
        file.rmdir()
        kept.rename(file)
    problem = refused(await say(who, name, "123456"), 422, "invalid")
    assert problem["fields"][0]["code"] == "expired"


async def test_it_is_told_in_the_citizens_language(backend: Backend) -> None:
    who = agent(backend)
    name = await errand(who, AN)
    await read_back(who, name, "entry-exit")
    assert sent(backend, AN["phone"])[0].startswith("[Madang] Mã xác nhận")


def test_every_language_says_the_code_and_the_service() -> None:
    for locale in LOCALES:
        assert {"{code}", "{service}"} <= set(re.findall(r"\{\w+\}", CODE.resolve(locale).text))
        assert {"{number}", "{service}"} <= set(re.findall(r"\{\w+\}", DONE.resolve(locale).text))
    assert (CODE.missing(), DONE.missing()) == ((), ())


class Gateway(BaseHTTPRequestHandler):
    """Answers with the status that its path names, and keeps what it was sent."""

    seen: list[tuple[dict[str, Any], str]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append((body, self.headers.get("Authorization", "")))
        self.send_response(int(self.path.strip("/")))
        self.send_header("Location", "/200")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[tuple[str, list[tuple[dict[str, Any], str]]]]:
    seen: list[tuple[dict[str, Any], str]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Gateway,), {"seen": seen}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


async def test_the_operators_gateway(gateway: tuple[str, list[tuple[dict[str, Any], str]]]) -> None:
    url, seen = gateway
    await HttpMessenger(f"{url}/202", "the-key").send("+821012345678", "번호 402971")
    assert seen == [({"to": "+821012345678", "text": "번호 402971"}, "Bearer the-key")]
    for status in (500, 403, 302):
        with pytest.raises(MessageNotSent):
            await HttpMessenger(f"{url}/{status}").send("+821012345678", "x")
    assert len(seen) == 4
    with pytest.raises(MessageNotSent):
        await HttpMessenger("http://127.0.0.1:1/", seconds=2).send("+821012345678", "x")


async def test_the_demonstrations_numbers_reach_no_gateway(
    gateway: tuple[str, list[tuple[dict[str, Any], str]]], tmp_path: Path
) -> None:
    url, seen = gateway
    at = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
    made = messenger(tmp_path, f"{url}/200", "", True, lambda: at)
    assert isinstance(made, DemonstrationMessenger)
    await made.send("+821000001003", "first")
    await made.send("+821000001003", "second")
    assert [message.text for message in shown(tmp_path / FILE, 10)] == ["second", "first"]
    assert [message.text for message in shown(tmp_path / FILE, 1)] == ["second"]
    assert seen == []
    await made.send("+821012345678", "real")
    assert len(seen) == 1
    with contextlib.suppress(MessageNotSent):
        await DemonstrationMessenger(tmp_path / FILE, lambda: at).send("+821012345678", "nowhere")
        pytest.fail("it said that it was sent")
    assert messenger(tmp_path, "", "", False, lambda: at) is None
