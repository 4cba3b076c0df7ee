"""What a store promises, in memory and in Redis alike."""

import asyncio

import msgspec
import pytest
from relay_kit import Clock, standing

from madang.remote_support.messages import Fragment
from madang.remote_support.ports import Store
from madang.remote_support.states import Session
from madang.remote_support.stores.listeners import WAITING
from madang.remote_support.stores.memory import KEPT, MemoryStore

pytestmark = pytest.mark.anyio


def session(name: str = "s1", version: int = 0, **more: object) -> Session:
    return msgspec.structs.replace(Session(name, "vi", Clock().at), version=version, **more)


async def test_a_session_is_written_over_the_version_that_was_read_and_no_other(store: Store) -> None:
    await store.create(session())
    assert await store.load("s1") == session()
    assert await store.save(session(version=1, page=1))
    assert not await store.save(session(version=1, page=2))
    assert not await store.save(session(version=3))
    assert not await store.save(session("s2", version=1))
    assert await store.load("s1") == session(version=1, page=1)
    assert await store.load("s2") is None


async def test_of_many_who_write_at_once_one_wins(store: Store) -> None:
    await store.create(session())
    results = await asyncio.gather(*(store.save(session(version=1, page=page)) for page in range(20)))
    assert results.count(True) == 1
    kept = await store.load("s1")
    assert kept is not None
    assert results[kept.page]


async def test_every_session_that_is_not_over_is_listed_oldest_first(store: Store) -> None:
    clock = Clock()
    for name in ("b", "a", "c"):
        await store.create(msgspec.structs.replace(session(name), created=clock()))
        clock.pass_by(1)
    over = msgspec.structs.replace(await store.load("a"), state="ended", version=1)  # type: ignore[type-var]
    assert await store.save(over)
    assert [each.id for each in await store.every()] == ["b", "c"]
    assert await store.load("a") == over


async def test_a_value_is_taken_by_exactly_one(store: Store) -> None:
    await store.put("code", "x", b"1", 60)
    assert await store.get("code", "x") == b"1"
    assert await store.get("token", "x") is None
    taken = await asyncio.gather(*(store.take("code", "x") for _ in range(20)))
    assert sorted(taken, key=str) == [None] * 19 + [b"1"] or taken.count(b"1") == 1
    assert taken.count(None) == 19
    assert await store.get("code", "x") is None


async def test_a_value_ends_with_its_time(store: Store) -> None:
    await store.put("ticket", "x", b"1", 1)
    await asyncio.sleep(1.2)
    assert await store.get("ticket", "x") is None
    assert await store.take("ticket", "x") is None


async def test_counts_go_up_and_down_but_not_below_nothing(store: Store) -> None:
    assert [await store.count("wrong", "a", 60) for _ in range(3)] == [1, 2, 3]
    await store.uncount("wrong", "a")
    assert await store.count("wrong", "a", 60) == 3
    await store.uncount("wrong", "b")
    await store.uncount("wrong", "b")
    assert await store.count("wrong", "b", 60) == 1


async def test_a_count_ends_with_the_time_of_its_first(store: Store) -> None:
    await store.count("wrong", "a", 3)
    await asyncio.sleep(1)
    assert await store.count("wrong", "a", 3) == 2
    await asyncio.sleep(2.5)
    assert await store.count("wrong", "a", 3) == 1


async def test_of_a_list_the_last_are_kept(store: Store) -> None:
    await store.create(session())
    for number in range(5):
        await store.append("s1", "said", str(number).encode(), most=3)
    assert list(await store.listed("s1", "said")) == [b"2", b"3", b"4"]
    assert list(await store.listed("s1", "other")) == []
    assert list(await store.listed("s2", "said")) == []


async def test_a_page_stands_until_a_later_one_does(store: Store) -> None:
    await store.create(session())
    assert await store.standing("s1") is None
    await store.stand("s1", standing(2))
    await store.stand("s1", standing(1, mark="late"))
    assert await store.standing("s1") == standing(2)
    again = msgspec.structs.replace(standing(2), fragments={"ko": (Fragment(2, "next", "<b>1</b>"),)})
    await store.stand("s1", again)
    assert await store.standing("s1") == again
    await store.stand("s1", standing(3))
    assert await store.standing("s1") == standing(3)
    await store.stand("nobody", standing(1))
    assert await store.standing("nobody") is None


async def test_of_small_events_the_last_of_each_is_kept_with_its_page(store: Store) -> None:
    await store.create(session())
    await store.note("s1", 1, "focus:", b"lost: no page stands")
    await store.stand("s1", standing(1))
    for key, value in (("value:a", b"1 a"), ("focus:", b"f"), ("value:a", b"2"), ("value:b", b"3")):
        await store.note("s1", 1, key, value)
    await store.note("s1", 2, "value:b", b"of no page yet")
    assert list(await store.noted("s1")) == [b"f", b"2", b"3"]
    await store.stand("s1", standing(1, mark="again"))
    assert list(await store.noted("s1")) == [b"f", b"2", b"3"]
    await store.stand("s1", standing(2))
    assert list(await store.noted("s1")) == []


async def test_what_is_over_has_no_page_any_more_and_gets_none(store: Store) -> None:
    await store.create(session())
    await store.stand("s1", standing(1))
    await store.note("s1", 1, "focus:", b"f")
    assert await store.save(session(version=1, state="ended"))
    assert await store.standing("s1") is None
    assert list(await store.noted("s1")) == []
    await store.stand("s1", standing(2))
    assert await store.standing("s1") is None


async def test_a_page_can_be_forgotten(store: Store) -> None:
    await store.create(session())
    await store.stand("s1", standing(1))
    await store.forget("s1")
    assert await store.standing("s1") is None
    assert await store.load("s1") is not None


async def test_messages_reach_the_side_they_are_for_in_order(store: Store) -> None:
    await store.create(session())
    async with store.subscribe("s1", "agent") as agent, store.subscribe("s1", "citizen") as citizen:
        await store.publish("s1", "agent", b"1")
        await store.publish("s1", "citizen", b"2")
        await store.publish("s2", "all", b"of another session")
        await store.save(session(version=1), [("all", b"3"), ("agent", b"4")])
        await store.save(session(version=1), [("all", b"of a change that was not written")])
        await store.publish("s1", "all", b"5")
        assert await heard(agent, 4) == [b"1", b"3", b"4", b"5"]
        assert await heard(citizen, 3) == [b"2", b"3", b"5"]


async def test_a_session_can_be_listened_to_again_and_by_several(store: Store) -> None:
    await store.create(session())
    for _ in range(3):
        async with store.subscribe("s1", "agent") as one, store.subscribe("s1", "agent") as other:
            await store.publish("s1", "agent", b"1")
            assert await heard(one, 1) == await heard(other, 1) == [b"1"]


async def test_who_reads_too_slowly_is_cut_off(store: Store) -> None:
    await store.create(session())
    async with store.subscribe("s1", "agent") as slow, store.subscribe("s1", "citizen") as quick:
        for number in range(WAITING + 2):
            await store.publish("s1", "all", str(number).encode())
            await heard(quick, 1)
        with pytest.raises(StopAsyncIteration):
            await heard(slow, WAITING + 2)


async def test_memory_lets_go_of_what_is_over() -> None:
    time = 0.0
    store = MemoryStore(clock=lambda: time)
    await store.create(session())
    await store.stand("s1", standing(1))
    await store.append("s1", "said", b"1")
    await store.put("code", "x", b"1", 60)
    await store.save(session(version=1, state="ended"))
    time = KEPT + 1
    assert await store.every() == []
    assert await store.load("s1") is None
    held = {name: vars(store)[name] for name in ("_sessions", "_values", "_counts", "_lists", "_standing", "_seen")}
    assert not any(held.values()), held


async def heard(messages: object, count: int) -> list[bytes]:
    """So many messages, without the notes that something may have been missed."""
    found: list[bytes] = []
    async with asyncio.timeout(20):
        while len(found) < count:
            message = await anext(messages)  # type: ignore[call-overload]
            if message is not None:
                found.append(message)
    return found
