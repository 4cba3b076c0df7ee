"""The sign-in of the portal: begins it, finishes it, and loses neither the page nor what was typed."""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.catalogue import Assurance
from madang.i18n.locales import Locale
from madang.web.kiosk import kiosk_of
from madang.web.portal import locale_of, session_of
from madang.web.preferring import times_of
from madang.web.sign_in.claims import SignedIn, lacks_profile, signed_in
from madang.web.sign_in.config import LEVELS, SignInConfig
from madang.web.sign_in.destinations import home, safe_destination
from madang.web.sign_in.interrupted import FormContents, interrupted
from madang.web.sign_in.problems import ProblemKind, SignInProblem
from madang.web.sign_in.provider import Provider
from madang.web.sign_in.transactions import (
    LEAVING_SECONDS,
    TRANSACTION_SECONDS,
    Done,
    Hint,
    Leaving,
    Records,
    Transaction,
    bind,
    browser_of,
    is_opaque,
    known_or_new,
    opaque,
    same,
)
from madang.web.sign_in.waiting import Kept, Waiting
from madang.web.state import State
from madang.web.state.sessions import Session, Sessions
from madang.web.state.stash import Stash
from madang.web.state.vault import Vault

log = logging.getLogger(__name__)

_ERRORS: Final[dict[str, ProblemKind]] = {
    "access_denied": "cancelled",
    "login_required": "cancelled",
    "interaction_required": "cancelled",
    "consent_required": "cancelled",
    "temporarily_unavailable": "unavailable",
    "server_error": "unavailable",
    "unmet_authentication_requirements": "assurance",
}
"""What a provider may answer instead of a code (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6); all else is
untrusted."""

OnIntent = Callable[[Request, Session, str, str], Awaitable[Response]]
"""(request, session, intent, to) -> response: does what the person meant to do before they had to sign in."""


class SignIn:
    """One per worker; ``aclose`` it at the end. ``on_intent`` is called once per sign-in, the new session being
    started."""

    def __init__(
        self,
        config: SignInConfig,
        provider: Provider,
        *,
        state: State,
        vault: Vault,
        stash: Stash,
        sessions: Sessions,
        on_intent: OnIntent,
    ) -> None:
        self.config = config
        self._provider = provider
        self._records = Records(state, vault)
        self._waiting = Waiting(self._records, stash)
        self._sessions = sessions
        self._on_intent = on_intent

    async def aclose(self) -> None:
        await self._provider.aclose()

    def expires(self, session: Session) -> dt.datetime:
        """When ``session`` ends if nothing more is done: the idle or the absolute limit, whichever comes first."""
        return self._sessions.expires(session)

    async def interrupt(self, request: Request) -> Response:
        """For any page that wants a session and finds none: sign in, then come back here with what was typed."""
        to, typed = await interrupted(request)
        return await self.begin(request, to, stash=typed)

    async def begin(
        self,
        request: Request,
        to: str | None,
        stash: FormContents | None = None,
        intent: str | None = None,
        assurance: Assurance | None = None,
    ) -> Response:
        """Sends the browser to sign in and afterwards to ``to`` (home, where that is not a page of ours).

        ``stash``: what was typed on ``to``; ``take_stash`` gives it back there. ``intent``: ``on_intent`` runs
        instead of the redirect. ``assurance``: the level that this sign-in must reach. After a POST the answer leads
        to a page of our own with a link, since browsers refuse to let a form submission end at another origin under
        ``form-action 'self'``."""
        locale = locale_of(request)
        destination = safe_destination(to) or home(locale)
        browser, fresh = known_or_new(request)
        query = {"to": destination, **({"least": assurance} if assurance else {})}
        try:
            if stash or intent:
                seconds = patience(request)
                query["kept"] = await self._waiting.keep(browser, destination, stash, intent, seconds)
        except SignInProblem as problem:
            return _problem(locale, problem.kind, query)
        # Embedded, the provider is of our own origin: a form may end there, and Apply needs no page in between.
        direct = request.method in ("GET", "HEAD") or (self.config.embedded and intent is not None and not stash)
        if direct and "hx-request" not in request.headers:
            response = await self._depart(request, query, browser)
        else:
            response = _go(request, f"/{locale}/sign-in/needed?{urlencode(query)}")
        bind(fresh, response)
        return response

    async def depart(self, request: Request) -> Response:
        """``/{lang}/sign-in?to=&kept=&least=``: the redirect to the provider."""
        browser, fresh = known_or_new(request)
        response = await self._depart(request, request.query_params, browser)
        bind(fresh, response)
        return response

    async def waiting(self, request: Request, kept: str) -> Kept | None:
        """What waits for this browser under ``kept``, for the pages that say so."""
        return await self._waiting.look(kept, browser_of(request))

    async def finish(self, request: Request) -> Response:
        """The provider's callback: checks everything, starts a new session, and goes on where the person was."""
        state, browser = _single(request, "state"), browser_of(request)
        if not is_opaque(state):
            return self._expired(request, "callback without a state")
        transaction = await self._records.take("signin", state, Transaction)
        if transaction is None:
            return await self._repeated(request, state, browser)
        if not same(transaction.browser, browser):
            return self._expired(request, "callback in another browser than the one that began")
        try:
            person, id_token = await self._person(request, transaction)
            session = await self._start(request, transaction, person, id_token)
            await self._records.put("signin-done", state, Done(transaction.browser, person.subject, transaction.to))
            await self._waiting.remember(transaction.browser, person.subject, self.config.session_seconds)
            kept = await self._waiting.claim(transaction.kept, transaction.browser, person.subject)
        except SignInProblem as problem:
            return self._failed(problem, transaction)
        if kept is not None and kept.intent is not None:
            return await self._on_intent(request, session, kept.intent, kept.to)
        return RedirectResponse(transaction.to, 303)

    async def take_stash(self, request: Request, path: str | None = None) -> FormContents | None:
        """What this person typed on this page (or ``path``) before they had to sign in; once, and only for them."""
        session = await session_of(request)
        return await self._waiting.take(session.subject, path or request.url.path) if session is not None else None

    async def sign_out(self, request: Request) -> None:
        """Ends the session on the server. ``leaving`` then tells where to sign out of the provider, too."""
        session = await session_of(request)
        await request.scope["madang.session"].end()
        browser = browser_of(request)
        if session is None or browser is None:
            return
        hint = await self._records.take("signin-hint", _session_key(session), Hint)
        try:
            url = await self._provider.end_session_url(hint.id_token if hint else None, locale_of(request))
        except SignInProblem as problem:
            log.warning("sign-out at the provider is not possible: %s", problem)
            return
        if url is not None:
            await self._records.put("signin-leaving", browser, Leaving(url), LEAVING_SECONDS)

    async def leaving(self, request: Request) -> str | None:
        """Once after ``sign_out``, in the same browser: where it signs out of the provider. Kept out of the redirect,
        because a form submission must not end at another origin, and a page that is reloaded must not sign out
        again."""
        browser = browser_of(request)
        record = await self._records.take("signin-leaving", browser, Leaving) if browser is not None else None
        return record.url if record is not None else None

    async def _depart(self, request: Request, query: Mapping[str, str], browser: str) -> Response:
        locale, kept = locale_of(request), query.get("kept", "")
        transaction = Transaction(
            browser=browser,
            nonce=opaque(),
            verifier=opaque(),
            to=safe_destination(query.get("to")) or home(locale),
            locale=locale,
            least=_assurance(query.get("least")),
            kept=kept if is_opaque(kept) else "",
        )
        state = opaque()
        try:
            url = await self._provider.authorization_url(
                state=state,
                nonce=transaction.nonce,
                verifier=transaction.verifier,
                locale=locale,
                acr_values=self.config.requested(transaction.least),
                anew=kiosk_of(request) is not None,  # the one before may still be signed in there
            )
        except SignInProblem as problem:
            return self._failed(problem, transaction)
        await self._records.put("signin", state, transaction, patience(request))
        return RedirectResponse(url, 303)

    async def _person(self, request: Request, transaction: Transaction) -> tuple[SignedIn, str]:
        """Who the provider says it is, every check passed, and the ID token that says so."""
        # RFC 9207: an answer that names another issuer was meant for somebody else.
        if "iss" in request.query_params and _single(request, "iss") != self.config.issuer:
            raise SignInProblem("untrusted", "the callback names another issuer")
        if "error" in request.query_params:
            error = request.query_params["error"]
            raise SignInProblem(_ERRORS.get(error, "untrusted"), f"the provider answered {error[:60]!r}")
        code = _single(request, "code")
        if not code or len(code) > 4096:
            raise SignInProblem("untrusted", "the callback has no usable code")
        tokens = await self._provider.exchange(code, verifier=transaction.verifier, nonce=transaction.nonce)
        said: Mapping[str, Any] = tokens.claims
        if lacks_profile(said, self.config.roles_claim):
            said = await self._provider.userinfo(tokens)
        level = self.config.level(tokens.claims.get("acr"))
        if not self.config.suffices(level, transaction.least):
            raise SignInProblem("assurance", "the provider vouches with less than was asked for")
        return signed_in(said, level or "", self.config.roles_claim), tokens.id_token

    async def _start(self, request: Request, transaction: Transaction, person: SignedIn, id_token: str) -> Session:
        """A session under a new id, whatever was there before (session fixation)."""
        session = Session(
            subject=person.subject, name=person.name, acr=person.acr, roles=person.roles, locale=transaction.locale
        )
        await request.scope["madang.session"].start(session)
        started = await session_of(request) or session
        await self._records.put("signin-hint", _session_key(started), Hint(id_token), self.config.session_seconds)
        return started

    async def _repeated(self, request: Request, state: str, browser: str | None) -> Response:
        """A callback reloaded, or pressed twice: to the page, if it is this person's in this browser; never a second
        sign-in."""
        done = await self._records.get("signin-done", state, Done)
        mine = done is not None and same(done.browser, browser)
        session = await session_of(request)
        if done is not None and mine and session is not None and session.subject == done.subject:
            return RedirectResponse(done.to, 303)
        return self._expired(request, "callback of no open transaction", done.to if done is not None and mine else None)

    def _expired(self, request: Request, detail: str, to: str | None = None) -> Response:
        log.warning("sign-in refused: expired: %s", detail)
        locale = locale_of(request)
        return _problem(locale, "expired", {"to": to or home(locale)})

    def _failed(self, problem: SignInProblem, transaction: Transaction) -> Response:
        log.warning("sign-in refused: %s", problem)
        optional = {"kept": transaction.kept, "least": transaction.least or ""}
        query = {"to": transaction.to, **{name: value for name, value in optional.items() if value}}
        return _problem(transaction.locale, problem.kind, query)


def patience(request: Request) -> int:
    """Seconds for a step of a sign-in."""
    return TRANSACTION_SECONDS * times_of(request)


def _problem(locale: Locale, kind: ProblemKind, query: Mapping[str, str]) -> Response:
    """A redirect, so that the page that explains can be reloaded and read in another language."""
    return RedirectResponse(f"/{locale}/sign-in/problem?{urlencode({'kind': kind, **query})}", 303)


def _go(request: Request, path: str) -> Response:
    """A redirect; to htmx one that it follows with the whole page."""
    if "hx-request" in request.headers:
        return Response(headers={"HX-Redirect": path})
    return RedirectResponse(path, 303)


def _single(request: Request, name: str) -> str:
    """The parameter where it is given exactly once; else nothing (a doubled one is somebody's trick)."""
    values = request.query_params.getlist(name)
    return values[0] if len(values) == 1 else ""


def _assurance(value: str | None) -> Assurance | None:
    return next((level for level in LEVELS if level == value), None)


def _session_key(session: Session) -> str:
    return f"{session.subject} {session.created.isoformat()}"
