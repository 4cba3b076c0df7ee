"""Rates, bodies, shedding."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from ipaddress import ip_network

import anyio
import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from madang.web.limits import attempt
from madang.web.metrics import Metrics
from madang.web.middleware import bodies
from madang.web.middleware.clients import UNKNOWN, Clients
from madang.web.middleware.common import plain_refusal
from madang.web.middleware.limits import Limits
from madang.web.middleware.rates import Rates
from madang.web.state import State, StateUnavailable
from madang.web.state.memory import MemoryState
from tests.web.middleware.stack_house import OURS, House

pytestmark = pytest.mark.anyio
PROXY = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


async def test_too_many_requests_of_one_client(make: Callable[..., House]) -> None:
    house = make(client_requests=5)
    async with house.client() as client, house.client(address=("192.0.2.2", 9)) as other:
        answers = [await client.get("/ko/me") for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert answers[-1].text.startswith("too-many ko")
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert (await other.get("/ko/me")).status_code == 200
        assert (await client.get("/livez")).status_code == 200
    assert house.metrics.refused["too-many"] == 2


async def test_cached_pages_are_not_counted(make: Callable[..., House]) -> None:
    house = make(client_requests=2)
    async with house.client() as client:
        assert {(await client.get("/ko/guide/a")).status_code for _ in range(10)} == {200}


@pytest.mark.parametrize("shared", [False, True])
async def test_the_window_slides(shared: bool) -> None:
    now = 6000.0 + 59
    rates = Rates(10, MemoryState(lambda: now) if shared else None, clock=lambda: now)
    assert [await rates.hit("a") for _ in range(11)] == [0] * 10 + [1]
    now += 2  # the next minute: nearly all of the last one still counts
    assert await rates.hit("a") > 0
    now += 58
    assert await rates.hit("a") == 0
    now += 180
    assert [await rates.hit("a") for _ in range(10)] == [0] * 10


async def test_rates_go_on_without_their_store() -> None:
    class Down(MemoryState):
        async def increment(self, kind: str, key: str, ttl: int) -> int:
            raise StateUnavailable

    rates = Rates(2, Down())
    assert [bool(await rates.hit("a")) for _ in range(3)] == [False, False, True]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", "", "192.0.2.1"),
        ("192.0.2.1", "198.51.100.9", "192.0.2.1"),  # nobody's proxy: not believed
        ("10.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("10.0.0.1", "203.0.113.5, 198.51.100.9", "198.51.100.9"),  # what the client wrote itself
        ("10.0.0.1", "198.51.100.9, 10.0.0.2", "198.51.100.9"),
        ("10.0.0.1", "198.51.100.9, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.9:4711", "198.51.100.9"),
        ("fd00::1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("::ffff:10.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("", "", None),
    ],
)
async def test_whose_request_it_is_behind_proxies(peer: str, forwarded: str, client: str | None) -> None:
    address = Clients(PROXY, "k").address(peer, forwarded.encode())
    assert (str(address) if address else None) == client


async def test_clients_are_digests() -> None:
    def of(clients: Clients, peer: str) -> str:
        return clients.of({"client": (peer, 1), "headers": []})

    clients = Clients((), "k" * 64)
    assert of(clients, "2001:db8::1") == of(clients, "2001:db8::2") != of(clients, "2001:db8:0:1::1")
    assert of(clients, "192.0.2.1") != of(clients, "192.0.2.2")
    assert of(clients, "192.0.2.1") != of(Clients((), "l" * 64), "192.0.2.1")
    assert "192" not in of(clients, "192.0.2.1")
    assert clients.of({"headers": []}) == UNKNOWN


async def test_bodies_have_a_largest_size(make: Callable[..., House]) -> None:
    house = make(form_kib=16, upload_mib=1)
    upload = {**OURS, "content-type": "multipart/form-data; boundary=x"}

    async def parts(size: int) -> AsyncIterator[bytes]:
        for _ in range(size // 1024):
            yield b"x" * 1024

    async with house.client() as client:
        assert (await client.post("/ko/echo", headers=OURS, content=b"x" * 16384)).text.startswith("16384 ")
        for content in (b"x" * 16385, parts(17 * 1024)):  # announced, and in pieces of unknown number
            assert (await client.post("/ko/echo", headers=OURS, content=content)).status_code == 413
        assert (await client.post("/ko/echo", headers=upload, content=b"x" * 1_000_000)).status_code == 200
        assert (await client.post("/ko/echo", headers=upload, content=b"x" * 1_200_000)).status_code == 413
        assert (await client.post("/ko/echo", headers=OURS, content=b"ok")).status_code == 200


async def test_a_body_that_stops_or_trickles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def stopped() -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    monkeypatch.setattr(bodies, "PAUSE", 0.05)
    with pytest.raises(HTTPException) as raised:
        await bodies.Body(stopped, 100).receive()
    assert raised.value.status_code == 408

    async def trickling() -> Message:
        return {"type": "http.request", "body": b"x", "more_body": True}

    body = bodies.Body(trickling, 10_000)
    body._started = time.monotonic() - 60
    with pytest.raises(HTTPException) as raised:
        await body.receive()
    assert raised.value.status_code == 408


async def test_after_its_body_a_request_may_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A view that streams waits in ``receive`` for the client to leave: that is no slow body."""
    monkeypatch.setattr(bodies, "PAUSE", 0.01)
    messages = [{"type": "http.request", "body": b"x", "more_body": False}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        await anyio.sleep(0 if len(messages) == 2 else 0.1)
        return messages.pop(0)

    body = bodies.Body(receive, 10)
    await body.receive()
    assert (await body.receive())["type"] == "http.disconnect"


async def test_more_than_a_worker_can_carry_is_shed_and_comes_back(make: Callable[..., House]) -> None:
    house = make(in_flight=4)
    house.gate.clear()
    async with house.client() as client:
        await client.get("/ko/guide/a")
        waiting = [asyncio.create_task(client.get("/vi/slow")) for _ in range(4)]
        await anyio.wait_all_tasks_blocked()
        for locale in ("vi", "th", "vi"):
            busy = await client.get(f"/{locale}/slow")
            assert (busy.status_code, busy.headers["retry-after"]) == (503, "3")
            assert busy.text.startswith(f"busy {locale}")
            assert "sha256-refusal" in busy.headers["content-security-policy"]
        assert (await client.get("/ko/guide/a")).status_code == 200  # cached pages go on
        assert (await client.get("/livez")).status_code == 200
        house.gate.set()
        assert {(await task).status_code for task in waiting} == {200}
        assert (await client.get("/vi/slow")).status_code == 200
    assert house.metrics.refused["busy"] == 3


async def test_failures_give_their_place_back(make: Callable[..., House]) -> None:
    house = make(in_flight=2)
    async with house.client() as client:
        for _ in range(5):
            assert (await client.get("/ko/boom")).status_code == 500
            await client.get("/ko/half")
        assert (await client.get("/ko/slow")).status_code == 200


async def test_an_application_that_dies_silently_gives_its_place_back(make: Callable[..., House]) -> None:
    async def dying(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError

    limits = Limits(
        dying, refuse=plain_refusal, clients=Clients((), "k"), rates=Rates(100), limit=lambda scope: 9, in_flight=1,
        metrics=Metrics(),
    )  # fmt: skip
    for _ in range(3):
        scope: Scope = {
            "type": "http",
            "method": "GET",
            "path": "/ko/",
            "headers": [],
            "client": None,
            "madang.locale": "ko",
        }
        with pytest.raises(ValueError):
            await limits(scope, None, None)  # type: ignore[arg-type]


async def test_slow_uploads_take_nobodys_place(make: Callable[..., House]) -> None:
    house = make(in_flight=2)
    arrive = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"x"
        await arrive.wait()
        yield b"y"

    async with house.client() as client:
        uploads = [asyncio.create_task(client.post("/ko/echo", headers=OURS, content=slow())) for _ in range(4)]
        await anyio.wait_all_tasks_blocked()
        assert (await client.get("/ko/slow")).status_code == 200
        arrive.set()
        assert {(await upload).text[:2] for upload in uploads} == {"2 "}


async def test_attempts_are_counted_across_workers() -> None:
    state: State = MemoryState()
    tries = [await attempt(state, "verify", "a", 3, 600) for _ in range(5)]
    assert [one.allowed for one in tries] == [True, True, True, False, False]
    assert 1 <= tries[-1].retry_after <= 600
    assert (await attempt(state, "verify", "b", 3, 600)).allowed
    assert (await attempt(state, "sign-in", "a", 3, 600)).allowed


async def test_without_a_count_nobody_may_guess() -> None:
    class Down(MemoryState):
        async def increment(self, kind: str, key: str, ttl: int) -> int:
            raise StateUnavailable

    with pytest.raises(StateUnavailable):
        await attempt(Down(), "verify", "a", 3, 600)
