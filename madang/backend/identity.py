"""The identity group: what the state already knows about the person who is signed in."""

from typing import Final

import msgspec
from sqlalchemy import Connection, select

from madang.backend.problems import Refusal
from madang.backend.routing import Call, Handler
from madang.backend.tables import people
from madang.contract.messages.identity import HouseholdMember, Person
from madang.forms.fields.dates import iso_date


def person_of(connection: Connection, subject: str) -> Person | None:
    """The person as the identity register has them. Who lives alone, or is on no resident register, is the only member
    of their household: a form that asks whom it is about has somebody to offer."""
    found = connection.execute(select(people.c.person).where(people.c.subject == subject)).scalar()
    if found is None:
        return None
    person = msgspec.convert(found, Person)
    if person.household or (born := iso_date(person.facts.get("date_of_birth"))) is None:
        return person
    return msgspec.structs.replace(person, household=(HouseholdMember("self", person.name, "self", born),))


async def person(call: Call) -> Person:
    """The caller. Refuses not-found when no register knows them."""
    found = await call.house.database.read(lambda connection: person_of(connection, call.owner))
    if found is None:
        raise Refusal("not-found")
    return found


HANDLERS: Final[dict[str, Handler]] = {"person": person}
