"""Hostile clients: forged messages by the thousand, and stops in the middle of everything. Nothing leaks, nothing of
another session arrives, nothing passes after the end, and whoever behaves goes on as if nothing had happened."""

import asyncio
import contextlib
import random
import string
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from relay_kit import MINA, House, house, standing
from socket_kit import Client, Server, serving
from websockets.exceptions import ConnectionClosed

from madang.remote_support import connection as connections
from madang.remote_support.messages import Down
from madang.remote_support.rates import WRONGS
from madang.remote_support.states import LevelSet, Session, Stopped
from madang.remote_support.stores.memory import MemoryStore

pytestmark = pytest.mark.anyio
MARK = "of-another-session"
DOWN = msgspec.json.Decoder(Down)
TAGS = ("hello", "pong", "chat", "stop", "focus", "scroll", "value", "toggle", "invalid", "dialog", "answer", "level",
        "highlight", "point", "scroll-to", "suggest", "phrase", "move-focus", "fill", "open", "language", "page",
        "state", "seen", "said", "guide", "ping", "blank", "submit", "sign", "pay", "eval", "__proto__")  # fmt: skip
FIELDS = ("ref", "value", "text", "page", "open", "invalid", "checked", "level", "whose", "suggestion", "accepted",
          "past", "zoom", "phrase", "words", "type", "session", "agent", "html", "constructor", "id")  # fmt: skip
REFS = ("q-copies", "q-name", "q-note", "q-agree", "next", "guide", "nothing", "../q-copies", "<script>", "", "x" * 200)
VALUES: tuple[Any, ...] = (
    *REFS, None, True, False, 0, -1, 10**30, 1e308, [], {}, {"a": "b"}, "<img src=x onerror=alert(1)>",
    "javascript:alert(1)", "\u202e", "\x00", "view", "assist", "agent", "citizen", "900101-1234567", "2", "가" * 2001,
)  # fmt: skip


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    at = house(MemoryStore())
    async with serving(at) as made:
        yield made
    await at.store.close()


def forged(chance: random.Random) -> str | bytes:
    """A message as no page of ours sends it: wrong fields, wrong types, wrong text, bytes that are no text."""
    kind = chance.random()
    if kind < 0.1:
        return chance.randbytes(chance.randrange(80))
    if kind < 0.2:
        return "".join(chance.choices(string.printable + "é가\u202e\ud7ff", k=chance.randrange(200)))
    if kind < 0.25:
        return "[" * chance.randrange(2000)
    names = chance.sample(FIELDS, chance.randrange(4))
    message = {"type": chance.choice(TAGS), **{name: chance.choice(VALUES) for name in names}}
    if message["type"] == "stop":  # what stops is no forgery: it always works
        message["type"] = "Stop"
    text = msgspec.json.encode(message).decode()
    return text[: chance.randrange(len(text))] if kind < 0.35 else text


async def hammer(server: Server, count: int, seed: int) -> None:
    """So many forged messages, over as many connections as it takes, of both sides of one session."""
    at, chance = server.at, random.Random(seed)
    victim, other = await at.viewing("view"), await at.viewing("assist")
    await at.relay.page(other.id, "apply/question", sensitive=False)
    await at.relay.stand(other.id, standing(2, mark=MARK))
    heard: list[dict[str, Any]] = []
    async with server.open(other.id, "citizen", page=2) as citizen, server.open(other.id, "agent") as desk:
        await citizen.next("state")
        await desk.next("page")
        sent = 0
        while sent < count:
            side = chance.choice(("citizen", "agent"))
            async with server.open(victim.id, side, page=1) as bad:  # type: ignore[arg-type]
                with contextlib.suppress(ConnectionClosed):
                    for _ in range(min(500, count - sent)):
                        await bad.connection.send(forged(chance))
                        sent += 1
                heard += await drained(bad)
        assert not [
            each for each in [*await citizen.quiet(), *await desk.quiet()] if each["type"] not in ("state", "ping")
        ]
        await citizen.send(type="focus", ref="next")
        assert (await desk.next("seen"))["event"] == {"type": "focus", "ref": "next"}
    assert heard
    for message in heard:
        DOWN.decode(msgspec.json.encode(message))  # only what the protocol knows
    assert MARK not in repr(heard)
    after = await at.relay.load(victim.id)
    assert after is not None
    assert after.agent == MINA
    kinds = {record.kind for record in at.trail.records if record.session == other.id}
    assert kinds - {"away"} == {"asked", "matched", "agreed", "page"}


async def drained(client: Client) -> list[dict[str, Any]]:
    """What a connection still says until it is quiet or closed."""
    await client.quiet(0.2)
    return client.seen


async def test_forged_messages_harm_nobody(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    await hammer(server, 5_000, 1)
    assert not [record for record in caplog.records if record.exc_info], "no message breaks the server"


@pytest.mark.full
@pytest.mark.parametrize("seed", range(20))
async def test_forged_messages_harm_nobody_however_many(server: Server, seed: int) -> None:
    await hammer(server, 5_000, seed + 2)


async def test_who_sends_nothing_but_wrong_messages_is_shut_out(server: Server) -> None:
    session = await server.at.viewing()
    async with server.open(session.id, "citizen", page=1) as bad:
        await bad.next("state")
        with contextlib.suppress(ConnectionClosed):
            for _ in range(WRONGS + 5):
                await bad.connection.send("{")
        assert await bad.closed() == connections.WRONG
        assert len(bad.seen) <= WRONGS + 1


async def test_a_flood_is_answered_with_few_words(server: Server) -> None:
    session = await server.at.viewing()
    async with server.open(session.id, "citizen", page=1) as bad, server.open(session.id, "agent") as desk:
        await desk.next("page")
        for _ in range(400):
            await bad.send(type="focus", ref="next")
        await bad.send(type="stop")
        assert await bad.closed() == connections.OVER, "what is too much is refused; a stop behind it is not"
        await desk.closed()
        assert sum(message["type"] == "seen" for message in desk.seen) < 150
        assert sum(message["type"] == "refused" for message in bad.seen) < 40


# Nothing after the end.
async def schedule(server: Server, seed: int) -> None:
    """Citizen and agent do what they can, several at once; somewhere in it somebody stops. What the desk is sent ends
    with the blank and the state, whatever was under way."""
    at, chance = server.at, random.Random(seed)
    session = await at.viewing("assist")
    async with server.open(session.id, "agent") as desk, server.open(session.id, "citizen", page=1) as citizen:
        await desk.next("page")
        await citizen.next("state")
        work = [
            asyncio.create_task(busy(at, session, citizen, desk, random.Random(chance.random()), stops=turn == 0))
            for turn in range(3)
        ]
        code = await desk.closed()
        await citizen.closed()
        await asyncio.gather(*work, return_exceptions=True)
    assert code == connections.OVER
    ends = [place for place, message in enumerate(desk.seen) if message.get("state") == "ended"]
    assert ends == [len(desk.seen) - 1], "the end is told once, and nothing after it"
    assert shown_after_blank(desk.seen) == []
    last = [message for message in citizen.seen if message["type"] == "state"][-1]
    assert last == citizen.seen[-1]
    assert last["state"] == "ended"
    assert await at.store.standing(session.id) is None


def shown_after_blank(seen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What came of a page between a blank and the page after it."""
    blank, found = False, []
    for message in seen:
        if message["type"] in ("blank", "page"):
            blank = message["type"] == "blank"
        elif blank and message["type"] in ("seen", "fragment"):
            found.append(message)
    return found


async def busy(
    at: House, session: Session, citizen: Client, desk: Client, chance: random.Random, *, stops: bool
) -> None:
    for turn in range(chance.randrange(3, 12)):
        if stops and turn == 2:
            await at.relay.apply(session.id, Stopped(chance.choice(("citizen", "agent"))))
            return
        match chance.randrange(7):
            case 0 | 1:
                await citizen.send(type="focus", ref="next")
            case 2:
                await desk.send(type="highlight", ref="next")
            case 3:
                await desk.send(type="language", whose=chance.choice(("agent", "citizen")))
            case 4:
                after = await at.relay.page(session.id, "pay", sensitive=True)
                await at.relay.stand(session.id, standing(after.page if after else 1))
            case 5:
                after = await at.relay.page(session.id, "apply/question", sensitive=False)
                await at.relay.stand(session.id, standing(after.page if after else 1))
            case 6:
                await at.relay.apply(session.id, LevelSet(chance.choice(("view", "assist"))))
        if chance.random() < 0.5:
            await asyncio.sleep(0)


async def test_nothing_passes_after_the_end_whatever_was_under_way(server: Server) -> None:
    for seed in range(60):
        await schedule(server, seed)


@pytest.mark.full
@pytest.mark.parametrize("start", range(0, 2000, 200))
async def test_nothing_passes_after_the_end_in_many_schedules(server: Server, start: int) -> None:
    for seed in range(start, start + 200):
        await schedule(server, seed)


async def test_what_was_allowed_before_a_level_was_lowered_does_not_come_after_it(at: House) -> None:
    """Two processes: in one the agent's act is allowed, in the other the citizen lowers the level meanwhile."""
    from madang.remote_support.messages import Guide, Said
    from madang.remote_support.sealed import Gate, seal, unseal

    session = await at.viewing("assist")
    gate = Gate("citizen", page=1)
    gate.start(session)
    said = Said("1", "agent", "fill", "x", "vi")
    act = unseal(seal(session, "act", Guide("fill", "q-note", said, "x")))
    words = unseal(seal(session, "words", said))
    assert gate.passes(act)
    lowered = await at.relay.apply(session.id, LevelSet("view"))
    assert lowered is not None
    assert gate.passes(unseal(seal(lowered, "status", at.relay.status(lowered))))
    assert not gate.passes(act)
    assert gate.passes(words)
    raised = await at.relay.apply(session.id, LevelSet("assist"))
    assert raised is not None
    assert gate.passes(unseal(seal(raised, "status", at.relay.status(raised))))
    assert not gate.passes(act), "not even when it is raised again"
