"""The preferences group: how pages look for a person on each of their devices. Nothing else is kept, and no history."""

from typing import Final

from sqlalchemy import Connection, delete, insert, select

from madang.backend.routing import Call, Handler
from madang.backend.tables import preferences
from madang.contract.messages.preferences import AccountPreferences


async def saved(call: Call) -> AccountPreferences:
    """The caller's; empty when they have none."""
    asked = select(preferences.c.written).where(preferences.c.subject == call.owner)
    found = await call.house.database.read(lambda connection: connection.execute(asked).scalar())
    return AccountPreferences(found or "")


async def save(call: Call) -> None:
    """In place of what was; an empty one leaves no row."""
    wanted: AccountPreferences = call.message
    owner, now = call.owner, call.now

    def work(connection: Connection) -> None:
        connection.execute(delete(preferences).where(preferences.c.subject == owner))
        if wanted.written:
            connection.execute(insert(preferences).values(subject=owner, written=wanted.written, at=now))

    await call.house.database.write(work)


HANDLERS: Final[dict[str, Handler]] = {"preferences": saved, "save_preferences": save}
