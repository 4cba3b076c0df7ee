"""An agent's own notes of a session: sealed, for nobody else, and gone a day later."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.forms.characters import presentable
from madang.remote_support.states import Record, Session
from madang.web.links import link
from madang.web.portal import locale_of, portal, signed_in
from madang.web.views.desk_parts import own_session, relay_of

LONGEST: Final = 4000
SECONDS: Final = 86400


async def save(request: Request) -> Response:
    """POST /{lang}/desk/sessions/{session}/notes"""
    session, who = await own_session(request), await signed_in(request)
    form = await request.form(max_files=0, max_fields=3)
    text = presentable(str(form.get("notes", "")))[:LONGEST]
    before = await notes_of(request, session)
    await portal(request).stash.keep(who.subject, _key(session), {"notes": text}, ttl=SECONDS)
    if not before and text:  # that there are some; kept at every pause in writing, they would fill the trail
        relay_of(request).record(session, Record("agent", "notes"))
    if request.headers.get("accept", "").startswith("application/json"):
        return Response(status_code=204)
    return RedirectResponse(link(locale_of(request), "desk_session", session=session.id) + "#notes", 303)


async def notes_of(request: Request, session: Session) -> str:
    who = await signed_in(request)
    kept = await portal(request).stash.peek(who.subject, _key(session))
    return str(kept["notes"]) if kept else ""


async def forget(request: Request, session: Session) -> None:
    """Once the outcome is written down the notes have done their work."""
    who = await signed_in(request)
    await portal(request).stash.take(who.subject, _key(session))


def _key(session: Session) -> str:
    return f"desk-notes/{session.id}"
