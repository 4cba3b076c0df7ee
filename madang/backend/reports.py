"""The reports group: what readers say is wrong on a page is kept for the operator, without a word about who said it."""

from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select

from madang.backend.routing import Call, Handler
from madang.backend.tables import page_reports
from madang.contract.messages.reports import PageReport, ReceivedReport, ReportList

MOST: Final = 500
"""Reports that one list gives."""


async def report(call: Call) -> None:
    """Keeps a report."""
    told: PageReport = call.message

    def work(connection: Connection) -> None:
        connection.execute(insert(page_reports).values(at=call.now, **msgspec.structs.asdict(told)))

    await call.house.database.write(work)


async def listed(call: Call) -> ReportList:
    """For a clerk: the newest reports."""

    def work(connection: Connection) -> ReportList:
        rows = connection.execute(select(page_reports).order_by(page_reports.c.id.desc()).limit(MOST)).mappings()
        return ReportList(
            tuple(
                ReceivedReport(row["id"], row["at"], PageReport(row["page"], row["locale"], row["wrong"], row["text"]))
                for row in rows
            )
        )

    return await call.house.database.read(work)


HANDLERS: Final[dict[str, Handler]] = {"report_page": report, "page_reports": listed}
