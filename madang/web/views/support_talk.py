"""The conversation by pages and forms, the ticket for the script's connection, and Stop."""

from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from madang.remote_support.messages import Chat
from madang.remote_support.redaction import unsafe
from madang.remote_support.relay import Relay
from madang.remote_support.states import Level, Session, Stopped
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal
from madang.web.preferring import preferences_of
from madang.web.render import render
from madang.web.sign_in.destinations import safe_destination
from madang.web.support import taken
from madang.web.support.banner import Line, Offer, banner_of, line, offer, recording_of
from madang.web.support.request import keep, support_of
from madang.web.views.support import PERSONAL, place

LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class TalkPage(Page):
    template: ClassVar[str] = "support/talk.html"
    bundle: ClassVar[str] = "support"
    agent: Private[str]
    level: Public[Level]
    lines: Private[tuple[Line, ...]]
    offers: Private[tuple[Offer, ...]]
    taken: Private[Offer | None]
    """A suggestion just accepted, and not for a question, where it is typed in when the page is next shown: nobody but
    the citizen writes it into the field."""
    guardian: Public[str]
    """"in", "asks" or ""; see ``banner.Banner``."""
    recording: Public[str]
    """"on", "ask" or ""; see ``banner.recording_of``."""
    days: Public[int]
    """For how many a recording is kept."""
    text: Private[str]
    error: Public[str]
    """"", or why a line was not sent: "identity", "link", "empty", "rate", "state"."""
    back: Private[str]


async def show(request: Request) -> Response:
    """GET /{lang}/help/support/talk?back="""
    found = await _session(request)
    return found if isinstance(found, Response) else await _page(request, *found, request.query_params.get("back", ""))


async def say(request: Request) -> Response:
    """POST /{lang}/help/support/say: a line to the agent."""
    posted = await _posted(request)
    found = await _session(request)
    if isinstance(found, Response):
        return found
    relay, session = found
    text, back = posted.get("text", "").strip(), posted.get("back", "")
    error: str = "empty" if not text else unsafe(text[:LONGEST])
    if not error:
        refused = await relay.up(session.id, "citizen", Chat(text[:LONGEST]))
        error = refused if refused in ("", "rate") else "state"
    if error:
        return await _page(request, relay, session, back, text=text, error=error, status=422)
    return _back_to_talk(request, back)


async def answer(request: Request) -> Response:
    """POST /{lang}/help/support/answer: a suggestion is accepted or refused."""
    posted = await _posted(request)
    found = await _session(request)
    if isinstance(found, Response):
        return found
    relay, session = found
    back, word = safe_destination(posted.get("back", "")) or "", "yes" if posted.get("accepted") == "yes" else "no"
    accepted = await taken.answer(request, f"{word}:{posted.get('suggestion', '')}")
    if accepted is not None and not (back and accepted.page.startswith(taken.QUESTION)):
        return await _page(request, relay, session, back, accepted=offer(accepted))
    return RedirectResponse(back or link(locale_of(request), "support_talk"), 303, headers=PERSONAL)


async def stop(request: Request) -> Response:
    """POST /{lang}/help/support/stop: at any moment, from any page. To the script JSON, to a form the receipt."""
    locale, relay, support = locale_of(request), portal(request).support, support_of(request)
    session = await support.get()
    if session is not None and relay is not None and not session.over:
        session = await relay.apply(session.id, Stopped("citizen"))
        support.renew(session)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"ended": session is None or session.over}, headers=PERSONAL)
    if session is None or session.agreed is None:
        back = safe_destination((await _posted(request)).get("back", "")) or ""
        own = back.startswith(f"/{locale}/help/support")
        response = RedirectResponse(link(locale, "support") if own or not back else back, 303, headers=PERSONAL)
        keep(response, "")
        return response
    return RedirectResponse(link(locale, "support_receipt"), 303, headers=PERSONAL)


async def ticket(request: Request) -> Response:
    """POST /{lang}/help/support/ticket: one connection of the page numbered ``page``. 404 without a live session."""
    relay, session = portal(request).support, await support_of(request).get()
    if relay is None or session is None or session.over:
        return JSONResponse({"ticket": "", "page": 0}, 404, headers=PERSONAL)
    asked = (await _posted(request)).get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else session.page
    return JSONResponse(
        {"ticket": await relay.ticket(session.id, "citizen", page=page), "page": page}, headers=PERSONAL
    )


async def banner(request: Request) -> Response:
    """GET /{lang}/help/support/banner?here=&form=: the banner alone, as it stands now. Counts as no page."""
    here = safe_destination(request.query_params.get("here", "")) or link(locale_of(request), "home")
    made = await banner_of(request, here)
    form = taken.FORM if request.query_params.get("form") == taken.FORM else ""
    environment = portal(request).environments.of(locale_of(request), easy=preferences_of(request).words == "easy")
    template = environment.get_template("pages/support/banner.html")
    return HTMLResponse(template.render(banner=made, form=form), headers=PERSONAL)


async def _session(request: Request) -> tuple[Relay, Session] | Response:
    """The relay and a session in which words pass; or the way to where the session is."""
    locale, relay, session = locale_of(request), portal(request).support, await support_of(request).get()
    if relay is None or session is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    if session.state not in ("viewing", "paused", "away"):
        return RedirectResponse(place(session, locale), 303, headers=PERSONAL)
    return relay, session


async def _posted(request: Request) -> dict[str, str]:
    form = await request.form(max_files=0, max_fields=10)
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _back_to_talk(request: Request, back: str) -> Response:
    to = safe_destination(back)
    where = link(locale_of(request), "support_talk", {"back": to} if to else None)
    return RedirectResponse(where, 303, headers=PERSONAL)


async def _page(
    request: Request,
    relay: Relay,
    session: Session,
    back: str,
    *,
    text: str = "",
    error: str = "",
    accepted: Offer | None = None,
    status: int = 200,
) -> Response:
    locale = locale_of(request)
    page = TalkPage(
        agent=session.agent.name if session.agent else "",
        level=session.level,
        lines=tuple(line(item, locale) for item in await relay.transcript(session.id)),
        offers=tuple(offer(item) for item in await relay.suggestions(session.id)),
        taken=accepted,
        guardian="in" if session.guardian else "asks" if session.guardian_asks else "",
        recording=recording_of(session),
        days=session.recordable,
        text=text,
        error=error,
        back=safe_destination(back) or "",
    )
    response = await render(request, page, status=status)
    response.headers.update(PERSONAL)
    return response
