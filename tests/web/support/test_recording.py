"""Recording: a yes of its own, what is kept and how it lies there, and that it is gone when somebody wants it gone."""

import asyncio
import base64
import datetime as dt
import re
import secrets
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from outage_kit import says
from portal_kit import Visitor
from support_kit import AGENT, GUIDE, House, code_on, house

from madang.contract.messages.recordings import MOST_BYTES
from madang.i18n.locales import LOCALES, Locale
from madang.remote_support.messages import Chat, FieldValue, Focus, Missed, Page, Seen, Status
from madang.remote_support.states import Agent, Agreed, Session
from madang.remote_support.strongbox import Strongbox
from madang.web.clients import support as trails
from madang.web.clients.http import GROUPS, Backend
from madang.web.portal import Portal
from madang.web.settings import Settings
from madang.web.support.recorder import SupportRecorder
from madang.web.support.wiring import strongbox
from madang.web.views.desk_playback import Playback, opened
from tests.web.desk.desk_kit import at_the_desk

pytestmark = pytest.mark.anyio
SUPPORT, RECORDING = "/en/help/support", "/en/help/support/recording"
PERSON, SUPERVISOR, CLERK = "nguyen-van-an", "ma-yunseul", "baek-noeul"
SECRET = re.compile(r"nguy(ễ|e)n|v(ă|a)n an|900101|1234567", re.IGNORECASE)


class Kept(House):
    """The house, what lies in its database, and its clock."""

    data: Path

    @property
    def portal(self) -> Portal:
        found: Portal = self.app._app._app.state.portal
        return found

    @property
    def recorder(self) -> SupportRecorder:
        recorder = self.relay.recordings._recorder
        assert isinstance(recorder, SupportRecorder)
        return recorder

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.data / "madang.sqlite") as connection:
            return connection.execute(f"SELECT * FROM {table}").fetchall()

    def of(self, session: Session) -> list[bytes]:
        """The pieces of a session's recording."""
        with sqlite3.connect(self.data / "madang.sqlite") as connection:
            found = connection.execute(
                "SELECT content FROM recording_pieces JOIN recordings ON recording = name WHERE session = ? "
                "ORDER BY number",
                (session.id,),
            ).fetchall()
        return [content for (content,) in found]

    def run(self, statement: str, *values: Any) -> None:
        with sqlite3.connect(self.data / "madang.sqlite") as connection:
            connection.execute(statement, values)

    async def recorded(self, locale: Locale = "en") -> tuple[Visitor, Session]:
        """A citizen who has agreed to help, and to a recording of it."""
        visitor, session = await self.matched(locale)
        answer = {"answer": "yes", "level": "suggest", "record": "yes"}
        await visitor.post(f"/{locale}/help/support/agree", answer)
        return visitor, await self.session(session)

    async def kinds(self, session: Session, until: str) -> list[str]:
        """Of the session's trail, once there is one of that kind."""
        async with asyncio.timeout(10):
            while True:
                acts = (await trails.receipt(self.portal.backend, session.id)).acts
                if until in (found := [act.kind for act in acts]):
                    return found
                await asyncio.sleep(0.05)

    async def played(self, session: Session, box: Strongbox | None = None) -> Playback:
        """What a supervisor would see of it."""
        await self.recorder.flush()
        desk = await at_the_desk(self.app, SUPERVISOR, "ko")
        await desk.post(f"/ko/desk/trails/{session.id}/recording")
        from madang.web.clients import recordings

        class Who:
            subject, acr, roles = SUPERVISOR, "high", ("supervisor",)

        found = await recordings.read(self.portal.backend, Who, session.id)
        return opened(found, box or strongbox(self.portal.settings), self.portal.now())


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Kept]:
    data = tmp_path_factory.mktemp("recording") / "var"
    async with house(data, MADANG_SUPPORT_RECORDING="30") as made:
        kept = Kept(made.app)
        kept.relay, kept.data = made.relay, data
        yield kept


async def test_off_there_is_nothing_of_it(tmp_path: Path) -> None:
    async with house(tmp_path / "var") as made:
        at = Kept(made.app)
        at.relay, at.data = made.relay, tmp_path / "var"
        visitor, _ = await at.matched("en")
        assert visitor.page is not None
        assert "record" not in visitor.page.text.partition("<main")[2].lower()
        _, session = await at.recorded()
        assert (session.state, session.recording, session.recordable) == ("viewing", "", 0)
        citizen, session = await at.helped("en")
        for path in (f"/en/{GUIDE}", f"{SUPPORT}/talk"):
            assert "support-record" not in (await citizen.get(path)).text
        await citizen.post(RECORDING, {"do": "yes"})
        await citizen.get("/en/services/alien-registration")
        await at.recorder.flush()
        assert not (await at.session(session)).recording
        await citizen.post(f"{SUPPORT}/stop")
        receipt = await citizen.get(f"{SUPPORT}/receipt")
        assert 'id="recording"' not in receipt.text
        assert says(receipt, "en", "Nothing of what was on your pages has been stored.")
        assert not at.rows("recordings")
        assert not at.rows("recording_pieces")


@pytest.mark.parametrize("locale", LOCALES)
async def test_it_is_asked_for_apart_in_every_language(at: Kept, locale: Locale) -> None:
    visitor, session = await at.matched(locale)
    page = visitor.page
    assert page is not None
    assert says(page, locale, "May this help be recorded?")
    assert says(page, locale, "If you leave the box empty you are helped in just the same way.")
    box = re.search(r'<input type="checkbox"[^>]*name="record"[^>]*>', page.text)
    assert box
    assert "checked" not in box[0], "a box that is ticked already is no question"
    await visitor.post(f"/{locale}/help/support/agree", {"answer": "yes", "level": "view", "record": "yes"})
    assert (await at.session(session)).recording
    for path in (f"/{locale}/{GUIDE}", f"/{locale}/help/support/talk", f"/{locale}/services?q=x"):
        page = await visitor.get(path)
        assert says(page, locale, "What the agent sees is being recorded, as you agreed."), path
        assert 'data-ref="support-recording-off:banner"' in page.text
    page = await visitor.post(f"/{locale}/help/support/recording", {"do": "no", "back": f"/{locale}/{GUIDE}"})
    assert page.url.path == f"/{locale}/{GUIDE}"
    assert not says(page, locale, "What the agent sees is being recorded, as you agreed.")
    talk = await visitor.get(f"/{locale}/help/support/talk")
    assert says(talk, locale, "Nothing is recorded. If you like, you can agree to it;")
    await visitor.post(f"/{locale}/help/support/stop")
    await at.kinds(session, "ended")
    receipt = await visitor.get(f"/{locale}/help/support/receipt")
    for line in ("You agreed to a recording of what", "You took your agreement to the recording back.",
                 "The recording was deleted."):  # fmt: skip
        assert says(receipt, locale, line), line
    assert 'id="recording"' not in receipt.text


async def test_without_a_yes_nothing_is_kept(at: Kept) -> None:
    citizen, session = await at.helped("en")
    await citizen.get("/en/services/alien-registration")
    await at.recorder.flush()
    assert not [row for row in at.rows("recordings") if row[0] == session.id]
    for form in ({"do": "no"}, {"do": "delete"}, {"do": "yes!"}, {}):
        await citizen.post(RECORDING, form)
    assert not (await at.session(session)).recording
    stranger = at.visitor()
    assert (await stranger.post(RECORDING, {"do": "yes"})).url.path == SUPPORT
    waiting, asked = await at.asked("en")
    await waiting.post(RECORDING, {"do": "yes"})
    assert not (await at.session(asked)).recording
    matched, session = await at.matched("en")
    await matched.post(RECORDING, {"do": "yes"})
    assert not (await at.session(session)).recording, "not before they have agreed to help"
    await matched.post(f"{SUPPORT}/agree", {"answer": "no", "record": "yes"})
    assert (await at.session(session)).state == "ended"
    assert not [row for row in at.rows("recordings") if row[0] == session.id]


async def test_what_the_agent_saw_is_kept_sealed_and_nothing_else(at: Kept) -> None:
    citizen, session = await at.recorded("en")
    await citizen.sign_in(PERSON, "/en/my-information")
    page = await citizen.get("/en/my-information")
    assert SECRET.search(page.text)
    await citizen.get("/en/services?q=900101-1234567")
    session = await at.session(session)
    await at.relay.up(session.id, "citizen", Chat("Zrqchat"))
    await at.relay.up(session.id, "agent", Chat("Zrqanswer"), AGENT)
    field = "q"
    standing = await at.relay.store.standing(session.id)
    assert standing is not None
    shared = next(ref for ref, element in standing.elements.items() if element.shared)
    await at.relay.up(session.id, "citizen", FieldValue(shared, "900101-1234567"), page=session.page)
    await at.relay.up(session.id, "citizen", Focus(shared), page=session.page)
    await at.recorder.flush()
    pieces = b"".join(at.of(session))
    assert pieces
    database = b"".join(path.read_bytes() for path in at.data.glob("madang.sqlite*"))
    for text in ("Alien", "외국인등록", "<main", "data-ref", field * 3):
        assert text.encode() not in pieces
    assert b"data-ref" not in database
    await citizen.post(f"{SUPPORT}/invite", {"do": "invite"})  # a private page
    await citizen.post(f"{SUPPORT}/stop")
    played = await at.played(session)
    assert (played.broken, played.ended) == (False, True)
    kept = repr(played.steps)
    assert not SECRET.search(kept)
    assert "Zrq" not in kept, "what is said is not recorded"
    pages = [step.what for step in played.steps if isinstance(step.what, Page)]
    assert {page.lang for page in pages} == {"ko"}, "the agent's language, and no other"
    assert [page.name for page in pages][:2] == ["guide", "my_information"]
    assert not any(page.name.startswith("support/") for page in pages)
    seen = [step.what.event for step in played.steps if isinstance(step.what, Seen)]
    assert Focus(shared) in seen
    assert any(isinstance(event, FieldValue) and "1234567" not in event.value for event in seen)
    assert isinstance(played.steps[-1].what, Status)
    assert played.page(len(played.steps)) is None


async def test_what_is_taken_back_is_gone_at_once(at: Kept) -> None:
    citizen, session = await at.recorded()
    await citizen.get("/en/services/alien-registration")
    await at.recorder.flush()
    assert at.of(session)
    [key] = [row[2] for row in at.rows("recordings") if row[0] == session.id]
    await citizen.get("/en/help")  # something is on its way
    await citizen.post(RECORDING, {"do": "no"})
    assert not at.of(session)
    assert not [row for row in at.rows("recordings") if row[0] == session.id]
    at.relay.recordings.keep(session, Page(1, "x", "x", "ko", "x", "x"))  # a task that began before
    await at.recorder.flush()
    await citizen.get("/en/services/entry-exit")
    await at.recorder.flush()
    assert not at.rows("recordings") or session.id not in {row[0] for row in at.rows("recordings")}
    assert (await at.session(session)).state == "viewing", "the help goes on"
    at.run("PRAGMA wal_checkpoint(TRUNCATE)")
    assert key not in (at.data / "madang.sqlite").read_bytes(), "nor is the key what a file keeps of a deleted row"
    assert session.recording not in at.recorder._open
    await citizen.post(RECORDING, {"do": "yes"})
    again = await at.session(session)
    assert again.recording not in ("", session.recording), "a new yes is a new recording with a new key"
    await at.recorder.flush()
    assert at.of(session)


async def test_it_may_be_agreed_to_later_and_begins_with_the_page_that_stands(at: Kept) -> None:
    citizen, session = await at.helped("en")
    await citizen.get("/en/services/alien-registration")
    await citizen.get("/en/services/entry-exit")
    await citizen.post(RECORDING, {"do": "yes", "back": f"/en/{GUIDE}"})
    assert (await at.session(session)).recording
    played = await at.played(session)
    assert "출입국" in played.steps[0].what.title  # type: ignore[union-attr]
    assert not any("외국인등록 사실증명" in getattr(step.what, "title", "") for step in played.steps)
    assert not played.ended


async def test_everybody_is_told(at: Kept) -> None:
    citizen, session = await at.recorded()
    assert at.relay.status(await at.session(session)).recording
    code = code_on((await citizen.post(f"{SUPPORT}/invite", {"do": "invite"})).text)
    guardian = at.visitor()
    page = await guardian.post(f"{SUPPORT}/guardian", {"do": "code", "code": code})
    assert says(page, "en", "What the agent sees is being recorded; what you write is not.")
    await guardian.post(f"{SUPPORT}/guardian", {"do": "yes"})
    await citizen.post(f"{SUPPORT}/invite", {"do": "yes"})
    page = await guardian.get(f"{SUPPORT}/guardian")
    assert re.search(r"<p data-recorded>", page.text)
    await citizen.post(RECORDING, {"do": "no"})
    page = await guardian.get(f"{SUPPORT}/guardian")
    assert re.search(r"<p data-recorded hidden>", page.text)


async def test_a_handed_over_session_stays_recorded_and_says_so(at: Kept) -> None:
    citizen, session = await at.recorded()
    other = Agent("agent-9", "김해솔", "정부민원안내콜센터", "ja")
    await at.relay.hand_over(session.id, other)
    page = await citizen.get(f"{SUPPORT}/agree")
    assert says(page, "en", "What the agent sees is being recorded")
    assert 'name="record"' not in page.text
    assert 'data-ref="support-recording-off:banner"' in page.text
    await citizen.post(RECORDING, {"do": "no"})
    after = await at.session(session)
    assert (after.state, after.recording) == ("matched", "")
    assert 'name="record"' in (await citizen.get(f"{SUPPORT}/agree")).text
    await at.relay.apply(session.id, Agreed("view"))


async def test_the_receipt_says_until_when_and_deletes_it(at: Kept) -> None:
    citizen, session = await at.recorded()
    await citizen.get("/en/services/alien-registration")
    await citizen.post(f"{SUPPORT}/stop")
    await at.recorder.flush()
    receipt = await citizen.get(f"{SUPPORT}/receipt")
    until = at.portal.now() + dt.timedelta(days=30)
    assert f"{until.day} {until:%B %Y}" in receipt.text.partition('id="recording"')[2]
    assert says(receipt, "en", "Beside the recording nothing of what was on your pages has been stored.")
    page = await citizen.post(RECORDING, {"do": "delete"})
    assert page.url.path == f"{SUPPORT}/receipt"
    assert 'id="recording"' not in page.text
    assert not at.of(session)
    assert session.id not in {row[0] for row in at.rows("recordings")}
    await citizen.post(RECORDING, {"do": "delete"})
    kinds = await at.kinds(session, "recording-deleted")
    assert kinds.count("recording-deleted") == 1
    _, theirs = await at.recorded()
    await citizen.post(RECORDING, {"do": "delete"})
    assert theirs.id in {row[0] for row in at.rows("recordings")}, "nobody deletes what is somebody else's"


async def test_a_piece_that_was_changed_moved_or_taken_out_is_found(at: Kept) -> None:
    citizen, session = await at.recorded()
    for path in ("alien-registration", "entry-exit", "resident-register"):
        await citizen.get(f"/en/services/{path}")
        await at.recorder.flush()
    await citizen.post(f"{SUPPORT}/stop")
    whole = await at.played(session)
    assert not whole.broken
    assert whole.ended
    name, pieces = session.recording, at.of(session)
    assert len(pieces) >= 4
    put = "UPDATE recording_pieces SET content = ? WHERE recording = ? AND number = ?"
    other = bytearray(pieces[1])
    other[40] ^= 1
    for numbers in ((2,), (2, 3)):
        for number in numbers:
            content = bytes(other) if len(numbers) == 1 else pieces[4 - number]
            at.run(put, content, name, number)
        found = await at.played(session)
        assert found.broken
        assert found.steps == whole.steps[: len(found.steps)], "what is shown is as it was"
        assert len(found.steps) < len(whole.steps)
        for number in numbers:
            at.run(put, pieces[number - 1], name, number)
    assert not (await at.played(session)).broken
    at.run("DELETE FROM recording_pieces WHERE recording = ? AND number = ?", name, len(pieces))
    assert (await at.played(session)).broken
    at.run("UPDATE recordings SET count = ? WHERE name = ?", len(pieces) - 1, name)
    cut = await at.played(session)
    assert (cut.broken, cut.ended) == (True, False), "nor can its end be cut off"
    desk = await at_the_desk(at.app, SUPERVISOR, "ko")
    await desk.post(f"/ko/desk/trails/{session.id}/recording")
    assert says(desk.page, "ko", "Part of this recording was changed, or is missing")  # type: ignore[arg-type]


async def test_a_prolonged_one_cannot_be_read(at: Kept) -> None:
    citizen, session = await at.recorded()
    await citizen.post(f"{SUPPORT}/stop")
    assert (await at.played(session)).steps
    at.run("UPDATE recordings SET expires = datetime(expires, '+1 day') WHERE session = ?", session.id)
    desk = await at_the_desk(at.app, SUPERVISOR, "ko")
    page = await desk.post(f"/ko/desk/trails/{session.id}/recording")
    assert says(page, "ko", "Part of this recording was changed, or is missing")
    assert "<iframe" not in page.text


async def test_after_its_time_it_is_nobodys(at: Kept) -> None:
    citizen, session = await at.recorded()
    await citizen.post(f"{SUPPORT}/stop")
    await at.played(session)
    desk = await at_the_desk(at.app, SUPERVISOR, "ko")
    path = f"/ko/desk/trails/{session.id}/recording"
    await desk.post(path)
    assert "<iframe" in desk.page.text  # type: ignore[union-attr]
    at.run("UPDATE recordings SET expires = '2020-01-01 00:00:00.000000' WHERE session = ?", session.id)
    assert (await desk.get(path)).status_code == 404
    assert (await desk.post(path)).status_code == 404
    assert 'id="recording"' not in (await citizen.get(f"{SUPPORT}/receipt")).text


async def test_keys_are_changed_and_it_is_still_read(at: Kept) -> None:
    citizen, session = await at.recorded()
    await citizen.get("/en/services/alien-registration")
    await citizen.post(f"{SUPPORT}/stop")
    await at.played(session)
    old, new = at.portal.settings.secret_keys[0], "a newer secret of thirty-two chars"
    both = Settings(secret_keys=(new, old), support_recording=30)
    assert (await at.played(session, strongbox(both))).steps
    with pytest.raises(Exception, match="not what it was"):
        await at.played(session, strongbox(Settings(secret_keys=(new,))))


async def test_only_supervisors_look_and_each_time_is_written_down(at: Kept) -> None:
    citizen, session = await at.recorded()
    await citizen.get("/en/services/alien-registration")
    await citizen.post(f"{SUPPORT}/stop")
    await at.recorder.flush()
    path = f"/ko/desk/trails/{session.id}/recording"
    for person in (CLERK, PERSON):
        other = await at_the_desk(at.app, person, "ko")
        for answer in (await other.get(path), await other.post(path), await other.get(f"{path}/frame")):
            assert answer.status_code == 403
    kinds = await at.kinds(session, "ended")
    assert "recording-played" not in kinds
    desk = await at_the_desk(at.app, SUPERVISOR, "ko")
    page = await desk.get(path)
    assert "<iframe" not in page.text, "not before they have said that they look"
    assert 'data-ref="play"' in (await desk.get(f"/ko/desk/trails/{session.id}")).text
    frame = await desk.http.get(f"{path}/frame?step=2")
    assert "외국인등록" not in frame.text
    page = await desk.post(path)
    assert page.url.path == path
    assert 'sandbox="allow-same-origin"' in page.text
    frame = await desk.http.get(f"{path}/frame?step=1")
    policy = frame.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; ")
    assert "script-src" not in policy
    assert frame.headers["cache-control"] == "no-store"
    assert "<main" in frame.text
    steps = re.findall(r'data-ref="step:(\d+)"', page.text)
    assert steps == [str(number) for number in range(1, len(steps) + 1)]
    shown = [(await desk.http.get(f"{path}/frame?step={step}")).text for step in steps]
    assert any("외국인등록 사실증명" in text for text in shown)
    assert "외국인등록" not in shown[-1]
    await desk.get(f"{path}?step=2")
    for odd in ("0", "99999999", "x", "-1", "٣"):
        assert (await desk.get(f"{path}?step={odd}")).status_code == 200
    kinds = await at.kinds(session, "recording-played")
    assert kinds.count("recording-played") == 1, "stepping through it is one look"
    await desk.post(path)
    trail = await desk.get(f"/ko/desk/trails/{session.id}")
    assert says(trail, "ko", "The recording was opened")
    assert (await at.kinds(session, "recording-played")).count("recording-played") == 2
    receipt = await citizen.get(f"{SUPPORT}/receipt")
    assert says(receipt, "en", "A supervisor looked at the recording.")
    assert (await desk.get("/ko/desk/trails/nobody-of-that-name/recording")).status_code == 404


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_supervisor_looks_in_every_language(at: Kept, locale: Locale) -> None:
    citizen, session = await at.recorded(locale)
    await citizen.get(f"/{locale}/services/alien-registration")
    await citizen.post(f"/{locale}/help/support/stop")
    await at.recorder.flush()
    desk = await at_the_desk(at.app, SUPERVISOR, locale)
    page = await desk.post(f"/{locale}/desk/trails/{session.id}/recording")
    assert says(page, locale, "What the agent saw")
    assert (await desk.http.get(f"/{locale}/desk/trails/{session.id}/recording/frame?step=1")).status_code == 200


async def test_several_processes_add_to_one_recording(at: Kept) -> None:
    citizen, session = await at.recorded()
    boxes = strongbox(at.portal.settings)
    workers = [SupportRecorder(at.portal.backend, boxes, at.portal.now) for _ in range(3)]
    for turn in range(4):
        for place, worker in enumerate(workers):
            worker.add(session, Page(turn, f"worker-{place}", f"turn {turn}", "ko", "<main></main>", "/s.css"))
        await asyncio.gather(*(worker.flush() for worker in workers))
    await citizen.post(f"{SUPPORT}/stop")
    played = await at.played(session)
    assert (played.broken, played.ended) == (False, True)
    names = [step.what.name for step in played.steps if isinstance(step.what, Page)]
    assert all(names.count(f"worker-{place}") == 4 for place in range(3)), "none of them is lost"


async def test_one_that_is_too_large_says_so_and_ends(at: Kept) -> None:
    citizen, session = await at.recorded()
    await at.recorder.flush()
    noise = base64.b64encode(secrets.token_bytes(120_000)).decode()
    at.recorder.add(session, Page(9, "x", "x", "ko", noise, "/s.css"))
    at.recorder.add(session, Page(10, "small", "x", "ko", "<main></main>", "/s.css"))
    await at.recorder.flush()
    assert len(at.of(session)) >= 2
    at.run("UPDATE recordings SET size = ? WHERE session = ?", MOST_BYTES, session.id)
    await citizen.get("/en/services/alien-registration")
    await at.recorder.flush()
    pieces = len(at.of(session))
    await citizen.get("/en/services/entry-exit")
    await at.recorder.flush()
    assert len(at.of(session)) == pieces
    await citizen.post(f"{SUPPORT}/stop")
    assert (await at.kinds(session, "recording-full")).count("recording-full") == 1
    played = await at.played(session)
    assert any(isinstance(step.what, Missed) for step in played.steps), "what could not be kept is not passed over"
    assert any(isinstance(step.what, Page) and step.what.name == "small" for step in played.steps)


async def test_while_the_backend_does_not_answer(at: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told of a recording that there is not; what is to be deleted is deleted later; the help goes on."""
    citizen, session = await at.recorded()
    other, theirs = await at.helped("en")
    down = Backend.remote(dict.fromkeys(GROUPS, "http://127.0.0.1:9"), key="k" * 32)
    monkeypatch.setattr(at.recorder, "_backend", down)
    await other.post(RECORDING, {"do": "yes"})
    assert not (await at.session(theirs)).recording
    page = await citizen.post(RECORDING, {"do": "no", "back": f"/en/{GUIDE}"})
    assert not says(page, "en", "What the agent sees is being recorded, as you agreed.")
    assert at.of(session) is not None
    assert session.id in {row[0] for row in at.rows("recordings")}
    await citizen.post(f"{SUPPORT}/stop")
    page = await citizen.post(RECORDING, {"do": "delete"})
    assert says(page, "en", "The recording could not be deleted just now")
    monkeypatch.undo()
    await down.aclose()
    await at.relay.recordings.again()
    assert session.id not in {row[0] for row in at.rows("recordings")}
    assert "recording-deleted" in await at.kinds(session, "recording-deleted")
