"""Recording: a yes of its own, told to everybody, gone when it is taken back; who looks at it is written down."""

import datetime as dt
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from outage_kit import says
from support_kit import GUIDE, code_on

from madang.i18n.korea import KOREA
from madang.i18n.locales import LOCALES, Locale
from madang.remote_support.messages import Page
from madang.remote_support.states import Agent, Agreed
from tests.web.desk.desk_kit import at_the_desk
from tests.web.support.recording_kit import CLERK, PERSON, RECORDING, SUPERVISOR, SUPPORT, Kept, keeping

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Kept]:
    async with keeping(tmp_path_factory.mktemp("recording") / "var", MADANG_SUPPORT_RECORDING="30") as made:
        yield made


async def test_off_there_is_nothing_of_it(tmp_path: Path) -> None:
    async with keeping(tmp_path / "var") as at:
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
    for line in ("You agreed to a recording of what", "You withdrew your agreement to the recording.",
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
    before = at.portal.now()
    citizen, session = await at.recorded()
    await citizen.get("/en/services/alien-registration")
    await citizen.post(f"{SUPPORT}/stop")
    await at.recorder.flush()
    receipt = await citizen.get(f"{SUPPORT}/receipt")
    ends = {(now + dt.timedelta(days=30)).astimezone(KOREA) for now in (before, at.portal.now())}
    said = receipt.text.partition('id="recording"')[2]
    assert any(f"{until.day} {until:%B %Y}" in said for until in ends)
    assert says(receipt, "en", "Apart from the recording, nothing that was on your pages has been stored.")
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
