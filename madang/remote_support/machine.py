"""A session as a state machine: (session, event, now) -> (session, effects). Pure: no clock, no I/O, no chance.

The table is that of ``docs/support-protocol.md``; what is not in it changes nothing.
"""

import datetime as dt
from typing import Literal

import msgspec

from madang.remote_support.states import (
    AgentReads,
    Agreed,
    Asked,
    Blank,
    Close,
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
    Reason,
    Record,
    RecordingAgreed,
    RecordingWithdrawn,
    Refused,
    Session,
    Show,
    Side,
    State,
    Stopped,
    Tell,
)


def step(session: Session, event: Event, now: dt.datetime) -> tuple[Session, tuple[Effect, ...]]:
    """What an event makes of a session. No effects and the same session: the event means nothing in this state.

    Whatever the event, a limit that has passed is applied first: nothing slips through between two ticks.
    """
    if session.over:
        return session, ()
    timed = _timed(session, now)
    if timed is not None:
        return timed
    return _step(session, event, now)


def _step(session: Session, event: Event, now: dt.datetime) -> tuple[Session, tuple[Effect, ...]]:
    match event:
        case Asked() if session.state == "requested":
            return _enter(session, "waiting", now, Record("citizen", "asked", session.need))
        case Matched(agent, words) if session.state == "waiting":
            # Active from now on: waiting in the queue, however long, was not idleness.
            found = {"agent": agent, "words": words, "active": now}
            return _enter(session, "matched", now, Record("agent", "matched", agent.name), **found)
        case Agreed(level) if session.state == "matched":
            state: State = "paused" if session.sensitive else "viewing"
            shown = () if session.sensitive else (Show(),)
            agreed = {"level": level, "agreed": session.agreed or now, "active": now}
            return _enter(session, state, now, Record("citizen", "agreed", level), *shown, **agreed)
        case Refused() if session.state == "matched":
            return _end(session, now, "refused", "citizen")
        case LevelSet(level) if session.state in ("viewing", "paused") and level != session.level:
            return _stay(session, Record("citizen", "level", level), Tell(), level=level, active=now)
        case PageShown(name, sensitive):
            return _page(session, name, sensitive, now)
        case Opened(side, page):
            return _opened(session, side, page, now)
        case Lost(side, page):
            return _lost(session, side, page, now)
        case Did() if session.live:
            return _stay(session, active=now) if session.active is None or now > session.active else (session, ())
        case HandedOver(agent, words) if session.state in ("viewing", "paused"):
            to = Record("agent", "handed-over", agent.name)
            handed = {"agent": agent, "words": words, "level": "view", "agent_here": False, "active": now}
            return _enter(session, "matched", now, to, **handed)
        case AgentReads(locale) if session.live and session.agent is not None and session.agent.locale != locale:
            return _stay(session, Tell(), agent=msgspec.structs.replace(session.agent, locale=locale), active=now)
        case GuardianAsked(locale) if session.live and not (session.guardian or session.guardian_asks):
            asks = {"guardian_asks": True, "guardian_locale": locale, "active": now}
            return _stay(session, Record("guardian", "guardian-asked"), Tell(), **asks)
        case GuardianJoined(True, by) if session.live and not session.guardian:
            joins = {"guardian": True, "guardian_asks": False, "active": now}
            return _stay(session, Record(by, "guardian-joined"), Tell(), **joins)
        case GuardianJoined(False, by) if session.live and (session.guardian or session.guardian_asks):
            kind = "guardian-left" if session.guardian or by == "guardian" else "guardian-refused"
            return _stay(session, Record(by, kind), Tell(), guardian=False, guardian_asks=False, active=now)
        case RecordingAgreed(name) if session.recordable and not session.recording:
            if session.state in ("viewing", "paused"):
                agreed_to = Record("citizen", "recording-agreed", str(session.recordable))
                return _stay(session, agreed_to, Tell(), recording=name, active=now)
        case RecordingWithdrawn() if session.live and session.recording:
            return _stay(session, Record("citizen", "recording-withdrawn"), Tell(), recording="", active=now)
        case Stopped(by) if session.live or (session.state in ("waiting", "requested") and by == "citizen"):
            return _end(session, now, "stopped", by)
    return session, ()


def _timed(session: Session, now: dt.datetime) -> tuple[Session, tuple[Effect, ...]] | None:
    """The end of a session whose time is over."""
    limits, since = session.limits, session.since or session.created

    def passed(start: dt.datetime | None, seconds: int) -> bool:
        return start is not None and (now - start).total_seconds() >= seconds

    # A request by text or for an appointment waits in the queue and not for a telephone: it may stand longer.
    patience = limits.code if session.way == "code" else limits.idle * 2
    if session.state in ("requested", "waiting") and passed(since, patience):
        return _end(session, now, "expired", "system", state="expired")
    if session.state == "matched" and passed(since, limits.consent):
        return _end(session, now, "no-answer", "system")
    if session.state == "away" and passed(since, limits.grace):
        return _end(session, now, "grace", "system")
    if session.live and passed(session.agreed, limits.whole):
        return _end(session, now, "time", "system")
    if session.live and passed(session.active or since, limits.idle):
        return _end(session, now, "idle", "system")
    return None


def _page(session: Session, name: str, sensitive: bool, now: dt.datetime) -> tuple[Session, tuple[Effect, ...]]:
    """A page is asked for: also while nobody looks yet, so that whoever is let in sees where the citizen is."""
    known = {"page": session.page + 1, "page_name": name, "sensitive": sensitive, "connected": False, "active": now}
    if session.state in ("requested", "waiting", "matched"):
        return _stay(session, **known)
    seen = Record("citizen", "page", name)
    if sensitive:
        if session.state == "paused":
            return _stay(session, seen, **known)
        return _enter(session, "paused", now, Blank(), seen, Record("system", "paused", name), **known)
    if session.state in ("paused", "away"):
        return _enter(session, "viewing", now, seen, Record("system", "resumed", name), Show(), **known)
    return _stay(session, seen, Show(), **known)


def _opened(session: Session, side: Side, page: int, now: dt.datetime) -> tuple[Session, tuple[Effect, ...]]:
    if side == "agent":
        if not session.live or session.agent_here:
            return session, ()
        return _stay(session, Tell(), agent_here=True)
    if side == "guardian" or page != session.page:
        return session, ()
    if session.state == "away":
        state: State = "paused" if session.sensitive else "viewing"
        shown = () if session.sensitive else (Show(),)
        back = Record("citizen", "back")
        return _enter(session, state, now, back, *shown, connected=True, active=now)
    return (session, ()) if session.connected else _stay(session, connected=True)


def _lost(session: Session, side: Side, page: int, now: dt.datetime) -> tuple[Session, tuple[Effect, ...]]:
    if side == "agent":
        if not session.live or not session.agent_here:
            return session, ()
        return _stay(session, Tell(), agent_here=False)
    if side == "guardian" or page != session.page or not session.connected:
        return session, ()  # a connection of a page that was left: the next page already stands
    if session.state in ("viewing", "paused"):
        return _enter(session, "away", now, Blank(), Record("system", "away"), connected=False)
    return _stay(session, connected=False)


def _enter(
    session: Session, state: State, now: dt.datetime, *effects: Effect, **changes: object
) -> tuple[Session, tuple[Effect, ...]]:
    """Into another state: everybody is told, a blank first and a page last."""
    first = tuple(effect for effect in effects if isinstance(effect, Blank))
    last = tuple(effect for effect in effects if isinstance(effect, Show))
    rest = tuple(effect for effect in effects if not isinstance(effect, Blank | Show))
    if state == "matched" and session.state in ("viewing", "paused"):
        first = (Blank(),)
    after, _ = _stay(session, **{"state": state, "since": now, **changes})
    return after, (*first, *rest, Tell(), *last)


def _stay(session: Session, *effects: Effect, **changes: object) -> tuple[Session, tuple[Effect, ...]]:
    after = msgspec.structs.replace(session, **{**changes, "version": session.version + 1})
    return after, effects


def _end(
    session: Session, now: dt.datetime, reason: Reason, by: Side | Literal["system"], state: State = "ended"
) -> tuple[Session, tuple[Effect, ...]]:
    changes = {"state": state, "since": now, "reason": reason, "ended_by": by}
    gone = {"connected": False, "agent_here": False, "guardian": False, "guardian_asks": False, "recording": ""}
    after, _ = _stay(session, **changes, **gone)
    return after, (Blank(), Record(by, state, reason), Tell(), Close())
