"""The provider as an ASGI app: discovery, keys, authorization, tokens, userinfo, sign-out."""

import base64
import binascii
import hmac
import time
from typing import Any, Final
from urllib.parse import unquote_plus, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route, Router

from madang.backend.identity_provider.authorize import Authorize, locale_of
from madang.backend.identity_provider.config import Clock, Pages, ProviderConfig, Store
from madang.backend.identity_provider.keys import ALGORITHM, public_set, signing_key
from madang.backend.identity_provider.tokens import ACCESS_SECONDS, Codes, Signer

_NO_STORE: Final = {"Cache-Control": "no-store", "Pragma": "no-cache"}


def create_identity_provider(config: ProviderConfig, store: Store, pages: Pages, now: Clock = time.time) -> Router:
    """The provider, to be mounted where ``config.issuer`` says, and to be called in process by ``httpx.ASGITransport``.

    A plain router: mounted, its pages are drawn with the surrounding application's parts."""
    return _Provider(config, store, pages, now).router()


class _Provider:
    def __init__(self, config: ProviderConfig, store: Store, pages: Pages, now: Clock) -> None:
        key = signing_key(config.key)
        self._config = config
        self._codes = Codes(store)
        self._pages = pages
        self._now = now
        self._keys = public_set(key)
        self._signer = Signer(config.issuer, key)
        self._people = {person.subject: person for person in config.people}

    def router(self) -> Router:
        authorize = Authorize(self._config, self._codes, self._pages, self._now)
        return Router(
            [
                Route("/.well-known/openid-configuration", self.discovery, methods=["GET"]),
                Route("/jwks", self.jwks, methods=["GET"]),
                Route("/authorize", authorize.show, methods=["GET"]),
                Route("/authorize", authorize.choose, methods=["POST"]),
                Route("/token", self.token, methods=["POST"]),
                Route("/userinfo", self.userinfo, methods=["GET"]),
                Route("/end-session", self.end_session, methods=["GET"]),
            ],
            redirect_slashes=False,
        )

    async def discovery(self, request: Request) -> Response:
        issuer = self._config.issuer
        methods = ["client_secret_basic", "client_secret_post"] if self._config.client_secret else ["none"]
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "userinfo_endpoint": f"{issuer}/userinfo",
                "jwks_uri": f"{issuer}/jwks",
                "end_session_endpoint": f"{issuer}/end-session",
                "scopes_supported": ["openid", "profile"],
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "acr_values_supported": ["low", "substantial", "high"],
                "id_token_signing_alg_values_supported": [ALGORITHM],
                "token_endpoint_auth_methods_supported": methods,
                "code_challenge_methods_supported": ["S256"],
                "claims_supported": ["sub", "name", "given_name", "family_name", "locale", "roles", "acr", "auth_time"],
                "ui_locales_supported": ["ko", "en", "ja", "zh-Hans", "th", "vi"],
                "authorization_response_iss_parameter_supported": True,
                "request_parameter_supported": False,
                "request_uri_parameter_supported": False,
            }
        )

    async def jwks(self, request: Request) -> Response:
        return JSONResponse(self._keys)

    async def token(self, request: Request) -> Response:
        """A code for an ID token and an access token (OpenID Connect Core 3.1.3)."""
        form = {name: value for name, value in (await request.form(max_fields=20)).items() if isinstance(value, str)}
        client_id = self._client(request, form)
        if client_id is None:
            return _error("invalid_client", 401)
        if form.get("grant_type") != "authorization_code":
            return _error("unsupported_grant_type")
        grant = await self._codes.redeem(
            form.get("code", ""),
            client_id=client_id,
            redirect_uri=form.get("redirect_uri", ""),
            verifier=form.get("code_verifier", ""),
        )
        person = self._people.get(grant.subject) if grant is not None else None
        if grant is None or person is None:
            return _error("invalid_grant")
        now = int(self._now())
        access = self._signer.access_token(person.subject, now)
        answer = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": ACCESS_SECONDS,
            "scope": "openid profile",
            "id_token": self._signer.id_token(person, grant, access, now),
        }
        return JSONResponse(answer, headers=_NO_STORE)

    async def userinfo(self, request: Request) -> Response:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        subject = self._signer.subject_of_access(token, int(self._now())) if scheme.lower() == "bearer" else None
        person = self._people.get(subject) if subject is not None else None
        if person is None:
            refused = {"WWW-Authenticate": 'Bearer error="invalid_token"', **_NO_STORE}
            return Response(status_code=401, headers=refused)
        claims: dict[str, Any] = {
            "sub": person.subject,
            "name": person.name.full,
            "given_name": person.name.given,
            "family_name": person.name.family,
            "locale": person.locale,
            "roles": list(person.roles),
        }
        return JSONResponse({name: value for name, value in claims.items() if value}, headers=_NO_STORE)

    async def end_session(self, request: Request) -> Response:
        """RP-Initiated Logout 1.0. Nothing is remembered here that would have to end, so only the way back matters."""
        query = request.query_params
        hint, client = query.get("id_token_hint"), query.get("client_id", self._config.client_id)
        known = client == self._config.client_id and (
            hint is None or self._signer.is_id_token(hint, self._config.client_id)
        )
        back = query.get("post_logout_redirect_uri", "")
        if not known or back not in self._config.post_logout_redirect_uris:
            return await self._pages.refuse(request, "sign-out", locale_of(request))
        state = f"?{urlencode({'state': query['state']})}" if "state" in query else ""
        return RedirectResponse(back + state, 303)

    def _client(self, request: Request, form: dict[str, str]) -> str | None:
        """The authenticated client; None for another one, a wrong secret, or two ways of proving it at once."""
        header = request.headers.get("authorization")
        if header is not None:
            given = None if "client_secret" in form else _basic(header)
        else:
            given = form.get("client_id", ""), form.get("client_secret", "")
        if given is None or given[0] != self._config.client_id:
            return None
        fits = hmac.compare_digest(given[1].encode(), self._config.client_secret.encode())
        return self._config.client_id if fits else None


def _basic(header: str) -> tuple[str, str] | None:
    scheme, _, encoded = header.partition(" ")
    try:
        identifier, _, secret = base64.b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (unquote_plus(identifier), unquote_plus(secret)) if scheme.lower() == "basic" else None


def _error(code: str, status: int = 400) -> Response:
    headers = {**_NO_STORE, **({"WWW-Authenticate": "Basic"} if status == 401 else {})}
    return JSONResponse({"error": code}, status, headers=headers)
