"""Calls of a clerk, or of the operator in a clerk's place: what waits, and one case with its files. The decision is a
call of ``applications``."""

from madang.contract.messages.clerk import Case, WaitingList
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend


async def waiting(backend: Backend, session: Caller) -> WaitingList:
    """What waits for a decision, the earliest deadline first. Raises Forbidden for who is no clerk."""
    found: WaitingList = await backend.call("waiting", session=session)
    return found


async def case(backend: Backend, session: Caller, number: str) -> Case:
    """One application with what the registers hold; the look is written down. Raises NotFound, Forbidden."""
    found: Case = await backend.call("case", session=session, params={"number": number})
    return found


async def file(backend: Backend, session: Caller, number: str, identifier: str) -> bytes:
    """An attachment. Raises NotFound, Forbidden."""
    content: bytes = await backend.call("case_file", session=session, params={"number": number, "file": identifier})
    return content
