"""How many sessions one core carries, and what one weighs: ``python -m bench.remote.capacity FOLDER COUNT``.

In a process of its own: the portal's own relay, records on their way to the embedded backend's hash chain, and COUNT
live sessions, each with its own copy of a real page in two languages, and with a citizen's and an agent's connection
(``Connection``, as behind a socket: JSON decoded and checked, gates, rates; only the WebSocket's own framing and the
kernel are left out). The events are 5 a second of each session: typing, focus, scrolling, and every 25th an act of the
agent's, which is told to both in their languages and recorded.

Service times are processor time, in batches as they come under load; a queue of one server is then fed with them, so
what else the machine does counts little. What runs by the clock (ticks, delivery of records) is run by the count of
events, and is in it; a ping to each connection every 20 s is not.
"""

import asyncio
import gc
import random
import statistics
import sys
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import msgspec

from bench.houses import inhabited
from bench.remote import layers, weight
from bench.remote.sessions import AGENT, begun, real_page

BATCH = 10
EVENTS = 5
"""Of a session a second."""
ACT = 25
"""Every so many events one is an act of the agent's."""
GATHER = 0.05
"""Seconds in which records come together, as the trail's own."""
TARGET = 0.050
SECONDS = 20
"""Of load that the queue is fed with."""


class Figures(msgspec.Struct):
    """``capacity``: sessions at p95 <= 50 ms. ``p95``: in ms, by sessions. ``event``: µs, mean; ``trail``: µs an event
    beside it, for records on their way to the embedded backend. ``tick``: ms, over all sessions. ``memory``: KiB a
    session."""

    sessions: int
    capacity: int
    p95: dict[int, float]
    event: float
    trail: float
    tick: float
    memory: float
    records: int
    twin: int
    """Bytes of the page that stands, both languages, as JSON."""
    leaked: tuple[int, int, int]
    """See ``layers``."""


class Pipe:
    """What a connection reads from and writes to."""

    def __init__(self) -> None:
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent = 0

    def give(self, message: bytes) -> None:
        self.inbox.put_nowait({"type": "websocket.receive", "text": message.decode()})

    async def receive(self) -> Any:
        return await self.inbox.get()

    async def send(self, message: Any) -> None:
        self.sent += 1


async def measure(folder: Path, count: int) -> Figures:
    async with inhabited(folder / "data") as house:
        portal = portal_of(house.app)
        relay = portal.support
        standing = await real_page(house.app, relay)
        memory = await weight.of_a_session(relay, standing)
        measured = await load(relay, await sessions(relay, standing, count))
        twin = len(msgspec.json.encode(standing))
        leaked = await layers.alone(house.app, portal)
    events = statistics.mean(measured.events)
    return Figures(
        sessions=count,
        capacity=capacity(measured, count),
        p95={sessions: round(p95(measured, sessions, count) * 1000, 2) for sessions in (1000, 2500, 5000)},
        event=events * 1e6,
        trail=sum(measured.deliveries) / len(measured.events) * 1e6,
        tick=measured.tick * 1000,
        memory=memory / 1024,
        records=measured.records,
        twin=twin,
        leaked=leaked,
    )


def portal_of(app: Any) -> Any:
    from starlette.applications import Starlette

    while not isinstance(app, Starlette):
        app = app._app
    return app.state.portal


async def sessions(relay: Any, standing: Any, count: int) -> list[tuple[Pipe, Pipe]]:
    """So many live sessions with both connections; returns (citizen, agent) of each."""
    made = []
    for _ in range(count):
        session = await begun(relay, standing)
        made.append((await connected(relay, session.id, "citizen", 1), await connected(relay, session.id, "agent", 0)))
    return made


_RUNNING: set[asyncio.Task[Any]] = set()


async def connected(relay: Any, session: str, side: Any, page: int) -> Pipe:
    from madang.remote_support.connection import Connection
    from madang.remote_support.ports import Ticket

    async def still() -> bool:
        return True

    pipe = Pipe()
    ticket = Ticket(session, side, AGENT if side == "agent" else "", page)
    connection = Connection(relay, ticket, still, pipe.receive, pipe.send)
    pipe.give(b'{"type":"hello","page":%d}' % page)
    await connection.hello()
    _RUNNING.add(asyncio.create_task(connection.run()))
    while not pipe.sent:  # noqa: ASYNC110
        await asyncio.sleep(0)
    return pipe


def event(at: int, refs: list[str]) -> tuple[bool, bytes]:
    """(whether it is the agent's, the message) of the ``at``-th event of a session."""
    ref = refs[at % len(refs)]
    if at % ACT == ACT - 1:
        return True, msgspec.json.encode({"type": "highlight", "ref": ref})
    made: dict[str, Any] = {"type": "value", "ref": "bench-note", "value": "Tôi muốn gia hạn "[: at % 17 + 1]}
    if at % 5 == 1:
        made = {"type": "focus", "ref": ref}
    elif at % 5 == 3:
        made = {"type": "scroll", "ref": ref, "past": 0.25, "zoom": 1}
    return False, msgspec.json.encode(made)


class Load(msgspec.Struct):
    """Processor seconds: of each event, of each delivery of records, of a tick. ``every``: events from one delivery to
    the next."""

    events: list[float]
    deliveries: list[float]
    tick: float
    every: int
    records: int = 0


async def load(relay: Any, pipes: list[tuple[Pipe, Pipe]]) -> Load:
    """A second of all sessions' events. What runs by the clock is stopped and run by the count of events instead."""
    trail = relay._trail
    for task in asyncio.all_tasks():
        if getattr(task.get_coro(), "__qualname__", "") in ("Relay.watch", "SupportTrail.deliver_forever"):
            task.cancel()
    refs = (await known_refs(relay))[:12]
    await trail.flush()
    gc.collect()
    gc.freeze()
    done = Load([], [], await spent(relay.tick()), int(len(pipes) * EVENTS * GATHER))
    chance = random.Random(1)
    offsets = {id(pair): chance.randrange(ACT) for pair in pipes}
    every = [(at, pair) for at in range(EVENTS) for pair in pipes]
    chance.shuffle(every)
    for start in range(0, len(every), BATCH):
        batch = [(event(offsets[id(pair)] + at, refs), pair) for at, pair in every[start : start + BATCH]]
        done.records += sum(by_agent for (by_agent, _), _ in batch)
        done.events += [await spent(answered(batch)) / len(batch)] * len(batch)
        if len(done.events) // done.every > len(done.deliveries):
            done.deliveries.append(await spent(trail.flush()))
    return done


async def spent(work: Awaitable[Any]) -> float:
    began = time.process_time()
    await work
    return time.process_time() - began


async def answered(batch: list[tuple[tuple[bool, bytes], tuple[Pipe, Pipe]]]) -> None:
    """Gives the messages to their connections, and waits until all of them have reached their agents."""
    lookers = list({id(agent): agent for _, (_, agent) in batch}.values())
    wanted = sum(agent.sent for agent in lookers) + len(batch)
    for (by_agent, message), (citizen, agent) in batch:
        (agent if by_agent else citizen).give(message)
    for _ in range(2000):
        await asyncio.sleep(0)
        if sum(agent.sent for agent in lookers) >= wanted:
            return
    raise RuntimeError("an event did not reach the agent")


async def known_refs(relay: Any) -> list[str]:
    session = (await relay.store.every())[-1]
    standing = await relay.store.standing(session.id)
    return ["bench-note", *(ref for ref, element in standing.elements.items() if element.name)]


def p95(load: Load, sessions: int, of: int) -> float:
    """Seconds from an event's arrival to the agent, on a core that does nothing else: events come at random, and are
    served as it was measured; so are deliveries, and once a second a tick. ``of``: sessions that were measured."""
    chance = random.Random(sessions)
    rate, each = sessions * EVENTS, int(sessions * EVENTS * GATHER)
    tick, share = load.tick * sessions / of, each / load.every
    now = free = 0.0
    second = 0
    waits = []
    for at in range(min(rate * SECONDS, 300_000)):
        now += chance.expovariate(rate)
        if now >= second:
            free = max(free, second) + tick
            second += 1
        if at % each == 0:
            free = max(free, now) + load.deliveries[at // each % len(load.deliveries)] * share
        free = max(free, now) + load.events[at % len(load.events)]
        waits.append(free - now)
    waits.sort()
    return waits[int(len(waits) * 0.95)]


def capacity(load: Load, of: int) -> int:
    low, high = 0, 20_000
    while high - low > 50:
        middle = (low + high) // 2
        if p95(load, middle, of) <= TARGET:
            low = middle
        else:
            high = middle
    return low


def main() -> None:
    figures = asyncio.run(measure(Path(sys.argv[1]), int(sys.argv[2])))
    sys.stdout.buffer.write(msgspec.json.encode(figures))


if __name__ == "__main__":
    import uvloop

    uvloop.install()
    main()
