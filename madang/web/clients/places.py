"""Calls about places: which building or lot is meant."""

from madang.contract.messages.places import PlaceQuery, Places
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend


async def find(backend: Backend, session: Caller, message: PlaceQuery) -> Places:
    """What the words may mean in that register. Raises NotFound when it is not about places, Invalid."""
    found: Places = await backend.call("find_places", session=session, body=message)
    return found
