"""Handing over: an agent offers a session to the colleagues, and whoever takes it is asked about like the first."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.remote_support.states import Agent, Record, Session
from madang.web.links import link
from madang.web.portal import locale_of, portal, signed_in
from madang.web.views.desk_parts import Row, own_session, relay_of, row

KIND: Final = "desk-offer"
HANDED: Final = frozenset({"viewing", "paused"})
"""The states in which a session can change hands."""


async def offer(request: Request) -> Response:
    """POST /{lang}/desk/sessions/{session}/offer: offered to everybody at the desk, or (``offer=no``) no longer."""
    session, state = await own_session(request), portal(request).state
    form = await request.form(max_files=0, max_fields=3)
    if form.get("offer") == "no":
        if await state.take(KIND, session.id) is not None:
            relay_of(request).record(session, Record("agent", "offer-withdrawn"))
    elif session.state in HANDED and not await is_offered(request, session):
        await state.put(KIND, session.id, b"1", session.limits.whole)
        relay_of(request).record(session, Record("agent", "offered"))
    return RedirectResponse(link(locale_of(request), "desk_session", session=session.id), 303)


async def is_offered(request: Request, session: Session) -> bool:
    return session.state in HANDED and await portal(request).state.get(KIND, session.id) is not None


async def offered(request: Request) -> tuple[Row, ...]:
    """What colleagues offer; one's own is not among them."""
    who = await signed_in(request)
    every = [s for s in await relay_of(request).store.every() if s.agent is not None and s.agent.id != who.subject]
    return tuple([row(request, session) for session in every if await is_offered(request, session)])


async def take_over(request: Request, name: str, agent: Agent) -> Session | None:
    """The session, now this agent's; None when nobody offers it (any more): of several takers one gets it."""
    relay = relay_of(request)
    session = await relay.load(name)
    if session is None or session.state not in HANDED or session.agent is None or session.agent.id == agent.id:
        return None
    if await portal(request).state.take(KIND, name) is None:
        return None
    return await relay.hand_over(name, agent)
