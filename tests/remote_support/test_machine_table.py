"""The table of ``docs/support-protocol.md`` and the machine say the same: what the one allows the other does, and
nothing else."""

import datetime as dt
from pathlib import Path

import msgspec
import pytest
from machine_kit import START, STATES, every_event, is_same, session_in

from madang.remote_support.machine import step
from madang.remote_support.states import (
    Effect,
    Event,
    HandedOver,
    LevelSet,
    Limits,
    Lost,
    Opened,
    PageShown,
    Record,
    RecordingAgreed,
    RecordingWithdrawn,
    Session,
    State,
    Stopped,
    Ticked,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "support-protocol.md"
Row = tuple[str, str, str, str]
"""State, event, next state, who."""


def documented() -> set[Row]:
    """The table of states, one row per next state."""
    rows: set[Row] = set()
    lines = iter(DOCUMENT.read_text(encoding="utf-8").partition("## States")[2].splitlines())
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 4 or cells[0] in ("state", "---"):
            if rows:
                break
            continue
        state, event, following, who = cells
        sides = ("citizen", "agent", "guardian") if who == "anyone" else (who,)
        rows |= {(state, event, one.strip(), side) for one in following.split(",") for side in sides}
    return rows


def named(before: Session, event: Event, after: Session, effects: tuple[Effect, ...]) -> Row | None:
    """What happened, in the table's words; None when no state was entered and no level set."""
    if before.state == after.state and not isinstance(event, LevelSet | RecordingAgreed | RecordingWithdrawn):
        return None
    if not effects:
        return None
    who = {effect.who for effect in effects if isinstance(effect, Record)}
    if after.reason in ("time", "idle", "no-answer"):
        name = "time"
    elif after.reason in ("expired", "grace", "refused", "stopped"):
        name = after.reason
    elif isinstance(event, PageShown) and before.state == "away":
        name = "back"
    elif isinstance(event, PageShown):
        name = "sensitive" if event.sensitive else "harmless"
    elif isinstance(event, Lost):
        name = "lost"
    elif isinstance(event, Opened):
        name = "back"
    elif isinstance(event, HandedOver):
        name = "handed-over"
    else:
        name = type(event).__struct_config__.tag
    assert isinstance(name, str)
    # A page that pauses or resumes is also a page that the citizen opened: two records, of two.
    by = "system" if name in ("sensitive", "harmless") else "citizen" if name == "back" else min(who)
    assert by in who
    assert len(who) == (2 if isinstance(event, PageShown) and name in ("sensitive", "harmless", "back") else 1)
    return before.state, name, after.state, by


def instants(session: Session) -> list[dt.datetime]:
    """Now, and after each limit has passed, the others not."""
    return [START, *(START + dt.timedelta(seconds=seconds) for seconds in (121, 181, 301, 901, 3601))]


def sessions(state: State) -> list[Session]:
    """Of one state: as entered; on a sensitive page; lately active, so that only the whole time is over; where a
    recording is possible; while there is one."""
    session = session_in(state)
    one = [session]
    if state in ("matched", "away"):
        one.append(msgspec.structs.replace(session, sensitive=True))
    if session.live:
        late = START + dt.timedelta(seconds=3600)
        one.append(msgspec.structs.replace(session, active=late, since=late, agreed=START))
        one.append(msgspec.structs.replace(session, recordable=30))
        one.append(msgspec.structs.replace(session, recordable=30, recording="r-1"))
    return one


def happening() -> set[Row]:
    """Everything the machine ever does, in the table's words."""
    rows: set[Row] = set()
    for state in STATES:
        for session in sessions(state):
            for now in instants(session):
                for event in every_event(session):
                    after, effects = step(session, event, now)
                    if (row := named(session, event, after, effects)) is not None:
                        rows.add(row)
    return rows


def test_the_table_is_the_machine() -> None:
    table, machine = documented(), happening()
    assert table - machine == set(), "documented, never done"
    assert machine - table == set(), "done, not documented"


def test_the_table_was_read_whole() -> None:
    assert len(documented()) > 25
    assert {row[0] for row in documented()} == set(STATES) - {"ended", "expired"}
    assert {row[2] for row in documented()} == set(STATES) - {"requested"}


@pytest.mark.parametrize("state", STATES)
def test_what_means_nothing_changes_nothing(state: State) -> None:
    for session in sessions(state):
        for event in every_event(session):
            after, effects = step(session, event, START)
            if effects == () and after.version == session.version:
                assert after is session
            else:
                assert after.version == session.version + 1


@pytest.mark.parametrize("state", ["ended", "expired"])
def test_the_end_is_the_end(state: State) -> None:
    session = session_in(state)
    for now in instants(session):
        for event in every_event(session):
            assert step(session, event, now) == (session, ())


@pytest.mark.parametrize("state", STATES)
def test_every_change_of_state_is_told_and_recorded(state: State) -> None:
    for session in sessions(state):
        for now in instants(session):
            for event in every_event(session):
                after, effects = step(session, event, now)
                if after.state != session.state:
                    names = [type(effect).__name__ for effect in effects]
                    assert names.count("Tell") == 1
                    assert "Record" in names
                    assert after.since == now


@pytest.mark.parametrize("state", ["matched", "viewing", "paused", "away"])
def test_time_alone_changes_nothing_before_a_limit(state: State) -> None:
    session = session_in(state)
    assert step(session, Ticked(), START + dt.timedelta(seconds=119)) == (session, ())


def test_only_a_citizen_starts_and_only_a_citizen_consents() -> None:
    """Nothing but the citizen's own answer leads from being matched to being seen."""
    for state in ("requested", "waiting", "matched"):
        for session in sessions(state):
            for event in every_event(session):
                after, effects = step(session, event, START)
                if after.state in ("viewing", "paused"):
                    assert type(event).__name__ == "Agreed"
                    assert session.state == "matched"
                    assert Record("citizen", "agreed", event.level) in effects  # type: ignore[union-attr]


@pytest.mark.parametrize("by", ["agent", "guardian"])
def test_what_waits_is_the_citizen_s_alone(by: str) -> None:
    for state in ("requested", "waiting"):
        session = session_in(state)
        assert step(session, Stopped(by), START) == (session, ())  # type: ignore[arg-type]


def test_limits_are_the_documented_ones() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    stated = "code 3 min, consent 5 min, grace 2 min, idle 15 min, whole session 60 min"
    assert stated in text
    minutes = [int(word) for word in stated.split() if word.isdigit()]
    assert [seconds // 60 for seconds in msgspec.structs.astuple(Limits())] == minutes


def test_the_level_stands_alone() -> None:
    """Setting a level changes nothing else."""
    session = session_in("viewing")
    after, _ = step(session, LevelSet("view"), START)
    assert after.level == "view"
    assert is_same(session, after, "level", "version", "active")


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_recorded_where_the_operator_has_not_switched_it_on(state: State) -> None:
    session = session_in(state)
    assert step(session, RecordingAgreed("r-1"), START) == (session, ())


def test_only_the_citizen_s_own_yes_begins_a_recording_and_nothing_but_the_end_or_their_no_ends_it() -> None:
    for state in STATES:
        for session in sessions(state):
            for event in every_event(session):
                after, effects = step(session, event, START)
                if after.recording and not session.recording:
                    assert isinstance(event, RecordingAgreed)
                    assert Record("citizen", "recording-agreed", "30") in effects
                    assert is_same(session, after, "recording", "version", "active"), "it changes nothing else"
                if session.recording and not after.recording:
                    assert isinstance(event, RecordingWithdrawn) or after.over
                    if isinstance(event, RecordingWithdrawn):
                        assert Record("citizen", "recording-withdrawn") in effects
                        assert is_same(session, after, "recording", "version", "active")
