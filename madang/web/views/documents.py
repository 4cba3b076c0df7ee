"""An issued document: read on the screen, downloaded, printed, revoked."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.documents import Document, Revocation, VerificationRequest
from madang.forms.characters import presentable
from madang.web.clients import Impossible, Invalid, documents, verification
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.render import render


@dataclass(frozen=True, slots=True)
class DocumentPage(Page):
    template: ClassVar[str] = "documents/show.html"
    bundle: ClassVar[str] = "record"
    document: Private[Document]
    problem: Public[str]


@dataclass(frozen=True, slots=True)
class RevokePage(Page):
    template: ClassVar[str] = "documents/revoke.html"
    bundle: ClassVar[str] = "task"
    number: Private[str]
    clerk: Private[bool]
    """Revoked by the issuing clerk, who must give a reason, not by the holder."""
    reason: Private[str]
    error: Public[bool]


async def show(request: Request) -> Response:
    """GET /{lang}/documents/{number}"""
    p, session = portal(request), await signed_in(request)
    document = await documents.document(p.backend, session, request.path_params["number"])
    return await render(request, DocumentPage(document=document, problem=""))


async def pdf(request: Request) -> Response:
    """GET /{lang}/documents/{number}/pdf: the signed document itself, byte for byte."""
    p, session = portal(request), await signed_in(request)
    number = request.path_params["number"]
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
    return await render(request, RevokePage(number=number, clerk=clerk, reason="", error=False))


async def revoke(request: Request) -> Response:
    """POST of the same address, by the holder or by a clerk."""
    p, session = portal(request), await signed_in(request)
    locale, number = locale_of(request), request.path_params["number"]
    clerk = "clerk" in session.roles
    typed = (await request.form()).get("reason", "") if clerk else ""
    reason = presentable(typed.strip()[:500]) if isinstance(typed, str) else ""
    if clerk and not reason:
        return await render(request, RevokePage(number=number, clerk=True, reason="", error=True), status=422)
    try:
        await documents.revoke(p.backend, session, number, Revocation(reason=reason))
    except Impossible:
        pass  # revoked already: the page that follows says so
    except Invalid:
        if not clerk:
            raise
        return await render(request, RevokePage(number=number, clerk=True, reason=reason, error=True), status=422)
    if clerk:
        return RedirectResponse(link(locale, "verify", {"number": number}), 303)
    return RedirectResponse(link(locale, "document", number=number), 303)
