"""Calls of the preferences group: how pages look for a person on each of their devices."""

from madang.contract.messages.preferences import AccountPreferences
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend


async def saved(backend: Backend, session: Caller) -> str:
    """What the person has saved, in written form; empty for nothing. Raises Unavailable."""
    found: AccountPreferences = await backend.call("preferences", session=session)
    return found.written


async def save(backend: Backend, session: Caller, written: str) -> None:
    """Saves it in place of what was; empty deletes it. Raises Unavailable, Invalid."""
    await backend.call("save_preferences", session=session, body=AccountPreferences(written))
