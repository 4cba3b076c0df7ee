"""Remote support begins: what it is, the code to read to an agent, and whether somebody has come."""

from dataclasses import dataclass
from typing import ClassVar, Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.catalogue import HelpLine
from madang.i18n.locales import Locale
from madang.remote_support.codes import grouped, spoken
from madang.remote_support.ports import StoreUnavailable
from madang.remote_support.relay import Relay
from madang.remote_support.states import Session
from madang.web.catalogue.shelf import Shelf
from madang.web.limits import attempt
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal
from madang.web.preferring import times_of
from madang.web.render import render
from madang.web.sign_in.destinations import safe_destination
from madang.web.support.request import keep, support_of

MOST: Final = 20
"""Requests of one client in a window."""
WINDOW: Final = 3600
"""Seconds."""
PERSONAL: Final = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class SupportPage(Page):
    template: ClassVar[str] = "support/index.html"
    bundle: ClassVar[str] = "support"
    available: Public[bool]
    phone: Public[str]
    back: Private[str]
    """The page from which help was asked for; empty when that is not known."""
    error: Public[str]
    """"", "too-many" or "unavailable"."""
    help_lines: Public[tuple[HelpLine, ...]]


@dataclass(frozen=True, slots=True)
class WaitingPage(Page):
    template: ClassVar[str] = "support/waiting.html"
    bundle: ClassVar[str] = "support"
    sensitive: ClassVar[bool] = True
    code_way: Public[bool]
    """False: asked in writing, and there is no code."""
    expired: Public[bool]
    groups: Private[tuple[str, ...]]
    spoken: Private[str]
    """The code as it is read aloud."""
    seconds: Public[int]
    """How long a code is valid."""
    phone: Public[str]
    back: Private[str]


async def show(request: Request) -> Response:
    """GET /{lang}/help/support?from="""
    session = await support_of(request).get()
    if session is not None and not session.over:
        return RedirectResponse(place(session, locale_of(request)), 303, headers=PERSONAL)
    return await _page(request, request.query_params.get("from", ""))


async def start(request: Request) -> Response:
    """POST /{lang}/help/support: asks for help, by a code (``way=code``) or in writing (``way=text``)."""
    form = await request.form(max_files=0, max_fields=5)
    back, way = form.get("from", ""), form.get("way", "code")
    if not isinstance(back, str):
        back = ""
    p, locale, relay = portal(request), locale_of(request), portal(request).support
    session = await support_of(request).get()
    if session is not None and not session.over:  # asked twice is asked once
        return RedirectResponse(place(session, locale), 303, headers=PERSONAL)
    if relay is None:
        return await _page(request, back, status=503)
    if not (await attempt(p.state, "support", request.scope["madang.client"], MOST, WINDOW)).allowed:
        return await _page(request, back, error="too-many", status=429)
    back = asked_from(back, locale)
    try:
        session, token = await relay.ask(
            locale, way="text" if way == "text" else "code", need=need_of(back, p.shelf), back=back,
            times=times_of(request),
        )  # fmt: skip
    except StoreUnavailable:
        return await _page(request, back, error="unavailable", status=503)
    response = RedirectResponse(place(session, locale), 303, headers=PERSONAL)
    keep(response, token)
    return response


async def waiting(request: Request) -> Response:
    """GET /{lang}/help/support/waiting: the code, until an agent has entered it."""
    p, locale, relay = portal(request), locale_of(request), portal(request).support
    session = await support_of(request).get()
    if session is None or relay is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    if session.state not in ("requested", "waiting", "expired"):
        return RedirectResponse(place(session, locale), 303, headers=PERSONAL)
    by_code, expired = session.way == "code", session.over
    code = relay.code(session) if by_code and not expired else ""
    page = WaitingPage(
        code_way=by_code,
        expired=expired,
        groups=tuple(grouped(code).split()) if code else (),
        spoken=spoken(code, locale) if code else "",
        seconds=session.limits.code,
        phone=p.settings.support_telephone,
        back=await back_of(relay, session),
    )
    response = await render(request, page)
    response.headers.update(PERSONAL)
    return response


async def back_of(relay: Relay, session: Session) -> str:
    """The page from which help was asked for; empty when that is not known."""
    try:
        return safe_destination(await relay.back(session.id)) or ""
    except StoreUnavailable:
        return ""


def asked_from(back: str, locale: Locale) -> str:
    """The page to come back to: one of ours, but none of remote support itself; else empty."""
    return "" if back.startswith(link(locale, "support")) else safe_destination(back) or ""


def place(session: Session, locale: Locale) -> str:
    """The page of remote support that a session is at."""
    if session.state in ("requested", "waiting", "expired"):
        return link(locale, "support_waiting")
    if session.state == "matched":
        return link(locale, "support_agree")
    return link(locale, "support_receipt" if session.over else "support_talk")


def need_of(back: str, shelf: Shelf) -> str:
    """What help is asked for: the service of the page, or the kind of page."""
    parts = urlsplit(back).path.split("/")[2:]
    if len(parts) > 1 and parts[0] in ("services", "apply") and shelf.service(parts[1]) is not None:
        return parts[1]
    kinds = ("services", "applications", "documents", "verify", "offices", "my-information", "life-events", "for-you")
    return parts[0] if parts and parts[0] in kinds else "home"


async def _page(request: Request, back: str, *, error: str = "", status: int = 200) -> Response:
    p = portal(request)
    page = SupportPage(
        available=p.support is not None,
        phone=p.settings.support_telephone,
        back=asked_from(back, locale_of(request)),
        error=error,
        help_lines=p.shelf.help_lines,
    )
    response = await render(request, page, status=status)
    response.headers.update(PERSONAL)
    return response
