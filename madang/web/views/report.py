"""Report a problem with this page: what, in a few words, to the operator. Nobody is asked who they are."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final, get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.catalogue import HelpLine
from madang.contract.messages.reports import ANSWER_DAYS, PageReport, ReportState, Wrong
from madang.forms.characters import presentable
from madang.web.clients import Invalid, NotFound, Unavailable, reports
from madang.web.limits import attempt
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render

LONGEST: Final = 1000
MOST: Final = 20
"""Reports of one client in a window."""
WINDOW: Final = 3600
"""Seconds."""
PAGE: Final = re.compile(r"/[a-z0-9/-]{0,199}")
"""A public page of ours, without language and query: nothing that could name a person."""


@dataclass(frozen=True, slots=True)
class ReportPage(Page):
    template: ClassVar[str] = "report/index.html"
    bundle: ClassVar[str] = "task"
    about: Public[str]
    """Path of the page, without its language."""
    wrong: Public[str]
    text: Private[str]
    error: Public[str]
    """"", "choose", "write", "too-long", "too-many" or "unavailable"."""
    sent: Public[bool]
    help_lines: Public[tuple[HelpLine, ...]]
    answer_days: Public[int] = ANSWER_DAYS


@dataclass(frozen=True, slots=True)
class AnswerPage(Page):
    template: ClassVar[str] = "report/answer.html"
    bundle: ClassVar[str] = "task"
    reference: Private[str]
    """As it was typed."""
    state: Private[ReportState | None]
    error: Public[str]
    """"", "unknown" or "unavailable"."""
    sent: Public[bool]
    """A moment ago, by the press that led here."""
    help_lines: Public[tuple[HelpLine, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/report?page=&wrong="""
    given = request.query_params
    wrong = given.get("wrong", "")
    return await _page(
        request, _about(given.get("page", "")), wrong if wrong in get_args(Wrong) else "", sent="sent" in given
    )


async def answer(request: Request) -> Response:
    """GET /{lang}/report/answer?reference=: what became of a report, for whoever holds its reference."""
    given = request.query_params
    reference = given.get("reference", "").strip()[:100]
    state, error = None, ""
    if reference:
        try:
            state = await reports.state(portal(request).backend, reference)
        except NotFound:
            error = "unknown"
        except Unavailable:
            error = "unavailable"
    page = AnswerPage(reference, state, error, state is not None and "sent" in given, portal(request).shelf.help_lines)
    status = {"": 200, "unknown": 404, "unavailable": 503}[error]
    response = await render(request, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


async def submit(request: Request) -> Response:
    """POST /{lang}/report"""
    form = await request.form(max_files=0, max_fields=5)
    given = {name: value if isinstance(value, str) else "" for name, value in form.items()}
    about, wrong = _about(given.get("page", "")), given.get("wrong", "")
    text = presentable(given.get("text", "").strip())
    if wrong not in get_args(Wrong):
        return await _page(request, about, text=text, error="choose", status=422)
    if wrong == "accessibility" and not text:
        return await _page(request, about, wrong, error="write", status=422)
    if len(text) > LONGEST:
        return await _page(request, about, wrong, text, error="too-long", status=422)
    if not (await attempt(portal(request).state, "report", request.scope["madang.client"], MOST, WINDOW)).allowed:
        return await _page(request, about, wrong, text, error="too-many", status=429)
    try:
        report = PageReport(about, locale_of(request), wrong, text)  # type: ignore[arg-type]  # one of Wrong's, above
        receipt = await reports.send(portal(request).backend, report)
    except Invalid:
        return await _page(request, about, wrong, text, error="too-long", status=422)
    except Unavailable:
        return await _page(request, about, wrong, text, error="unavailable", status=503)
    if receipt.answer_by is not None:
        return RedirectResponse(
            link(locale_of(request), "report_answer", {"reference": receipt.reference, "sent": "1"}), 303
        )
    return RedirectResponse(link(locale_of(request), "report", {"page": about, "sent": "1"}), 303)


def _about(path: str) -> str:
    return path if PAGE.fullmatch(path) else "/"


async def _page(
    request: Request,
    about: str,
    wrong: str = "",
    text: str = "",
    *,
    error: str = "",
    sent: bool = False,
    status: int = 200,
) -> Response:
    page = ReportPage(about, wrong, text, error, sent, portal(request).shelf.help_lines)
    response = await render(request, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
