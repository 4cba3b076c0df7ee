"""A guardian beside the citizen: the page that the agent sees, covered alike, the words, and the ways out."""

from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from madang.remote_support import messages, word_pairs
from madang.remote_support.guardians import Guest
from madang.remote_support.ports import StoreUnavailable
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.support.agency import agency_of
from madang.web.support.banner import Line, line
from madang.web.support.framing import framed
from madang.web.support.guest import guest_of
from madang.web.views.desk_patch import patched
from madang.web.views.support import PERSONAL

LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class BesidePage(Page):
    """What stands on it is somebody else's, so it is never mirrored itself."""

    template: ClassVar[str] = "support/beside.html"
    bundle: ClassVar[str] = "desk"
    sensitive: ClassVar[bool] = True
    state: Private[str]
    agent: Private[str]
    agency: Private[str]
    words: Private[tuple[str, ...]]
    title: Private[str]
    """Of the citizen's page; empty where none can be seen now."""
    title_lang: Private[str]
    recording: Private[bool]
    """The citizen has agreed to a recording, and it goes on."""
    lines: Private[tuple[Line, ...]]
    text: Private[str]
    error: Public[str]
    """"", or why a line was not sent: "identity", "link", "empty", "rate", "state"."""


async def session_page(
    request: Request, guest: Guest, *, typed: str = "", error: str = "", status: int = 200
) -> Response:
    """The page of a guardian who has been let in, with what the last post came to."""
    session, locale = guest.session, locale_of(request)
    relay = portal(request).support
    said = await relay.transcript(session.id, "guardian") if relay is not None else ()
    twin = await twin_of(request, guest)
    page = BesidePage(
        state=session.state,
        agent=session.agent.name if session.agent else "",
        agency=agency_of(portal(request), session, locale),
        words=tuple(word_pairs.text(session.words, locale)) if session.words else (),
        title=twin.title if twin is not None else "",
        title_lang=twin.lang if twin is not None else "",
        recording=bool(session.recording),
        lines=tuple(line(item, locale) for item in said),
        text=typed,
        error=error,
    )
    request.scope["madang.frame"] = "around"
    response = await render(request, page, status=status)
    response.headers.update(PERSONAL)
    return response


async def frame(request: Request) -> Response:
    """GET /{lang}/help/support/guardian/frame: the citizen's page as it stands now, in a document that can do nothing.
    To whoever has not been let in, and of what may not be seen, an empty one."""
    guest = await guest_of(request)
    twin = await twin_of(request, guest) if guest is not None else None
    state = guest.session.state if guest is not None and guest.stage == "in" else ""
    response = framed(request, "support/beside_frame.html", twin, state)
    response.headers.update(PERSONAL)
    return response


async def ticket(request: Request) -> Response:
    """POST /{lang}/help/support/guardian/ticket: one connection. 409 while the citizen has not answered, 404 to who
    looks no longer."""
    relay = portal(request).support
    try:
        guest = await guest_of(request)
        if relay is not None and guest is not None and guest.stage == "in":
            return JSONResponse({"ticket": await relay.ticket(guest.session.id, "guardian")}, headers=PERSONAL)
    except StoreUnavailable:
        return JSONResponse({"ticket": ""}, 503, headers=PERSONAL)
    waits = guest is not None and guest.stage == "asking"
    return JSONResponse({"ticket": ""}, 409 if waits else 404, headers=PERSONAL)


async def twin_of(request: Request, guest: Guest) -> messages.Page | None:
    """The same masked rendering as the agent's: in the guardian's language where there is one, else the citizen's."""
    relay, session = portal(request).support, guest.session
    if relay is None or guest.stage != "in" or session.state != "viewing":
        return None
    standing = await relay.store.standing(session.id)
    if standing is None or standing.number != session.page:
        return None
    order = (session.guardian_locale or session.locale, session.locale)
    found = next((locale for locale in order if locale in standing.twins), None)
    return patched(standing.twins[found], standing.fragments.get(found, ())) if found is not None else None
