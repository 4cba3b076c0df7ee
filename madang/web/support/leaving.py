"""Who signs out leaves remote support, too, on either side."""

import logging
from typing import Final

from starlette.requests import Request

from madang.remote_support.ports import StoreUnavailable
from madang.remote_support.states import Stopped
from madang.web.access import ROLES, Access
from madang.web.portal import portal, session_of
from madang.web.state import StateUnavailable
from madang.web.support.guest import guest_of
from madang.web.support.request import support_of

log: Final = logging.getLogger("madang.support")
ENDED: Final = "ended"
"""In place of the token, until the page after signing out has said that help ended: nothing can be read with it."""


async def end_support(request: Request, *, at_a_kiosk: bool = False) -> bool:
    """Ends the live session of the citizen who makes the request, or those of the agent. To be called before the
    sign-in itself is gone. A store that does not answer keeps nobody from signing out. Returns whether it was the
    citizen's. ``at_a_kiosk``: what was asked for and has not begun ends, too, and a guardian goes."""
    relay = portal(request).support
    if relay is None:
        return False
    named = support_of(request)
    ended = False
    try:
        session = await named.get() if named.named else None
        if session is not None and (session.live or (at_a_kiosk and not session.over)):
            named.renew(await relay.apply(session.id, Stopped("citizen")))
            ended = True
        if at_a_kiosk and (guest := await guest_of(request)) is not None:
            await relay.guardians.leave(guest)
        who = await session_of(request)
        if who is not None and not ROLES[Access.AGENT].isdisjoint(who.roles):
            for session in await relay.with_agent(who.subject):
                await relay.apply(session.id, Stopped("agent"))
    except (StoreUnavailable, StateUnavailable):
        log.warning("a live session could not be ended by signing out: the store does not answer")
    return ended
