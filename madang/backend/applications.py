"""The applications group, after submission: list, read, withdraw, and the clerk's decision."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, RowMapping, insert, select, update

from madang.backend.certificates import Request, certificate, owe, template_of
from madang.backend.documents import summaries
from madang.backend.drafts import stored_files
from madang.backend.identifiers import application_number
from madang.backend.identity import person_of
from madang.backend.problems import Refusal, invalid
from madang.backend.registration import register
from madang.backend.routing import Call, Handler
from madang.backend.sharing import look_up
from madang.backend.tables import applications, events, jobs
from madang.contract.messages.applications import Application, ApplicationEvent, ApplicationList, ApplicationStatus
from madang.contract.messages.documents import DocumentContent
from madang.i18n.text import Text

UNFINISHED: Final[frozenset[ApplicationStatus]] = frozenset({"received", "in-review", "more-info"})
_STORED: Final = tuple(
    name
    for name in Application.__struct_fields__
    if name not in ("events", "documents", "may_withdraw", "files", "reading")
)


def as_applications(connection: Connection, rows: Sequence[RowMapping], call: Call) -> tuple[Application, ...]:
    """Rows of ``applications`` as the contract has them, with their events and documents."""
    numbers = [row["number"] for row in rows]
    history: dict[str, list[ApplicationEvent]] = defaultdict(list)
    statement = select(events.c.application, events.c.at, events.c.status, events.c.note)
    for row in connection.execute(statement.where(events.c.application.in_(numbers)).order_by(events.c.id)).mappings():
        note = None if row["note"] is None else msgspec.convert(row["note"], Text)
        history[row["application"]].append(ApplicationEvent(row["at"], row["status"], note))
    issued = summaries(connection, call.now, applications=numbers)
    return tuple(
        Application(
            **{name: row[name] for name in _STORED},
            events=tuple(history[row["number"]]),
            documents=tuple(summary for summary in issued if summary.application == row["number"]),
            may_withdraw=row["status"] in UNFINISHED,
            files=stored_files(connection, row["draft"]),
        )
        for row in rows
    )


def find(connection: Connection, number: str, owner: str | None = None, lock: bool = False) -> RowMapping:
    """One application's row. Raises Refusal not-found, also when it is not ``owner``'s."""
    statement = select(applications).where(applications.c.number == number)
    if owner is not None:
        statement = statement.where(applications.c.owner == owner)
    row = connection.execute(statement.with_for_update() if lock else statement).mappings().first()
    if row is None:
        raise Refusal("not-found")
    return row


def as_application(connection: Connection, number: str, call: Call, owner: str | None = None) -> Application:
    """One application whole, with what was read on the screen. Raises Refusal not-found."""
    row = find(connection, number, owner)
    application = as_applications(connection, [row], call)[0]
    if row["reading"] is None:
        return application
    return msgspec.structs.replace(application, reading=msgspec.convert(row["reading"], DocumentContent))


def move(connection: Connection, number: str, status: ApplicationStatus, call: Call, note: str = "") -> None:
    """Changes the status and writes the event, with who did it."""
    connection.execute(update(applications).where(applications.c.number == number).values(status=status))
    text = Text(ko=note) if note else None
    connection.execute(
        insert(events).values(application=number, at=call.now, status=status, note=text, actor=call.owner)
    )


async def list_applications(call: Call) -> ApplicationList:
    """The caller's, newest first."""

    def work(connection: Connection) -> ApplicationList:
        statement = (
            select(applications)
            .where(applications.c.owner == call.owner)
            .order_by(applications.c.submitted.desc(), applications.c.number)
        )
        return ApplicationList(as_applications(connection, connection.execute(statement).mappings().all(), call))

    return await call.house.database.read(work)


async def read(call: Call) -> Application:
    number = application_number(call.path["number"])
    return await call.house.database.read(lambda connection: as_application(connection, number, call, call.owner))


async def withdraw(call: Call) -> Application:
    """Takes an application back, unless it is finished; a document that was owed is not made any more."""
    number = application_number(call.path["number"])

    def work(connection: Connection) -> Application:
        row = find(connection, number, call.owner, lock=True)
        if row["status"] not in UNFINISHED:
            raise Refusal("not-possible")
        owed = (jobs.c.application == number, jobs.c.state == "waiting")
        connection.execute(update(jobs).where(*owed).values(state="cancelled"))
        move(connection, number, "withdrawn", call)
        return as_application(connection, number, call)

    return await call.house.database.write(work)


async def decide(call: Call) -> Application:
    """A clerk's decision; ``completed`` issues the document from the register, or changes the register."""
    number, decision = application_number(call.path["number"]), call.message
    note = decision.note.strip()
    if decision.status in ("returned", "more-info") and not note:
        raise invalid(("note", "missing"))

    def work(connection: Connection) -> bool:
        row = find(connection, number, lock=True)
        job = connection.execute(select(jobs.c.state).where(jobs.c.application == number)).scalar()
        if row["status"] not in UNFINISHED or job is not None:
            raise Refusal("not-possible")
        if decision.status == "completed" and _owe(connection, row, call):
            return True
        move(connection, number, decision.status, call, note)
        return False

    if await call.house.database.write(work):
        await call.house.desk.issue_now(number)
    return await call.house.database.read(lambda connection: as_application(connection, number, call))


def _owe(connection: Connection, row: RowMapping, call: Call) -> bool:
    """Makes the job of an application that a clerk approved; False when its service issues no document, but registers
    what was reported."""
    holdings = call.house.holdings
    service, form = holdings.services.get(row["service"]), holdings.forms.get(row["form"])
    person = person_of(connection, row["owner"])
    if service is None or form is None or person is None:
        raise Refusal("not-possible")
    template = template_of(holdings, service, row["answers"])
    if template is None:
        register(connection, row)
        return False
    # The authority that keeps the register reads it for its own decision: nothing is shared, so no consent is needed.
    record = look_up(connection, row["owner"], service, row["number"], "not-needed", call.now, row["answers"])
    if record is None:
        raise Refusal("not-possible")
    request = Request(service, form, row["answers"], person, row["about"], row["locale"])
    try:
        wanted = certificate(holdings, template, request, record, call.now)
    except Refusal as refusal:
        raise Refusal("not-possible") if refusal.kind in ("not-on-register", "withheld") else refusal from None
    owe(connection, row["number"], wanted, call.now, call.house.desk.lease)
    return True


HANDLERS: Final[dict[str, Handler]] = {
    "applications": list_applications,
    "application": read,
    "withdraw": withdraw,
    "decide": decide,
}
