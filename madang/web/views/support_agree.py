"""Did you ask for this help? The citizen's consent, level by level; nothing of a page has been shown before."""

import hashlib
from dataclasses import dataclass
from typing import ClassVar, cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.remote_support import word_pairs
from madang.remote_support.states import Agreed, Level, LevelSet, Refused, Session
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.sign_in.destinations import safe_destination
from madang.web.support.agency import agency_of
from madang.web.support.banner import recording_of
from madang.web.support.request import support_of
from madang.web.support.saying import LEVELS
from madang.web.views.support import PERSONAL, back_of, place
from madang.web.views.support_recording import agree


@dataclass(frozen=True, slots=True)
class AgreePage(Page):
    template: ClassVar[str] = "support/agree.html"
    bundle: ClassVar[str] = "support"
    sensitive: ClassVar[bool] = True
    agent: Private[str]
    agency: Private[str]
    words: Private[tuple[str, ...]]
    """Two, in the citizen's language; the agent sees the same in theirs."""
    about: Private[str]
    """Which agent the question is about; see ``about``."""
    level: Public[Level]
    code_way: Public[bool]
    recording: Public[str]
    """"ask" where the operator would keep a recording, "on" while there is one already, or ""."""
    days: Public[int]
    """For how many it would be kept."""


async def show(request: Request) -> Response:
    """GET /{lang}/help/support/agree"""
    locale, session = locale_of(request), await support_of(request).get()
    if session is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    if session.state != "matched" or session.agent is None or session.words is None:
        return RedirectResponse(place(session, locale), 303, headers=PERSONAL)
    page = AgreePage(
        agent=session.agent.name,
        agency=agency_of(portal(request), session, locale),
        words=word_pairs.text(session.words, locale),
        about=about(session),
        level="view",
        code_way=session.way == "code",
        recording=recording_of(session),
        days=session.recordable,
    )
    response = await render(request, page)
    response.headers.update(PERSONAL)
    return response


async def submit(request: Request) -> Response:
    """POST of the same address: ``answer`` yes with a ``level``, or no; ``record`` is a question of its own. A yes to a
    question about another agent, which stood in another tab when the session was handed over, is none to this one: they
    are asked about."""
    form = await request.form(max_files=0, max_fields=5)
    locale, relay, support = locale_of(request), portal(request).support, support_of(request)
    session = await support.get()
    if session is None or relay is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    if session.state == "matched":
        if form.get("answer") == "yes" and form.get("about", about(session)) == about(session):
            session = await relay.apply(session.id, Agreed(_level(form.get("level")))) or session
            if form.get("record") == "yes":
                session = await agree(relay, session)
        elif form.get("answer") == "no":
            session = await relay.apply(session.id, Refused()) or session
    if session.state in ("viewing", "paused"):
        back = await back_of(relay, session)
        return RedirectResponse(back or link(locale, "support_talk"), 303, headers=PERSONAL)
    return RedirectResponse(place(session, locale), 303, headers=PERSONAL)


async def level(request: Request) -> Response:
    """POST /{lang}/help/support/level: the citizen allows more, or less."""
    form = await request.form(max_files=0, max_fields=5)
    locale, relay, session = locale_of(request), portal(request).support, await support_of(request).get()
    if session is None or relay is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    wanted = form.get("level")
    if isinstance(wanted, str) and wanted in LEVELS:
        await relay.apply(session.id, LevelSet(_level(wanted)))
    back = form.get("back")
    to = safe_destination(back) if isinstance(back, str) else None
    return RedirectResponse(to or place(session, locale), 303, headers=PERSONAL)


def about(session: Session) -> str:
    """Names one match of a session with an agent."""
    who = session.agent.id if session.agent is not None else ""
    return hashlib.sha256(f"{session.id} {session.words} {who}".encode()).hexdigest()[:32]


def _level(value: object) -> Level:
    """The least where none is named."""
    return cast(Level, value) if isinstance(value, str) and value in LEVELS else "view"
