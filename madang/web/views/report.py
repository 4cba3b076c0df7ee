"""Something is wrong on this page: what, in a few words, to the operator. Nobody is asked who they are."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final, get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.catalogue import HelpLine
from madang.contract.messages.reports import PageReport, Wrong
from madang.forms.characters import presentable
from madang.web.clients import Invalid, Unavailable, reports
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
    """"", "choose", "too-long", "too-many" or "unavailable"."""
    sent: Public[bool]
    help_lines: Public[tuple[HelpLine, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/report?page="""
    return await _page(request, _about(request.query_params.get("page", "")), sent="sent" in request.query_params)


async def submit(request: Request) -> Response:
    """POST /{lang}/report"""
    form = await request.form(max_files=0, max_fields=5)
    given = {name: value if isinstance(value, str) else "" for name, value in form.items()}
    about, wrong = _about(given.get("page", "")), given.get("wrong", "")
    text = presentable(given.get("text", "").strip())
    if wrong not in get_args(Wrong):
        return await _page(request, about, text=text, error="choose", status=422)
    if len(text) > LONGEST:
        return await _page(request, about, wrong, text, error="too-long", status=422)
    if not (await attempt(portal(request).state, "report", request.scope["madang.client"], MOST, WINDOW)).allowed:
        return await _page(request, about, wrong, text, error="too-many", status=429)
    try:
        report = PageReport(about, locale_of(request), wrong, text)  # type: ignore[arg-type]  # one of Wrong's, above
        await reports.send(portal(request).backend, report)
    except Invalid:
        return await _page(request, about, wrong, text, error="too-long", status=422)
    except Unavailable:
        return await _page(request, about, wrong, text, error="unavailable", status=503)
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
