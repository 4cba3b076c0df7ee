"""What the table cannot say: limits, levels, pages and connections, and in which order things follow."""

import datetime as dt

import msgspec
import pytest
from machine_kit import CLERK, COLLEAGUE, NEW, START, VIEW, at, kinds, run, session_in

from madang.remote_support.machine import step
from madang.remote_support.states import (
    LEVELS,
    Agreed,
    Asked,
    Blank,
    Close,
    Did,
    GuardianAsked,
    GuardianJoined,
    HandedOver,
    Level,
    LevelSet,
    Limits,
    Lost,
    Matched,
    Opened,
    PageShown,
    Record,
    Session,
    Show,
    State,
    Stopped,
    Tell,
    Ticked,
    Way,
)

LIMITS = Limits(code=10, consent=20, grace=30, idle=40, whole=100)


def limited(session: Session) -> Session:
    return msgspec.structs.replace(session, limits=LIMITS)


@pytest.mark.parametrize(
    ("state", "seconds", "reason", "end"),
    [
        ("requested", 10, "expired", "expired"),
        ("waiting", 10, "expired", "expired"),
        ("matched", 20, "no-answer", "ended"),
        ("away", 30, "grace", "ended"),
        ("viewing", 40, "idle", "ended"),
        ("paused", 40, "idle", "ended"),
    ],
)
def test_a_limit_ends_a_session_at_its_second(state: State, seconds: int, reason: str, end: str) -> None:
    session = limited(session_in(state))
    just_before = at(seconds) - dt.timedelta(milliseconds=1)
    assert step(session, Ticked(), just_before) == (session, ())
    after, effects = step(session, Ticked(), at(seconds))
    assert (after.state, after.reason, after.ended_by, after.since) == (end, reason, "system", at(seconds))
    assert effects == (Blank(), Record("system", end, reason), Tell(), Close())


@pytest.mark.parametrize("state", ["requested", "waiting", "matched", "viewing", "paused", "away"])
def test_a_limit_comes_before_whatever_else_happens(state: State) -> None:
    """Between two ticks nothing slips through."""
    session = limited(session_in(state))
    for event in (Matched(CLERK, (1, 2)), Agreed("assist"), PageShown("x"), Did(), Opened("citizen", session.page)):
        after, effects = step(session, event, at(101))
        assert after.over
        assert not {"Show"} & set(kinds(effects))


@pytest.mark.parametrize(("way", "seconds"), [("code", 10), ("text", 80), ("appointment", 80)])
def test_who_waits_in_the_queue_waits_longer_than_a_code(way: Way, seconds: int) -> None:
    waiting = run(limited(msgspec.structs.replace(NEW, way=way)), Asked())
    assert step(waiting, Ticked(), at(seconds - 1))[0].state == "waiting"
    assert step(waiting, Ticked(), at(seconds))[0].state == "expired"


def test_having_waited_long_is_not_being_idle() -> None:
    waiting = run(limited(msgspec.structs.replace(NEW, way="text")), Asked(), PageShown("home"))
    matched = run(waiting, Matched(CLERK, (1, 2)), now=at(70))
    assert step(matched, Ticked(), at(75))[0].state == "matched"
    assert step(matched, Ticked(), at(90))[0].reason == "no-answer"


def test_the_whole_time_counts_from_the_first_consent_and_activity_does_not_stretch_it() -> None:
    session = limited(session_in("viewing"))
    for second in range(10, 100, 10):
        session = run(session, Did(), now=at(second))
        assert session.state == "viewing"
    after, _ = step(session, Did(), at(100))
    assert (after.state, after.reason) == ("ended", "time")


def test_handing_over_does_not_start_the_whole_time_again() -> None:
    session = run(limited(session_in("viewing")), Did(), now=at(39))
    session = run(session, HandedOver(COLLEAGUE, (5, 1)), now=at(39))
    session = run(session, Agreed("view"), now=at(58))
    assert session.agreed == START
    for second in (80, 99):
        session = run(session, Did(), now=at(second))
    assert run(session, Ticked(), now=at(100)).reason == "time"


def test_a_colleague_has_the_whole_consent_time() -> None:
    session = run(limited(session_in("viewing")), HandedOver(COLLEAGUE, (5, 1)), now=at(39))
    assert run(session, Ticked(), now=at(58)).state == "matched"
    assert run(session, Ticked(), now=at(59)).reason == "no-answer"


def test_a_colleague_gets_neither_level_nor_view_of_the_one_before() -> None:
    session = session_in("viewing")
    after, effects = step(session, HandedOver(COLLEAGUE, (5, 1)), START)
    assert effects[0] == Blank()
    assert (after.agent, after.words, after.level, after.agent_here) == (COLLEAGUE, (5, 1), "view", False)
    refused, _ = step(after, Matched(CLERK, (1, 2)), START)
    assert refused is after


@pytest.mark.parametrize("sensitive", [False, True])
@pytest.mark.parametrize("level", LEVELS)
def test_consent_shows_the_page_that_stands_unless_it_is_sensitive(level: Level, sensitive: bool) -> None:
    matched = run(NEW, Asked(), PageShown("home"), PageShown("step", sensitive), Matched(CLERK, (3, 9)))
    after, effects = step(matched, Agreed(level), at(5))
    assert (after.level, after.agreed, after.active, after.page) == (level, at(5), at(5), 2)
    assert after.state == ("paused" if sensitive else "viewing")
    assert (Show() in effects) is not sensitive
    assert Record("citizen", "agreed", level) in effects


def test_before_consent_no_page_is_shown() -> None:
    for session in (NEW, run(NEW, Asked()), session_in("matched")):
        after, effects = step(session, PageShown("my-page"), START)
        assert effects == ()
        assert (after.page, after.page_name) == (session.page + 1, "my-page")


def test_a_sensitive_page_blanks_before_anything_is_told() -> None:
    after, effects = step(session_in("viewing"), PageShown("payment", sensitive=True), START)
    assert after.state == "paused"
    assert kinds(effects) == ["Blank", "Record", "Record", "Tell"]
    again, effects = step(after, PageShown("consent", sensitive=True), START)
    assert again.state == "paused"
    assert kinds(effects) == ["Record"]


def test_leaving_a_sensitive_page_shows_the_next() -> None:
    after, effects = step(session_in("paused"), PageShown("done"), START)
    assert after.state == "viewing"
    assert kinds(effects) == ["Record", "Record", "Tell", "Show"]


@pytest.mark.parametrize("before", ["viewing", "paused", "matched", "waiting"])
def test_losing_an_older_page_changes_nothing(before: State) -> None:
    """Navigation opens the next page before the old one's connection is gone."""
    session = session_in(before)
    moved = run(session, PageShown("next", session.sensitive))
    assert step(moved, Lost("citizen", session.page), START) == (moved, ())
    connected = run(moved, Opened("citizen", moved.page))
    assert connected.connected
    assert step(connected, Lost("citizen", session.page), START) == (connected, ())


def test_losing_the_page_that_stands_blanks_at_once() -> None:
    for state in ("viewing", "paused"):
        session = session_in(state)
        after, effects = step(session, Lost("citizen", session.page), START)
        assert after.state == "away"
        assert kinds(effects)[0] == "Blank"
        assert "Show" not in kinds(effects)


def test_without_a_connection_there_is_none_to_lose() -> None:
    """Without JavaScript: each page is asked for, none connects."""
    session = run(session_in("viewing"), PageShown("next"))
    assert step(session, Lost("citizen", session.page), START) == (session, ())


@pytest.mark.parametrize("sensitive", [False, True])
def test_coming_back_is_where_one_was(sensitive: bool) -> None:
    session = run(session_in("viewing"), PageShown("x", sensitive), Opened("citizen", 2), Lost("citizen", 2))
    assert session.state == "away"
    for event in (Opened("citizen", 2), PageShown("x", sensitive)):
        after, effects = step(session, event, at(10))
        assert after.state == ("paused" if sensitive else "viewing")
        assert (Show() in effects) is not sensitive


def test_the_desk_s_own_connection_is_told_and_changes_no_state() -> None:
    session = session_in("viewing")
    here, effects = step(session, Opened("agent"), START)
    assert here.agent_here
    assert effects == (Tell(),)
    assert step(here, Opened("agent"), START) == (here, ())
    gone, effects = step(here, Lost("agent"), START)
    assert (gone.state, gone.agent_here) == ("viewing", False)
    assert effects == (Tell(),)


def test_a_guardian_joins_and_leaves_only_a_session_that_lives() -> None:
    assert run(NEW, Asked(), GuardianJoined()).guardian is False
    joined, effects = step(session_in("viewing"), GuardianJoined(), START)
    assert joined.guardian
    assert effects == (Record("guardian", "guardian-joined"), Tell())
    assert step(joined, GuardianJoined(), START) == (joined, ())
    assert run(joined, GuardianJoined(False)).guardian is False
    assert run(joined, Stopped("citizen")).guardian is False


def test_whoever_asks_is_let_in_or_not_and_asks_once() -> None:
    assert run(NEW, Asked(), GuardianAsked("th")).guardian_asks is False
    asks, effects = step(session_in("viewing"), GuardianAsked("th"), START)
    assert (asks.guardian, asks.guardian_asks, asks.guardian_locale) == (False, True, "th")
    assert effects == (Record("guardian", "guardian-asked"), Tell())
    assert step(asks, GuardianAsked("vi"), START) == (asks, ())
    for joined, by, kind in (
        (True, "citizen", "guardian-joined"),
        (False, "citizen", "guardian-refused"),
        (False, "guardian", "guardian-left"),
    ):
        after, effects = step(asks, GuardianJoined(joined, by), START)  # type: ignore[arg-type]
        assert (after.guardian, after.guardian_asks) == (joined, False)
        assert effects == (Record(by, kind), Tell())  # type: ignore[arg-type]
    there = run(asks, GuardianJoined())
    assert step(there, GuardianAsked("vi"), START) == (there, ())
    assert run(asks, Stopped("citizen")).guardian_asks is False
    assert run(there, HandedOver(COLLEAGUE, (1, 2))).guardian, "a colleague's citizen keeps who is beside them"


@pytest.mark.parametrize("state", ["matched", "viewing", "paused", "away"])
@pytest.mark.parametrize("by", ["citizen", "agent", "guardian"])
def test_anybody_stops_a_live_session(state: State, by: str) -> None:
    after, effects = step(session_in(state), Stopped(by), at(7))  # type: ignore[arg-type]
    assert (after.state, after.reason, after.ended_by) == ("ended", "stopped", by)
    assert effects == (Blank(), Record(by, "ended", "stopped"), Tell(), Close())  # type: ignore[arg-type]
    assert (after.connected, after.agent_here, after.guardian) == (False, False, False)


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_set_up_and_down_while_viewing_or_paused(level: Level) -> None:
    for state in ("viewing", "paused"):
        session = msgspec.structs.replace(session_in(state), level="suggest")
        after, effects = step(session, LevelSet(level), START)
        assert after.level == level
        assert effects == (() if level == "suggest" else (Record("citizen", "level", level), Tell()))
    for state in ("requested", "waiting", "matched", "away"):
        session = session_in(state)
        assert step(session, LevelSet(level), START) == (session, ())


def test_activity_never_goes_back_in_time() -> None:
    """Two processes' clocks differ a little."""
    session = run(session_in("viewing"), Did(), now=at(10))
    assert step(session, Did(), at(9)) == (session, ())
    assert run(session, Did(), now=at(11)).active == at(11)


def test_a_code_is_used_once() -> None:
    matched = session_in("matched")
    assert step(matched, Matched(COLLEAGUE, (4, 4)), START) == (matched, ())


def test_the_trail_names_pages_and_people_and_holds_nothing_else() -> None:
    """The detail of each record of a whole session."""
    session, details = NEW, []
    for event in (*VIEW, PageShown("sign-in", sensitive=True), HandedOver(COLLEAGUE, (1, 2)), Stopped("citizen")):
        session, effects = step(session, event, START)
        details += [(effect.kind, effect.detail) for effect in effects if isinstance(effect, Record)]
    assert details == [
        ("asked", ""),
        ("matched", "김하늘"),
        ("agreed", "assist"),
        ("page", "sign-in"),
        ("paused", "sign-in"),
        ("handed-over", "이서준"),
        ("ended", "stopped"),
    ]


def test_versions_count_every_change_by_one() -> None:
    session = NEW
    for number, event in enumerate(VIEW, start=1):
        session = run(session, event)
        assert session.version == number
