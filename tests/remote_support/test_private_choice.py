"""Which of several choices has the focus is the answer: where it is not shared, nobody is told which it is."""

import msgspec
import pytest
from relay_kit import MINA, House, standing

from madang.remote_support.messages import Element, FieldValue, Focus, Seen

pytestmark = pytest.mark.anyio


async def told(at: House, session: str, ref: str) -> Focus:
    assert not await at.relay.up(session, "citizen", Focus(ref), page=2)
    (kept,) = await at.store.noted(session)
    event = msgspec.json.decode(kept, type=Seen).event
    assert isinstance(event, Focus)
    return event


@pytest.mark.parametrize("role", ["radio", "checkbox"])
async def test_the_focus_does_not_tell_which_choice_was_made(at: House, role: str) -> None:
    session = await at.viewing(agent=MINA)
    choices = {"head": Element(role, "Chủ hộ"), "head-tenant": Element(role, "Khách thuê")}
    open_to_all = {"way": Element(role, "Bằng thư", shared=True)}
    await at.relay.page(session.id, "apply/question", sensitive=False)
    page = standing(2)
    elements = {**page.elements, **choices, **open_to_all}
    await at.relay.stand(session.id, msgspec.structs.replace(page, elements=elements))
    assert await told(at, session.id, "way") == Focus("way")
    assert await told(at, session.id, "q-name") == Focus("q-name")
    assert await told(at, session.id, "head-tenant") == Focus(None)


async def test_a_number_is_not_told_a_digit_at_a_time(at: House) -> None:
    session = await at.viewing(agent=MINA)
    whole = "등본 901231-1234567"
    most = 0
    for end in range(1, len(whole) + 1):
        at.clock.pass_by(1)
        assert not await at.relay.up(session.id, "citizen", FieldValue("q-note", whole[:end]), page=1)
        (kept,) = await at.store.noted(session.id)
        event = msgspec.json.decode(kept, type=Seen).event
        assert isinstance(event, FieldValue)
        assert event.value.startswith("등본"[:end])
        most = max(most, sum(map(str.isdigit, event.value)))
    assert most < 5
