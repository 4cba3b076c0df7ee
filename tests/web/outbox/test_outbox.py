"""Drafts while the backend is there, away, and back: nothing is lost, nothing doubled, and nobody reads another's."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import pytest
from cable import PATIENT, Someone, over

from madang.contract.messages.drafts import Submission
from madang.web.clients import AlreadySubmitted, Forbidden, Malformed, NotFound, StaleDraft, Unavailable, applications
from madang.web.clients import drafts as calls
from madang.web.state import StateUnavailable
from madang.web.state.memory import MemoryState
from madang.web.state.outbox import LOCAL, Drafts
from madang.web.state.vault import Vault

House = Any
pytestmark = pytest.mark.anyio
BANK, SCHOOL, WORK = {"purpose": "bank"}, {"purpose": "school"}, {"purpose": "work"}


async def test_with_the_backend_there_it_has_everything(house: House) -> None:
    made = await house.begin(BANK)
    assert not made.kept_here
    saved = await house.drafts.save(house.who, made.draft, SCHOOL, "th")
    assert (saved.version, saved.kept_here) == (2, False)
    assert saved.draft == await house.there(made.id)
    assert (await house.drafts.get(house.who, made.id)).draft == saved.draft
    assert [item.id for item in await house.drafts.listed(house.who, "entry-exit")] == [made.id]
    assert not await house.drafts.listed(house.who, "resident-register")
    assert await house.drafts.delete(house.who, made.id)
    with pytest.raises(NotFound):
        await house.drafts.get(house.who, made.id)
    listing = await house.drafts.listed(house.who)
    assert (len(listing), listing.complete) == (0, True)


async def test_killed_half_way_the_person_goes_on_and_all_arrives(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    first = await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    assert (first.kept_here, first.answers) == (True, SCHOOL)
    seen = await house.drafts.get(house.who, made.id)
    assert (seen.kept_here, seen.answers) == (True, SCHOOL)
    second = await house.drafts.save(house.who, seen.draft, WORK, "th")
    assert (second.kept_here, second.answers, second.locale) == (True, WORK, "th")
    listing = await house.drafts.listed(house.who)
    assert [(item.id, item.answers, item.kept_here) for item in listing] == [(made.id, WORK, True)]
    assert not listing.complete
    assert (await house.there(made.id)).answers == BANK
    house.cable.fault = "none"
    back = await house.drafts.get(house.who, made.id)
    assert (back.kept_here, back.mine, back.answers, back.locale, back.version) == (False, None, WORK, "th", 2)
    assert back.draft == await house.there(made.id)
    again = await house.drafts.save(house.who, back.draft, BANK, "vi")
    assert again.version == 3


async def test_begun_while_the_backend_is_dead(house: House) -> None:
    house.cable.fault = "cut"
    made = await house.begin(BANK)
    assert made.kept_here
    assert made.version == LOCAL
    later = await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    with pytest.raises(Unavailable):
        await house.drafts.deliver(house.who, later.draft, SCHOOL, "vi")
    house.cable.fault = "none"
    back = await house.drafts.get(house.who, made.id)
    assert (back.kept_here, back.answers, back.version) == (False, SCHOOL, 1)
    assert back.draft.idempotency_key
    assert len((await calls.listed(house.direct, house.who)).items) == 1


async def test_the_reply_to_a_creation_is_lost(house: House) -> None:
    """The backend has the draft, the portal does not know: what is answered meanwhile comes on top, no conflict."""
    house.cable.fault = "reply lost"
    made = await house.begin(BANK)
    assert made.kept_here
    house.cable.fault = "cut"
    await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    house.cable.fault = "none"
    back = await house.drafts.get(house.who, made.id)
    assert (back.answers, back.mine, back.kept_here) == (SCHOOL, None, False)
    assert len((await calls.listed(house.direct, house.who)).items) == 1


async def test_the_reply_to_a_save_is_lost(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "reply lost"
    kept = await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    # The first attempt arrived; its repetition was told that the draft is stale, by a reply that was lost as well.
    assert kept.kept_here
    assert (await house.there(made.id)).answers == SCHOOL
    house.cable.fault = "cut"
    kept = await house.drafts.save(house.who, kept.draft, WORK, "vi")
    house.cable.fault = "none"
    back = await house.drafts.get(house.who, made.id)
    assert (back.answers, back.mine, back.version) == (WORK, None, 3)


async def test_one_lost_reply_is_no_stale_draft(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.faults = ["reply lost"]
    saved = await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    assert (saved.version, saved.answers, saved.kept_here) == (2, SCHOOL, False)


async def test_a_double_click_is_one_save(house: House) -> None:
    made = await house.begin(BANK)
    first = await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    second = await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    assert (first.version, second.version) == (2, 2)


async def test_stale_with_the_backend_there(house: House) -> None:
    made = await house.begin(BANK)
    await house.elsewhere(made.id, SCHOOL)
    with pytest.raises(StaleDraft) as stale:
        await house.drafts.save(house.who, made.draft, WORK, "vi")
    assert stale.value.draft.answers == SCHOOL


@pytest.mark.parametrize("choice", ["mine", "theirs"])
async def test_changed_elsewhere_during_the_outage_offers_both(house: House, choice: str) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    await house.elsewhere(made.id, WORK)
    house.cable.fault = "none"
    for _ in range(2):  # until the person has chosen, both are offered
        held = await house.drafts.get(house.who, made.id)
        assert held.answers == WORK
        assert held.mine is not None
        assert held.mine.answers == SCHOOL
        assert not held.kept_here
    listing = await house.drafts.listed(house.who)
    assert [item.mine.answers for item in listing if item.mine] in ([SCHOOL], [])
    if choice == "mine":
        settled = await house.drafts.save(house.who, held.draft, held.mine.answers, held.mine.locale)
    else:
        await house.drafts.settle(house.who, made.id)
        settled = await house.drafts.get(house.who, made.id)
    assert settled.mine is None
    assert (await house.drafts.get(house.who, made.id)).mine is None
    assert (await house.there(made.id)).answers == (SCHOOL if choice == "mine" else WORK)


async def test_two_tabs_in_an_outage(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    one = await house.drafts.get(house.who, made.id)
    two = await house.drafts.get(house.who, made.id)
    await house.drafts.save(house.who, one.draft, SCHOOL, "vi")
    with pytest.raises(StaleDraft) as stale:
        await house.drafts.save(house.who, two.draft, WORK, "vi")
    assert stale.value.draft.answers == SCHOOL
    same = await house.drafts.save(house.who, two.draft, SCHOOL, "vi")
    assert same.answers == SCHOOL
    kept = await house.drafts.save(house.who, stale.value.draft, WORK, "vi")
    assert (kept.answers, kept.kept_here) == (WORK, True)


async def test_a_page_shown_in_the_outage_and_sent_after_it(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    shown = await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    house.cable.fault = "none"
    await house.drafts.get(house.who, made.id)  # delivered meanwhile, by another tab
    with contextlib.suppress(StaleDraft):
        await house.drafts.save(house.who, shown.draft, WORK, "vi")
    fresh = await house.drafts.get(house.who, made.id)
    assert fresh.answers == SCHOOL
    assert (await house.drafts.save(house.who, fresh.draft, WORK, "vi")).answers == WORK


async def test_two_workers_deliver_at_once(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    house.cable.fault = "none"
    found = await asyncio.gather(*(house.drafts.get(house.who, made.id) for _ in range(8)))
    assert {(item.answers["purpose"], item.mine, item.kept_here) for item in found} == {("school", None, False)}
    assert (await house.there(made.id)).version == 2


class Slow(MemoryState):
    """A store over a network: between a read and the write that follows from it, others get their turn."""

    async def get(self, kind: str, key: str) -> bytes | None:
        value = await super().get(kind, key)
        await asyncio.sleep(0.002)
        return value


async def test_saves_at_once_in_an_outage_lose_none_silently(house: House) -> None:
    house.state = Slow()
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    answers = [{"purpose": "bank", "n": str(n)} for n in range(8)]
    results = await asyncio.gather(
        *(house.drafts.save(house.who, made.draft, given, "vi") for given in answers), return_exceptions=True
    )
    kept = [r for r in results if not isinstance(r, BaseException)]
    assert len(kept) == 1
    assert all(isinstance(r, StaleDraft) for r in results if isinstance(r, BaseException))
    assert (await house.drafts.get(house.who, made.id)).answers == kept[0].answers


async def test_many_drafts_begun_at_once_are_all_listed(house: House) -> None:
    house.state = Slow()
    house.cable.fault = "cut"
    begun = await asyncio.gather(*(house.begin({"n": str(n)}) for n in range(8)))
    assert {item.id for item in await house.drafts.listed(house.who)} == {item.id for item in begun}
    house.cable.fault = "none"
    assert await house.drafts.postman.round() == 8
    assert len((await calls.listed(house.direct, house.who)).items) == 8


async def test_the_background_delivers_for_people_who_left(house: House) -> None:
    drafts, people = house.drafts, [Someone(f"{house.who.subject}-{n}") for n in range(5)]
    begun = [await drafts.create(who, "entry-exit", "entry-exit@1", "vi", BANK) for who in people]
    house.cable.fault = "cut"
    for who, made in zip(people, begun, strict=True):
        await drafts.save(who, made.draft, SCHOOL, "vi")
    assert await drafts.postman.round() == 0
    house.cable.fault = "none"
    assert await house.drafts.postman.round() == 5
    for who, made in zip(people, begun, strict=True):
        assert (await calls.draft(house.direct, who, made.id)).answers == SCHOOL
    house.cable.seen.clear()
    assert await house.drafts.postman.round() == 0
    assert not house.cable.seen


async def test_the_background_runs_until_cancelled(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    task = asyncio.create_task(house.drafts.deliver_forever(0.01))
    house.cable.fault = "none"
    for _ in range(500):
        await asyncio.sleep(0.01)
        if (await house.there(made.id)).answers == SCHOOL:
            break
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await house.there(made.id)).answers == SCHOOL


async def test_nobody_else_reads_saves_or_deletes(house: House) -> None:
    stranger = Someone(f"{house.who.subject}-stranger")
    for fault in ("none", "cut"):
        house.cable.fault = fault
        made = await house.begin(BANK)
        with pytest.raises((NotFound, Unavailable)):
            await house.drafts.get(stranger, made.id)
        with contextlib.suppress(NotFound, Unavailable, StaleDraft):
            await house.drafts.save(stranger, made.draft, SCHOOL, "vi")
        with contextlib.suppress(NotFound, Unavailable):
            await house.drafts.delete(stranger, made.id)
        assert not [item for item in await house.drafts.listed(stranger) if item.answers == BANK]
        house.cable.fault = "none"
        assert (await house.drafts.get(house.who, made.id)).answers == BANK


async def test_a_stranger_who_takes_an_id_in_an_outage_gains_nothing(house: House) -> None:
    stranger = Someone(f"{house.who.subject}-stranger")
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    forged = await house.drafts.save(stranger, made.draft, SCHOOL, "vi")
    assert forged.kept_here, "it is kept as the stranger's own"
    house.cable.fault = "none"
    with pytest.raises(NotFound):
        await house.drafts.get(stranger, made.id)
    assert (await house.there(made.id)).answers == BANK


async def test_what_is_stored_cannot_be_read_or_moved(house: House) -> None:
    secret = {"purpose": "bank", "recipient": "Nguyễn Thị Linh"}
    house.cable.fault = "cut"
    made = await house.begin(secret)
    files = [path.read_bytes() for path in Path(house.path).parent.iterdir()]
    for plain in ("Linh", made.id, house.who.subject):
        assert not any(plain.encode() in content for content in files)
    other = Drafts(house.state, Vault(["22" * 32]), over(house.cable))
    with pytest.raises(Unavailable):
        await other.get(house.who, made.id)
    rotated = Drafts(house.state, Vault(["22" * 32, "11" * 32]), over(house.cable))
    assert (await rotated.get(house.who, made.id)).answers == secret
    # A row put under the key of somebody else's draft is not read.
    memory = MemoryState()
    mine = Drafts(memory, Vault(["11" * 32]), over(house.cable))
    first = await mine.create(house.who, "entry-exit", "entry-exit@1", "vi", secret)
    other_person = Someone("other")
    second = await mine.create(other_person, "entry-exit", "entry-exit@1", "vi", BANK)
    keys = [key for key in memory._values if key[0] == "draft"]
    values = {key: memory._values[key] for key in keys}
    memory._values.update({keys[0]: values[keys[1]], keys[1]: values[keys[0]]})
    for who, draft in ((house.who, first), (other_person, second)):
        with pytest.raises(Unavailable):
            await mine.get(who, draft.id)


async def test_copies_end_after_a_day_and_what_waits_after_a_week(house: House) -> None:
    moment = [0.0]
    state = MemoryState(lambda: moment[0])
    drafts = Drafts(state, Vault(["11" * 32]), over(house.cable))
    seen = await drafts.create(house.who, "entry-exit", "entry-exit@1", "vi", BANK)
    house.cable.fault = "cut"
    waiting = await drafts.create(house.who, "entry-exit", "entry-exit@1", "vi", SCHOOL)
    moment[0] = 24 * 3600 + 1
    with pytest.raises(Unavailable):
        await drafts.get(house.who, seen.id)
    assert (await drafts.get(house.who, waiting.id)).answers == SCHOOL
    moment[0] = 8 * 24 * 3600
    with pytest.raises(Unavailable):
        await drafts.get(house.who, waiting.id)
    assert all(expires <= moment[0] for _, expires in state._values.values())


async def test_deleted_in_an_outage(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    assert not await house.drafts.delete(house.who, made.id)
    with pytest.raises(NotFound):
        await house.drafts.get(house.who, made.id)
    assert not await house.drafts.listed(house.who)
    assert (await house.there(made.id)).answers == BANK
    house.cable.fault = "none"
    assert await house.drafts.postman.round() == 1
    with pytest.raises(NotFound):
        await house.there(made.id)
    assert await house.drafts.delete(house.who, made.id), "deleting twice is deleting once"


async def test_a_wish_to_delete_is_hidden_from_the_list_when_the_backend_is_back(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    await house.drafts.delete(house.who, made.id)
    house.cable.fault = "none"
    assert not await house.drafts.listed(house.who)
    with pytest.raises(NotFound):
        await house.there(made.id)


async def test_deleted_elsewhere_during_the_outage_stays_deleted(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    await house.drafts.save(house.who, made.draft, SCHOOL, "vi")
    await calls.delete(house.direct, house.who, made.id)
    house.cable.fault = "none"
    with pytest.raises(NotFound):
        await house.drafts.get(house.who, made.id)
    house.cable.fault = "cut"
    assert not await house.drafts.listed(house.who)


async def test_what_the_backend_will_not_have_is_kept_and_says_why(house: House) -> None:
    house.cable.fault = "cut"
    weak = Someone(house.who.subject, acr="low")
    made = await house.drafts.create(weak, "entry-exit", "entry-exit@1", "vi", BANK)
    house.cable.fault = "none"
    held = await house.drafts.get(weak, made.id)
    assert held.kept_here
    assert held.refused is not None
    assert held.refused.type == "forbidden"
    assert await house.drafts.postman.round() == 1, "the background does not try for ever"
    with pytest.raises(Forbidden):
        await house.drafts.create(weak, "entry-exit", "entry-exit@1", "vi", BANK)
    strong = await house.drafts.get(house.who, made.id)
    assert (strong.kept_here, strong.answers) == (False, BANK)


async def test_ready_to_submit(house: House) -> None:
    made = await house.begin({**BANK, "hidden": "x"})
    ready = await house.drafts.deliver(house.who, made.draft, BANK, "vi")
    assert (ready.answers, ready.version) == (BANK, 2)
    same = await house.drafts.deliver(house.who, ready, BANK, "vi")
    assert same.version == 2
    house.cable.fault = "cut"
    kept = await house.drafts.save(house.who, ready, SCHOOL, "vi")
    house.cable.fault = "none"
    ready = await house.drafts.deliver(house.who, kept.draft, SCHOOL, "vi")
    assert ready == await house.there(made.id)
    await house.elsewhere(made.id, WORK)
    with pytest.raises(StaleDraft):
        await house.drafts.deliver(house.who, ready, BANK, "vi")


async def test_not_ready_while_the_backend_is_away(house: House) -> None:
    made = await house.begin(BANK)
    house.cable.fault = "cut"
    with pytest.raises(Unavailable):
        await house.drafts.deliver(house.who, made.draft, SCHOOL, "vi")
    assert (await house.drafts.get(house.who, made.id)).answers == SCHOOL, "and yet it is kept"


async def submitted(house: House, draft: str) -> str:
    current = await house.there(draft)
    message = Submission(current.version, current.idempotency_key, "vi")
    return (await applications.submit(house.direct, house.who, draft, message)).number


async def test_submitted_elsewhere(house: House) -> None:
    await house.become("nguyen-van-an")
    made = await house.begin({"from": "2020-01-01", "to": "2026-10-01", "purpose": "school"})
    house.cable.fault = "cut"
    await house.drafts.save(house.who, made.draft, BANK, "vi")
    number = await submitted(house, made.id)
    house.cable.fault = "none"
    held = await house.drafts.get(house.who, made.id)
    assert (held.state, held.application, held.kept_here) == ("submitted", number, False)
    with pytest.raises(AlreadySubmitted) as done:
        await house.drafts.save(house.who, made.draft, WORK, "vi")
    assert done.value.number == number
    house.cable.fault = "cut"
    assert made.id not in [item.id for item in await house.drafts.listed(house.who)]


async def test_after_a_submission_no_copy_is_left(house: House) -> None:
    made = await house.begin(BANK)
    await house.drafts.submitted(house.who, made.id)
    house.cable.fault = "cut"
    with pytest.raises(Unavailable):
        await house.drafts.get(house.who, made.id)


class Broken(MemoryState):
    """A store that does not answer."""

    async def _gone(self, *_: Any) -> Any:
        raise StateUnavailable("gone")

    get = put = add = take = delete = increment = _gone


async def test_without_a_store_the_backend_alone_does(house: House) -> None:
    drafts = Drafts(Broken(), Vault(["11" * 32]), over(house.cable, policy=PATIENT))
    made = await drafts.create(house.who, "entry-exit", "entry-exit@1", "vi", BANK)
    saved = await drafts.save(house.who, made.draft, SCHOOL, "vi")
    assert (await drafts.get(house.who, made.id)).draft == saved.draft
    assert [item.id for item in await drafts.listed(house.who)] == [made.id]
    house.cable.fault = "cut"
    with pytest.raises(Unavailable):
        await drafts.save(house.who, saved.draft, WORK, "vi")
    with pytest.raises(Unavailable):
        await drafts.create(house.who, "entry-exit", "entry-exit@1", "vi", BANK)
    house.cable.fault = "none"
    assert await drafts.delete(house.who, made.id)
    with pytest.raises(StateUnavailable):  # it may be one that is known here alone
        await drafts.get(house.who, made.id)


@pytest.mark.parametrize("draft", ["", "x", "A" * 26, "../../v1/me", "a" * 25 + "1", "\ud800" * 26, "가" * 26])
async def test_ids_that_are_none(house: House, draft: str) -> None:
    with pytest.raises(NotFound):
        await house.drafts.get(house.who, draft)
    with pytest.raises(NotFound):
        await house.drafts.delete(house.who, draft)
    assert not house.cable.seen


async def test_text_that_is_not_unicode_is_refused_in_an_outage_too(house: House) -> None:
    made = await house.begin(BANK)
    for fault in ("none", "cut"):
        house.cable.fault = fault
        with pytest.raises(Malformed):
            await house.drafts.save(house.who, made.draft, {"a": "\ud800"}, "vi")


async def test_the_list_shows_drafts_never_opened_here_once_they_were_listed(house: House) -> None:
    made = await Drafts(MemoryState(), Vault(["33" * 32]), house.direct).create(
        house.who, "entry-exit", "entry-exit@1", "vi", BANK
    )
    await house.drafts.listed(house.who)
    house.cable.fault = "cut"
    assert [item.id for item in await house.drafts.listed(house.who)] == [made.id]
    assert (await house.drafts.get(house.who, made.id)).answers == BANK


async def test_many_requests_in_and_out_of_outages_lose_nothing(house: House) -> None:
    """A person who goes on through a backend that comes and goes ends with exactly what was answered last."""
    faults = ["none", "cut", "reply lost", "cut", "none", "reply lost", "reply lost", "none", "cut", "cut", "none"]
    current = await house.begin({"n": "0"})
    last: dict[str, str] = {"n": "0"}
    for number, fault in enumerate(faults * 3):
        house.cable.fault = fault
        held = await house.drafts.get(house.who, current.id)
        assert held.answers == last, (number, fault)
        assert held.mine is None
        last = {"n": str(number + 1)}
        saved = await house.drafts.save(house.who, held.draft, last, "vi")
        assert saved.answers == last
    house.cable.fault = "none"
    await house.drafts.postman.round()
    assert (await house.there(current.id)).answers == last
    assert len((await calls.listed(house.direct, house.who)).items) == 1
