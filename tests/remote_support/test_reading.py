"""Another language at the desk, in the middle of a session: what is said comes in it at once, and the citizen's page is
asked for again, so that it can be drawn in it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from relay_kit import MINA, House, house

from madang.remote_support.messages import Highlight
from madang.remote_support.reading import agent_reads
from madang.remote_support.sealed import unseal
from madang.remote_support.stores.memory import MemoryStore

pytestmark = pytest.mark.anyio


@pytest.fixture
async def at() -> AsyncIterator[House]:
    made = house(MemoryStore())
    yield made
    await made.store.close()


async def test_another_language_at_the_desk(at: House) -> None:
    session = await at.viewing("point")
    async with at.store.subscribe(session.id, "citizen") as messages:
        now = await agent_reads(at.relay, session, "en")
        told = []
        for _ in range(2):
            async with asyncio.timeout(20):
                message = await anext(messages)
            assert message is not None
            told.append(unseal(message))
    assert [each.kind for each in told] == ["status", "act"]
    assert bytes(told[1].body) == b'{"type":"again"}'
    assert now.agent is not None
    assert (now.agent.id, now.agent.locale) == (MINA.id, "en")
    assert (await agent_reads(at.relay, now, "en")).version == now.version, "the same language is no news"
    assert not await at.relay.up(session.id, "agent", Highlight("next"), now.agent)
    (said,) = await at.relay.transcript(session.id, "agent")
    assert said.lang == "en"
    assert "highlighted" in said.text


async def test_whom_nobody_helps_is_asked_for_nothing(at: House) -> None:
    session, _ = await at.waiting()
    assert (await agent_reads(at.relay, session, "en")).version == session.version
