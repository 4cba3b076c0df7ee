"""A colleague who takes over is told what was said once the citizen agrees to them, and not before; whoever has handed
a session over does nothing in it any more."""

import pytest
from relay_kit import JUN, MINA, House
from socket_kit import serving

from madang.remote_support.connection import Connection
from madang.remote_support.messages import Chat
from madang.remote_support.ports import Ticket
from madang.remote_support.states import Agreed, HandedOver

pytestmark = pytest.mark.anyio


async def test_what_was_said_is_told_when_the_citizen_agrees(at: House) -> None:
    async with serving(at) as server:
        session = await at.viewing()
        assert not await at.relay.up(session.id, "citizen", Chat("chỉ nói với bạn"))
        await at.relay.apply(session.id, HandedOver(JUN, (3, 4)))
        async with server.open(session.id, "agent", agent=JUN.id) as desk:
            assert (await desk.next("state"))["state"] == "matched"
            await desk.quiet()
            assert "said" not in {message["type"] for message in desk.seen}
            await at.relay.apply(session.id, Agreed("view"))
            assert (await desk.next("said"))["text"] == "chỉ nói với bạn"
            assert not await at.relay.up(session.id, "citizen", Chat("xin chào"))
            assert (await desk.next("said"))["text"] == "xin chào"


async def test_who_has_handed_over_does_nothing_in_the_name_of_the_colleague(at: House) -> None:
    """The end of their connection may be on its way still, and they send what they like meanwhile."""
    session = await at.viewing()

    async def nothing(*_: object) -> bool:
        return True

    left = Connection(at.relay, Ticket(session.id, "agent", MINA.id), nothing, nothing, nothing)  # type: ignore[arg-type]
    for event in (HandedOver(JUN, (3, 4)), Agreed("assist")):
        session = await at.relay.apply(session.id, event) or session
    left._lets(session)
    assert await at.relay.up(session.id, "agent", Chat("hello"), left._agent) == "state"
    assert "chat" not in at.trail.kinds(session.id)
