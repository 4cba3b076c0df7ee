"""Sessions in every state, made by the machine itself, and events of every kind."""

import datetime as dt
import random
from collections.abc import Iterable
from typing import Final, get_args

import msgspec

from madang.remote_support.machine import step
from madang.remote_support.states import (
    LEVELS,
    Agent,
    Agreed,
    Asked,
    Did,
    Effect,
    Event,
    GuardianAsked,
    GuardianJoined,
    HandedOver,
    LevelSet,
    Lost,
    Matched,
    Opened,
    PageShown,
    RecordingAgreed,
    RecordingWithdrawn,
    Refused,
    Session,
    Side,
    State,
    Stopped,
    Ticked,
)

START: Final = dt.datetime(2026, 11, 22, 1, 0, tzinfo=dt.UTC)
CLERK: Final = Agent(id="a-1", name="김하늘", agency="정부민원안내콜센터")
COLLEAGUE: Final = Agent(id="a-2", name="이서준", agency="정부민원안내콜센터")
STATES: Final[tuple[State, ...]] = get_args(State)
SIDES: Final[tuple[Side, ...]] = get_args(Side)


def at(seconds: float) -> dt.datetime:
    return START + dt.timedelta(seconds=seconds)


def run(session: Session, *events: Event, now: dt.datetime = START) -> Session:
    """After several events at one moment."""
    for event in events:
        session, _ = step(session, event, now)
    return session


NEW: Final = Session(id="s-1", locale="vi", created=START)
RECORDABLE: Final = msgspec.structs.replace(NEW, recordable=30)
"""Where the operator has switched recording on."""
MATCH: Final = (Asked(), PageShown("home"), Matched(CLERK, (3, 9)))
VIEW: Final = (*MATCH, Agreed("assist"), Opened("citizen", 1))
PATHS: Final[dict[State, tuple[Event, ...]]] = {
    "requested": (),
    "waiting": (Asked(),),
    "matched": MATCH,
    "viewing": VIEW,
    "paused": (*VIEW, PageShown("sign-in", sensitive=True), Opened("citizen", 2)),
    "away": (*VIEW, Lost("citizen", 1)),
    "ended": (*VIEW, Stopped("citizen")),
}


def session_in(state: State) -> Session:
    """A session that has just entered a state (``away`` from viewing)."""
    if state == "expired":
        return run(run(NEW, Asked()), Ticked(), now=at(180))
    session = run(NEW, *PATHS[state])
    assert session.state == state
    return session


def every_event(session: Session) -> Iterable[Event]:
    """One of every kind and every choice that a kind has, for this session's page and the one before."""
    yield from (Asked(), Refused(), Did(), Ticked())
    yield from (Matched(CLERK, (3, 9)), HandedOver(COLLEAGUE, (5, 1)))
    yield from (Agreed(level) for level in LEVELS)
    yield from (LevelSet(level) for level in LEVELS)
    yield from (PageShown("somewhere", sensitive) for sensitive in (False, True))
    yield from (kind(side, page) for kind in (Opened, Lost) for side in SIDES for page in (session.page, 0))
    yield GuardianAsked("th")
    yield from (GuardianJoined(joined, by) for joined in (True, False) for by in SIDES)
    yield from (RecordingAgreed("r-2"), RecordingWithdrawn())
    yield from (Stopped(side) for side in SIDES)


def unlikely(session: Session, chance: random.Random) -> Event:
    """Any event at all, whatever the session's state."""
    page = chance.choice((session.page, session.page, max(0, session.page - 1), session.page + 1))
    side = chance.choice(SIDES)
    pair = (chance.randrange(64), chance.randrange(64))
    level = chance.choice(LEVELS)
    return chance.choice(
        (
            Asked(),
            Matched(chance.choice((CLERK, COLLEAGUE)), pair),
            Agreed(level),
            Refused(),
            LevelSet(level),
            PageShown(chance.choice("abc"), chance.random() < 0.3),
            PageShown("page"),
            Opened(side, page),
            Opened("citizen", session.page),
            Lost(side, page),
            Did(),
            HandedOver(COLLEAGUE, pair),
            GuardianAsked("th"),
            GuardianJoined(chance.random() < 0.5, side),
            RecordingAgreed(f"r-{pair[0]}"),
            RecordingWithdrawn(),
            Stopped(side),
            Ticked(),
            Ticked(),
        )
    )


def likely(session: Session, chance: random.Random) -> Event:
    """An event that leads on: random ones alone seldom come far."""
    if session.state == "requested":
        return Asked()
    if session.state == "waiting":
        return Matched(CLERK, (1, 2))
    if session.state == "matched":
        return Agreed(chance.choice(LEVELS))
    if session.state == "away":
        return Opened("citizen", session.page)
    return chance.choice(
        (PageShown("page"), Did(), LevelSet("point"), Opened("agent"), Opened("citizen", session.page))
    )


def is_same(one: Session, other: Session, *but: str) -> bool:
    """Whether two sessions differ in nothing but the fields named."""
    names = [field.name for field in msgspec.structs.fields(Session) if field.name not in but]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def kinds(effects: Iterable[Effect]) -> list[str]:
    return [type(effect).__name__ for effect in effects]
