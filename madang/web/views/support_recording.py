"""The citizen's own answer about a recording: yes, no longer, and deleting it once the session is over."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.remote_support.relay import Relay
from madang.remote_support.states import Session
from madang.web.links import link
from madang.web.portal import locale_of, portal
from madang.web.sign_in.destinations import safe_destination
from madang.web.support.request import support_of
from madang.web.views.support import PERSONAL, place


async def act(request: Request) -> Response:
    """POST /{lang}/help/support/recording: ``do`` is yes, no (at any moment of the session) or delete (after it)."""
    form = await request.form(max_files=0, max_fields=5)
    locale, relay, support = locale_of(request), portal(request).support, support_of(request)
    session = await support.get()
    if session is None or relay is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    back = form.get("back")
    to = (safe_destination(back) if isinstance(back, str) else None) or place(session, locale)
    match form.get("do"):
        case "delete" if session.over:
            done = await relay.recordings.delete(session)
            to = link(locale, "support_receipt", None if done else {"recording": "later"}) + "#recording"
        case "yes" if not session.over:
            support.renew(await agree(relay, session))
        case "no" if not session.over:
            support.renew(await relay.recordings.withdraw(session))
    return RedirectResponse(to, 303, headers=PERSONAL)


async def agree(relay: Relay, session: Session) -> Session:
    """The session after the citizen's yes to a recording."""
    return await relay.recordings.agree(session) or session
