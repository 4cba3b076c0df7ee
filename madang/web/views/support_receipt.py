"""After remote support: who helped, when, what was done, everything that was said to keep, and how it was."""

import contextlib
import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.support import Act, Rating, Receipt
from madang.remote_support.messages import Said
from madang.remote_support.ports import StoreUnavailable
from madang.remote_support.relay import Relay
from madang.remote_support.states import Reason, Session
from madang.web.clients import BackendError, support
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.support.agency import agency_of
from madang.web.support.request import READ, keep, support_of
from madang.web.support.saying import ACTS
from madang.web.support.transcript import text as words_of
from madang.web.views.support import PERSONAL, back_of, place

STARS: Final = {"good": 5, "fair": 3, "poor": 1}


@dataclass(frozen=True, slots=True)
class ReceiptPage(Page):
    template: ClassVar[str] = "support/receipt.html"
    bundle: ClassVar[str] = "support"
    sensitive: ClassVar[bool] = True
    reason: Public[Reason]
    ended_by: Public[str]
    agent: Private[str]
    agency: Private[str]
    began: Private[dt.datetime | None]
    """When the citizen agreed."""
    lasted: Private[int]
    """Seconds."""
    acts: Private[tuple[Act, ...]]
    words: Private[bool]
    """Whether anything was said."""
    recorded: Private[dt.datetime | None]
    """Until when there is a recording; None: there is none, or nobody knows now."""
    unsure: Public[bool]
    """Whether there may be one that cannot be asked for now."""
    later: Private[bool]
    """It was to be deleted, and will be."""
    rated: Private[bool]
    unrated: Public[bool]
    """What was pressed could not be kept."""
    back: Private[str]


async def show(request: Request) -> Response:
    """GET /{lang}/help/support/receipt"""
    locale, relay, named = locale_of(request), portal(request).support, support_of(request)
    session = await named.get()
    if session is None or relay is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    if not session.over or session.state == "expired":
        return RedirectResponse(place(session, locale), 303, headers=PERSONAL)
    receipt = await _receipt(request, session)
    ended = session.since or session.created
    page = ReceiptPage(
        reason=session.reason,
        ended_by=session.ended_by,
        agent=session.agent.name if session.agent else "",
        agency=agency_of(portal(request), session, locale),
        began=session.agreed,
        lasted=int((ended - session.agreed).total_seconds()) if session.agreed else 0,
        acts=tuple(act for act in receipt.acts if told(act)) if receipt else (),
        words=bool(await _said(relay, session)),
        recorded=receipt.recording.expires if receipt and receipt.recording else None,
        unsure=receipt is None and bool(session.recordable),
        later="recording" in request.query_params,
        rated="rated" in request.query_params or (receipt is not None and receipt.rating is not None),
        unrated="unrated" in request.query_params,
        back=await back_of(relay, session),
    )
    response = await render(request, page)
    response.headers.update(PERSONAL)
    keep(response, named.token + READ)
    return response


def told(act: Act) -> bool:
    """Whether a receipt tells of it: of the pages of remote support itself it need not."""
    return act.kind in ACTS and not (act.kind in ("page", "paused", "resumed") and act.detail.startswith("support/"))


async def rate(request: Request) -> Response:
    """POST /{lang}/help/support/rating"""
    form = await request.form(max_files=0, max_fields=3)
    locale, session = locale_of(request), await support_of(request).get()
    stars = STARS.get(str(form.get("rating")))
    if session is not None and session.over and stars is not None:
        await _deliver(request)
        try:
            await support.rate(portal(request).backend, session.id, Rating(stars))
        except BackendError:
            again = link(locale, "support_receipt", {"unrated": "1"}) + "#rating"
            return RedirectResponse(again, 303, headers=PERSONAL)
    return RedirectResponse(link(locale, "support_receipt", {"rated": "1"}) + "#rating", 303, headers=PERSONAL)


async def transcript(request: Request) -> Response:
    """GET /{lang}/help/support/transcript: everything that was said, as a text file."""
    locale, relay, session = locale_of(request), portal(request).support, await support_of(request).get()
    if session is None or relay is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    gettext = portal(request).environments[locale].translations.gettext
    text = words_of(locale, gettext, session, await _said(relay, session), agency_of(portal(request), session, locale))
    headers = {**PERSONAL, "Content-Disposition": 'attachment; filename="remote-support.txt"'}
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


async def _said(relay: Relay, session: Session) -> tuple[Said, ...]:
    try:
        return tuple(await relay.transcript(session.id))
    except StoreUnavailable:
        return ()


async def _receipt(request: Request, session: Session) -> Receipt | None:
    """None while the records cannot be read: the page then says what the session itself knows."""
    await _deliver(request)
    try:
        return await support.receipt(portal(request).backend, session.id)
    except BackendError:
        return None


async def _deliver(request: Request) -> None:
    """The session's last acts are gathered for a moment: who comes at once finds them written all the same."""
    if (trail := portal(request).support_trail) is not None:
        with contextlib.suppress(BackendError):
            await trail.flush()
