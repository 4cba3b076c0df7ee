"""Probes, metrics, security.txt, logs."""

import datetime as dt
import json
import logging
import os
from collections.abc import Callable

import anyio
import pytest

from madang.web.logs import FLUSH_SECONDS, AccessLog, JsonFormatter
from madang.web.state import StateUnavailable
from tests.web.middleware.stack_house import OURS, House

pytestmark = pytest.mark.anyio


async def test_ready_degraded_and_not_ready(house: House) -> None:
    async with house.client() as client:
        ready = await client.get("/readyz")
        assert ready.status_code == 200
        assert ready.json() == {"ready": True, "parts": {"state": "ok", "catalogue": "ok", "drafts": "degraded"}}

        async def down() -> None:
            raise StateUnavailable

        house.state.ping = down  # type: ignore[method-assign]
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/livez")).status_code == 200


async def test_metrics_name_templates_and_nobody(house: House) -> None:
    async with house.client(address=("127.0.0.1", 9)) as client:
        for _ in range(3):
            await client.get("/vi/guide/a-secret-name")
        await client.post("/ko/in?name=linh", headers=OURS)
        await client.post("/ko/in?name=linh")
        text = (await client.get("/metrics")).text
    assert 'madang_requests_total{locale="vi",route="/{lang}/guide/{name}",status="200"} 3.0' in text
    assert 'madang_request_seconds_bucket{le="+Inf",route="/{lang}/guide/{name}"} 3.0' in text
    assert 'madang_page_cache_total{result="hit"} 2.0' in text
    assert 'status="403"' in text
    for personal in ("secret", "linh", "127.0.0.1"):
        assert personal not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.1", {}, 404),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 404),  # through a proxy on this machine
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}, 404),
    ],
)
async def test_metrics_are_for_this_machine(house: House, address: str, headers: dict[str, str], status: int) -> None:
    async with house.client(address=(address, 9), headers=headers) as client:
        assert (await client.get("/metrics")).status_code == status


async def test_metrics_by_token(make: Callable[..., House]) -> None:
    token = "5d41402abc4b2a76b9719d911017c592"
    house = make(metrics_token=token)
    async with house.client(address=("127.0.0.1", 9)) as client:
        for given, status in (("", 404), ("Bearer x", 404), (f"Bearer {token}", 200), (f"bearer {token}é", 404)):
            answer = await client.get("/metrics", headers=[(b"authorization", given.encode())])
            assert answer.status_code == status


async def test_security_txt(house: House) -> None:
    async with house.client() as client:
        answer = await client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    left = dt.datetime.fromisoformat(fields["Expires"]) - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=30) < left < dt.timedelta(days=365)
    assert fields["Canonical"] == "https://www.example.org/.well-known/security.txt"
    assert fields["Contact"].startswith("https://")


async def test_the_access_log_names_nobody() -> None:
    read, write = os.pipe()
    log = AccessLog(write)
    for _ in range(3):
        log.write("0123456789abcdef", "GET", "/{lang}/guide/{name}", 200, 0.0125, "vi", "hit")
    await anyio.sleep(2 * FLUSH_SECONDS)
    lines = os.read(read, 65536).decode().splitlines()
    os.close(write)
    log.write("0", "GET", "/", 200, 0.0, "", "")
    log.flush()  # nobody reads any more: nothing happens
    os.close(read)
    entries = [json.loads(line) for line in lines]
    assert len(entries) == 3
    assert dt.datetime.fromisoformat(entries[0].pop("time")).tzinfo == dt.UTC
    assert entries[0] == {
        "id": "0123456789abcdef", "method": "GET", "route": "/{lang}/guide/{name}", "status": 200, "ms": 12.5,
        "locale": "vi", "cache": "hit", "log": "access",
    }  # fmt: skip


@pytest.mark.parametrize("messages", [False, True])
async def test_traces_say_where_and_not_what(messages: bool) -> None:
    formatter = JsonFormatter(messages=messages)
    try:
        try:
            raise KeyError("900101-1234567")
        except KeyError as error:
            raise ValueError("no 900101-1234567") from error
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "failed\n%s", ("한",), (ValueError, error, error.__traceback__)
        )
    line = formatter.format(record)
    assert "\n" not in line
    entry = json.loads(line)
    assert entry["message"] == "failed\n한"
    assert entry["error"]["type"] == "builtins.ValueError"
    assert entry["error"]["cause"]["type"] == "builtins.KeyError"
    assert "test_operators.py" in entry["error"]["at"][0]
    assert ("900101" in line) is messages


async def test_a_failure_that_was_answered_goes_no_further(house: House) -> None:
    assert await house.raw("/ko/boom") == 500


async def test_failures_are_logged_once_with_the_id_on_the_page(house: House, caplog: pytest.LogCaptureFixture) -> None:
    async with house.client() as client:
        await client.get("/ko/half")
    records = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(records) == 1
    assert len(records[0].__dict__["request_id"]) == 16
