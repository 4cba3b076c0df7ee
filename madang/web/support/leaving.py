"""Who signs out leaves remote support, too, on either side."""

import logging
from typing import Final

from starlette.requests import Request

from madang.remote_support.ports import StoreUnavailable
from madang.remote_support.states import Stopped
from madang.web.access import ROLES, Access
from madang.web.portal import portal, session_of
from madang.web.state import StateUnavailable
from madang.web.support.request import support_of

log: Final = logging.getLogger("madang.support")
ENDED: Final = "ended"
"""In place of the token, until the page after signing out has said that help ended: nothing can be read with it."""


async def end_support(request: Request) -> bool:
    """Ends the live session of the citizen who makes the request, or those of the agent. To be called before the
    sign-in itself is gone. A store that does not answer keeps nobody from signing out. Returns whether it was the
    citizen's."""
    relay = portal(request).support
    if relay is None:
        return False
    named = support_of(request)
    ended = False
    try:
        if named.named and (session := await named.get()) is not None and session.live:
            named.renew(await relay.apply(session.id, Stopped("citizen")))
            ended = True
        who = await session_of(request)
        if who is not None and not ROLES[Access.AGENT].isdisjoint(who.roles):
            for session in await relay.with_agent(who.subject):
                await relay.apply(session.id, Stopped("agent"))
    except (StoreUnavailable, StateUnavailable):
        log.warning("a live session could not be ended by signing out: the store does not answer")
    return ended
