"""Calls about pages that readers say something is wrong with."""

from madang.contract.messages.reports import PageReport
from madang.web.clients.http import Backend


async def send(backend: Backend, report: PageReport) -> None:
    """Hands a report to the operator. Raises Unavailable, Invalid."""
    await backend.call("report_page", body=report)
