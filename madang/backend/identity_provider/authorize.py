"""The authorization request: checked, shown as a page of people, answered with a code."""

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.backend.identity_provider.config import Clock, Pages, ProviderConfig
from madang.backend.identity_provider.tokens import Codes, Grant, is_challenge
from madang.i18n.locales import Locale, is_locale
from madang.i18n.negotiate import negotiate

_LONGEST: Final = 8192
_LOADED: Final = ("request", "request_uri")
"""Parameters that would change the meaning of all others, and are not supported."""


class Authorize:
    """``GET`` shows whom one may be; ``POST`` with ``person`` signs in as them, without it says no."""

    def __init__(self, config: ProviderConfig, codes: Codes, pages: Pages, now: Clock) -> None:
        self._config = config
        self._codes = codes
        self._pages = pages
        self._now = now
        self._people = {person.subject: person for person in config.people}

    async def show(self, request: Request) -> Response:
        checked = await self._checked(request)
        if isinstance(checked, Response):
            return checked
        # The browser posts to the same address, so everything is checked again and nothing has to be remembered.
        action = f"{request.url.path}?{request.url.query}"
        return await self._pages.choose(request, self._config.people, action, locale_of(request))

    async def choose(self, request: Request) -> Response:
        checked = await self._checked(request)
        if isinstance(checked, Response):
            return checked
        chosen = (await request.form(max_fields=10, max_files=0)).get("person")
        query = request.query_params
        if not chosen:
            return checked({"error": "access_denied"})
        person = self._people.get(chosen) if isinstance(chosen, str) else None
        if person is None:
            return await self._pages.refuse(request, "person", locale_of(request))
        grant = Grant(
            subject=person.subject,
            client_id=query["client_id"],
            redirect_uri=query["redirect_uri"],
            challenge=query["code_challenge"],
            nonce=query.get("nonce", ""),
            at=int(self._now()),
        )
        return checked({"code": await self._codes.issue(grant)})

    async def _checked(self, request: Request) -> Response | Callable[[dict[str, str]], Response]:
        """How to answer the client, or the page that says why it is not answered."""
        query, locale = request.query_params, locale_of(request)
        doubled = len(query.multi_items()) != len(query)
        if doubled or len(request.url.query) > _LONGEST:
            return await self._pages.refuse(request, "request", locale)
        if query.get("client_id") != self._config.client_id:
            return await self._pages.refuse(request, "client", locale)
        if query.get("redirect_uri") not in self._config.redirect_uris:
            return await self._pages.refuse(request, "redirect", locale)

        def answer(parameters: dict[str, str]) -> Response:
            return RedirectResponse(_answered(query, parameters, self._config.issuer), 303)

        error = _error(query)
        return answer({"error": error}) if error else answer


def locale_of(request: Request) -> Locale:
    """The first of ``ui_locales`` that is one of the six; else what the browser asks for."""
    for tag in request.query_params.get("ui_locales", "").split():
        primary = tag.partition("-")[0].lower()
        if is_locale(primary):
            return primary
    return negotiate(request.headers.get("accept-language", ""))


def _error(query: QueryParams) -> str | None:
    """The error code of a request that comes from the client itself but cannot be served."""
    if any(name in query for name in _LOADED):
        return "request_not_supported" if "request" in query else "request_uri_not_supported"
    if query.get("response_type") != "code":
        return "unsupported_response_type"
    if query.get("response_mode", "query") != "query":
        return "invalid_request"
    if "openid" not in query.get("scope", "").split():
        return "invalid_scope"
    if query.get("code_challenge_method") != "S256" or not is_challenge(query.get("code_challenge", "")):
        return "invalid_request"
    # Nobody is ever signed in here already: every sign-in is a choice.
    return "login_required" if "none" in query.get("prompt", "").split() else None


def _answered(query: QueryParams, parameters: dict[str, str], issuer: str) -> str:
    parts = urlsplit(query["redirect_uri"])
    state = {"state": query["state"]} if "state" in query else {}
    answer = [*parse_qsl(parts.query, keep_blank_values=True), *{**parameters, **state, "iss": issuer}.items()]
    return urlunsplit(parts._replace(query=urlencode(answer)))
