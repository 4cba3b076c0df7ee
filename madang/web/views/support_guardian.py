"""Who helps a citizen as somebody they trust: enters the second code, agrees, waits for the citizen's yes, leaves."""

from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.remote_support import word_pairs
from madang.remote_support.guardians import Guest
from madang.remote_support.messages import Chat, Stop
from madang.remote_support.ports import StoreUnavailable
from madang.remote_support.redaction import unsafe
from madang.remote_support.relay import LockedOut, Relay, WrongCode
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal
from madang.web.render import render
from madang.web.support.agency import agency_of
from madang.web.support.guest import guest_of, keep
from madang.web.views.support import PERSONAL
from madang.web.views.support_beside import LONGEST, session_page

LONGEST_CODE: Final = 40


@dataclass(frozen=True, slots=True)
class GuardianPage(Page):
    template: ClassVar[str] = "support/guardian.html"
    bundle: ClassVar[str] = "support"
    sensitive: ClassVar[bool] = True
    stage: Public[str]
    """"code" before one was entered, then a ``guardians.Stage``."""
    typed: Private[str]
    error: Public[str]
    """"", "wrong-code", "locked" or "unavailable"."""
    left: Public[int]
    """Tries that are left; once locked, minutes to wait."""
    agent: Private[str]
    agency: Private[str]
    words: Private[tuple[str, ...]]
    """The two words that the citizen and the agent see, too."""
    recording: Private[bool]
    """The citizen has agreed to a recording, and it goes on."""
    phone: Public[str]


async def show(request: Request) -> Response:
    """GET /{lang}/help/support/guardian: whatever comes next for who helps; without a code, where it is entered."""
    guest = await guest_of(request)
    if guest is not None and guest.stage == "in":
        return await session_page(request, guest)
    return await _page(request, guest)


async def act(request: Request) -> Response:
    """POST of the same address: ``do`` is code, yes, leave, chat or stop."""
    form = await request.form(max_files=0, max_fields=5)
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    what, relay = given.get("do", ""), portal(request).support
    if relay is None:
        return await _page(request, None, error="unavailable", status=503)
    if what == "code":
        return await _enter(request, relay, given.get("code", "").strip()[:LONGEST_CODE])
    guest = await guest_of(request)
    if guest is None:
        return _again(request)
    match what:
        case "yes":
            await relay.guardians.agree(guest, locale_of(request))
        case "leave":
            await relay.guardians.leave(guest)
            response = RedirectResponse(link(locale_of(request), "home"), 303, headers=PERSONAL)
            keep(response, "")
            return response
        case "stop" if guest.stage == "in":
            await relay.up(guest.session.id, "guardian", Stop())
        case "chat" if guest.stage == "in":
            return await _say(request, relay, guest, given.get("text", "").strip()[:LONGEST])
    return _again(request)


async def _enter(request: Request, relay: Relay, typed: str) -> Response:
    try:
        token = await relay.guardians.enter(request.scope["madang.client"], typed)
    except WrongCode as wrong:
        return await _page(request, None, typed=typed, error="wrong-code", left=wrong.left, status=422)
    except LockedOut as locked:
        return await _page(request, None, error="locked", left=-(-locked.seconds // 60), status=429)
    except StoreUnavailable:
        return await _page(request, None, typed=typed, error="unavailable", status=503)
    response = _again(request)
    keep(response, token)
    return response


async def _say(request: Request, relay: Relay, guest: Guest, text: str) -> Response:
    """A line to citizen and agent."""
    error: str = "empty" if not text else unsafe(text)
    if not error:
        refused = await relay.up(guest.session.id, "guardian", Chat(text))
        error = refused if refused in ("", "rate") else "state"
    return await session_page(request, guest, typed=text, error=error, status=422) if error else _again(request)


def _again(request: Request) -> Response:
    return RedirectResponse(link(locale_of(request), "support_guardian"), 303, headers=PERSONAL)


async def _page(
    request: Request, guest: Guest | None, *, typed: str = "", error: str = "", left: int = 0, status: int = 200
) -> Response:
    p, locale = portal(request), locale_of(request)
    session = guest.session if guest is not None and guest.stage != "gone" else None
    page = GuardianPage(
        stage=guest.stage if guest is not None else "code",
        typed=typed,
        error=error or ("" if p.support is not None else "unavailable"),
        left=left,
        agent=session.agent.name if session is not None and session.agent else "",
        agency=agency_of(p, session, locale),
        words=tuple(word_pairs.text(session.words, locale)) if session is not None and session.words else (),
        recording=session is not None and bool(session.recording),
        phone=p.settings.support_telephone,
    )
    response = await render(request, page, status=status)
    response.headers.update(PERSONAL)
    if guest is not None and guest.stage in ("gone", "over"):
        keep(response, "")
    return response
