"""The relay: who is matched with whom, what passes, what is written down, what time does. In memory and in Redis."""

import asyncio

import msgspec
import pytest
from relay_kit import JUN, MINA, House, house, standing

from madang.i18n.locales import Locale
from madang.remote_support.messages import (
    AgentUp,
    Answer,
    Chat,
    FieldValue,
    Fill,
    Focus,
    Highlight,
    Open,
    Phrase,
    SetLevel,
    Stop,
    Suggest,
)
from madang.remote_support.ports import Store
from madang.remote_support.rates import ACTS, CHATS, MESSAGES
from madang.remote_support.relay import LockedOut, WrongCode
from madang.remote_support.states import Agent, Agreed, Did, GuardianJoined, LevelSet, Lost, Opened, Session, Stopped
from madang.remote_support.tickets import WRONG_CODES

pytestmark = pytest.mark.anyio
WRONG = "111 111 111"


# A request, and who answers it.
async def test_a_request_is_answered_with_its_code_and_known_by_its_token(at: House) -> None:
    session, token = await at.waiting()
    assert (session.state, session.locale, session.way, session.need) == ("waiting", "vi", "code", "apply/question")
    assert len(token) == 43
    assert await at.relay.of_token(token) == session
    assert await at.relay.back(session.id) == "/vi/apply/1"
    assert [each.id for each in await at.relay.queue()] == [session.id]
    matched = await at.relay.enter_code(MINA, at.relay.code(session))
    assert (matched.state, matched.agent) == ("matched", MINA)
    assert matched.words is not None
    assert matched.words[0] != matched.words[1]
    assert await at.relay.with_agent(MINA.id) == [matched]
    assert await at.relay.with_agent(JUN.id) == await at.relay.queue() == []


async def test_nothing_in_the_store_lets_anybody_in(at: House) -> None:
    session, token = await at.waiting()
    ticket = await at.relay.ticket(session.id, "citizen")
    for secret in (token, ticket, at.relay.code(session)):
        for kind in ("token", "ticket", "code"):
            assert await at.store.get(kind, secret) is None
    for guess in ("", "x", "x" * 43, session.id, token[:-1], token + "=", "\ud800" * 43):
        assert await at.relay.of_token(guess) is None


async def test_a_code_is_used_up_by_whoever_enters_it_first(at: House) -> None:
    session, _ = await at.waiting()
    code = at.relay.code(session)
    agents = [Agent(f"agent-{number}", f"agent {number}", "110") for number in range(8)]
    results = await asyncio.gather(*(at.relay.enter_code(agent, code) for agent in agents), return_exceptions=True)
    matched = [result for result in results if isinstance(result, Session)]
    assert len(matched) == 1
    assert sum(isinstance(result, WrongCode) for result in results) == 7
    with pytest.raises(WrongCode):
        await at.relay.enter_code(MINA, code)


async def test_a_code_that_was_taken_back_or_has_expired_is_wrong(at: House) -> None:
    first, _ = await at.waiting()
    await at.relay.apply(first.id, Stopped("citizen"))
    second, _ = await at.waiting()
    at.clock.pass_by(at.relay.limits.code)
    for session in (first, second):
        with pytest.raises(WrongCode):
            await at.relay.enter_code(MINA, at.relay.code(session))
    after = await at.relay.load(second.id)
    assert after is not None
    assert after.state == "expired"


async def test_five_wrong_codes_lock_an_agent_out_and_nobody_else(at: House, caplog: pytest.LogCaptureFixture) -> None:
    session, _ = await at.waiting()
    for left in range(WRONG_CODES - 1, 0, -1):
        with pytest.raises(WrongCode) as wrong:
            await at.relay.enter_code(MINA, WRONG)
        assert wrong.value.left == left
    for typed in (WRONG, WRONG, at.relay.code(session)):
        with pytest.raises(LockedOut) as locked:
            await at.relay.enter_code(MINA, typed)
        assert 590 <= locked.value.seconds <= 600
    assert "alert" in caplog.text
    assert MINA.id not in caplog.text
    assert (await at.relay.enter_code(JUN, at.relay.code(session))).agent == JUN


async def test_guessing_many_codes_at_once_is_no_more_than_guessing_one_after_the_other(at: House) -> None:
    session, _ = await at.waiting()
    guesses = [f"{number:09}" for number in range(100)]
    results = await asyncio.gather(
        *(at.relay.enter_code(MINA, typed) for typed in (*guesses, at.relay.code(session))), return_exceptions=True
    )
    assert sum(isinstance(result, WrongCode) for result in results) == WRONG_CODES - 1
    assert sum(isinstance(result, LockedOut) for result in results) == 101 - WRONG_CODES + 1, "the right one, too"
    assert await states(at, session) == ["waiting"]


async def test_a_right_code_does_not_count_as_a_wrong_one(at: House) -> None:
    for _ in range(WRONG_CODES + 2):
        session, _ = await at.waiting()
        await at.relay.enter_code(MINA, at.relay.code(session))
    with pytest.raises(WrongCode) as wrong:
        await at.relay.enter_code(MINA, WRONG)
    assert wrong.value.left == WRONG_CODES - 1


async def test_a_request_by_text_is_taken_from_the_queue_by_one_agent(at: House) -> None:
    session, _ = await at.relay.ask("th", way="text", need="", back="/th/")
    taken = await asyncio.gather(at.relay.take(MINA, session.id), at.relay.take(JUN, session.id))
    assert sorted(result is None for result in taken) == [False, True]
    with pytest.raises(WrongCode):
        await at.relay.enter_code(MINA, at.relay.code(session))


async def test_a_request_with_a_code_cannot_be_taken_without_it(at: House) -> None:
    session, _ = await at.waiting()
    assert await at.relay.take(MINA, session.id) is None
    assert await at.relay.take(MINA, "nobody") is None


async def test_the_citizen_is_asked_about_a_colleague_like_about_the_first(at: House) -> None:
    session = await at.viewing("assist")
    handed = await at.relay.hand_over(session.id, JUN)
    assert handed is not None
    assert (handed.state, handed.agent, handed.level) == ("matched", JUN, "view")
    assert await at.relay.up(session.id, "agent", Chat("xin chào"), MINA) == "state"
    assert await at.relay.up(session.id, "agent", Highlight("q-copies"), JUN) == "state"


# What passes.
REFUSED: list[tuple[str, AgentUp, str]] = [
    ("view", Highlight("q-copies"), "level"),
    ("point", Suggest("q-copies", "2"), "level"),
    ("suggest", Fill("q-copies", "2"), "level"),
    ("suggest", Open("guide"), "level"),
    ("assist", Open("next"), "ref"),
    ("assist", Highlight("nothing"), "ref"),
    ("assist", Suggest("q-name", "Lan"), "field"),
    ("assist", Fill("q-name", "Lan"), "field"),
    ("assist", Suggest("q-copies", "3"), "field"),
    ("assist", Suggest("q-note", "900101-1234567"), "text"),
    ("view", Chat("https://evil.example"), "text"),
    ("view", Phrase("no-such-phrase"), "form"),
]


@pytest.mark.parametrize(("level", "message", "why"), REFUSED)
async def test_what_an_agent_may_not_do_is_refused_and_written_down(
    at: House, level: str, message: AgentUp, why: str
) -> None:
    session = await at.viewing(level)  # type: ignore[arg-type]
    async with at.store.subscribe(session.id, "citizen") as citizen:
        assert await at.relay.up(session.id, "agent", message, MINA) == why
        await at.store.publish(session.id, "citizen", b"nothing before this")
        assert await anext(citizen) == b"nothing before this"  # type: ignore[call-overload]
    assert at.trail.kinds(session.id)[-1] == "refused-act"
    assert await at.relay.transcript(session.id) == []
    assert await at.relay.pending(session.id) == []


async def test_only_the_agent_of_the_session_speaks_as_its_agent(at: House) -> None:
    session = await at.viewing()
    for agent in (JUN, None):
        for message in (Chat("hi"), Highlight("q-copies"), Stop()):
            assert await at.relay.up(session.id, "agent", message, agent) == "state"
    assert await at.relay.up(session.id, "guardian", Stop()) == "state"
    assert (await at.relay.load(session.id)).state == "viewing"  # type: ignore[union-attr]


async def test_nobody_sends_what_is_anothers(at: House) -> None:
    session = await at.viewing()
    await at.relay.apply(session.id, GuardianJoined())
    for side, message, agent in (
        ("agent", SetLevel("assist"), MINA),
        ("agent", Answer("x", True), MINA),
        ("agent", FieldValue("q-copies", "2"), MINA),
        ("citizen", Highlight("q-copies"), None),
        ("guardian", Highlight("q-copies"), None),
        ("guardian", SetLevel("view"), None),
        ("guardian", Focus("q-copies"), None),
    ):
        assert await at.relay.up(session.id, side, message, agent) == "form"  # type: ignore[arg-type]
    assert await at.relay.up(session.id, "guardian", Chat("xin chào")) == ""
    assert await at.relay.up(session.id, "guardian", Stop()) == ""


async def test_a_suggestion_is_answered_once_and_only_in_its_own_session(at: House) -> None:
    session, other = await at.viewing(), await at.viewing()
    assert await at.relay.up(session.id, "agent", Suggest("q-copies", "2"), MINA) == ""
    (suggestion,) = await at.relay.pending(session.id)
    assert (suggestion.label, suggestion.value, suggestion.shown) == ("Số bản", "2", "hai")
    assert "“hai”" in suggestion.said.text
    answer = Answer(suggestion.id, True)
    assert await at.relay.up(other.id, "citizen", answer) == "ref"
    answers = await asyncio.gather(*(at.relay.up(session.id, "citizen", answer) for _ in range(5)))
    assert sorted(answers) == ["", "ref", "ref", "ref", "ref"]
    assert await at.relay.pending(session.id) == []
    assert [(r.who, r.kind, r.detail) for r in at.trail.records[-1:]] == [("citizen", "accepted", "q-copies")]


async def test_a_suggestion_is_gone_with_its_page(at: House) -> None:
    session = await at.viewing()
    await at.relay.up(session.id, "agent", Suggest("q-copies", "2"), MINA)
    await at.relay.page(session.id, "apply/question", sensitive=False)  # the same page again, after a form was sent
    assert len(await at.relay.pending(session.id)) == 1
    other = standing(2)
    await at.relay.stand(session.id, msgspec.structs.replace(other, elements={"q-other": other.elements["q-copies"]}))
    assert await at.relay.pending(session.id) == [], "another question, which is a page of the same name"
    await at.relay.page(session.id, "home", sensitive=False)
    assert await at.relay.pending(session.id) == []


async def test_what_looks_like_a_number_of_somebodys_is_covered_in_a_shared_field(at: House) -> None:
    session = await at.viewing()
    for value in ("900101-1234567", "010 1234 5678", "4111 1111 1111 1111"):
        await at.relay.up(session.id, "citizen", FieldValue("q-note", value))
        (seen,) = await at.store.noted(session.id)
        assert not any(part in seen.decode() for part in value.replace("-", " ").split())


async def test_nothing_but_names_is_written_down(at: House) -> None:
    session = await at.viewing()
    secret = "Nguyễn Thị Hạnh"
    await at.relay.up(session.id, "citizen", Chat(secret))
    await at.relay.up(session.id, "citizen", FieldValue("q-note", secret))
    await at.relay.up(session.id, "agent", Fill("q-note", secret), MINA)
    await at.relay.up(session.id, "agent", Suggest("q-note", secret), MINA)
    assert len(at.trail.kinds(session.id)) == 6
    assert secret not in repr(at.trail.records)


async def test_too_much_is_refused_but_never_a_stop(at: House) -> None:
    session = await at.viewing()
    at.hold_rates()
    acts = [await at.relay.up(session.id, "agent", Highlight("q-copies"), MINA) for _ in range(ACTS[1] + 5)]
    assert acts.count("rate") == 5
    chats = [await at.relay.up(session.id, "citizen", Chat("xin chào")) for _ in range(CHATS[1] + 5)]
    assert chats.count("rate") == 5
    events = [await at.relay.up(session.id, "citizen", Focus("next")) for _ in range(MESSAGES[1] + 30)]
    assert events.count("rate") == 30 + len(chats), "of the messages, the words were some"
    assert await at.relay.up(session.id, "citizen", Stop()) == ""
    assert (await at.relay.load(session.id)).state == "ended"  # type: ignore[union-attr]


async def test_after_the_end_nothing_passes(at: House) -> None:
    session = await at.viewing()
    await at.relay.up(session.id, "agent", Suggest("q-copies", "2"), MINA)
    (suggestion,) = await at.relay.pending(session.id)
    await at.relay.apply(session.id, Stopped("citizen"))
    records = len(at.trail.records)
    ended = await at.relay.load(session.id)
    async with at.store.subscribe(session.id, "agent") as desk, at.store.subscribe(session.id, "citizen") as citizen:
        for message in (Chat("?"), Focus("next"), Answer(suggestion.id, True), SetLevel("view"), Stop()):
            assert await at.relay.up(session.id, "citizen", message) == "state"
        for act in (Chat("?"), Highlight("q-copies"), Phrase("x"), Stop()):
            assert await at.relay.up(session.id, "agent", act, MINA) == "state"
        await at.relay.page(session.id, "home", sensitive=False)
        await at.relay.stand(session.id, standing(9))
        for event in (LevelSet("assist"), Agreed("assist"), Opened("citizen", 1), Lost("citizen", 1), Did()):
            await at.relay.apply(session.id, event)
        await at.store.publish(session.id, "all", b"nothing before this")
        for ear in (desk, citizen):
            assert await anext(ear) == b"nothing before this"  # type: ignore[call-overload]
    assert await at.relay.load(session.id) == ended
    assert len(at.trail.records) == records
    assert await at.store.standing(session.id) is None
    assert await at.relay.hand_over(session.id, JUN) == ended


# A translator.
class SlowTranslator:
    """A service that takes its time: a real one does."""

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def translate(self, text: str, source: Locale, target: Locale) -> str | None:
        await self.go.wait()
        return f"{text} ({source}>{target})" if "?" not in text else None


async def test_a_translation_is_waited_for_by_nobody_but_the_words(store: Store) -> None:
    translator = SlowTranslator()
    at = house(store, translator=translator)
    session = await at.viewing()
    for text in ("một", "hai?", "ba"):
        assert await at.relay.up(session.id, "citizen", Chat(text)) == ""
    assert await at.relay.up(session.id, "agent", Highlight("next"), MINA) == ""
    assert [said.kind for said in await at.relay.transcript(session.id, "agent")] == ["highlight"]
    translator.go.set()
    while len(await at.relay.transcript(session.id, "agent")) < 4:
        await asyncio.sleep(0.01)
    said = (await at.relay.transcript(session.id, "agent"))[1:]
    assert [each.text for each in said] == ["một (vi>ko)", "hai?", "ba (vi>ko)"]
    assert [each.source for each in said] == ["một", "", "ba"]
    assert [each.text for each in (await at.relay.transcript(session.id))[1:]] == ["một", "hai?", "ba"]


async def test_what_is_translated_when_the_session_is_over_is_told_to_nobody(store: Store) -> None:
    translator = SlowTranslator()
    at = house(store, translator=translator)
    session = await at.viewing()
    await at.relay.up(session.id, "citizen", Chat("một"))
    await at.relay.up(session.id, "citizen", Stop())
    translator.go.set()
    async with at.store.subscribe(session.id, "agent") as desk:
        await asyncio.sleep(0.05)
        await at.store.publish(session.id, "all", b"nothing before this")
        assert await anext(desk) == b"nothing before this"  # type: ignore[call-overload]
    assert await at.relay.transcript(session.id, "agent") == []


# Time, and what goes wrong.
async def test_time_ends_what_nobody_ends(at: House) -> None:
    limits = at.relay.limits
    waiting, _ = await at.waiting()
    idle, away = await at.viewing(), await at.viewing()
    await at.relay.apply(away.id, Opened("citizen", 1))
    await at.relay.apply(away.id, Lost("citizen", 1))
    at.clock.pass_by(limits.grace)
    await at.relay.tick()
    assert await states(at, waiting, idle, away) == ["waiting", "viewing", "ended"]
    at.clock.pass_by(limits.code - limits.grace)
    await at.relay.tick()
    assert await states(at, waiting, idle) == ["expired", "viewing"]
    at.clock.pass_by(limits.idle)
    await at.relay.tick()
    assert (await at.relay.load(idle.id)).reason == "idle"  # type: ignore[union-attr]


async def test_what_is_used_is_not_idle(at: House) -> None:
    session = await at.viewing()
    for _ in range(3):
        at.clock.pass_by(at.relay.limits.idle - 1)
        assert await at.relay.up(session.id, "citizen", Focus("next")) == ""
    assert await states(at, session) == ["viewing"]


async def test_a_connection_that_died_with_its_process_is_found(store: Store, at: House) -> None:
    session = await at.viewing()
    await at.relay.here(session.id, "citizen")
    await at.relay.apply(session.id, Opened("citizen", 1))
    await at.relay.apply(session.id, Opened("agent"))
    for _ in range(10):
        await at.relay.tick()
    after = await at.relay.load(session.id)
    assert after is not None
    assert (after.state, after.agent_here) == ("viewing", False)
    await store.take("here", f"{session.id}:citizen")
    for _ in range(10):
        await at.relay.tick()
    assert await states(at, session) == ["away"]


async def test_where_nothing_can_be_written_down_nothing_goes_on(at: House) -> None:
    waiting, _ = await at.waiting()
    live = await at.viewing()
    at.trail.well = False
    await at.relay.tick()
    after = await at.relay.load(live.id)
    assert after is not None
    assert (after.state, after.ended_by) == ("ended", "system")
    assert await states(at, waiting) == ["waiting"]


async def test_two_processes_look_after_the_same_sessions_and_each_ends_once(store: Store) -> None:
    at = house(store)
    other = house(store)
    sessions = [await at.viewing() for _ in range(5)]
    for clock in (at.clock, other.clock):
        clock.pass_by(at.relay.limits.idle)
    await asyncio.gather(*(relay.tick() for relay in (at.relay, other.relay) * 3))
    assert set(await states(at, *sessions)) == {"ended"}
    ends = [record for record in (*at.trail.records, *other.trail.records) if record.kind == "ended"]
    assert len(ends) == len(sessions)


async def test_of_many_changes_at_once_none_is_lost(at: House) -> None:
    session = await at.viewing()
    await asyncio.gather(*(at.relay.page(session.id, f"p{number}", sensitive=False) for number in range(20)))
    after = await at.relay.load(session.id)
    assert after is not None
    assert after.page == 21
    assert at.trail.kinds(session.id).count("page") == 20


async def test_who_asks_of_nobody_is_told_nothing(at: House) -> None:
    assert await at.relay.load("nobody") is None
    assert await at.relay.page("nobody", "home", sensitive=False) is None
    assert await at.relay.up("nobody", "citizen", Stop()) == "state"
    assert await at.relay.pending("nobody") == await at.relay.transcript("nobody") == []
    assert await at.relay.back("nobody") == ""
    await at.relay.stand("nobody", standing(1))


async def states(at: House, *sessions: Session) -> list[str]:
    found = [await at.relay.load(session.id) for session in sessions]
    return [each.state for each in found if each is not None]
