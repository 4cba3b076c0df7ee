"""The WebSocket of the whole portal: who signed in how, with which cookie, from which site."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
import uvicorn
from portal_kit import BASE, Visitor
from support_kit import code_on
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from madang.remote_support.connection import OVER
from madang.remote_support.messages import SUBPROTOCOL
from madang.remote_support.relay import Relay
from madang.web.serve import configuration

pytestmark = pytest.mark.anyio
AGENT, OTHER, PERSON = "baek-noeul", "tran-thi-mai", "han-garam"


@pytest.fixture(scope="module")
async def port(app: Any) -> AsyncIterator[int]:
    """The portal of this module, by TCP, too."""
    made = configuration("unused:unused", 1, sockets=100)
    made.app, made.factory, made.lifespan, made.loop, made.timeout_graceful_shutdown = app, False, "off", "none", 1
    server = uvicorn.Server(made)
    listening = socket.create_server(("127.0.0.1", 0))
    task = asyncio.create_task(server.serve([listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    await task


def opened(port: int, ticket: str, who: Visitor | None, **headers: str) -> connect:
    """A WebSocket as the browser of ``who`` opens it: with its cookies and, unless told otherwise, from our pages."""
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in who.http.cookies.jar) if who else ""
    return connect(
        f"ws://portal.test/support/socket?ticket={ticket}",
        host="127.0.0.1",
        port=port,
        origin=headers.pop("origin", BASE),  # type: ignore[arg-type]
        subprotocols=[SUBPROTOCOL],  # type: ignore[list-item]
        additional_headers={"Cookie": cookies, **headers},
        compression=None,
        proxy=None,
    )


async def refused(port: int, ticket: str, who: Visitor | None, **headers: str) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with opened(port, ticket, who, **headers):
            pass
    assert caught.value.response.status_code == 403


async def ticket_of(citizen: Visitor) -> dict[str, Any]:
    response = await citizen.post("/vi/help/support/ticket", {"page": "1"})
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


async def signed_in(visitors: Any, person: str) -> Visitor:
    agent: Visitor = visitors()
    await agent.sign_in(person, "/ko/desk")
    return agent


async def told(connection: ClientConnection, kind: str) -> dict[str, Any]:
    async with asyncio.timeout(5):
        while True:
            message: dict[str, Any] = msgspec.json.decode(await connection.recv())
            if message["type"] == kind:
                return message


@contextlib.asynccontextmanager
async def helped(app: Any, visitors: Any) -> AsyncIterator[tuple[Visitor, Visitor, str]]:
    """Citizen, agent and session, matched and agreed."""
    citizen: Visitor = visitors()
    await citizen.post("/vi/help/support", {"from": "/vi/services", "way": "code"})
    agent, relay = await signed_in(visitors, AGENT), relay_of(app)
    found = await relay.of_token(token(citizen))
    assert found is not None
    response = await agent.post("/ko/desk/code", {"code": relay.code(found)})
    assert response.status_code == 200
    assert f"/ko/desk/sessions/{found.id}" in str(response.url)
    await citizen.post("/vi/help/support/agree", {"answer": "yes", "level": "assist"})
    yield citizen, agent, found.id
    await citizen.post("/vi/help/support/stop")


def relay_of(app: Any) -> Relay:
    while not hasattr(app, "state"):
        app = app._app
    relay = app.state.portal.support
    assert isinstance(relay, Relay)
    return relay


def token(citizen: Visitor) -> str:
    return next(cookie.value or "" for cookie in citizen.http.cookies.jar if cookie.name == "__Host-madang-support")


async def desk_ticket(agent: Visitor, session: str) -> str:
    response = await agent.post(f"/ko/desk/sessions/{session}/ticket")
    assert response.status_code == 200
    return str(response.json()["ticket"])


async def test_a_citizens_click_reaches_the_agents_frame(app: Any, visitors: Any, port: int) -> None:
    async with helped(app, visitors) as (citizen, agent, session):
        page = await citizen.get("/vi/services")
        assert "data-support" in page.text
        async with (
            opened(port, await desk_ticket(agent, session), agent) as desk,
            opened(port, (await ticket_of(citizen))["ticket"], citizen) as browser,
        ):
            await desk.send('{"type":"hello"}')
            shown = await told(desk, "page")
            assert shown["lang"] == "ko"
            ref = next(name for name, element in shown["elements"].items() if element["role"] == "link")
            await browser.send(msgspec.json.encode({"type": "hello", "page": shown["number"]}).decode())
            await browser.send(msgspec.json.encode({"type": "focus", "ref": ref}).decode())
            assert (await told(desk, "seen"))["event"] == {"type": "focus", "ref": ref}
            await desk.send(msgspec.json.encode({"type": "highlight", "ref": ref}).decode())
            guide = await told(browser, "guide")
            assert (guide["ref"], guide["said"]["lang"]) == (ref, "vi")
            await citizen.post("/vi/help/support/stop")
            assert (await told(desk, "state"))["state"] == "ended"
            await desk.wait_closed()
            assert desk.close_code == OVER


async def test_another_site_opens_nothing_even_with_the_cookies(app: Any, visitors: Any, port: int) -> None:
    async with helped(app, visitors) as (citizen, agent, session):
        for who, ticket in (
            (citizen, (await ticket_of(citizen))["ticket"]),
            (agent, await desk_ticket(agent, session)),
        ):
            for origin in ("https://evil.example", "https://portal.test.evil.example", "http://portal.test", "null"):
                await refused(port, ticket, who, origin=origin)
            async with opened(port, ticket, who):
                pass


async def test_no_other_site_gets_a_ticket(app: Any, visitors: Any) -> None:
    async with helped(app, visitors) as (citizen, agent, session):
        for who, path in ((citizen, "/vi/help/support/ticket"), (agent, f"/ko/desk/sessions/{session}/ticket")):
            for site in ("cross-site", "same-site"):
                response = await who.http.post(path, headers={"Sec-Fetch-Site": site, "Origin": "https://evil.example"})
                assert response.status_code == 403


async def test_a_stolen_ticket_is_worth_nothing(app: Any, visitors: Any, port: int) -> None:
    async with helped(app, visitors) as (citizen, agent, session):
        for who, steal in ((citizen, ticket_of), (agent, None)):
            for thief in (None, visitors(), await signed_in(visitors, OTHER), agent if steal else citizen):
                ticket = (await steal(who))["ticket"] if steal else await desk_ticket(who, session)
                await refused(port, ticket, thief)
                await refused(port, ticket, who)  # and now it is used up


async def test_a_ticket_is_worth_nothing_the_second_time(app: Any, visitors: Any, port: int) -> None:
    async with helped(app, visitors) as (citizen, _, _):
        ticket = (await ticket_of(citizen))["ticket"]
        async with opened(port, ticket, citizen):
            await refused(port, ticket, citizen)
        await refused(port, ticket, citizen)


async def test_who_is_no_agent_gets_neither_desk_nor_ticket(app: Any, visitors: Any, port: int) -> None:
    async with helped(app, visitors) as (_, agent, session):
        for who in (visitors(), await signed_in(visitors, PERSON), await signed_in(visitors, OTHER)):
            response = await who.post(f"/ko/desk/sessions/{session}/ticket")
            assert not response.headers["content-type"].startswith("application/json")
        person = await signed_in(visitors, PERSON)
        await refused(port, await relay_of(app).ticket(session, "agent", PERSON), person)
        async with opened(port, await desk_ticket(agent, session), agent):
            pass


async def test_an_agent_who_has_signed_out_opens_nothing_more(app: Any, visitors: Any, port: int) -> None:
    async with helped(app, visitors) as (_, agent, session):
        ticket = await desk_ticket(agent, session)
        kept = Visitor(app)
        kept.http.cookies.update(agent.http.cookies)
        await agent.post("/ko/sign-out")
        await refused(port, ticket, kept)


async def test_after_stop_the_agent_opens_nothing_more(app: Any, visitors: Any, port: int) -> None:
    async with helped(app, visitors) as (citizen, agent, session):
        ticket = await desk_ticket(agent, session)
        await citizen.post("/vi/help/support/stop")
        async with opened(port, ticket, agent) as desk:
            await desk.send('{"type":"hello"}')
            assert (await told(desk, "state"))["state"] == "ended"
            await desk.wait_closed()
            assert desk.close_code == OVER


async def test_no_other_path_is_a_websocket(visitors: Any, port: int) -> None:
    for path in ("/", "/support/socket/", "/vi/help/support", "/support"):
        with pytest.raises(InvalidStatus) as caught:
            async with connect(f"ws://portal.test{path}", host="127.0.0.1", port=port, origin=BASE, proxy=None):  # type: ignore[arg-type]
                pass
        assert caught.value.response.status_code == 403


async def test_a_guardian_looks_after_the_yes_and_is_gone_at_once(app: Any, visitors: Any, port: int) -> None:
    own, support = "/th/help/support/guardian", "/vi/help/support/invite"
    async with helped(app, visitors) as (citizen, _, session):
        relay, guardian = relay_of(app), visitors()
        await guardian.post(own, {"do": "code", "code": code_on((await citizen.post(support, {"do": "invite"})).text)})
        await guardian.post(own, {"do": "yes"})
        await refused(port, await relay.ticket(session, "guardian"), guardian)
        await citizen.post(support, {"do": "yes", "back": "/vi/services"})
        for thief in (None, visitors(), citizen):
            await refused(port, await relay.ticket(session, "guardian"), thief)
        async with opened(port, (await guardian.post(f"{own}/ticket")).json()["ticket"], guardian) as connection:
            await connection.send('{"type":"hello"}')
            assert (await told(connection, "state"))["guardian"] is True
            shown, standing = await told(connection, "page"), await relay.store.standing(session)
            assert standing is not None
            assert (shown["lang"], shown["html"]) == ("th", standing.twins["th"].html)
            await connection.send('{"type":"highlight","ref":"search"}')
            assert (await told(connection, "refused"))["why"] == "form"
            await connection.send(msgspec.json.encode({"type": "chat", "text": "สวัสดี"}).decode())
            said = await told(connection, "said")
            assert (said["who"], said["text"], said["lang"]) == ("guardian", "สวัสดี", "th")
            await citizen.get(support)  # a page on which the citizen is alone
            await told(connection, "blank")
            await citizen.post(support, {"do": "away"})
            await connection.wait_closed()
            assert connection.close_code == OVER
        assert (await guardian.post(f"{own}/ticket")).status_code == 404
        await refused(port, await relay.ticket(session, "guardian"), guardian)
