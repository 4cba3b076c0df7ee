"""My applications: the list with what is unfinished, and one application with its timeline and its document."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.applications import Application
from madang.contract.messages.catalogue import HelpLine
from madang.contract.messages.documents import DocumentSummary
from madang.forms.conditions import drop_hidden
from madang.forms.summary import SummaryRow, summary
from madang.i18n.text import Text
from madang.web.clients import Impossible, Unavailable, applications, documents
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.questions import household_of
from madang.web.render import render
from madang.web.state.held import Held
from madang.web.views.draft_cards import DraftCard, draft_cards

Part = Literal["drafts", "applications", "documents"]


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    number: Private[str]
    service: Public[str]
    title: Public[Text]
    status: Private[str]
    submitted: Private[dt.datetime]
    due: Private[dt.date | None]
    document: Private[str | None]
    """Number of the newest document that is still good."""


@dataclass(frozen=True, slots=True)
class ApplicationsPage(Page):
    template: ClassVar[str] = "applications/index.html"
    bundle: ClassVar[str] = "record"
    drafts: Private[tuple[DraftCard, ...]]
    applications: Private[tuple[ApplicationRow, ...]]
    documents: Private[tuple[DocumentSummary, ...]]
    missing: Public[tuple[Part, ...]]
    """What could not be read just now; the rest is shown all the same."""


@dataclass(frozen=True, slots=True)
class ApplicationPage(Page):
    template: ClassVar[str] = "applications/show.html"
    bundle: ClassVar[str] = "record"
    application: Private[Application]
    service: Public[str]
    title: Public[Text]
    rows: Private[tuple[SummaryRow, ...]]
    document: Private[DocumentSummary | None]
    """The document that this application gave, as long as it can be verified."""
    seconds: Private[int]
    """From the draft's creation to the document, in seconds; 0 when it has none."""
    help_lines: Public[tuple[HelpLine, ...]]
    problem: Public[str]
    """"" or "not-possible": a withdrawal that came too late."""
    registers: Public[bool]
    """The service issues nothing: what is approved is written into a register."""


async def listed(request: Request) -> Response:
    """GET /{lang}/applications: what can be read. Raises Unavailable when neither applications nor documents can."""
    p, session = portal(request), await signed_in(request)
    shelf = p.shelf
    missing: list[Part] = []
    found: tuple[Application, ...] = ()
    issued: tuple[DocumentSummary, ...] = ()
    kept: Sequence[Held] = ()
    try:
        found = (await applications.listed(p.backend, session)).items
    except Unavailable:
        missing.append("applications")
    try:
        issued = (await documents.listed(p.backend, session)).items
    except Unavailable:
        if missing:
            raise
        missing.append("documents")
    try:
        kept = listing = await p.drafts.listed(session)
        if not listing.complete:
            missing.append("drafts")
    except Unavailable:
        missing.append("drafts")
    drafts = [draft for draft in kept if draft.state == "open"]
    page = ApplicationsPage(
        drafts=await draft_cards(request, drafts),
        applications=tuple(
            ApplicationRow(
                number=item.number,
                service=item.service,
                title=shelf.title(item.service),
                status=item.status,
                submitted=item.submitted,
                due=item.due,
                document=next((d.number for d in item.documents if d.state == "genuine"), None),
            )
            for item in found
        ),
        documents=issued,
        missing=tuple(missing),
    )
    return await render(request, page)


async def show(request: Request) -> Response:
    """GET /{lang}/applications/{number}"""
    return await _show(request)


async def _show(request: Request, problem: str = "", status: int = 200) -> Response:
    p, session = portal(request), await signed_in(request)
    application = await applications.application(p.backend, session, request.path_params["number"])
    form, service = p.shelf.form(application.form), p.shelf.service(application.service)
    document = next((d for d in application.documents if d.state == "genuine"), None)
    began = application.started or application.submitted
    rows: tuple[SummaryRow, ...] = ()
    if form is not None:
        names = {file.id: file.name for file in application.files}
        rows = summary(form, drop_hidden(form, application.answers), await household_of(request), names)
    page = ApplicationPage(
        application=application,
        service=application.service,
        title=p.shelf.title(application.service),
        rows=rows,
        document=document,
        seconds=max(1, round((document.issued - began).total_seconds())) if document else 0,
        help_lines=tuple(p.shelf.help_lines),
        problem=problem,
        registers=service is not None and bool(service.form) and not service.outputs,
    )
    return await render(request, page, status=status)


async def withdraw(request: Request) -> Response:
    """POST /{lang}/applications/{number}/withdraw"""
    p, session = portal(request), await signed_in(request)
    number = request.path_params["number"]
    try:
        await applications.withdraw(p.backend, session, number)
    except Impossible:
        return await _show(request, problem="not-possible", status=409)
    return RedirectResponse(link(locale_of(request), "application", number=number), 303)
