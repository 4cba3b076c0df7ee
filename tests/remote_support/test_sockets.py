"""Connections, over real sockets: who gets in, what reaches whom, what ends them. In memory and in Redis alike."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from relay_kit import JUN, MINA, House, standing
from socket_kit import SIGHT, Server, serving
from websockets.exceptions import InvalidStatus

from madang.remote_support import connection as connections
from madang.remote_support.messages import LARGEST, Chat, Fragment
from madang.remote_support.states import Agreed, Stopped
from madang.web.middleware.sockets import PATH

pytestmark = pytest.mark.anyio


@pytest.fixture
async def server(at: House) -> AsyncIterator[Server]:
    async with serving(at) as made:
        yield made


async def test_the_citizens_page_and_the_desk_see_the_same(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    async with server.open(session.id, "citizen", page=1) as citizen, server.open(session.id, "agent") as desk:
        assert (await citizen.next())["state"] == "viewing"
        page = await desk.next("page")
        assert (page["number"], page["lang"]) == (1, "ko")
        await citizen.send(type="focus", ref="q-copies")
        assert await desk.next("seen") == {"type": "seen", "page": 1, "event": {"type": "focus", "ref": "q-copies"}}
        await desk.send(type="highlight", ref="q-copies")
        guide = await citizen.next("guide")
        assert (guide["ref"], guide["said"]["lang"]) == ("q-copies", "vi")
        assert (await desk.next("said"))["lang"] == "ko"
        await desk.send(type="suggest", ref="q-copies", value="2")
        suggestion = await citizen.next("suggestion")
        await citizen.send(type="answer", suggestion=suggestion["id"], accepted=True)
        assert (await desk.next("answered"))["accepted"] is True
        await citizen.send(type="chat", text="xin chào")
        assert (await desk.next("said"))["text"] == "xin chào"
        await citizen.send(type="stop")
        assert (await desk.state("ended"))["reason"] == "stopped"
        assert await desk.closed() == connections.OVER
        assert await citizen.closed() == connections.OVER
    kinds = at.trail.kinds(session.id)
    assert kinds == ["asked", "matched", "agreed", "highlight", "suggest", "accepted", "chat", "ended"]


async def test_a_blank_comes_before_anything_that_is_sensitive(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    async with server.open(session.id, "agent") as desk:
        await desk.next("page")
        await at.relay.page(session.id, "pay", sensitive=True)
        assert (await desk.next())["type"] == "blank"
        assert (await desk.next())["state"] == "paused"
        await at.relay.stand(session.id, standing(2))
        await desk.send(type="language", whose="citizen")
        assert (await desk.next())["type"] == "blank"
        assert await desk.quiet() == []
        await at.relay.page(session.id, "apply/question", sensitive=False)
        assert (await desk.next("state"))["state"] == "viewing"
        await at.relay.stand(session.id, standing(3))
        assert (await desk.next("page"))["number"] == 3


async def test_the_page_is_shown_in_the_language_that_is_asked_for(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    async with server.open(session.id, "agent") as desk:
        assert (await desk.next("page"))["lang"] == "ko"
        await desk.send(type="language", whose="citizen")
        assert (await desk.next("page"))["lang"] == "vi"
        await at.relay.page(session.id, "apply/question", sensitive=False)
        await at.relay.stand(session.id, standing(2))
        assert (await desk.next("page"))["lang"] == "vi"
        parts = {lang: Fragment(2, "next", f"<b>{lang}</b>") for lang in ("ko", "vi")}
        await at.relay.fragment(session.id, parts)  # type: ignore[arg-type]
        assert (await desk.next("fragment"))["html"] == "<b>vi</b>"


async def test_who_comes_late_or_again_is_sent_everything(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    async with server.open(session.id, "citizen", page=1) as citizen:
        await citizen.next("state")
        await citizen.send(type="value", ref="q-copies", value="1")
        await citizen.send(type="value", ref="q-copies", value="2")
        await citizen.send(type="focus", ref="q-copies")
        await until(lambda: noted(at, session.id), 2)
        await at.relay.fragment(session.id, {"ko": Fragment(1, "next", "<b>1</b>")})
        await at.relay.fragment(session.id, {"ko": Fragment(1, "next", "<b>2</b>")})
        for _ in range(2):
            async with server.open(session.id, "agent") as desk:
                await desk.next("page")
                assert (await desk.next())["html"] == "<b>2</b>"
                assert (await desk.next())["event"] == {"type": "value", "ref": "q-copies", "value": "2"}
                assert (await desk.next())["event"] == {"type": "focus", "ref": "q-copies"}
                await desk.send(type="hello")
                assert (await desk.next("state", "page"))["type"] == "state"
                await desk.next("page")


async def test_a_desk_that_comes_back_is_told_what_was_said(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    async with server.open(session.id, "agent") as desk:
        await desk.next("page")
        await desk.send(type="highlight", ref="next")
        said = await desk.next("said")
    await at.relay.up(session.id, "citizen", Chat("xin chào"))
    async with server.open(session.id, "agent") as desk:
        assert await desk.next("said") == said
        assert (await desk.next())["text"] == "xin chào"
        assert (await desk.next())["type"] == "page"


async def test_events_that_come_before_the_registry_are_told_when_it_stands(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    await at.relay.page(session.id, "apply/question", sensitive=False)
    async with server.open(session.id, "citizen", page=2) as citizen, server.open(session.id, "agent") as desk:
        await citizen.send(type="value", ref="q-copies", value="2")
        assert not [each for each in await desk.quiet() if each["type"] in ("seen", "page")]
        await at.relay.stand(session.id, standing(2))
        await desk.next("page")
        assert (await desk.next("seen"))["event"]["value"] == "2"


async def test_a_page_that_was_left_tells_nothing_more_and_is_told_no_acts(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    async with server.open(session.id, "citizen", page=1) as old, server.open(session.id, "agent") as desk:
        await desk.next("page")
        await at.relay.page(session.id, "apply/question", sensitive=False)
        await at.relay.stand(session.id, standing(2))
        await desk.next("page")
        await old.send(type="value", ref="q-copies", value="2")
        assert (await old.next("refused"))["why"] == "state"
        await desk.send(type="highlight", ref="q-copies")
        await desk.next("said")
        assert not [each for each in await old.quiet() if each["type"] == "guide"]
        assert not [each for each in await desk.quiet() if each["type"] == "seen"]


async def test_the_citizen_who_is_lost_blanks_the_desk_and_comes_back(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    async with server.open(session.id, "agent") as desk:
        await desk.next("page")
        async with server.open(session.id, "citizen", page=1) as citizen:
            await citizen.next("state")
        assert (await desk.next("blank"))["type"] == "blank"
        await desk.state("away")
        async with server.open(session.id, "citizen", page=1) as citizen:
            await desk.state("viewing")
            assert (await desk.next("page"))["number"] == 1
            await at.relay.page(session.id, "apply/question", sensitive=False)
        await at.relay.stand(session.id, standing(2))
        assert (await desk.next("page"))["number"] == 2
    assert "blank" not in [message["type"] for message in desk.seen[desk.seen.index({"type": "blank"}) + 1 :]]


async def test_nothing_of_a_page_is_sent_before_the_citizen_agrees(server: Server) -> None:
    at = server.at
    session, _ = await at.waiting()
    await at.relay.page(session.id, "apply/question", sensitive=False)
    await at.relay.enter_code(MINA, at.relay.code(session))
    async with server.open(session.id, "agent") as desk:
        await at.relay.stand(session.id, standing(1))
        await desk.send(type="language", whose="citizen")
        for _ in ("hello", "language"):
            await desk.next("blank")
        await desk.quiet()
        assert {message["type"] for message in desk.seen} == {"state", "blank"}
        await at.relay.apply(session.id, Agreed("view"))
        await desk.next("page")


async def test_after_a_hand_over_the_first_agent_sees_nothing_more(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    async with server.open(session.id, "agent") as first:
        await first.next("page")
        await at.relay.hand_over(session.id, JUN)
        assert await first.closed() == connections.OVER
        assert [message["type"] for message in first.seen[first.seen.index({"type": "blank"}) :]] == ["blank"]
        async with server.open(session.id, "agent", agent=JUN.id) as second:
            assert (await second.next("state"))["state"] == "matched"
            await at.relay.apply(session.id, Agreed("view"))
            assert (await second.next("page"))["lang"] == "en"
        async with server.open(session.id, "agent", agent=MINA.id) as first_again:
            assert await first_again.closed() == connections.OVER
            assert first_again.seen == []


# Who gets in.
async def test_a_ticket_lets_in_once(server: Server) -> None:
    session = await server.at.viewing()
    ticket = await server.at.relay.ticket(session.id, "citizen")
    async with server.raw(ticket):
        pass
    await refused(server, ticket)


async def test_a_stolen_ticket_is_worth_nothing_and_its_use_is_written_down(server: Server) -> None:
    session = await server.at.viewing()
    await refused(server, await server.at.relay.ticket(session.id, "agent", MINA.id), who=JUN.id)
    assert server.at.trail.kinds(session.id)[-1] == "refused-connection"
    async with server.open(session.id, "agent") as desk:
        await desk.next("page")


async def test_without_a_ticket_nobody_gets_in(server: Server) -> None:
    for ticket in ("", "x" * 43, "%00", "a" * 4000, "é"):
        await refused(server, ticket)
    session = await server.at.viewing()
    ticket = await server.at.relay.ticket(session.id, "citizen")
    await refused(server, f"{'y' * 43}&ticket={ticket}")


async def test_another_site_cannot_open_a_connection(server: Server) -> None:
    session = await server.at.viewing()
    for origin in ("https://evil.example", "null", f"https://127.0.0.1:{server.port}", "http://127.0.0.1"):
        ticket = await server.at.relay.ticket(session.id, "citizen")
        await refused(server, ticket, origin=origin)
        async with server.raw(ticket):  # nor did it cost the ticket
            pass
    assert server.app.metrics.refused["socket-origin"] == 4


async def test_a_page_of_another_name_for_this_address_is_refused(server: Server) -> None:
    """A name of somebody else's that leads here: its pages are of the same origin as it."""
    ticket = await server.at.relay.ticket((await server.at.viewing()).id, "citizen")
    elsewhere = Server(server.at, server.port, server.app, name="evil.example")
    await refused(elsewhere, ticket, origin=f"http://evil.example:{server.port}", host="127.0.0.1")
    async with server.raw(ticket):
        pass


async def test_another_path_or_version_is_refused(server: Server) -> None:
    session = await server.at.viewing()
    for more in ({"path": "/support"}, {"path": PATH + "/"}, {"subprotocols": ["madang.support.0"]}):
        await refused(server, await server.at.relay.ticket(session.id, "citizen"), **more)


async def test_one_process_holds_so_many_and_no_more(at: House) -> None:
    async with serving(at, most=2) as server:
        session = await at.viewing()
        async with server.open(session.id, "citizen", page=1) as one, server.open(session.id, "agent") as other:
            await one.next("state")
            await other.next("state")
            await refused(server, await at.relay.ticket(session.id, "citizen"))
        await until(lambda: asyncio.sleep(0, server.app.endpoint.open), 0)
        async with server.open(session.id, "citizen", page=1) as again:
            await again.next("state")


async def test_no_ticket_is_written_into_the_log(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    session = await server.at.viewing()
    ticket = await server.at.relay.ticket(session.id, "citizen")
    async with server.raw(ticket):
        pass
    await refused(server, ticket)
    assert caplog.records
    assert ticket not in caplog.text


# What ends them.
async def test_the_first_message_is_a_hello_or_there_is_no_connection(server: Server) -> None:
    session = await server.at.viewing()
    for text in ('{"type":"pong"}', "{", '{"type":"hello","page":-1}', '{"type":"hello","x":1}', "[]", "\x00"):
        async with server.open(session.id, "citizen", hello=False) as client:
            await client.connection.send(text)
            assert await client.closed() == connections.WRONG
            assert client.seen == []


async def test_a_message_that_is_too_large_ends_the_connection(server: Server) -> None:
    session = await server.at.viewing()
    async with server.open(session.id, "citizen", page=1) as client:
        await client.next("state")
        await client.connection.send('{"type":"chat","text":"' + "x" * LARGEST + '"}')
        assert await client.closed() == 1009


async def test_a_connection_that_says_nothing_is_closed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PING_SECONDS", 0.05)
    monkeypatch.setattr(connections, "SILENT_SECONDS", 1.0)
    session = await server.at.viewing()
    async with server.open(session.id, "citizen", page=1) as client:
        assert await client.closed() == connections.LATER
        assert [message["type"] for message in client.seen].count("ping") >= 2


async def test_an_agent_who_signs_out_loses_the_connection(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PING_SECONDS", 0.05)
    session = await server.at.viewing()
    async with server.open(session.id, "agent") as desk:
        await desk.next("page")
        signed_out = asyncio.sleep(0, False)
        monkeypatch.setattr(server.app.endpoint, "_guard", lambda scope, ticket: signed_out)
        assert await desk.closed() == connections.OVER
    lost = await server.at.relay.load(session.id)
    assert lost is not None
    await until(lambda: here(server.at, session.id), False)


async def test_a_stop_is_heard_by_the_other_side_however_it_came(server: Server) -> None:
    at, session = server.at, await server.at.viewing()
    async with server.open(session.id, "agent") as desk, server.open(session.id, "citizen", page=1) as citizen:
        await desk.next("page")
        await at.relay.apply(session.id, Stopped("citizen"))
        assert await desk.closed() == await citizen.closed() == connections.OVER
        assert [message["type"] for message in desk.seen[-2:]] == ["blank", "state"]
    async with server.open(session.id, "agent") as desk:
        assert await desk.closed() == connections.OVER
        assert [(message["type"], message["state"]) for message in desk.seen] == [("state", "ended")]


async def refused(server: Server, ticket: str, **more: object) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with server.raw(ticket, **more):  # type: ignore[arg-type]
            pass
    assert caught.value.response.status_code == 403


async def noted(at: House, session: str) -> int:
    return len(await at.store.noted(session))


async def here(at: House, session: str) -> bool:
    found = await at.relay.load(session)
    return found is not None and found.agent_here


async def until(look: object, wanted: object) -> None:
    async with asyncio.timeout(SIGHT):
        while await look() != wanted:  # type: ignore[operator]
            await asyncio.sleep(0.01)
