"""What waits for a clerk: the list, one application whole with what the registers say, and its attachments."""

from typing import Final

import msgspec
from sqlalchemy import Connection, select
from starlette.responses import Response

from madang.backend.applications import as_application, find
from madang.backend.identifiers import application_number, opaque
from madang.backend.identity import person_of
from madang.backend.problems import Refusal
from madang.backend.routing import Call, Handler
from madang.backend.sharing import seen
from madang.backend.tables import applications, files, jobs, people
from madang.contract.messages.clerk import Case, Waiting, WaitingList
from madang.contract.messages.identity import Person, PersonName

_WAITING: Final = ("in-review", "more-info")


async def waiting(call: Call) -> WaitingList:
    """All that waits for a decision and for no document, the earliest deadline first."""

    def work(connection: Connection) -> WaitingList:
        columns = (applications.c.number, applications.c.service, applications.c.status, applications.c.submitted)
        statement = (
            select(*columns, applications.c.due, applications.c.owner, people.c.person)
            .outerjoin(people, people.c.subject == applications.c.owner)
            .outerjoin(jobs, jobs.c.application == applications.c.number)
            .where(applications.c.status.in_(_WAITING), jobs.c.application.is_(None))
            .order_by(applications.c.due, applications.c.submitted, applications.c.number)
        )
        return WaitingList(
            tuple(
                Waiting(
                    number=row.number,
                    service=row.service,
                    status=row.status,
                    submitted=row.submitted,
                    applicant=_name(msgspec.convert(row.person, Person) if row.person else None, row.owner),
                    due=row.due,
                )
                for row in connection.execute(statement)
            )
        )

    return await call.house.database.read(work)


async def case(call: Call) -> Case:
    """One application with what its service's registers hold now. The look-ups are recorded."""
    number = application_number(call.path["number"])

    def work(connection: Connection) -> Case:
        row = find(connection, number)
        if row["status"] not in _WAITING:
            raise Refusal("not-found")
        service = call.house.holdings.services.get(row["service"])
        records = seen(connection, row["owner"], service, row["answers"], number, call.now) if service else {}
        applicant = _name(person_of(connection, row["owner"]), row["owner"])
        return Case(as_application(connection, number, call), applicant, records)

    return await call.house.database.write(work)


async def case_file(call: Call) -> Response:
    """An attachment of an application that waits, as it was uploaded."""
    number, wanted = application_number(call.path["number"]), opaque(call.path["file"])

    def work(connection: Connection) -> Response:
        row = find(connection, number)
        statement = select(files.c.media_type, files.c.content).where(
            files.c.id == wanted, files.c.draft == row["draft"]
        )
        stored = connection.execute(statement).first()
        if row["status"] not in _WAITING or stored is None:
            raise Refusal("not-found")
        return Response(stored.content, headers={"Cache-Control": "no-store"}, media_type=stored.media_type)

    return await call.house.database.read(work)


def _name(person: Person | None, subject: str) -> PersonName:
    return person.name if person else PersonName(subject)


HANDLERS: Final[dict[str, Handler]] = {"waiting": waiting, "case": case, "case_file": case_file}
