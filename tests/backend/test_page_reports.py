"""What readers say is wrong: kept without a name, answered by a clerk, read with the reference alone."""

from typing import Any

import pytest
from backend_kit import Backend, refused

from madang.backend.deadlines import due_date
from madang.contract import numbers
from madang.contract.messages.reports import ANSWER_DAYS

pytestmark = pytest.mark.anyio


async def told(backend: Backend, wrong: str = "accessibility") -> dict[str, Any]:
    body = {"page": "/verify", "locale": "th", "wrong": wrong, "text": "โปรแกรมอ่านหน้าจอไม่อ่าน"}
    response = await backend.client.post("/v1/page-reports", json=body)
    assert response.status_code == 201, response.text
    receipt: dict[str, Any] = response.json()
    return receipt


async def test_who_cannot_use_a_page_is_promised_an_answer(backend: Backend) -> None:
    receipt = await told(backend)
    assert numbers.is_reference(numbers.fold(receipt["reference"]))
    assert receipt["answer_by"] == due_date(backend.clock(), ANSWER_DAYS).isoformat()
    assert "answer_by" not in await told(backend, "fact"), "no answer is promised to the others"


async def test_an_answer_is_read_with_the_reference_alone(backend: Backend) -> None:
    receipt = await told(backend)
    path = f"/v1/page-reports/{receipt['reference']}"
    waiting = (await backend.client.get(path)).json()
    assert "answer" not in waiting
    assert "text" not in waiting, "what was said is not told to whoever finds the reference"
    answered = await backend.clerk.call("PUT", f"{path}/answer", json={"text": "แก้ไขแล้ว"})
    assert answered.status_code == 200, answered.text
    found = (await backend.client.get(f"/v1/page-reports/{receipt['reference'].lower().replace('-', '.')}")).json()
    assert found["answer"] == "แก้ไขแล้ว"
    assert found["answered"]
    assert (found["page"], found["wrong"]) == ("/verify", "accessibility")
    listed = (await backend.clerk.get("/v1/page-reports"))["items"]
    assert next(each for each in listed if each["reference"] == receipt["reference"])["answered"]


async def test_only_a_clerk_answers_and_only_what_is_there(backend: Backend) -> None:
    path = f"/v1/page-reports/{(await told(backend))['reference']}"
    person = await backend.newcomer()
    refused(await person.call("PUT", f"{path}/answer", json={"text": "x"}), 403, "forbidden")
    refused(await backend.clerk.call("PUT", f"{path}/answer", json={"text": ""}), 422, "invalid")
    unknown = numbers.new_reference()
    for reference in (unknown, unknown[:-1] + ("0" if unknown[-1] != "0" else "1"), "x"):
        refused(await backend.client.get(f"/v1/page-reports/{reference}"), 404, "not-found")
        call = backend.clerk.call("PUT", f"/v1/page-reports/{reference}/answer", json={"text": "x"})
        refused(await call, 404, "not-found")
