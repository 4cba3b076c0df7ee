"""Signing in and out, and how long one stays signed in. The protocol itself is in ``web.sign_in``."""

from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from madang.web.kiosk import Kiosk, kiosk_of
from madang.web.kiosk import keep as keep_kiosk
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, session_of
from madang.web.preferring import at_sign_in
from madang.web.render import render
from madang.web.sign_in.destinations import home, safe_destination
from madang.web.sign_in.problems import STATUS, ProblemKind, is_problem_kind
from madang.web.state import StateUnavailable
from madang.web.support.leaving import ENDED, end_support
from madang.web.support.request import COOKIE, keep, support_of
from madang.web.views.cards import Elsewhere, elsewhere
from madang.web.views.kiosk import clear

_PERSONAL: Final = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class SignInNeededPage(Page):
    """Between a form that found no session and the provider: says that nothing is lost, and leads on by one link."""

    template: ClassVar[str] = "sign_in/needed.html"
    bundle: ClassVar[str] = "task"
    sensitive: ClassVar[bool] = True
    typed: Public[bool]
    """What was typed is kept."""
    onward: Private[str]


@dataclass(frozen=True, slots=True)
class SignInProblemPage(Page):
    template: ClassVar[str] = "sign_in/problem.html"
    bundle: ClassVar[str] = "task"
    kind: Public[ProblemKind]
    typed: Public[bool]
    signed_in: Public[bool]
    again: Private[str]
    """Begins the sign-in again, with the same page and the same answers waiting."""
    elsewhere: Public[Elsewhere]


@dataclass(frozen=True, slots=True)
class SessionPage(Page):
    template: ClassVar[str] = "sign_in/session.html"
    bundle: ClassVar[str] = "task"
    minutes: Private[int]
    to: Private[str]
    """Where the person was; empty when that is not known."""


@dataclass(frozen=True, slots=True)
class SignedOutPage(Page):
    template: ClassVar[str] = "sign_in/signed_out.html"
    bundle: ClassVar[str] = "task"
    timed_out: Public[bool]
    provider: Private[str]
    """Where to sign out of the provider, too; empty when there is no such place."""
    helped: Public[bool]
    """Remote support has ended by it, too."""
    again: Private[str]


async def show(request: Request) -> Response:
    """GET /{lang}/sign-in?to=: off to the provider. Always a GET: see ``SignIn.begin``."""
    return await portal(request).sign_in.depart(request)


async def needed(request: Request) -> Response:
    """GET /{lang}/sign-in/needed: after a form was sent without a session."""
    locale, query = locale_of(request), request.query_params
    waiting = await portal(request).sign_in.waiting(request, query.get("kept", ""))
    typed = waiting is not None and waiting.typed
    page = SignInNeededPage(typed=typed, onward=link(locale, "sign_in", _onward(request)))
    response = await render(request, page)
    response.headers.update(_PERSONAL)
    if waiting is not None and waiting.intent is not None and not typed:
        # They pressed Apply and need no explanation. A refresh is a step of its own for the browser, not the end of the
        # form's submission, so ``form-action`` does not stop it at the provider.
        response.headers["Refresh"] = f"0; url={page.onward}"
    return response


async def problem(request: Request) -> Response:
    """GET /{lang}/sign-in/problem: why a sign-in did not succeed, and what to do now."""
    p, query = portal(request), request.query_params
    kind = query.get("kind", "")
    kind = kind if is_problem_kind(kind) else "expired"
    waiting = await p.sign_in.waiting(request, query.get("kept", ""))
    page = SignInProblemPage(
        kind=kind,
        typed=waiting is not None and waiting.typed,
        signed_in=await session_of(request) is not None,
        again=link(locale_of(request), "sign_in", _onward(request)),
        elsewhere=elsewhere(p.shelf),
    )
    response = await render(request, page, status=STATUS[kind])
    response.headers.update(_PERSONAL)
    return response


async def callback(request: Request) -> Response:
    """GET /sign-in/callback: the way back from the provider."""
    if request.method != "GET":  # a HEAD must not use up the code
        return Response(status_code=405, headers={"Allow": "GET"})
    response = await portal(request).sign_in.finish(request)
    await at_sign_in(request, response)
    response.headers.update(_PERSONAL)
    return response


async def sign_out(request: Request) -> Response:
    """POST /{lang}/sign-out: the session ends on the server, then at the provider, where it offers that. Remote support
    ends with it, the citizen's and all that an agent is in: both sides are told. Of one that was over nothing is left
    to read for whoever sits here next."""
    ended = await end_support(request)
    await portal(request).sign_in.sign_out(request)
    response = RedirectResponse(link(locale_of(request), "signed_out"), 303)
    helped = support_of(request)
    if helped.named and (session := await helped.get()) is not None and session.over:
        keep(response, ENDED if ended else "")
    return response


async def signed_out(request: Request) -> Response:
    """GET /{lang}/signed-out: after signing out, or after the time was over (``?why=time``)."""
    locale, query = locale_of(request), request.query_params
    provider = ""
    with suppress(StateUnavailable):  # whoever has signed out is told so, also when the provider is not known
        provider = await portal(request).sign_in.leaving(request) or ""
    if not provider and await session_of(request) is not None:
        return RedirectResponse(home(locale), 303)
    if not provider and query.get("why") != "time" and (kiosk := kiosk_of(request)) is not None:
        ended = RedirectResponse(link(kiosk.locale, "kiosk"), 303, headers=_PERSONAL)
        keep_kiosk(ended, Kiosk(kiosk.locale))
        clear(ended)
        return ended
    to = safe_destination(query.get("to"))
    page = SignedOutPage(
        timed_out=query.get("why") == "time",
        provider=provider,
        helped=request.cookies.get(COOKIE) == ENDED,
        again=link(locale, "sign_in", {"to": to} if to else None),
    )
    response = await render(request, page)
    response.headers.update(_PERSONAL)
    if page.helped and not provider:
        keep(response, "")
    if provider:
        response.headers["Refresh"] = f"0; url={provider}"
    return response


async def provider_signed_out(request: Request) -> Response:
    """GET /sign-out/callback: back from the provider's sign-out; ``state`` carries the language."""
    state = request.query_params.get("state", "")
    there = safe_destination(f"/{state}/")
    locale = there[1:3] if there is not None and len(there) == 4 else locale_of(request)
    return RedirectResponse(f"/{locale}/signed-out", 303)


async def session(request: Request) -> Response:
    """GET /{lang}/session: how long one is still signed in, and one button to stay. For readers without JavaScript."""
    current = await session_of(request)
    if current is None:
        return RedirectResponse(_timed_out(request), 303, headers=_PERSONAL)
    to = safe_destination(request.query_params.get("to")) or ""
    return await render(request, SessionPage(minutes=await _seconds_left(request) // 60, to=to))


async def extend(request: Request) -> Response:
    """POST /{lang}/session: stay signed in. To the script JSON ``{"expires_in": seconds}``, or 401 when it is too
    late; to a plain form a redirect back to ``to``."""
    current = await session_of(request)  # counts as use
    if "application/json" in request.headers.get("accept", ""):
        if current is None:
            return JSONResponse({"expires_in": 0}, 401, headers=_PERSONAL)
        return JSONResponse({"expires_in": await _seconds_left(request)}, headers=_PERSONAL)
    if current is None:
        return RedirectResponse(_timed_out(request), 303, headers=_PERSONAL)
    to = (await request.form(max_fields=5, max_files=0)).get("to")
    back = safe_destination(to) if isinstance(to, str) else None
    return RedirectResponse(back or link(locale_of(request), "session"), 303)


async def _seconds_left(request: Request) -> int:
    """Of the session that this request has just used."""
    p, current = portal(request), await session_of(request)
    return max(0, int((p.sign_in.expires(current) - p.now()).total_seconds())) if current is not None else 0


def _onward(request: Request) -> dict[str, str]:
    """The query with which a sign-in goes on or begins again; what is not ours in it is dropped when it is read."""
    query = request.query_params
    return {name: query[name] for name in ("to", "kept", "least") if query.get(name)}


def _timed_out(request: Request) -> str:
    to = safe_destination(request.query_params.get("to"))
    return f"/{locale_of(request)}/signed-out?{urlencode({'why': 'time', **({'to': to} if to else {})})}"
