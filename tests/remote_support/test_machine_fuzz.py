"""Whatever happens in whatever order, and however late: what must never be never is."""

import random

import pytest
from machine_kit import NEW, RECORDABLE, START, at, is_same, likely, unlikely

from madang.remote_support.acts import may
from madang.remote_support.machine import step
from madang.remote_support.messages import (
    Answer,
    Chat,
    Dialog,
    Element,
    FieldValue,
    Fill,
    Focus,
    Hello,
    Highlight,
    Invalid,
    Language,
    MoveFocus,
    Open,
    Phrase,
    Point,
    Pong,
    Scroll,
    ScrollTo,
    SetLevel,
    Stop,
    Suggest,
    Toggle,
)
from madang.remote_support.ports import Standing
from madang.remote_support.states import (
    Agreed,
    Blank,
    Close,
    Effect,
    Event,
    HandedOver,
    LevelSet,
    PageShown,
    Record,
    RecordingAgreed,
    RecordingWithdrawn,
    Session,
    Show,
    Tell,
)

EVERY_MESSAGE = (
    Hello(1),
    Pong(),
    Chat("안녕하세요"),
    Stop(),
    Focus("name"),
    Focus(),
    Scroll("name"),
    FieldValue("name", "x"),
    Toggle("name", True),
    Invalid("name", True),
    Dialog("name", True),
    Answer("1", True),
    SetLevel("view"),
    Highlight("name"),
    Point("name"),
    ScrollTo("name"),
    Suggest("name", "x"),
    Phrase("hello"),
    MoveFocus("name"),
    Fill("name", "x"),
    Open("link"),
    Language("agent"),
)
ELEMENTS = {"name": Element("textbox", "Name", shared=True), "link": Element("link", "Next")}


def schedule(seed: int) -> int:
    """One session of up to forty events; returns in how many steps it was seen. Raises where a rule is broken."""
    chance = random.Random(seed)
    session, now, ended, seen = RECORDABLE if seed % 2 else NEW, 0.0, False, 0
    for _ in range(40):
        now += chance.choice((0, 0, 0.2, 1, 5, 30, 100, 200, chance.uniform(0, 1000)))
        event = likely(session, chance) if chance.random() < 0.5 else unlikely(session, chance)
        after, effects = step(session, event, at(now))
        if ended:
            assert (after, effects) == (session, ()), "something passed after the end"
        else:
            check(session, event, after, effects)
            if after.over:
                page = Standing(after.page, "x", ELEMENTS, {})
                assert {may(after, message, page) for message in EVERY_MESSAGE} == {"state"}
        session, ended = after, after.over
        seen += after.state == "viewing"
    return seen


def check(before: Session, event: Event, after: Session, effects: tuple[Effect, ...]) -> None:
    # Versions: one per change, and none without.
    assert (after is before and effects == ()) or after.version == before.version + 1
    # The end: one record, everybody told, then closed; nobody is with anybody.
    assert (Close() in effects) is after.over
    if after.over:
        assert effects[0] == Blank()
        assert effects[-2:] == (Tell(), Close())
        assert (after.connected, after.agent_here, after.guardian) == (False, False, False)
        assert after.reason
        assert after.ended_by
    # What is seen was agreed to, is not sensitive, and is seen by somebody with a name and two words.
    if after.state in ("viewing", "paused", "away"):
        assert after.agreed is not None
        assert after.agent is not None
        assert after.words is not None
    if after.state == "viewing":
        assert not after.sensitive
    if after.state == "paused":
        assert after.sensitive
    if Show() in effects:
        assert after.state == "viewing"
        assert effects[-1] == Show()
        assert effects.count(Show()) == 1
    # Whatever is no longer to be seen is blanked first.
    if before.state == "viewing" and after.state != "viewing":
        assert effects[0] == Blank()
    # Only consent opens the view, only the citizen raises a level, only a page or a colleague changes page or agent.
    if before.state in ("requested", "waiting", "matched") and after.state in ("viewing", "paused", "away"):
        assert isinstance(event, Agreed)
        assert before.state == "matched"
    if after.level != before.level:
        assert isinstance(event, Agreed | LevelSet) or (isinstance(event, HandedOver) and after.level == "view")
    # A recording has a yes of its own, while somebody looks, where the operator allows it, and ends with the session.
    if after.recording:
        assert after.live
        assert after.recordable
        assert after.agreed is not None
        assert after.recording == before.recording or isinstance(event, RecordingAgreed)
    elif before.recording:
        assert after.over or isinstance(event, RecordingWithdrawn)
    if after.page != before.page:
        assert isinstance(event, PageShown)
        assert after.page == before.page + 1
    if after.agent != before.agent:
        assert after.state == "matched"
    # Who the session is, and when it began, nothing changes.
    assert (after.id, after.locale, after.created, after.way) == (before.id, before.locale, before.created, before.way)
    if after.state != before.state:
        assert Tell() in effects
        assert any(isinstance(effect, Record) for effect in effects)
    if after.version != before.version and not effects:
        assert is_same(before, after, "version", "active", "page", "page_name", "sensitive", "connected")


def test_no_schedule_breaks_a_rule() -> None:
    seen = sum(schedule(seed) for seed in range(5_000))
    assert seen > 10_000, "the schedules do not come far enough to say anything"


@pytest.mark.full
def test_no_schedule_of_a_hundred_thousand_breaks_a_rule() -> None:
    for seed in range(5_000, 105_000):
        schedule(seed)


def test_the_machine_is_pure() -> None:
    """The same session, event and time make the same: nothing is remembered outside."""
    chance = random.Random(7)
    session = NEW
    for number in range(300):
        event = likely(session, chance) if number % 2 else unlikely(session, chance)
        first, second = step(session, event, START), step(session, event, START)
        assert first == second
        session = NEW if first[0].over else first[0]
