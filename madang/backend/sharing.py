"""Shared use of administrative information: registers are looked up, and every look-up is written down for its
subject: a person, or a thing such as a building."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final, Literal

from sqlalchemy import Connection, insert, select

from madang.backend.places import find, words_of
from madang.backend.routing import Call, Handler
from madang.backend.tables import accesses, registers
from madang.contract.messages.catalogue import Evidence, Service
from madang.contract.messages.identity import Access, Accesses


def look_up(
    connection: Connection,
    subject: str,
    service: Service,
    application: str,
    consent: Literal["given", "not-needed"],
    at: dt.datetime,
    answers: Mapping[str, Any],
) -> dict[str, Any] | None:
    """What the registers that ``service`` shares hold about ``subject``, or about the thing that an answer names; None
    when one of them holds nothing.

    The first evidence's record counts where two have the same key. Each look-up is recorded in this transaction."""
    record: dict[str, Any] = {}
    for needed in service.inputs:
        if needed.source != "shared":
            continue
        found = _looked_up(connection, subject, service, needed, application, consent, at, answers)
        if found is None:
            return None
        record = {**found, **record}
    return record


def seen(
    connection: Connection,
    subject: str,
    service: Service,
    answers: Mapping[str, Any],
    application: str,
    at: dt.datetime,
) -> dict[str, Any]:
    """Evidence -> what each shared register holds, for the clerk who decides; None where it holds nothing."""
    return {
        needed.evidence: _looked_up(connection, subject, service, needed, application, "not-needed", at, answers)
        for needed in service.inputs
        if needed.source == "shared"
    }


def _looked_up(
    connection: Connection,
    subject: str,
    service: Service,
    needed: Evidence,
    application: str,
    consent: Literal["given", "not-needed"],
    at: dt.datetime,
    answers: Mapping[str, Any],
) -> dict[str, Any] | None:
    """One record, or None; the look-up is written down for the person, or for the thing, whose record it is."""
    key = find(connection, needed.evidence, words_of(answers.get(needed.by))).exact if needed.by else subject
    found: dict[str, Any] | None = connection.execute(
        select(registers.c.record).where(registers.c.evidence == needed.evidence, registers.c.subject == key)
    ).scalar()
    connection.execute(
        insert(accesses).values(
            subject=key or subject,
            at=at,
            authority=service.authority,
            evidence=needed.evidence,
            service=service.identifier,
            application=application,
            consent=consent if needed.consent == "required" else "not-needed",
        )
    )
    return found


async def list_accesses(call: Call) -> Accesses:
    """Who looked at the caller's information, newest first."""

    def work(connection: Connection) -> Accesses:
        rows = connection.execute(
            select(
                accesses.c.at,
                accesses.c.authority,
                accesses.c.evidence,
                accesses.c.service,
                accesses.c.application,
                accesses.c.consent,
            )
            .where(accesses.c.subject == call.owner)
            .order_by(accesses.c.at.desc(), accesses.c.id.desc())
        )
        return Accesses(tuple(Access(**row) for row in rows.mappings()))

    return await call.house.database.read(work)


HANDLERS: Final[dict[str, Handler]] = {"accesses": list_accesses}
