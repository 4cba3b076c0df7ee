"""The desk: who waits, a code to enter, the agent's own sessions and the day's appointments."""

from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.support import Booked
from madang.i18n.korea import day_in_korea
from madang.i18n.locales import LOCALES, Locale, is_locale
from madang.i18n.text import Text
from madang.remote_support.relay import LockedOut, WrongCode
from madang.web.clients import BackendError, support
from madang.web.links import link
from madang.web.page import Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.render import render
from madang.web.views.desk_offers import offered, take_over
from madang.web.views.desk_parts import NAME, DeskPage, Row, agent_of, relay_of, row

LONGEST: Final = 60
"""Characters of a code as somebody may type it; what is longer is none."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One of the day's."""

    booked: Private[Booked]
    service: Private[Text | None]


@dataclass(frozen=True, slots=True)
class QueuePage(DeskPage):
    template: ClassVar[str] = "desk/index.html"
    typed: Private[str]
    error: Public[str]
    """"", "wrong-code", "locked" or "gone" (somebody else was faster, or the citizen has left)."""
    left: Private[int]
    """Tries left after a wrong code; minutes to wait when locked out."""
    waiting: Private[tuple[Row, ...]]
    """Asked for by text, or for an appointment: can be taken. The longest wait first."""
    by_code: Private[int]
    """How many wait on the telephone with a code."""
    offered: Private[tuple[Row, ...]]
    """Sessions that colleagues would like to hand over."""
    mine: Private[tuple[Row, ...]]
    languages: Public[tuple[Locale, ...]]
    """Those somebody waits in."""
    language: Public[str]
    """The one that the list is narrowed to; empty for all."""
    appointments: Private[tuple[Appointment, ...] | None]
    """None while the backend does not answer."""
    supervisor: Public[bool]
    written: Public[bool]
    """An outcome was written down a moment ago."""
    available: Public[bool]
    """Whether remote support runs here at all."""


async def show(request: Request) -> Response:
    """GET /{lang}/desk?language="""
    return await _page(request)


async def enter_code(request: Request) -> Response:
    """POST /{lang}/desk/code"""
    form = await request.form(max_files=0, max_fields=5)
    typed = str(form.get("code", "")).strip()
    relay, agent = relay_of(request), await agent_of(request)
    try:
        session = await relay.enter_code(agent, typed[:LONGEST])
    except WrongCode as wrong:
        return await _page(request, typed=typed[:LONGEST], error="wrong-code", left=wrong.left, status=422)
    except LockedOut as locked:
        minutes = -(-locked.seconds // 60)
        return await _page(request, error="locked", left=minutes, status=429)
    return RedirectResponse(link(locale_of(request), "desk_session", session=session.id), 303)


async def take(request: Request) -> Response:
    """POST /{lang}/desk/take: a request by text, or a session that a colleague offers."""
    form = await request.form(max_files=0, max_fields=5)
    name = str(form.get("session", ""))
    relay, agent = relay_of(request), await agent_of(request)
    if not NAME.fullmatch(name):
        raise HTTPException(404)
    if form.get("offered"):
        session = await take_over(request, name, agent)
    else:
        session = await relay.take(agent, name)
    if session is None or session.agent is None or session.agent.id != agent.id:
        return await _page(request, error="gone", status=409)
    return RedirectResponse(link(locale_of(request), "desk_session", session=session.id), 303)


async def _page(request: Request, *, typed: str = "", error: str = "", left: int = 0, status: int = 200) -> Response:
    who = await signed_in(request)
    relay = portal(request).support
    queue = list(await relay.queue()) if relay is not None else []
    by_text = [session for session in queue if session.way != "code"]
    language = request.query_params.get("language", "")
    if not is_locale(language):
        language = ""
    page = QueuePage(
        typed=typed,
        error=error,
        left=left,
        waiting=tuple(row(request, session) for session in by_text if language in ("", session.locale)),
        by_code=len(queue) - len(by_text),
        offered=await offered(request) if relay is not None else (),
        mine=tuple([row(request, session) for session in await relay.with_agent(who.subject)] if relay else []),
        languages=tuple(locale for locale in LOCALES if any(session.locale == locale for session in by_text)),
        language=language,
        appointments=await _appointments(request),
        supervisor="supervisor" in who.roles,
        written="written" in request.query_params,
        available=relay is not None,
    )
    response = await render(request, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


async def _appointments(request: Request) -> tuple[Appointment, ...] | None:
    p = portal(request)
    try:
        day = await support.agent_day(p.backend, await signed_in(request), day_in_korea(p.now()))
    except BackendError:
        return None
    titles = {service.identifier: service.title for service in p.shelf.services}
    return tuple(Appointment(booked, titles.get(booked.appointment.service)) for booked in day.items)
