"""Sessions, the vault and the stash, on all stores."""

import asyncio
import datetime as dt
import hashlib
from typing import Any

import pytest

from madang.web.state import State
from madang.web.state.memory import MemoryState
from madang.web.state.sessions import GRACE, Session, Sessions
from madang.web.state.stash import Stash, StashTooLarge
from madang.web.state.vault import Vault, VaultError

pytestmark = pytest.mark.anyio
LINH = Session(subject="linh", name="Nguyễn Thị Linh", acr="substantial", roles=("citizen",), locale="vi")
OLD, NEW = "00" * 32, "11" * 32


class Clock:
    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def timed(clock: Clock) -> Sessions:
    """Sessions whose store goes by the same clock."""
    return Sessions(MemoryState(lambda: clock.now.timestamp()), now=clock)


async def test_a_session_is_found_by_its_id_alone(state: State) -> None:
    sessions = Sessions(state)
    identifier = await sessions.start(LINH)
    found = await sessions.find(identifier)
    assert found is not None
    assert (found.subject, found.name, found.roles, found.locale) == ("linh", LINH.name, ("citizen",), "vi")
    for wrong in (
        "",
        "x",
        identifier[:-1],
        identifier + "A",
        identifier.swapcase(),
        hashlib.sha256(b"").hexdigest(),
        "é" * 43,
    ):
        assert await sessions.find(wrong) is None


async def test_the_store_does_not_know_the_id() -> None:
    state = MemoryState()
    identifier = await Sessions(state).start(LINH)
    assert len(identifier) == 43
    assert identifier not in repr(state._values)


async def test_signing_in_gives_a_new_id_and_ends_the_old(state: State) -> None:
    sessions = Sessions(state)
    first = await sessions.start(LINH)
    second = await sessions.start(LINH, first)
    assert first != second
    assert await sessions.find(first) is None
    assert await sessions.find(second) is not None


async def test_an_id_that_the_browser_brought_is_never_taken_over(state: State) -> None:
    brought = "A" * 43
    assert await Sessions(state).start(LINH, brought) != brought
    assert await Sessions(state).find(brought) is None


async def test_an_ended_session_is_over(state: State) -> None:
    sessions = Sessions(state)
    identifier = await sessions.start(LINH)
    await sessions.end(identifier)
    assert await sessions.find(identifier) is None


@pytest.mark.parametrize("under_way", ["find", "lengthen"])
async def test_a_request_under_way_does_not_bring_an_ended_session_back(clock: Clock, under_way: str) -> None:
    """The request has read the session and is about to note that it was used, or its longer time, when the person
    signs out."""
    state = MemoryState(lambda: clock.now.timestamp())
    sessions = Sessions(state, now=clock)
    identifier = await sessions.start(LINH)
    clock.forward(minutes=5)
    reached, go_on, put = asyncio.Event(), asyncio.Event(), state.put

    async def slow_put(kind: str, key: str, value: bytes, ttl: int) -> None:
        if not reached.is_set():  # what the request writes; the sign-out's own writing waits for nothing
            reached.set()
            await go_on.wait()
        await put(kind, key, value, ttl)

    state.put = slow_put  # type: ignore[method-assign]
    doing = sessions.find(identifier) if under_way == "find" else sessions.lengthen(identifier, 10)
    request: asyncio.Task[object] = asyncio.create_task(doing)
    await reached.wait()
    await sessions.end(identifier)
    go_on.set()
    await request
    assert await sessions.find(identifier) is None


async def test_idle_for_too_long(clock: Clock) -> None:
    sessions = timed(clock)
    identifier = await sessions.start(LINH)
    for _ in range(8):
        clock.forward(minutes=14, seconds=59)
        assert await sessions.find(identifier) is not None
    clock.forward(minutes=15, seconds=GRACE.total_seconds())
    assert await sessions.find(identifier) is None


async def test_nobody_is_timed_out_early(clock: Clock) -> None:
    """Use within the grace is not written down, and still counts."""
    sessions = timed(clock)
    identifier = await sessions.start(LINH)
    clock.forward(seconds=29)
    assert await sessions.find(identifier) is not None
    clock.forward(minutes=15)
    assert await sessions.find(identifier) is not None


async def test_used_all_day(clock: Clock) -> None:
    sessions = timed(clock)
    identifier = await sessions.start(LINH)
    found = None
    for _ in range(47):
        clock.forward(minutes=10)
        found = await sessions.find(identifier)
        assert found is not None
    assert found is not None
    assert sessions.expires(found) == found.created + dt.timedelta(hours=8)
    clock.forward(minutes=10)
    assert await sessions.find(identifier) is None


async def test_the_end_does_not_hang_on_the_stores_expiry(clock: Clock) -> None:
    sessions = Sessions(MemoryState(lambda: 0.0), now=clock)
    identifier = await sessions.start(LINH)
    for _ in range(47):
        clock.forward(minutes=10)
        assert await sessions.find(identifier) is not None
    clock.forward(minutes=10)
    assert await sessions.find(identifier) is None


async def test_signed_out_everywhere(clock: Clock) -> None:
    sessions = timed(clock)
    phone, library = await sessions.start(LINH), await sessions.start(LINH)
    other = await sessions.start(Session(subject="han-garam", name="", acr=""))
    clock.forward(seconds=1)
    await sessions.end_all("linh")
    assert [await sessions.find(each) is None for each in (phone, library, other)] == [True, True, False]
    clock.forward(seconds=1)
    assert await sessions.find(await sessions.start(LINH)) is not None


async def test_a_stash_is_for_its_owner(state: State) -> None:
    stash = Stash(state, Vault([NEW]))
    data: dict[str, Any] = {"이름": ["Nguyễn"], "n": 1}
    await stash.keep("linh", "bc", data)
    assert await stash.peek("linh", "bc") == data
    assert await stash.peek("han", "bc") is None
    assert await stash.peek("linhb", "c") is None
    assert await stash.take("linh", "bc") == data
    assert await stash.take("linh", "bc") is None


async def test_what_is_stashed_cannot_be_read_or_moved_in_the_store() -> None:
    state = MemoryState()
    stash = Stash(state, Vault([NEW]))
    await stash.keep("linh", "a", {"number": "900101"})
    assert "900101" not in repr(state._values)
    assert "linh" not in repr(state._values)
    stolen = next(iter(state._values.values()))
    await stash.keep("han", "a", {})
    places = list(state._values)
    state._values[places[1]] = stolen
    assert await stash.peek("han", "a") is None
    state._values[places[0]] = (stolen[0][:-1] + b"x", stolen[1])
    assert await stash.peek("linh", "a") is None


async def test_a_stash_has_a_largest_size(state: State) -> None:
    with pytest.raises(StashTooLarge):
        await Stash(state, Vault([NEW])).keep("linh", "a", {"a": "x" * 2_000_000})


async def test_keys_are_rotated() -> None:
    sealed = Vault([OLD]).seal(b"x")
    assert Vault([NEW, OLD]).open(sealed) == b"x"
    with pytest.raises(VaultError):
        Vault([NEW]).open(sealed)
    with pytest.raises(VaultError):
        Vault([OLD]).open(Vault([NEW, OLD]).seal(b"x"))
    with pytest.raises(VaultError):
        Vault([OLD]).open(sealed[:20] + bytes([sealed[20] ^ 1]) + sealed[21:])
