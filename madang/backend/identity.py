"""The identity group: what the state already knows about the person who is signed in."""

from typing import Final

import msgspec
from sqlalchemy import Connection, select

from madang.backend.problems import Refusal
from madang.backend.routing import Call, Handler
from madang.backend.tables import people
from madang.contract.messages.identity import Person


def person_of(connection: Connection, subject: str) -> Person | None:
    """The person as the identity register has them."""
    found = connection.execute(select(people.c.person).where(people.c.subject == subject)).scalar()
    return None if found is None else msgspec.convert(found, Person)


async def person(call: Call) -> Person:
    """The caller. Refuses not-found when no register knows them."""
    found = await call.house.database.read(lambda connection: person_of(connection, call.owner))
    if found is None:
        raise Refusal("not-found")
    return found


HANDLERS: Final[dict[str, Handler]] = {"person": person}
