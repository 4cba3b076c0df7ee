"""Is this document genuine? By number, by the QR code's link, or by the file; without sign-in, attempts limited."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.catalogue import HelpLine
from madang.contract.messages.documents import Verification, VerificationRequest
from madang.forms.characters import presentable
from madang.web.clients import Invalid, UnsupportedMediaType, verification
from madang.web.limits import attempt, left
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, session_of
from madang.web.render import render
from madang.web.views.documents import revoked_by_you

MISSES = 20
"""Verifications that find nothing good, of one client in a window; those that do are a bank's daily work."""
ATTEMPTS = 600
WINDOW = 600
"""Seconds."""
LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class VerifyPage(Page):
    template: ClassVar[str] = "verify/index.html"
    bundle: ClassVar[str] = "record"
    robots: ClassVar[str] = "index"
    number: Private[str]
    """As it was typed, to be shown again."""
    verification: Private[Verification | None]
    stage: Public[Literal["ask", "again", "done"]]
    """What may be done here: verify, by all three ways; look at the number that was typed again; or nothing more, since
    the result stands here."""
    error: Public[str]
    """"", "enter-number", "choose-file", "not-pdf", "too-large" or "too-many"."""
    retry_minutes: Public[int]
    clerk: Private[bool]
    revoked_by_you: Private[bool]
    """A moment ago, by the clerk whom the press led here."""
    help_lines: Public[tuple[HelpLine, ...]]


async def show(request: Request) -> Response:
    """GET /{lang}/verify, and with ?number= the same check as by the form."""
    if "number" in request.query_params:
        return await _by_number(request, request.query_params["number"])
    return await _render(request)


async def by_number(request: Request) -> Response:
    """POST /{lang}/verify"""
    typed = (await request.form()).get("number", "")
    return await _by_number(request, typed if isinstance(typed, str) else "")


async def by_code(request: Request) -> Response:
    """GET /{lang}/verify/{code}: what the QR code of a document leads to."""
    return await _by_number(request, request.path_params["code"], shown="")


async def unprefixed(request: Request) -> Response:
    """GET /verify/{code}: the QR code itself names no language; the reader's browser does."""
    return RedirectResponse(link(locale_of(request), "verify_code", code=request.path_params["code"]), 302)


async def by_file(request: Request) -> Response:
    """POST /{lang}/verify/file"""
    form = await request.form(max_files=1, max_fields=5)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return await _render(request, error="choose-file", status=422)
    content = await file.read(LARGEST + 1)
    if len(content) > LARGEST:
        return await _render(request, error="too-large", status=413)
    if not content.startswith(b"%PDF-"):
        return await _render(request, error="not-pdf", status=422)
    if refused := await _limited(request):
        return refused
    try:
        result = await verification.file(portal(request).backend, content)
    except UnsupportedMediaType:
        return await _render(request, error="not-pdf", status=422)
    return await _shown(request, result)


async def _by_number(request: Request, typed: str, shown: str | None = None) -> Response:
    shown = presentable(typed[:200]) if shown is None else shown
    if not typed.strip():
        return await _render(request, error="enter-number", status=422)
    if refused := await _limited(request):
        return refused
    try:
        message = VerificationRequest(number=typed.strip()[:200])
        result = await verification.number(portal(request).backend, message)
    except Invalid:
        return await _render(request, number=shown, error="enter-number", status=422)
    return await _shown(request, result, shown)


async def _limited(request: Request) -> Response | None:
    state, client = portal(request).state, request.scope.get("madang.client", "")
    for judged in (
        await attempt(state, "verify", client, ATTEMPTS, WINDOW),
        await left(state, "verify-miss", client, MISSES, WINDOW),
    ):
        if not judged.allowed:
            response = await _render(request, error="too-many", retry=judged.retry_after, status=429)
            response.headers["Retry-After"] = str(judged.retry_after)
            return response
    return None


async def _shown(request: Request, result: Verification, number: str = "") -> Response:
    """The result; what was not found counts against guessing."""
    if result.result not in ("genuine", "expired", "revoked"):
        client = request.scope.get("madang.client", "")
        await attempt(portal(request).state, "verify-miss", client, MISSES, WINDOW)
    return await _render(request, number=number, result=result)


async def _render(
    request: Request,
    *,
    number: str = "",
    result: Verification | None = None,
    error: str = "",
    retry: int = 0,
    status: int = 200,
) -> Response:
    p = portal(request)
    session = await session_of(request)
    clerk = session if session is not None and "clerk" in session.roles else None
    shown = result.document if result is not None else None
    unfound = result is not None and bool(number) and result.result in ("mistyped", "unknown")
    page = VerifyPage(
        number=number,
        stage="ask" if result is None else "again" if unfound else "done",
        verification=result,
        error=error,
        retry_minutes=-(-retry // 60),
        clerk=clerk is not None,
        revoked_by_you=clerk is not None and shown is not None and await revoked_by_you(request, clerk, shown),
        help_lines=tuple(p.shelf.help_lines),
    )
    plain = result is None and not error
    if not plain:
        request.scope["madang.noindex"] = True  # somebody's document, not the page that explains
    response = await render(request, page, status=status, cacheable=plain)
    if not plain:
        response.headers["Cache-Control"] = "no-store"
    return response
