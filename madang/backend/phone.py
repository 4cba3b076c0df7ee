"""Errands on the telephone: an agent fills in for a caller without a screen, who confirms by a code to their phone.

The code is made, sent and checked here, and kept as a keyed hash: neither the agent nor the portal can submit anything
in a citizen's name without what that citizen alone was sent.
"""

import dataclasses
import datetime as dt
import hashlib
import hmac
import logging
import secrets
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, RowMapping, Text, delete, func, insert, select, type_coerce, update

from madang.backend.applications import as_application
from madang.backend.drafts import KEPT as DRAFT_KEPT
from madang.backend.eligibility import check_assurance, service_of
from madang.backend.identifiers import new_opaque, opaque
from madang.backend.identity import person_of
from madang.backend.messenger import MessageNotSent
from madang.backend.phone_words import code_text, done_text
from madang.backend.problems import Refusal, invalid
from madang.backend.routing import Call, Handler
from madang.backend.submission import checked, submit_in
from madang.backend.support import append, note
from madang.backend.tables import drafts, errands, people
from madang.contract.assertion import Claims
from madang.contract.messages.drafts import Submission
from madang.contract.messages.identity import Person
from madang.contract.messages.phone import CodeSent, Errand, ErrandAnswers, ErrandCode, ErrandDone, NewErrand
from madang.contract.telephone import by_telephone

log = logging.getLogger("madang.backend.phone")

WRONG_CALLERS: Final = 5
"""So many callers who were not found, within LOCKED, and the agent waits."""
LOCKED: Final = dt.timedelta(minutes=10)
LASTS: Final = dt.timedelta(hours=1)
CODE_LASTS: Final = dt.timedelta(minutes=5)
TRIES: Final = 3
CODES: Final = 3
CODES_A_DAY: Final = 10
"""To one person, whoever asks: nobody is flooded, and nobody guesses for long."""
KEPT: Final = dt.timedelta(days=1)
SURE: Final = "substantial"
"""How sure it is who applies: what they know (a date of birth) and what they have (a phone)."""


class _Sent(NamedTuple):
    code: str
    person: Person
    left: int


async def find_caller(call: Call) -> Errand:
    """Whether the register has one person with this number and this date of birth: never which of them was wrong."""
    said: NewErrand = call.message
    if call.house.messenger is None:
        raise Refusal("unavailable")

    def work(connection: Connection) -> Errand | Refusal:
        known = connection.execute(select(errands).where(errands.c.id == said.id)).mappings().first()
        if known is not None:
            if known["agent"] != call.owner or not known["subject"]:
                return Refusal("not-found")
            return _errand(connection, known)
        # The first record locks the trail's head: of many attempts at the same time each counts those before it.
        _write(connection, call, said.id, ("asked", "phone"))
        since = errands.c.at > call.now - LOCKED
        wrong = select(func.count()).where(errands.c.agent == call.owner, errands.c.subject == "", since)
        if connection.execute(wrong).scalar_one() >= WRONG_CALLERS:
            _write(connection, call, said.id, ("ended", "locked"))
            return Refusal("not-possible")
        connection.execute(delete(errands).where(errands.c.at < call.now - KEPT))
        subject = _subject(connection, said, call.owner)
        connection.execute(insert(errands).values(id=said.id, agent=call.owner, subject=subject, at=call.now))
        if not subject:
            _write(connection, call, said.id, ("ended", "not-found"))
            return Refusal("not-found")
        _write(connection, call, said.id, ("matched", ""))
        row = connection.execute(select(errands).where(errands.c.id == said.id)).mappings().one()
        return _errand(connection, row)

    found = await call.house.database.settle(work)
    if isinstance(found, Refusal):
        raise found
    return found


async def send_code(call: Call) -> CodeSent:
    """Keeps what was read back, and sends a new code for exactly that; an earlier code counts no more."""
    said: ErrandAnswers = call.message
    name = opaque(call.path["errand"])
    messenger = call.house.messenger
    if messenger is None:
        raise Refusal("unavailable")
    service, form = service_of(call.house.holdings, said.service, said.form)
    check_assurance(service, _claims(call, ""))
    if not by_telephone(service, form):
        raise Refusal("not-possible")
    ends = call.now + CODE_LASTS

    def work(connection: Connection) -> _Sent:
        row = _own(connection, call, name)
        if row["application"]:
            raise Refusal("already-submitted", number=row["application"])
        # The record locks the trail's head: of codes asked for at the same time each counts those before it.
        _write(connection, call, name, ("phone-code", said.service))
        of_day = select(func.sum(errands.c.sent)).where(
            errands.c.subject == row["subject"], errands.c.at > call.now - KEPT
        )
        if row["sent"] >= CODES or (connection.execute(of_day).scalar() or 0) >= CODES_A_DAY:
            raise Refusal("not-possible")
        person = _person(connection, row["subject"])
        draft = {"id": name, "service": said.service, "answers": said.answers, "locale": person.locale}
        answers = checked(connection, draft, form, person, call.now)
        code = f"{secrets.randbelow(10**6):06}"
        kept = {"service": said.service, "form": said.form, "answers": answers, "code": _digests(call, name, code)[0]}
        counts = {"code_ends": ends, "tries": 0, "sent": row["sent"] + 1}
        connection.execute(update(errands).where(errands.c.id == name).values(**kept, **counts))
        return _Sent(code, person, CODES - row["sent"] - 1)

    sent = await call.house.database.write(work)
    try:
        await messenger.send(sent.person.facts["phone"], code_text(sent.person.locale, service.title, sent.code))
    except MessageNotSent:
        void = update(errands).where(errands.c.id == name, errands.c.sent == CODES - sent.left).values(code="")
        await call.house.database.write(lambda connection: connection.execute(void).rowcount)
        raise Refusal("unavailable") from None
    return CodeSent(ends, sent.left)


async def submit_errand(call: Call) -> ErrandDone:
    """In the citizen's name, when the code is right; the same code again is the same application."""
    said: ErrandCode = call.message
    name = opaque(call.path["errand"])
    house = call.house

    def work(connection: Connection) -> tuple[RowMapping, str, bool] | Refusal:
        row = _own(connection, call, name)
        if (wrong := _wrong(row, call, said.code)) is not None:
            if wrong == "wrong" and not row["application"]:
                connection.execute(update(errands).where(errands.c.id == name).values(tries=row["tries"] + 1))
                _write(connection, call, name, ("phone-code-wrong", ""))
                wrong = "used-up" if row["tries"] + 1 >= TRIES else wrong
            return invalid(("code", wrong))
        if row["application"]:
            return row, row["application"], False
        number, owed = submit_in(connection, _in_their_name(connection, call, row))
        connection.execute(update(errands).where(errands.c.id == name).values(application=number))
        _write(connection, call, name, ("phone-submitted", row["service"]), ("ended", "submitted"))
        return row, number, owed

    done = await house.database.settle(work)
    if isinstance(done, Refusal):
        raise done
    row, number, owed = done
    await (house.desk.issue_now(number) if owed else house.desk.wait_for(number))
    theirs = dataclasses.replace(call, claims=_claims(call, row["subject"]))
    application = await house.database.read(lambda connection: as_application(connection, number, theirs))
    if not row["application"]:
        await _tell(call, row, number)
    return ErrandDone(application.number, application.status)


def _subject(connection: Connection, said: NewErrand, agent: str) -> str:
    """Whose number and date of birth these are; empty when nobody's, or the agent's own, or of more than one."""
    phone = type_coerce(people.c.person, Text).contains(f'"phone":"{said.phone}"', autoescape=True)
    born = said.date_of_birth.isoformat()
    found = []
    for row in connection.execute(select(people.c.subject, people.c.person).where(phone)):
        facts = msgspec.convert(row.person, Person).facts
        if (facts.get("phone"), facts.get("date_of_birth")) == (said.phone, born) and row.subject != agent:
            found.append(str(row.subject))
    return found[0] if len(found) == 1 else ""


def _own(connection: Connection, call: Call, name: str) -> RowMapping:
    """This agent's errand, locked. Raises Refusal not-found for another's, for one that is over and for none."""
    statement = select(errands).where(errands.c.id == name, errands.c.agent == call.owner, errands.c.subject != "")
    row = connection.execute(statement.with_for_update()).mappings().first()
    if row is None or row["at"] + LASTS <= call.now:
        raise Refusal("not-found")
    return row


def _wrong(row: RowMapping, call: Call, code: str) -> str | None:
    """Why a code does not count; None for the right one."""
    if not row["code"]:
        return "expired"
    if row["tries"] >= TRIES:
        return "used-up"
    right = any(hmac.compare_digest(row["code"], digest) for digest in _digests(call, row["id"], code))
    if not row["application"] and row["code_ends"] <= call.now:
        return "expired"
    return None if right else "wrong"


def _digests(call: Call, name: str, code: str) -> Sequence[str]:
    """The keyed hash with each secret that portal and backend share, the one in use first. A million codes are soon
    tried by who has the table: without the secret they cannot."""
    message = f"errand code\0{name}\0{code}".encode()
    return [hmac.new(key.encode(), message, hashlib.sha256).hexdigest() for key in call.house.config.assertion_keys]


def _in_their_name(connection: Connection, call: Call, row: RowMapping) -> Call:
    """The citizen's own submission of what was read back to them, as a draft of theirs that is made for it."""
    locale = _person(connection, row["subject"]).locale
    draft, key = new_opaque(), secrets.token_urlsafe(24)
    values: dict[str, Any] = {
        "id": draft, "owner": row["subject"], "service": row["service"], "form": row["form"], "version": 1,
        "answers": row["answers"], "locale": locale, "created": row["at"], "updated": call.now,
        "expires": call.now + DRAFT_KEPT, "idempotency_key": key, "state": "open",
    }  # fmt: skip
    connection.execute(insert(drafts).values(**values))
    claims = _claims(call, row["subject"])
    return dataclasses.replace(call, claims=claims, path={"draft": draft}, message=Submission(1, key, locale))


def _claims(call: Call, subject: str) -> Claims:
    now = int(call.now.timestamp())
    return Claims(subject, SURE, ("citizen",), "", now, now)


def _person(connection: Connection, subject: str) -> Person:
    person = person_of(connection, subject)
    if person is None:  # gone from the register within the hour
        raise Refusal("not-found")
    return person


def _errand(connection: Connection, row: RowMapping) -> Errand:
    person = _person(connection, row["subject"])
    return Errand(row["id"], person.name.full[:1], person.locale, row["at"] + LASTS)


def _write(connection: Connection, call: Call, name: str, *acts: tuple[str, str]) -> None:
    """Into the trail, as what the agent did."""
    agent = person_of(connection, call.owner)
    records = [note(call, name, "agent", kind, detail) for kind, detail in acts]
    told = agent.name.full if agent else ""
    append(connection, [msgspec.structs.replace(record, name=told) for record in records])


async def _tell(call: Call, row: RowMapping, number: str) -> None:
    """Tells the citizen what was submitted. It is submitted all the same when that cannot be sent."""
    service = call.house.holdings.services[row["service"]]
    person = await call.house.database.read(lambda connection: _person(connection, row["subject"]))
    if call.house.messenger is None:
        return
    try:
        await call.house.messenger.send(person.facts["phone"], done_text(person.locale, service.title, number))
    except MessageNotSent:
        log.warning("the citizen could not be told of application %s", number)


HANDLERS: Final[dict[str, Handler]] = {
    "find_caller": find_caller,
    "send_code": send_code,
    "submit_errand": submit_errand,
}
