"""More time: limits ten times as long, or none, as the server keeps them; and every way out still ends at once."""

import asyncio
import datetime as dt

import pytest

from madang.web.state import State
from madang.web.state.memory import MemoryState
from madang.web.state.sessions import MOST, Session, Sessions
from tests.web.state.test_state_sessions import LINH, Clock, timed

pytestmark = pytest.mark.anyio


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def started(sessions: Sessions, times: int | None) -> str:
    identifier = await sessions.start(LINH)
    await sessions.lengthen(identifier, times)
    return identifier


async def test_ten_times_as_long_and_no_longer(clock: Clock) -> None:
    sessions = timed(clock)
    usual, longer = await started(sessions, 1), await started(sessions, 10)
    clock.forward(minutes=16)
    assert await sessions.find(usual) is None
    session = await sessions.find(longer)
    assert session is not None
    assert sessions.seconds_left(session) == 150 * 60
    clock.forward(minutes=149)
    assert await sessions.find(longer) is not None
    clock.forward(minutes=151)
    assert await sessions.find(longer) is None


async def test_the_day_is_ten_times_as_long_too(clock: Clock) -> None:
    sessions = timed(clock)
    longer = await started(sessions, 10)
    for _ in range(79):
        clock.forward(hours=1)
        assert await sessions.find(longer) is not None
    clock.forward(hours=1)
    assert await sessions.find(longer) is None


async def test_without_a_limit_it_ends_after_thirty_days(clock: Clock) -> None:
    sessions = timed(clock)
    endless = await started(sessions, None)
    clock.forward(days=29, hours=23)
    session = await sessions.find(endless)
    assert session is not None
    assert sessions.expires(session) == session.created + MOST
    clock.forward(hours=1)
    assert await sessions.find(endless) is None


async def test_usual_limits_come_back_at_once(clock: Clock) -> None:
    sessions = timed(clock)
    identifier = await started(sessions, None)
    clock.forward(days=2)
    await sessions.lengthen(identifier, 1)
    assert await sessions.find(identifier) is None, "its eight hours are over"


async def test_nothing_but_the_three_is_stored(clock: Clock) -> None:
    sessions = timed(clock)
    identifier = await started(sessions, 10_000)
    session = await sessions.find(identifier)
    assert session is not None
    assert session.times is None
    assert sessions.seconds_left(session) <= MOST.total_seconds()


async def test_signing_out_everywhere_reaches_the_longest_session(clock: Clock) -> None:
    """What says that they are over must itself outlive the longest of them."""
    sessions = timed(clock)
    endless = await started(sessions, None)
    await sessions.end_all(LINH.subject)
    for days in (1, 20, 8):
        clock.forward(days=days)
        assert await sessions.find(endless) is None


async def test_a_session_that_is_over_is_not_brought_back(state: State) -> None:
    sessions = Sessions(state)
    for _ in range(20):
        identifier = await sessions.start(LINH)
        await asyncio.gather(sessions.lengthen(identifier, 10), sessions.end(identifier))
        assert await sessions.find(identifier) is None
        await sessions.lengthen(identifier, None)
        assert await sessions.find(identifier) is None


async def test_signed_out_between_reading_and_writing() -> None:
    """The worst moment, made on purpose: the session ends after ``lengthen`` has read it."""

    class Slow(MemoryState):
        ended = False

        async def put(self, kind: str, key: str, value: bytes, ttl: int) -> None:
            if kind == "session" and b'"times":10' in value and not self.ended:
                self.ended = True
                await sessions.end(identifier)
            await super().put(kind, key, value, ttl)

    state = Slow()
    sessions = Sessions(state)
    identifier = await sessions.start(LINH)
    await sessions.lengthen(identifier, 10)
    assert state.ended
    assert await sessions.find(identifier) is None


async def test_a_session_from_before_there_was_a_choice(clock: Clock) -> None:
    """Sessions that an older portal wrote know nothing of it."""
    sessions = timed(clock)
    assert Session(subject="x", name="x", acr="low").times == 1
    identifier = await sessions.start(LINH)
    clock.forward(minutes=14)
    assert await sessions.find(identifier) is not None
    assert dt.timedelta(seconds=1) < MOST
