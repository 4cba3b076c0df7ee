"""Calls about pages that readers say something is wrong with."""

from madang.contract.messages.reports import PageAnswer, PageReport, ReportList, ReportReceipt, ReportState
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend


async def send(backend: Backend, report: PageReport) -> ReportReceipt:
    """Hands a report to the operator. Raises Unavailable, Invalid."""
    receipt: ReportReceipt = await backend.call("report_page", body=report)
    return receipt


async def state(backend: Backend, reference: str) -> ReportState:
    """What became of a report. Raises Unavailable, NotFound."""
    found: ReportState = await backend.call("report_state", params={"reference": reference})
    return found


async def answer(backend: Backend, session: Caller, reference: str, text: str) -> ReportState:
    """A clerk's answer. Raises NotFound, Invalid, Forbidden for who is no clerk."""
    body = PageAnswer(text)
    made: ReportState = await backend.call("answer_report", session=session, params={"reference": reference}, body=body)
    return made


async def listed(backend: Backend, session: Caller) -> ReportList:
    """For a clerk: what readers said, newest first. Raises Forbidden for who is no clerk."""
    found: ReportList = await backend.call("page_reports", session=session)
    return found
