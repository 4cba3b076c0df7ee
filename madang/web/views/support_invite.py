"""The citizen lets somebody they trust look, too: the second code, the question, and sending them away."""

from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.remote_support import word_pairs
from madang.remote_support.codes import grouped, spoken
from madang.remote_support.guardians import CODE_SECONDS
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.sign_in.destinations import safe_destination
from madang.web.support.request import support_of
from madang.web.views.support import PERSONAL, place

LIVE: Final = ("viewing", "paused", "away")


@dataclass(frozen=True, slots=True)
class InvitePage(Page):
    template: ClassVar[str] = "support/invite.html"
    bundle: ClassVar[str] = "support"
    sensitive: ClassVar[bool] = True
    guardian: Public[str]
    """"in", "asks", "code" while a code waits to be entered, or ""."""
    groups: Private[tuple[str, ...]]
    spoken: Private[str]
    """The code as it is read aloud."""
    seconds: Public[int]
    """How long a code is valid."""
    words: Private[tuple[str, ...]]
    """The two words that agent, citizen and guardian see alike."""
    address: Public[str]
    """Where the code is to be entered."""
    back: Private[str]


async def show(request: Request) -> Response:
    """GET /{lang}/help/support/invite?back="""
    locale, relay, session = locale_of(request), portal(request).support, await support_of(request).get()
    if session is None or relay is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    if session.state not in LIVE:
        return RedirectResponse(place(session, locale), 303, headers=PERSONAL)
    code = await relay.guardians.code(session)
    page = InvitePage(
        guardian="in" if session.guardian else "asks" if session.guardian_asks else "code" if code else "",
        groups=tuple(grouped(code).split()) if code else (),
        spoken=spoken(code, locale) if code else "",
        seconds=CODE_SECONDS,
        words=tuple(word_pairs.text(session.words, locale)) if session.words is not None else (),
        address=portal(request).settings.base_url.partition("://")[2].rstrip("/") + link(locale, "support_guardian"),
        back=safe_destination(request.query_params.get("back", "")) or "",
    )
    response = await render(request, page)
    response.headers.update(PERSONAL)
    return response


async def act(request: Request) -> Response:
    """POST of the same address: ``do`` is invite, yes or no (the answer to whoever asks), or away."""
    form = await request.form(max_files=0, max_fields=5)
    locale, relay, support = locale_of(request), portal(request).support, support_of(request)
    session = await support.get()
    if session is None or relay is None:
        return RedirectResponse(link(locale, "support"), 303, headers=PERSONAL)
    given = form.get("back")
    back = safe_destination(given) if isinstance(given, str) else None
    match form.get("do"):
        case "invite":
            await relay.guardians.invite(session)
        case "yes" | "no" as answer:
            support.renew(await relay.guardians.answer(session, allowed=answer == "yes"))
            return RedirectResponse(back or link(locale, "support_talk"), 303, headers=PERSONAL)
        case "away":
            support.renew(await relay.guardians.send_away(session))
    return RedirectResponse(link(locale, "support_invite", {"back": back} if back else None), 303, headers=PERSONAL)
