"""Twins are drawn beside the event loop, the agent's language first, and one page of a session after the other."""

import asyncio
import threading
from collections.abc import AsyncIterator

import msgspec
import pytest
from support_kit import AGENT, House, house

from madang.remote_support.messages import Highlight
from madang.remote_support.sealed import unseal
from madang.web.support.drawing import Drawing

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("drawing") / "var") as made:
        yield made


async def heard(messages: AsyncIterator[bytes | None]) -> list[tuple[str, list[str] | None]]:
    """(kind, languages) of what has been published so far."""
    found = []
    while True:
        try:
            async with asyncio.timeout(0.2):
                message = await anext(messages)
        except TimeoutError:
            return found
        assert message is not None
        sealed = unseal(message)
        if sealed.kind == "show":
            found.append((sealed.kind, msgspec.json.decode(sealed.body)))


async def test_the_agent_is_shown_the_page_before_it_is_drawn_in_other_languages(at: House) -> None:
    visitor, session = await at.helped("vi")
    async with at.relay.store.subscribe(session.id, "agent") as messages:
        await visitor.get("/vi/services/alien-registration")
        told = await heard(messages)
    assert told[-2:] == [("show", ["ko"]), ("show", ["vi"])]


async def test_the_citizens_events_wait_for_the_citizens_language(at: House) -> None:
    visitor, session = await at.helped("vi")
    async with at.relay.store.subscribe(session.id, "citizen") as messages:
        await visitor.get("/vi/services/alien-registration")
        told = await heard(messages)
    assert told == [("show", ["vi"])], "until then there is no registry to look them up in"
    assert not await at.relay.up(session.id, "agent", Highlight("help"), AGENT) or session.level == "view"


async def test_an_act_upon_half_a_page_waits_for_the_whole(at: House) -> None:
    """What it is called is said in the citizen's language."""
    visitor, session = await at.helped("vi")
    await visitor.get("/vi/services/alien-registration")
    whole = await at.relay.store.standing(session.id)
    assert whole is not None
    half = msgspec.structs.replace(whole, elements={}, twins={"ko": whole.twins["ko"]}, complete=False)
    await at.relay.store.stand(session.id, half)
    act = asyncio.create_task(at.relay.up(session.id, "agent", Highlight("help"), AGENT))
    await asyncio.sleep(0.1)
    assert not act.done()
    await at.relay.store.stand(session.id, whole)
    assert await act == ""
    said = (await at.relay.transcript(session.id, "citizen"))[-1]
    assert "Trợ giúp" in said.text


async def test_the_loop_goes_on_while_something_is_drawn() -> None:
    drawing, goes = Drawing(), threading.Event()
    drawn = asyncio.create_task(drawing.draw(lambda: goes.wait(10)))
    await asyncio.sleep(0)
    goes.set()  # on the loop this would never be reached
    assert await drawn


async def test_a_page_that_was_left_is_not_drawn_any_more() -> None:
    drawing, order = Drawing(), list[tuple[int, bool]]()
    first_in = asyncio.Event()

    async def page(number: int) -> None:
        async with drawing.turn("a", number) as wanted:
            order.append((number, wanted()))
            first_in.set()
            await drawing.draw(lambda: None)
            await asyncio.sleep(0.02)
            order.append((number, wanted()))

    first = asyncio.create_task(page(1))
    await first_in.wait()
    await asyncio.gather(first, *(page(number) for number in (2, 4, 3)))
    assert order == [(1, True), (1, False), (2, False), (2, False), (4, True), (4, True), (3, False), (3, False)]
    assert not drawing._turns, "nothing is left behind"
