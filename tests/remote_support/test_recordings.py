"""What goes into a recording, and what never does: over both stores, with several processes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from relay_kit import JUN, KEYS, MINA, WORDS, Clock, House, ListTrail, standing

from madang.remote_support.messages import (
    Blanked,
    Chat,
    FieldValue,
    Focus,
    Fragment,
    Highlight,
    Kept,
    Page,
    Seen,
    Status,
)
from madang.remote_support.ports import RecorderUnavailable, Store
from madang.remote_support.relay import Relay
from madang.remote_support.states import Agreed, Lost, Opened, Session, Stopped

pytestmark = pytest.mark.anyio


@dataclass
class ListRecorder:
    """``ports.Recorder`` over lists."""

    kept: dict[str, list[Kept]] = field(default_factory=dict)
    of: dict[str, str] = field(default_factory=dict)
    well: bool = True

    async def begin(self, session: Session, name: str) -> bool:
        if not self.well or session.id in self.of:
            return False
        self.of[session.id] = name
        self.kept[name] = []
        return True

    def add(self, session: Session, what: Kept) -> None:
        if self.of.get(session.id) == session.recording:
            self.kept[session.recording].append(what)

    async def delete(self, session: str) -> bool:
        if not self.well:
            raise RecorderUnavailable
        name = self.of.pop(session, None)
        return self.kept.pop(name, None) is not None if name else False

    def listen(self, full: Callable[[Session], None]) -> None:
        self.full = full

    def told(self, session: Session) -> list[str]:
        return [str(what.__struct_config__.tag) for what in self.kept[self.of[session.id]]]


@dataclass
class Recording(House):
    recorder: ListRecorder = field(default_factory=ListRecorder)

    async def recorded(self) -> Session:
        session = await self.viewing()
        after = await self.relay.recordings.agree(session)
        assert after is not None
        assert after.recording
        return after

    def another(self) -> Relay:
        """Another process over the same store."""
        return Relay(
            self.store, self.trail, WORDS, None, keys=KEYS, now=self.clock, recorder=self.recorder, recordable=30
        )


@pytest.fixture
def at(store: Store) -> Recording:
    trail, clock, recorder = ListTrail(), Clock(), ListRecorder()
    relay = Relay(store, trail, WORDS, None, keys=KEYS, now=clock, recorder=recorder, recordable=30)
    return Recording(store, trail, clock, relay, recorder)


async def test_without_a_yes_nothing_is_added(at: Recording) -> None:
    session = await at.viewing()
    await at.relay.page(session.id, "guide", sensitive=False)
    await at.relay.stand(session.id, standing(2))
    await at.relay.up(session.id, "citizen", Focus("q-copies"), page=2)
    await at.relay.apply(session.id, Stopped("citizen"))
    assert at.recorder.kept == {}
    assert not [kind for kind in at.trail.kinds(session.id) if kind.startswith("recording")]


async def test_it_holds_what_passed_to_the_agent(at: Recording) -> None:
    session = await at.recorded()
    await at.relay.up(session.id, "citizen", FieldValue("q-copies", "2"), page=1)
    await at.relay.up(session.id, "citizen", FieldValue("q-name", "Zrq"), page=1)  # not shared: refused
    await at.relay.up(session.id, "citizen", FieldValue("q-note", "900101-1234567"), page=1)
    await at.relay.up(session.id, "citizen", Chat("Xin chào"))
    await at.relay.up(session.id, "agent", Highlight("q-copies"), MINA)
    parts: Any = {"ko": Fragment(1, "guide", "<p>ko</p>"), "vi": Fragment(1, "guide", "<p>vi</p>")}
    await at.relay.fragment(session.id, parts)
    kept = at.recorder.kept[session.recording]
    assert at.recorder.told(session) == ["page", "seen", "seen", "fragment"]
    assert isinstance(kept[0], Page)
    assert kept[0].lang == "ko", "the agent's language"
    assert kept[3] == parts["ko"]
    values = [what.event.value for what in kept if isinstance(what, Seen) and isinstance(what.event, FieldValue)]
    assert values[0] == "2"
    assert "1234567" not in values[1]
    assert "Zrq" not in repr(kept)


async def test_nothing_of_what_the_agent_could_not_see(at: Recording) -> None:
    session = await at.recorded()
    await at.relay.page(session.id, "sign-in", sensitive=True)
    await at.relay.stand(session.id, standing(2, mark="Zrqprivate"))
    await at.relay.up(session.id, "citizen", Focus("q-copies"), page=2)
    assert at.recorder.told(session) == ["page", "blank"]
    await at.relay.page(session.id, "guide", sensitive=False)
    await at.relay.stand(session.id, standing(3))
    await at.relay.apply(session.id, Opened("citizen", 3))
    await at.relay.apply(session.id, Lost("citizen", 3))
    assert at.recorder.told(session) == ["page", "blank", "page", "blank"]
    await at.relay.apply(session.id, Opened("citizen", 3))
    assert at.recorder.told(session)[-1] == "page", "and again, as the agent saw it again"
    assert "Zrqprivate" not in repr(at.recorder.kept)


async def test_a_page_drawn_for_others_is_not_the_agents(at: Recording) -> None:
    session = await at.recorded()
    await at.relay.page(session.id, "guide", sensitive=False)
    drawn = standing(2)
    await at.relay.stand(session.id, msgspec.structs.replace(drawn, twins={"ko": drawn.twins["ko"]}), fresh=("ko",))
    await at.relay.stand(session.id, drawn, fresh=("vi",))
    pages = [what.lang for what in at.recorder.kept[session.recording] if isinstance(what, Page)]
    assert pages == ["ko", "ko"], "once on each page"


async def test_after_a_no_there_is_nothing(at: Recording) -> None:
    session = await at.recorded()
    after = await at.relay.recordings.withdraw(session)
    assert after is not None
    assert (after.state, after.recording) == ("viewing", "")
    assert at.recorder.kept == {}
    await at.relay.page(session.id, "guide", sensitive=False)
    await at.relay.stand(session.id, standing(2))
    await at.relay.apply(session.id, Stopped("citizen"))
    assert at.recorder.kept == {}
    kinds = [kind for kind in at.trail.kinds(session.id) if kind.startswith("recording")]
    assert kinds == ["recording-agreed", "recording-withdrawn", "recording-deleted"]


async def test_the_end_is_in_it_and_nothing_after(at: Recording) -> None:
    session = await at.recorded()
    await at.relay.apply(session.id, Stopped("agent"))
    assert at.recorder.told(session) == ["page", "blank", "state"]
    last = at.recorder.kept[session.recording][-1]
    assert isinstance(last, Status)
    assert last.state == "ended"
    await at.relay.stand(session.id, standing(1))
    await at.relay.up(session.id, "citizen", Focus("q-copies"), page=1)
    assert len(at.recorder.kept[session.recording]) == 3


async def test_a_colleague_sees_and_is_recorded_after_the_citizen_s_yes_alone(at: Recording) -> None:
    session = await at.recorded()
    await at.relay.hand_over(session.id, JUN)
    await at.relay.page(session.id, "guide", sensitive=False)
    await at.relay.stand(session.id, standing(2, mark="Zrqbefore"))
    assert at.recorder.told(session) == ["page", "blank"]
    await at.relay.apply(session.id, Agreed("view"))
    last = at.recorder.kept[session.recording][-1]
    assert isinstance(last, Page)
    assert last.lang == "en"


async def test_the_consent_is_the_session_s_in_every_process(at: Recording) -> None:
    session, other = await at.recorded(), at.another()
    await other.page(session.id, "guide", sensitive=False)
    await other.stand(session.id, standing(2))
    assert at.recorder.told(session) == ["page", "page"]
    again = await other.recordings.agree(session)
    assert again == session, "there is one at a time"
    late = msgspec.structs.replace(session, recording="")
    assert (await other.recordings.agree(late) or late).recording == ""
    assert session.id in at.recorder.of
    await other.recordings.withdraw(session)
    assert at.recorder.kept == {}
    await at.relay.page(session.id, "guide", sensitive=False)
    await at.relay.stand(session.id, standing(3))
    assert at.recorder.kept == {}


async def test_where_it_cannot_be_kept_nobody_is_told_of_it(at: Recording) -> None:
    session = await at.viewing()
    at.recorder.well = False
    after = await at.relay.recordings.agree(session)
    assert after is not None
    assert not after.recording
    assert not [kind for kind in at.trail.kinds(session.id) if kind.startswith("recording")]
    at.recorder.well = True
    recorded = await at.relay.recordings.agree(after)
    assert recorded is not None
    at.recorder.well = False
    stopped = await at.relay.recordings.withdraw(recorded)
    assert stopped is not None
    assert not stopped.recording, "it stops, whether it can be deleted now or not"
    assert at.recorder.kept
    for _ in range(10):
        await at.relay.tick()
    at.recorder.well = True
    for _ in range(10):
        await at.relay.tick()
    assert at.recorder.kept == {}
    assert at.trail.kinds(session.id)[-1] == "recording-deleted"


async def test_a_blank_is_the_only_thing_that_a_pause_leaves(at: Recording) -> None:
    session = await at.recorded()
    await at.relay.page(session.id, "sign-in", sensitive=True)
    assert at.recorder.kept[session.recording][-1] == Blanked()
