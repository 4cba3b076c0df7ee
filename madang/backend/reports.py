"""The reports group: what readers say is wrong on a page is kept for the operator, without a word about who said it.

Whoever reported takes a reference along; what is answered is read with it.
"""

from typing import Final

import msgspec
from sqlalchemy import Connection, RowMapping, insert, select, update

from madang.backend.deadlines import due_date
from madang.backend.identifiers import report_reference
from madang.backend.problems import Refusal
from madang.backend.routing import Call, Handler
from madang.backend.tables import page_reports
from madang.contract import numbers
from madang.contract.messages.reports import (
    ANSWER_DAYS,
    PageAnswer,
    PageReport,
    ReceivedReport,
    ReportList,
    ReportReceipt,
    ReportState,
)

MOST: Final = 500
"""Reports that one list gives."""


async def report(call: Call) -> ReportReceipt:
    """Keeps a report. An answer is promised to who cannot use a page."""
    told: PageReport = call.message
    due = due_date(call.now, ANSWER_DAYS) if told.wrong == "accessibility" else None
    receipt = ReportReceipt(numbers.new_reference(), due)

    def work(connection: Connection) -> None:
        values = {**msgspec.structs.asdict(told), **msgspec.structs.asdict(receipt)}
        connection.execute(insert(page_reports).values(at=call.now, **values))

    await call.house.database.write(work)
    return receipt


async def state(call: Call) -> ReportState:
    """What became of a report, for whoever holds its reference."""
    reference = report_reference(call.path["reference"])
    return await call.house.database.read(lambda connection: _state(connection, reference))


async def answer(call: Call) -> ReportState:
    """A clerk's answer."""
    told: PageAnswer = call.message
    reference = report_reference(call.path["reference"])

    def work(connection: Connection) -> ReportState:
        statement = update(page_reports).where(page_reports.c.reference == reference)
        connection.execute(statement.values(answer=told.text, answered=call.now))
        return _state(connection, reference)

    return await call.house.database.write(work)


def _state(connection: Connection, reference: str) -> ReportState:
    statement = select(page_reports).where(page_reports.c.reference == reference)
    row = connection.execute(statement).mappings().first()
    if row is None:
        raise Refusal("not-found")
    return ReportState(**{name: row[name] for name in ReportState.__struct_fields__})


async def listed(call: Call) -> ReportList:
    """For a clerk: the newest reports."""

    def work(connection: Connection) -> ReportList:
        rows = connection.execute(select(page_reports).order_by(page_reports.c.id.desc()).limit(MOST)).mappings()
        return ReportList(tuple(map(_received, rows)))

    return await call.house.database.read(work)


def _received(row: RowMapping) -> ReceivedReport:
    told = PageReport(row["page"], row["locale"], row["wrong"], row["text"])
    return ReceivedReport(row["id"], row["at"], told, row["reference"] or "", row["answer_by"], row["answered"])


HANDLERS: Final[dict[str, Handler]] = {
    "report_page": report,
    "report_state": state,
    "answer_report": answer,
    "page_reports": listed,
}
