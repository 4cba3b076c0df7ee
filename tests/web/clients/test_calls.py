"""One call: what is sent, what comes back, and the one error that each misfortune becomes."""

import asyncio
import datetime as dt
import gzip
import inspect
import json
import logging
import re
from typing import Any

import httpx
import msgspec
import pytest
from cable import KEY, Answer, Cable, Listener, Someone, Time, over, problem, scripted

from madang.contract import assertion
from madang.contract.endpoints import ENDPOINTS
from madang.contract.messages.applications import Application
from madang.contract.messages.documents import Revocation, VerificationRequest
from madang.contract.messages.drafts import Draft, DraftUpdate, Submission
from madang.contract.messages.problems import ProblemType
from madang.web.clients import (
    AlreadySubmitted,
    Conflict,
    Impossible,
    Invalid,
    Malformed,
    NotFound,
    StaleDraft,
    Unavailable,
    Unprintable,
    applications,
    catalogue,
    clerk,
    documents,
    drafts,
    identity,
    life,
    phone,
    places,
    preferences,
    recordings,
    reports,
    support,
    verification,
)
from madang.web.clients.breaker import BreakerRules
from madang.web.clients.errors import REFUSALS
from madang.web.clients.policy import CallContext, Patience, Policy, current

pytestmark = pytest.mark.anyio
LINH = Someone("linh")
ID = "abcdefghijklmnopqrstuvwxyz"
DRAFT: dict[str, Any] = {
    "id": ID,
    "service": "entry-exit",
    "form": "entry-exit@1",
    "version": 3,
    "answers": {"purpose": "bank"},
    "locale": "vi",
    "created": "2026-01-01T00:00:00Z",
    "updated": "2026-01-01T00:00:00Z",
    "expires": "2026-02-01T00:00:00Z",
    "idempotency_key": "k" * 32,
}
APPLICATION: dict[str, Any] = {
    "number": "2026-0101-1234-5678",
    "service": "entry-exit",
    "form": "entry-exit@1",
    "answers": {},
    "status": "withdrawn",
    "submitted": "2026-01-01T00:00:00Z",
    "locale": "vi",
}


async def test_a_call_says_who_calls_and_how_long_it_waits() -> None:
    backend, app = scripted(Answer(body=DRAFT))
    token = current.set(CallContext(request_id="req-7"))
    try:
        found = await drafts.draft(backend, LINH, ID)
    finally:
        current.reset(token)
    assert found == msgspec.convert(DRAFT, Draft)
    claims = assertion.check(app.header("authorization").removeprefix("Bearer "), [KEY], dt.datetime.now(dt.UTC))
    assert (claims.sub, claims.acr, claims.roles) == ("linh", "substantial", ("citizen",))
    assert app.header("x-request-id") == "req-7"
    assert 0 < int(app.header("x-time-left-ms")) <= 5000
    assert app.requests[0][0]["path"] == f"/v1/drafts/{ID}"


async def test_anyone_calls_without_saying_who() -> None:
    backend, app = scripted(Answer(body={"result": "unknown", "checked": "2026-01-01T00:00:00Z", "by": "number"}))
    assert (await verification.number(backend, VerificationRequest("7K3M"))).result == "unknown"
    assert app.header("authorization") == ""
    assert app.requests[0][1] == b'{"number":"7K3M"}'


async def test_a_call_for_a_person_needs_one() -> None:
    backend, app = scripted(Answer(body=DRAFT))
    with pytest.raises(TypeError):
        await backend.call("draft", params={"draft": ID})
    assert not app.requests


async def test_a_submission_carries_the_drafts_key() -> None:
    backend, app = scripted(Answer(201, APPLICATION))
    made = await applications.submit(backend, LINH, ID, Submission(3, "k" * 32, "vi"))
    assert made == msgspec.convert(APPLICATION, Application)
    assert app.header("idempotency-key") == "k" * 32


async def test_files_travel_as_bytes_with_their_name_encoded() -> None:
    backend, app = scripted(Answer(201, {"id": "f", "name": "lease", "media_type": "image/png", "size": 3}))
    await drafts.store_file(backend, LINH, ID, "hợp đồng/ 1\r\n.png", "image/png", b"abc")
    assert app.requests[0][1] == b"abc"
    assert app.header("content-type") == "image/png"
    assert app.header("x-file-name") == "h%E1%BB%A3p%20%C4%91%E1%BB%93ng%2F%201%0D%0A.png"


async def test_a_pdf_comes_byte_for_byte_and_nothing_else_passes_for_one() -> None:
    content = b"%PDF-1.7\n\x00\xff"
    backend, _ = scripted(Answer(body=content, type="application/pdf"))
    assert await documents.pdf(backend, LINH, "7K3M") == content
    backend, _ = scripted(Answer(body=b"<html>", type="application/pdf"))
    with pytest.raises(Unavailable):
        await documents.pdf(backend, LINH, "7K3M")


@pytest.mark.parametrize("kind", REFUSALS)
async def test_each_problem_type_has_its_error(kind: ProblemType) -> None:
    status = {"stale-draft": 409, "invalid": 422}.get(kind, 400)
    backend, app = scripted(problem(kind, status, draft=DRAFT, number="n", characters="𠮷"))
    with pytest.raises(REFUSALS[kind]) as caught:
        await drafts.save(backend, LINH, ID, DraftUpdate(3, {}, "vi"))
    assert caught.value.problem.type == kind
    assert len(app.requests) == 1, "a refusal is never retried"


async def test_errors_carry_what_their_problem_says() -> None:
    fields = [{"field": "from", "code": "too-early"}]
    backend, _ = scripted(
        problem("stale-draft", 409, draft=DRAFT),
        problem("already-submitted", 409, number="2026"),
        problem("unprintable", 422, characters="𠮷"),
        problem("invalid", 422, fields=fields),
    )
    message = Submission(3, "k" * 32, "vi")
    with pytest.raises(StaleDraft) as stale:
        await applications.submit(backend, LINH, ID, message)
    assert stale.value.draft.version == 3
    assert isinstance(stale.value, Conflict)
    with pytest.raises(AlreadySubmitted) as done:
        await applications.submit(backend, LINH, ID, message)
    assert done.value.number == "2026"
    with pytest.raises(Unprintable) as unprintable:
        await applications.submit(backend, LINH, ID, message)
    assert unprintable.value.characters == "𠮷"
    with pytest.raises(Invalid) as invalid:
        await applications.submit(backend, LINH, ID, message)
    assert [(f.field, f.code) for f in invalid.value.fields] == [("from", "too-early")]


SECRET = "Nguyễn Thị Linh 010-1234-5678"
BROKEN = {
    "not JSON": Answer(body=b'{"id": ' + SECRET.encode()),
    "empty": Answer(body=b""),
    "not UTF-8": Answer(body=b'{"id": "\xff"}'),
    "deep": Answer(body=b"[" * 200_000),
    "lone surrogate": Answer(body=b'{"id": "\\ud800"}'),
    "wrong schema": Answer(body={**DRAFT, "version": SECRET}),
    "missing field": Answer(body={"id": ID}),
    "a list": Answer(body=[DRAFT]),
    "null": Answer(body=None),
    "HTML": Answer(body=b"<h1>Login</h1>", type="text/html"),
    "no type": Answer(body=DRAFT, type=""),
    "redirect": Answer(302, b"", headers={"location": "https://evil.example/"}),
    "not modified": Answer(304, b"", type=""),
    "a proxy's 404": Answer(404, b"<h1>404</h1>", type="text/html"),
    "a server's 500": Answer(500, b"Internal Server Error", type="text/plain"),
    "500 as a problem": problem("invalid", 500),
    "unknown problem": problem("teapot", 418),
    "stale without the draft": problem("stale-draft", 409),
    "strange encoding": Answer(body=b"xx", headers={"content-encoding": "br"}),
    "gzip though not asked": Answer(
        body=gzip.compress(json.dumps(DRAFT).encode()), headers={"content-encoding": "gzip"}
    ),
    "no success": Answer(204, b"", type=""),
}


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN.keys())
async def test_whatever_is_not_the_contract_is_unavailable_and_leaves_no_trace_of_the_person(
    answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    backend, app = scripted(answer)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Unavailable) as caught:
        await drafts.draft(backend, LINH, ID)
    assert caught.value.group == "drafts"
    assert len(app.requests) == 1
    written = caplog.text + str(caught.value)
    assert "Nguy" not in written
    assert ID not in written.replace("HTTP Request", "")
    assert "drafts" in caplog.text


async def test_an_endless_answer_is_cut_off() -> None:
    policy = Policy(patience=Patience(largest=1000))
    backend, _ = scripted(Answer(body=b" " * 1001), policy=policy)
    with pytest.raises(Unavailable, match="oversize"):
        await drafts.draft(backend, LINH, ID)
    backend, _ = scripted(Answer(body=b"{}", headers={"content-length": "1001"}), policy=policy)
    with pytest.raises(Unavailable, match="oversize"):
        await drafts.draft(backend, LINH, ID)
    backend, _ = scripted(Answer(body=DRAFT), policy=policy)
    await drafts.draft(backend, LINH, ID)


async def test_a_small_gzip_bomb_is_cut_off_too() -> None:
    bomb = gzip.compress(b" " * 10_000_000)
    policy = Policy(exceptions={"catalogue": Patience(largest=1_000_000)})
    backend, _ = scripted(Answer(body=bomb, headers={"content-encoding": "gzip"}), policy=policy)
    with pytest.raises(Unavailable, match="oversize"):
        await catalogue.fetch(backend, "")


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_sick_gateway_is_tried_again(status: int) -> None:
    heard = Listener()
    sick = Answer(status, b"Bad Gateway", type="text/plain")
    backend, app = scripted(sick, sick, Answer(body=DRAFT), observe=heard)
    assert (await drafts.draft(backend, LINH, ID)).version == 3
    assert len(app.requests) == 3
    assert [(o.outcome, o.attempts) for o in heard] == [("ok", 3)]


async def test_never_more_than_three_times() -> None:
    backend, app = scripted(Answer(503, b"", type="text/plain"))
    with pytest.raises(Unavailable):
        await drafts.draft(backend, LINH, ID)
    assert len(app.requests) == 3


async def test_what_must_not_be_repeated_is_not() -> None:
    backend, app = scripted(Answer(503, b"", type="text/plain"))
    with pytest.raises(Unavailable):
        await drafts.store_file(backend, LINH, ID, "a", "image/png", b"abc")
    assert len(app.requests) == 1


async def test_a_read_time_out_is_not_repeated() -> None:
    cable = Cable(httpx.ASGITransport(Answer(body=DRAFT)), fault="slow")  # type: ignore[arg-type]
    with pytest.raises(Unavailable, match="read time-out"):
        await drafts.draft(over(cable), LINH, ID)
    assert len(cable.seen) == 1


async def test_a_retry_names_the_caller_afresh_and_keeps_the_request_id() -> None:
    backend, app = scripted(Answer(503, b"", type="text/plain"), Answer(body=DRAFT))
    await drafts.draft(backend, LINH, ID)
    assert app.header("x-request-id", 0) == app.header("x-request-id", 1) != ""


async def test_the_backends_wish_to_wait_is_respected() -> None:
    answer = Answer(503, {"type": "unavailable", "title": "x", "status": 503}, "application/problem+json")
    answer.headers["retry-after"] = "30"
    backend, app = scripted(answer)
    with pytest.raises(Unavailable):
        await drafts.draft(backend, LINH, ID)
    assert len(app.requests) == 1, "30 seconds are longer than anybody waits"


async def test_retries_have_a_budget() -> None:
    policy = Policy(backoff=0.0, retry_most=4.0, retry_share=0.0, breaker=BreakerRules(consecutive=10**6, window=10**6))
    backend, app = scripted(Answer(503, b"", type="text/plain"), policy=policy)
    for _ in range(10):
        with pytest.raises(Unavailable):
            await drafts.draft(backend, LINH, ID)
    assert len(app.requests) == 14


async def test_an_open_breaker_sends_nothing_and_says_since_when() -> None:
    heard, time = Listener(), Time()
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    policy = Policy(breaker=BreakerRules(consecutive=5), attempts=1)
    backend, app = scripted(
        *[Answer(500, b"", type="text/plain")] * 5, Answer(body=DRAFT),
        policy=policy, observe=heard, clock=time, now=lambda: moment,
    )  # fmt: skip
    for _ in range(6):
        with pytest.raises(Unavailable) as caught:
            await drafts.draft(backend, LINH, ID)
        assert caught.value.since == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        moment += dt.timedelta(seconds=1)
    assert len(app.requests) == 5
    assert [o.outcome for o in heard] == ["unavailable"] * 5 + ["rejected"]
    assert backend.state("drafts") == ("open", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert backend.state("identity") == ("closed", None), "each API group has its own"
    time.seconds += 60
    assert backend.state("drafts")[0] == "half-open"
    assert (await drafts.draft(backend, LINH, ID)).version == 3
    assert backend.state("drafts") == ("closed", None)


async def test_refusals_do_not_open_the_breaker() -> None:
    backend, _ = scripted(problem("not-found", 404))
    for _ in range(30):
        with pytest.raises(NotFound):
            await drafts.draft(backend, LINH, ID)
    assert backend.state("drafts") == ("closed", None)


async def test_a_silent_register_does_not_open_the_breaker_of_its_group() -> None:
    backend, _ = scripted(problem("unavailable", 503, authority="moj"), policy=Policy(attempts=1))
    for _ in range(30):
        with pytest.raises(Unavailable) as caught:
            await applications.listed(backend, LINH)
        assert caught.value.authority == "moj"
    assert backend.state("applications") == ("closed", None)


async def test_one_trial_at_a_time_when_half_open() -> None:
    time = Time()
    policy = Policy(breaker=BreakerRules(consecutive=1), attempts=1)
    started, go = asyncio.Event(), asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if time.seconds > 1000:
            started.set()
            await go.wait()
            await Answer(body=DRAFT)(scope, send)
        else:
            await Answer(500, b"", type="text/plain")(scope, send)

    backend = over(httpx.ASGITransport(app), policy=policy, clock=time)
    with pytest.raises(Unavailable):
        await drafts.draft(backend, LINH, ID)
    time.seconds += 60
    trial = asyncio.create_task(drafts.draft(backend, LINH, ID))
    await started.wait()
    with pytest.raises(Unavailable):
        await drafts.draft(backend, LINH, ID)
    go.set()
    assert (await trial).version == 3
    assert backend.state("drafts")[0] == "closed"


async def test_a_reader_who_leaves_takes_the_trial_back() -> None:
    time = Time()
    started = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if time.seconds == 1060:
            started.set()
            await asyncio.sleep(60)
        await Answer(500 if time.seconds == 1000 else 200, DRAFT)(scope, send)

    policy = Policy(breaker=BreakerRules(consecutive=1), attempts=1)
    backend = over(httpx.ASGITransport(app), policy=policy, clock=time)
    with pytest.raises(Unavailable):
        await drafts.draft(backend, LINH, ID)
    time.seconds = 1060.0
    trial = asyncio.create_task(drafts.draft(backend, LINH, ID))
    await started.wait()
    trial.cancel()
    await asyncio.gather(trial, return_exceptions=True)
    time.seconds = 1061.0
    assert (await drafts.draft(backend, LINH, ID)).version == 3


async def test_the_readers_deadline_bounds_everything() -> None:
    async def hang(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(60)

    time = Time()
    backend = over(httpx.ASGITransport(hang), clock=time, policy=Policy(breaker=BreakerRules(consecutive=1)))
    token = current.set(CallContext(deadline=time.seconds + 0.05))
    try:
        with pytest.raises(Unavailable, match="deadline"):
            await drafts.draft(backend, LINH, ID)
        time.seconds += 1
        with pytest.raises(Unavailable, match="no time left"):
            await drafts.draft(backend, LINH, ID)
    finally:
        current.reset(token)
    assert backend.state("drafts")[0] == "closed", "a hasty reader says nothing about the backend"


async def test_a_hanging_embedded_backend_is_given_up() -> None:
    async def hang(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(60)

    policy = Policy(patience=Patience(read=0.02, total=0.05), breaker=BreakerRules(consecutive=1))
    backend = over(httpx.ASGITransport(hang), policy=policy)
    with pytest.raises(Unavailable, match="deadline"):
        await drafts.draft(backend, LINH, ID)
    assert backend.state("drafts")[0] == "open"


async def test_a_backend_that_raises_is_unavailable() -> None:
    async def bug(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError(SECRET)

    backend = over(httpx.ASGITransport(bug, raise_app_exceptions=False))
    with pytest.raises(Unavailable):
        await drafts.draft(backend, LINH, ID)


@pytest.mark.parametrize("value", ["", ".", "..", "a" * 201, "\ud800", "a\0b"])
async def test_an_address_that_names_nothing_is_not_asked_for(value: str) -> None:
    backend, app = scripted(Answer(body=DRAFT))
    with pytest.raises(NotFound):
        await drafts.draft(backend, LINH, value)
    assert not app.requests


@pytest.mark.parametrize("value", ["../v1/me", "a/b", "a?b=c", "a#b", "a b", "%2e%2e", "주민"])
async def test_an_address_is_quoted(value: str) -> None:
    backend, app = scripted(problem("not-found", 404))
    with pytest.raises(NotFound):
        await drafts.draft(backend, LINH, value)
    scope = app.requests[0][0]
    assert scope["path"] == f"/v1/drafts/{value}"
    assert scope["raw_path"].count(b"/") == 3
    assert scope["query_string"] == b""


async def test_text_that_is_not_unicode_never_leaves() -> None:
    backend, app = scripted(Answer(body=DRAFT))
    with pytest.raises(Malformed):
        await drafts.save(backend, LINH, ID, DraftUpdate(1, {"a": "\ud800"}, "vi"))
    with pytest.raises(Malformed):
        await drafts.listed(backend, LINH, "\ud800")
    assert not app.requests


async def test_no_cookie_of_one_answer_goes_out_with_another_call() -> None:
    backend, app = scripted(Answer(body=DRAFT, headers={"set-cookie": "who=linh; Path=/"}))
    await drafts.draft(backend, LINH, ID)
    await drafts.draft(backend, Someone("thao"), ID)
    assert app.header("cookie") == ""


async def test_the_catalogue_is_asked_for_by_its_version() -> None:
    backend, app = scripted(Answer(304, b"", type=""), Answer(body={"any": "thing"}))
    assert await catalogue.fetch(backend, "abc") is None
    assert app.header("if-none-match") == '"abc"'
    assert await catalogue.fetch(backend, "") == b'{"any": "thing"}'
    assert app.header("if-none-match") == ""


async def test_withdrawing_twice_is_withdrawing_once() -> None:
    refused = problem("not-possible", 409)
    done = Answer(body={**APPLICATION, "status": "completed"})
    backend, _ = scripted(refused, Answer(body=APPLICATION), refused, done)
    assert (await applications.withdraw(backend, LINH, "n")).status == "withdrawn"
    with pytest.raises(Impossible):
        await applications.withdraw(backend, LINH, "n")


async def test_revoking_twice_is_revoking_once() -> None:
    summary = {
        "number": "7K3M-92QF-4XTA-C8WS", "document": "entry-exit", "service": "entry-exit", "title": {"ko": "증명"},
        "application": "n", "issued": "2026-01-01T00:00:00Z", "verifiable_until": "2026-04-01", "state": "revoked",
        "locale": "vi",
    }  # fmt: skip
    pair = {"ko": "가"}
    content = {"locale": "vi", "title": pair, "sections": [], "statement": pair, "issued_on": pair, "issuer": pair}
    backend, _ = scripted(problem("not-possible", 409), Answer(body={"summary": summary, "content": content}))
    assert (await documents.revoke(backend, LINH, "7K3M", Revocation())).state == "revoked"


def test_every_endpoint_of_the_contract_has_a_client() -> None:
    """A new endpoint without a client is seen here."""
    called: set[str] = set()
    modules = (
        applications,
        catalogue,
        clerk,
        documents,
        drafts,
        identity,
        life,
        phone,
        places,
        reports,
        preferences,
        recordings,
        support,
        verification,
    )
    for module in modules:
        called.update(re.findall(r'backend\.(?:call|exchange)\(\s*"(\w+)"', inspect.getsource(module)))
    assert called == {endpoint.name for endpoint in ENDPOINTS}
