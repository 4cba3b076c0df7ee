"""Submission, the heart: one transaction takes the answers, the look-ups, the number and the debt of a document, or
nothing.

Nothing is doubled, because a draft has one key, and an owner's key and a draft each stand in one application at most
(unique indexes). Nothing is lost, because the answer is sent after the commit and the document is owed by a row, not
by a process.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, insert, select, update

from madang.backend import registration
from madang.backend.applications import as_application
from madang.backend.certificates import Certificate, Request, certificate, owe, template_of
from madang.backend.deadlines import due_date
from madang.backend.drafts import as_draft, own, stored_files
from madang.backend.eligibility import check_assurance, member_asked_for, service_of
from madang.backend.identity import person_of
from madang.backend.problems import Refusal, invalid
from madang.backend.routing import Call, Handler
from madang.backend.sharing import look_up
from madang.backend.tables import applications, drafts, events
from madang.contract import numbers
from madang.contract.messages.applications import Application
from madang.contract.messages.catalogue import Service
from madang.contract.messages.identity import Person
from madang.forms.conditions import drop_hidden, holds
from madang.forms.model import Answers, FormDefinition
from madang.forms.validate import validate_answers
from madang.i18n.korea import day_in_korea

_HOURS_A_DAY: Final = 8
_MOST_FIELDS: Final = 50


async def submit(call: Call) -> Application:
    """The application, with its document when that could be made at once. The same submission again gives the same."""
    house = call.house
    number, owed = await house.database.settle(lambda connection: submit_in(connection, call))
    await (house.desk.issue_now(number) if owed else house.desk.wait_for(number))
    return await house.database.read(lambda connection: as_application(connection, number, call))


def submit_in(connection: Connection, call: Call) -> tuple[str, bool]:
    """In a transaction: the application's number, and whether a document is owed that this worker should make now."""
    wanted = call.message
    draft = own(connection, call, call.now, lock=True)
    if draft["state"] != "open":
        return _again(connection, draft, call), False
    if wanted.idempotency_key != draft["idempotency_key"]:
        raise invalid(("idempotency_key", "wrong"))
    if wanted.version != draft["version"]:
        raise Refusal("stale-draft", draft=as_draft(connection, draft))
    service, form = service_of(call.house.holdings, draft["service"], draft["form"])
    check_assurance(service, call.claims)
    person = person_of(connection, call.owner)
    if person is None:
        raise Refusal("not-on-register", authority=service.authority)
    answers = checked(connection, draft, form, person, call.now)
    about = member_asked_for(form, answers)
    request = Request(service, form, answers, person, about, wanted.locale)
    number = _free_number(connection, call.now)
    certified = _certified(connection, request, number, call) if _at_once(service, answers) else None
    reads = certified is not None and _only_reads(request, call)
    _keep(connection, draft, request, number, certified if reads else None, certified is not None, call)
    if certified is None or reads:
        return number, False
    owe(connection, number, certified, call.now, call.house.desk.lease)
    return number, True


def _again(connection: Connection, draft: RowMapping, call: Call) -> str:
    """The number that this draft has already. Raises Refusal already-submitted when this is not the same submission."""
    columns = (applications.c.version, applications.c.idempotency_key)
    row = connection.execute(select(*columns).where(applications.c.number == draft["application"])).one()
    if (row.version, row.idempotency_key) != (call.message.version, call.message.idempotency_key):
        raise Refusal("already-submitted", number=draft["application"])
    number: str = draft["application"]
    return number


def checked(
    connection: Connection, draft: Mapping[Any, Any], form: FormDefinition, person: Person, now: dt.datetime
) -> Answers:
    """What is submitted: of a draft's answers those of the pages that are asked. Raises Refusal invalid."""
    given: Answers = draft["answers"]
    if unknown := [name for name in given if name not in form.fields]:
        raise invalid(*((name, "unknown") for name in unknown[:_MOST_FIELDS]))
    answers = drop_hidden(form, given)
    today = day_in_korea(now)
    stored = {file.id for file in stored_files(connection, draft["id"])}
    errors = validate_answers(form, answers, today, person.household, stored, draft["locale"])
    if errors:
        raise invalid(*((error.field, error.code) for error in errors[:_MOST_FIELDS]))
    registration.check(draft["service"], answers)
    return answers


def _at_once(service: Service, answers: Answers) -> bool:
    """Whether no clerk needs to look: the service is immediate and the person lets its information be looked up."""
    if service.processing_time.rule != "immediate":
        return False
    asked = [needed for needed in service.inputs if needed.source == "shared" and needed.consent == "required"]
    if not asked or answers.get("consent") == "yes":
        return True
    if service.processing_time.manual_days and all(needed.fallback == "upload" for needed in asked):
        return False
    raise invalid(("consent", "confirm"))


def _certified(connection: Connection, request: Request, number: str, call: Call) -> Certificate | None:
    """What the document will say; None when the service issues none. Raises Refusal not-on-register, unprintable."""
    template = template_of(call.house.holdings, request.service, request.answers)
    if template is None:
        return None
    record = look_up(connection, call.owner, request.service, number, "given", call.now, request.answers)
    if record is None:
        raise Refusal("not-on-register", authority=request.service.authority)
    return certificate(call.house.holdings, template, request, record, call.now)


def _only_reads(request: Request, call: Call) -> bool:
    """Whether the answers ask to see the register on the screen and for no document."""
    template = template_of(call.house.holdings, request.service, request.answers)
    return template is not None and template.read_when is not None and holds(template.read_when, request.answers)


def _free_number(connection: Connection, now: dt.datetime) -> str:
    """A number that no application has; another transaction may still take it first, then all of this is done again."""
    while True:
        number = numbers.new_application_number(now)
        taken = select(applications.c.number).where(applications.c.number == number)
        if connection.execute(taken).first() is None:
            return number


def _keep(
    connection: Connection,
    draft: RowMapping,
    request: Request,
    number: str,
    read: Certificate | None,
    at_once: bool,
    call: Call,
) -> None:
    """The application, its first events and the closed draft. ``read``: what is shown on the screen instead of a
    document; nothing more is then to be done."""
    steps = ("received", "completed") if read else ("received",) if at_once else ("received", "in-review")
    values: dict[str, Any] = {
        "number": number,
        "owner": call.owner,
        "about": request.about,
        "idempotency_key": draft["idempotency_key"],
        "draft": draft["id"],
        "version": draft["version"],
        "service": request.service.identifier,
        "form": request.form.key,
        "answers": request.answers,
        "status": steps[-1],
        "reading": read.content if read else None,
        "submitted": call.now,
        "started": draft["created"],
        "locale": request.locale,
        "due": None if at_once else _due(request.service, call.now),
    }
    connection.execute(insert(applications).values(**values))
    for status in steps:
        connection.execute(insert(events).values(application=number, at=call.now, status=status, actor=call.owner))
    connection.execute(
        update(drafts).where(drafts.c.id == draft["id"]).values(state="submitted", application=number, updated=call.now)
    )


def _due(service: Service, now: dt.datetime) -> dt.date:
    """The statutory deadline when a clerk looks."""
    time = service.processing_time
    if time.rule == "working-days":
        return due_date(now, time.amount)
    if time.rule == "working-hours":
        return due_date(now, -(-time.amount // _HOURS_A_DAY))
    return due_date(now, time.manual_days)


HANDLERS: Final[dict[str, Handler]] = {"submit": submit}
