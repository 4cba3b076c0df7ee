"""Calls about pages that readers say something is wrong with."""

from madang.contract.messages.reports import PageReport, ReportList
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend


async def send(backend: Backend, report: PageReport) -> None:
    """Hands a report to the operator. Raises Unavailable, Invalid."""
    await backend.call("report_page", body=report)


async def listed(backend: Backend, session: Caller) -> ReportList:
    """For a clerk: what readers said, newest first. Raises Forbidden for who is no clerk."""
    found: ReportList = await backend.call("page_reports", session=session)
    return found
