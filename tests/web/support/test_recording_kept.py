"""What is kept of a recorded session and how it lies there: what the agent saw, sealed, whole or found not to be."""

import asyncio
import base64
import re
import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest
from outage_kit import says
from portal_kit import Visitor
from support_kit import AGENT, GUIDE
from twin_kit import Seeds, bearable, seeded

from madang.contract.messages.recordings import MOST_BYTES
from madang.remote_support.messages import Chat, FieldValue, Focus, Missed, Page, Seen, Status
from madang.web.clients.http import GROUPS, Backend
from madang.web.settings import Settings
from madang.web.support import twin
from madang.web.support.recorder import SupportRecorder
from madang.web.support.wiring import strongbox
from tests.web.desk.desk_kit import at_the_desk
from tests.web.support.recording_kit import PERSON, RECORDING, SUPERVISOR, SUPPORT, Kept, keeping
from tests.web.test_masked import Album
from tests.web.test_two_layers import different, framed

pytestmark = pytest.mark.anyio
SECRET = re.compile(r"nguy(ễ|e)n|v(ă|a)n an|900101|1234567", re.IGNORECASE)


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Kept]:
    async with keeping(tmp_path_factory.mktemp("recording") / "var", MADANG_SUPPORT_RECORDING="30") as made:
        yield made


async def test_what_the_agent_saw_is_kept_sealed_and_nothing_else(at: Kept) -> None:
    citizen, session = await at.recorded("en")
    await citizen.sign_in(PERSON, "/en/my-information")
    page = await citizen.get("/en/my-information")
    assert SECRET.search(page.text)
    await citizen.get("/en/services?q=900101-1234567")
    session = await at.session(session)
    await at.relay.up(session.id, "citizen", Chat("Zrqchat"))
    await at.relay.up(session.id, "agent", Chat("Zrqanswer"), AGENT)
    standing = await at.relay.store.standing(session.id)
    assert standing is not None
    shared = next(ref for ref, element in standing.elements.items() if element.shared)
    await at.relay.up(session.id, "citizen", FieldValue(shared, "900101-1234567"), page=session.page)
    await at.relay.up(session.id, "citizen", Focus(shared), page=session.page)
    await at.recorder.flush()
    pieces = b"".join(at.of(session))
    assert pieces
    database = b"".join(path.read_bytes() for path in at.data.glob("madang.sqlite*"))
    for text in ("Alien", "외국인등록", "<main", "data-ref"):
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


async def test_of_pages_full_of_secrets_none_is_in_it(at: Kept) -> None:
    """Every private value of real pages replaced by one that occurs nowhere else, drawn, reflected, sealed, opened."""
    citizen, session = await at.recorded()
    album = Album(at)
    reader = Visitor(album, "203.0.113.9", **{"Accept-Encoding": "identity"})
    await reader.sign_in(PERSON, "/en/my-information")
    for path in ("", "/my-information", "/my-information/stay-expiry", "/applications", "/services?q=zrq", "/verify"):
        await reader.get(f"/en{path}")
    every, shown = [], 0
    for number, seen in enumerate(different(album)):
        frame = framed(album, seen)
        if seen.page.sensitive or "demo-sign-in" in seen.path:
            continue

        def draw(page: Any, frame: Any = frame) -> str:
            template = album.portal.environments["ko"].get_template(f"pages/{page.template}")
            return template.render(page=page, shell=twin.anonymous(frame, "ko"))

        seeds = Seeds(number, bearable(seen.page, draw))
        page = seeded(seen.page, seeds)
        html = draw(page)
        shown += len(seeds.shown_in(html))
        every.append(seeds)
        await twin.show(at.portal, await at.session(session), page, frame, html)
        await at.recorder.flush()
    assert shown > 10, "there is something to hide"
    assert len(every) > 4
    database = b"".join(path.read_bytes() for path in at.data.glob("madang.sqlite*"))
    await citizen.post(f"{SUPPORT}/stop")
    played = await at.played(session)
    kept = [step.what for step in played.steps if isinstance(step.what, Page)]
    assert len(kept) >= len(every)
    assert any(page.html for page in kept)
    opened_text = "\n".join(f"{page.title}{page.html}{page.elements}" for page in kept)
    for seeds in every:
        assert not seeds.shown_in(opened_text)
        assert not any(word.encode() in database for word in seeds.words)


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
