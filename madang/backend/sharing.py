"""Shared use of administrative information: registers are looked up, and every look-up is written down for its
subject."""

import datetime as dt
from typing import Any, Final, Literal

from sqlalchemy import Connection, insert, select

from madang.backend.routing import Call, Handler
from madang.backend.tables import accesses, registers
from madang.contract.messages.catalogue import Service
from madang.contract.messages.identity import Access, Accesses


def look_up(
    connection: Connection,
    subject: str,
    service: Service,
    application: str,
    consent: Literal["given", "not-needed"],
    at: dt.datetime,
) -> dict[str, Any] | None:
    """What the registers that ``service`` shares hold about ``subject``; None when one of them holds nothing.

    The first evidence's record counts where two have the same key. Each look-up is recorded in this transaction."""
    record: dict[str, Any] = {}
    for needed in service.inputs:
        if needed.source != "shared":
            continue
        found = connection.execute(
            select(registers.c.record).where(registers.c.evidence == needed.evidence, registers.c.subject == subject)
        ).scalar()
        connection.execute(
            insert(accesses).values(
                subject=subject,
                at=at,
                authority=service.authority,
                evidence=needed.evidence,
                service=service.identifier,
                application=application,
                consent=consent if needed.consent == "required" else "not-needed",
            )
        )
        if found is None:
            return None
        record = {**found, **record}
    return record


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
