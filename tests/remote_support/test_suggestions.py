"""Suggestions: the newest of a field counts, so many may wait and no more, and none outlives its agent."""

from collections.abc import AsyncIterator

import msgspec
import pytest
from relay_kit import JUN, MINA, House, house, standing

from madang.remote_support.messages import Answer, Element, Hello, Language, Suggest
from madang.remote_support.ports import Standing
from madang.remote_support.rates import ANEW, MESSAGES
from madang.remote_support.states import Agreed, Session
from madang.remote_support.stores.memory import MemoryStore
from madang.remote_support.suggestions import MOST_OPEN

pytestmark = pytest.mark.anyio


@pytest.fixture
async def at() -> AsyncIterator[House]:
    made = house(MemoryStore())
    yield made
    await made.store.close()


async def suggested(at: House, session: Session, ref: str, value: str) -> str:
    at.relay._upward._rates._buckets.clear()  # how fast is another test's question
    return await at.relay.up(session.id, "agent", Suggest(ref, value), session.agent)


async def test_the_newest_of_a_field_counts(at: House) -> None:
    session = await at.viewing()
    for value in ("1", "2"):
        assert not await suggested(at, session, "q-copies", value)
    (one,) = await at.relay.pending(session.id)
    assert one.value == "2"


async def test_so_many_wait_and_no_more(at: House) -> None:
    session = await at.viewing()
    page = standing(1)
    boxes = {f"q-{n}": Element("textbox", f"{n}", shared=True) for n in range(MOST_OPEN + 1)}
    await at.relay.stand(session.id, msgspec.structs.replace(page, elements=boxes))
    for n in range(MOST_OPEN):
        assert not await suggested(at, session, f"q-{n}", "x")
    assert await suggested(at, session, f"q-{MOST_OPEN}", "x") == "many"
    assert not await suggested(at, session, "q-0", "y"), "one for the same field takes the place of another"
    first = (await at.relay.pending(session.id))[0]
    assert not await at.relay.up(session.id, "citizen", Answer(first.id, False))
    assert not await suggested(at, session, f"q-{MOST_OPEN}", "x")


async def test_what_one_agent_suggested_is_not_anothers(at: House) -> None:
    session = await at.viewing()
    assert not await suggested(at, session, "q-copies", "2")
    (old,) = await at.relay.pending(session.id)
    assert await at.relay.hand_over(session.id, JUN)
    after = await at.relay.apply(session.id, Agreed("assist"))
    assert after is not None
    assert after.agent == JUN
    assert not await at.relay.pending(session.id)
    assert await at.relay.up(session.id, "citizen", Answer(old.id, True)) == "ref"
    assert "accepted" not in at.trail.kinds(session.id)


async def test_who_asks_for_everything_again_and_again_is_slowed_down(at: House) -> None:
    """The answer to these is a whole page."""
    session = await at.viewing()
    at.hold_rates()
    assert ANEW[0] < MESSAGES[0] / 10
    told = [await at.relay.up(session.id, "agent", Language("citizen"), MINA) for _ in range(ANEW[1] + 2)]
    assert told == [*[""] * ANEW[1], "rate", "rate"]
    assert await at.relay.up(session.id, "agent", Hello(), MINA) == "rate"
    assert not await at.relay.up(session.id, "citizen", Hello(1)), "each side for itself"


def test_a_page_from_an_older_version_is_read() -> None:
    """What another process of the last version keeps."""
    old = msgspec.msgpack.encode({"number": 1, "name": "guide", "elements": {}, "twins": {}})
    read = msgspec.msgpack.decode(old, type=Standing)
    assert read.complete
    assert read.hidden == ()
