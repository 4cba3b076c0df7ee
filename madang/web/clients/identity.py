"""Calls of the identity group: what the state knows about the person who is signed in."""

from madang.contract.messages.identity import Accesses, Person
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend


async def person(backend: Backend, session: Caller) -> Person:
    """The signed-in person. Raises NotFound when no register knows them."""
    found: Person = await backend.call("person", session=session)
    return found


async def accesses(backend: Backend, session: Caller) -> Accesses:
    """Who looked at this person's information, newest first."""
    found: Accesses = await backend.call("accesses", session=session)
    return found
