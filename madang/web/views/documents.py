"""An issued document: read on the screen, downloaded, printed, revoked."""

import contextlib
from dataclasses import dataclass
from typing import ClassVar, Final, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.documents import (
    Document,
    DocumentSummary,
    Revocation,
    RevocationCode,
    VerificationRequest,
    VerifiedDocument,
)
from madang.forms.characters import presentable
from madang.web.clients import Impossible, documents, verification
from madang.web.kiosk import kiosk_of
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.render import render
from madang.web.state.sessions import Session

CLERKS_CODES: Final[tuple[RevocationCode, ...]] = tuple(c for c in get_args(RevocationCode) if c != "holder")


@dataclass(frozen=True, slots=True)
class DocumentPage(Page):
    template: ClassVar[str] = "documents/show.html"
    bundle: ClassVar[str] = "record"
    document: Private[Document]
    revoked_by_you: Private[bool]
    """A moment ago, by the press that led here."""


@dataclass(frozen=True, slots=True)
class RevokePage(Page):
    template: ClassVar[str] = "documents/revoke.html"
    bundle: ClassVar[str] = "task"
    sensitive: ClassVar[bool] = True
    number: Private[str]
    clerk: Private[bool]
    """Revoked by the issuing clerk, who must give a reason, not by the holder."""
    code: Private[str]
    reason: Private[str]
    error: Public[str]
    """"" or the control that needs an answer: "code" or "reason"."""


async def show(request: Request) -> Response:
    """GET /{lang}/documents/{number}"""
    p, session = portal(request), await signed_in(request)
    document = await documents.document(p.backend, session, request.path_params["number"])
    page = DocumentPage(document=document, revoked_by_you=await revoked_by_you(request, session, document.summary))
    return await render(request, page)


async def pdf(request: Request) -> Response:
    """GET /{lang}/documents/{number}/pdf: the signed document itself, byte for byte."""
    p, session = portal(request), await signed_in(request)
    number = request.path_params["number"]
    if kiosk_of(request) is not None:  # nothing of anybody's stays in its folder of downloads
        return RedirectResponse(link(locale_of(request), "document", number=number), 303)
    content = await documents.pdf(p.backend, session, number)
    headers = {"Content-Disposition": f'attachment; filename="{number}.pdf"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


async def ask_revoke(request: Request) -> Response:
    """GET /{lang}/documents/{number}/revoke: says what revoking does, and asks once. 404 where there is nothing to
    revoke; a clerk, who may not read it, is told so by verification."""
    p, session = portal(request), await signed_in(request)
    number, clerk = request.path_params["number"], "clerk" in session.roles
    if clerk:
        found = await verification.number(p.backend, VerificationRequest(number[:200]))
        if found.document is None:
            raise HTTPException(404)
    elif (await documents.document(p.backend, session, number)).summary.state == "revoked":
        return RedirectResponse(link(locale_of(request), "document", number=number), 303)
    return await render(request, RevokePage(number=number, clerk=clerk, code="", reason="", error=""))


async def revoke(request: Request) -> Response:
    """POST of the same address, by the holder or by a clerk."""
    p, session = portal(request), await signed_in(request)
    locale, number = locale_of(request), request.path_params["number"]
    clerk = "clerk" in session.roles
    posted = await request.form() if clerk else {}
    code = next((c for c in CLERKS_CODES if c == posted.get("code")), None)
    typed = posted.get("reason", "")
    reason = presentable(typed.strip()[:500]) if isinstance(typed, str) else ""
    if clerk and (code is None or (code == "other" and not reason)):
        error = "code" if code is None else "reason"
        page = RevokePage(number=number, clerk=True, code=code or "", reason=reason, error=error)
        return await render(request, page, status=422)
    with contextlib.suppress(Impossible):  # revoked already: the page that follows says so
        revoked = await documents.revoke(p.backend, session, number, Revocation(code=code, reason=reason))
        if clerk or revoked.revoked_because == "holder":
            await p.stash.keep(session.subject, _moment(revoked.number), {"revoked": True}, ttl=_MOMENT)
    if clerk:
        return RedirectResponse(link(locale, "verify", {"number": number}), 303)
    return RedirectResponse(link(locale, "document", number=number), 303)


_MOMENT: Final = 120
"""Seconds in which the page after the press says that it was done."""


def _moment(number: str) -> str:
    return f"revoked/{number}"


async def revoked_by_you(request: Request, session: Session, document: DocumentSummary | VerifiedDocument) -> bool:
    """Whether this person has just revoked this document; said once."""
    if document.revoked is None:
        return False
    return await portal(request).stash.take(session.subject, _moment(document.number)) is not None
