"""Nobody takes the room of all others: one side of a session holds so many connections and no more."""

import contextlib

import pytest
from relay_kit import House
from socket_kit import serving
from websockets.exceptions import InvalidStatus

from madang.remote_support.endpoint import MOST_OF_A_SIDE

pytestmark = pytest.mark.anyio


async def test_one_side_holds_so_many_and_no_more(at: House) -> None:
    async with serving(at) as server, contextlib.AsyncExitStack() as stack:
        session = await at.viewing()
        for _ in range(MOST_OF_A_SIDE):  # they say nothing, and hold their place all the same
            await stack.enter_async_context(server.open(session.id, "citizen", page=1, hello=False))
        with pytest.raises(InvalidStatus):
            await stack.enter_async_context(server.open(session.id, "citizen", page=1))
        async with server.open(session.id, "agent") as desk:
            assert (await desk.next("state"))["state"] == "viewing"
