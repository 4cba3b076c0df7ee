"""The OpenID Connect provider as seen from here: discovery, keys, code exchange, userinfo, over httpx."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Self
from urllib.parse import quote

import httpx
import msgspec
from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.client import OAuth2Client
from joserfc.jwk import KeySet

from madang.i18n.locales import Locale
from madang.web.sign_in import discovery, id_token
from madang.web.sign_in.config import SignInConfig
from madang.web.sign_in.problems import ProblemKind, SignInProblem

TIMEOUT: Final = httpx.Timeout(5.0)
TOTAL_SECONDS: Final = 10.0
"""For one exchange with the provider, however slowly it drips."""
MAX_BODY: Final = 262_144
REACHED_SECONDS: Final = 30.0
FRESH_SECONDS: Final = 3600.0
"""How long metadata and keys are used without asking again. Keys are asked for at once when one is unknown."""
RETRY_SECONDS: Final = 3.0
"""After discovery failed, everybody who comes within this time is told so at once instead of waiting in turn."""
STALE_SECONDS: Final = 86_400.0
"""How long metadata is still used while the provider's discovery does not answer."""
UI_LOCALES: Final[dict[Locale, str]] = {
    "ko": "ko", "en": "en", "ja": "ja", "zh": "zh-Hans zh-CN zh", "th": "th", "vi": "vi",
}  # fmt: skip
_LATER: Final = frozenset({"temporarily_unavailable", "server_error", "slow_down"})
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class Tokens(msgspec.Struct, frozen=True):
    """What the token endpoint answered, its claims already checked. ``id_token`` is kept to say who signs out."""

    claims: dict[str, Any]
    id_token: str
    access_token: str | None


class _CodeClient(OAuth2Client):  # type: ignore[misc]  # Authlib has no types
    """Authlib's client, which knows how a client authenticates, over a session that is asynchronous and bounded.

    Authlib's own httpx integration wants ``httpx2`` and reads bodies of any size; see the ADR.
    """

    def __init__(self, send: Callable[..., Any], **options: Any) -> None:
        super().__init__(None, **options)
        self._send = send

    async def _fetch_token(
        self, url: str, body: str = "", headers: Any = None, auth: Any = None, method: str = "POST", **_: Any
    ) -> Any:
        url, headers, body = auth.prepare(method, url, dict(headers), body)
        return self.parse_response_token(await self._send(method, url, content=body.encode(), headers=headers))


class Provider:
    """One provider. Make it once per worker and ``aclose`` it at the end; safe for concurrent use within an event loop.

    ``transport``: ``httpx.ASGITransport`` for the embedded provider, None for the network. ``now``: seconds since 1970.
    Every method raises only SignInProblem ("unavailable" or "untrusted").
    """

    def __init__(
        self,
        config: SignInConfig,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.config = config
        self._now = now
        self._http = httpx.AsyncClient(transport=transport, timeout=TIMEOUT, follow_redirects=False)
        self._lock = asyncio.Lock()
        self._metadata: tuple[float, discovery.Metadata] | None = None
        self._failed: tuple[float, SignInProblem] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def answers(self) -> bool:
        """Whether its discovery document can be had now. Raises whatever a transport raises."""
        issuer = self.config.issuer.rstrip("/")
        response = await self._http.get(f"{issuer}/.well-known/openid-configuration")
        return response.status_code == 200

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._http.aclose()

    async def metadata(self, *, reachable: bool = False) -> discovery.Metadata:
        """The provider's description: cached for an hour, and used for a day longer while it cannot be read anew.

        ``reachable``: it must have answered within half a minute, because a browser is about to be sent there."""
        async with self._lock:
            now, known = self._now(), self._metadata
            if known is not None and now - known[0] < (REACHED_SECONDS if reachable else FRESH_SECONDS):
                return known[1]
            try:
                if self._failed is not None and now - self._failed[0] < RETRY_SECONDS:
                    raise self._failed[1]
                self._metadata = known = now, await self._discover()
            except SignInProblem as problem:
                if problem is not (self._failed and self._failed[1]):
                    self._failed = self._now(), problem
                if reachable or known is None or now - known[0] >= STALE_SECONDS or problem.kind != "unavailable":
                    raise
            return known[1]

    async def _discover(self) -> discovery.Metadata:
        response = await self._read("GET", discovery.well_known(self.config.issuer))
        if response.status_code != 200:
            raise SignInProblem("unavailable", f"discovery answered {response.status_code}")
        return discovery.parse(response.content, self.config.issuer)

    async def authorization_url(
        self, *, state: str, nonce: str, verifier: str, locale: Locale, acr_values: tuple[str, ...], anew: bool = False
    ) -> str:
        """Where the browser goes to sign in. The provider has been seen alive within half a minute. ``anew``: who was
        signed in there before is asked again who they are."""
        metadata = await self.metadata(reachable=True)
        extra = {"acr_values": " ".join(acr_values)} if acr_values else {}
        if anew:
            extra["prompt"] = "login"
        client = OAuth2Client(
            None,
            client_id=self.config.client_id,
            scope=" ".join(self.config.scopes),
            redirect_uri=self.config.redirect_uri,
            code_challenge_method="S256",
        )
        url, _ = client.create_authorization_url(
            metadata.authorization_endpoint,
            state=state,
            code_verifier=verifier,
            nonce=nonce,
            ui_locales=UI_LOCALES[locale],
            **extra,
        )
        return str(url)

    async def exchange(self, code: str, *, verifier: str, nonce: str) -> Tokens:
        """The person behind a code: tokens fetched, the ID token checked, userinfo asked for where it is needed."""
        metadata = await self.metadata()
        try:
            answer = await self._client(metadata).fetch_token(
                metadata.token_endpoint, grant_type="authorization_code", code=code, code_verifier=verifier
            )
        except AuthlibBaseError as error:
            code_said = str(error.error)[:60]  # whatever JSON it was
            kind: ProblemKind = "unavailable" if code_said in _LATER else "untrusted"
            raise SignInProblem(kind, f"the token endpoint refused the code: {code_said!r}") from None
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            raise SignInProblem("unavailable", f"the token endpoint answered {status}") from None
        except (ValueError, TypeError, RecursionError, AttributeError, KeyError, OverflowError) as error:
            raise SignInProblem("untrusted", f"the tokens cannot be read: {type(error).__name__}") from None
        access = answer.get("access_token")
        access = access if isinstance(access, str) and access.isascii() and access.isprintable() else None
        claims = await self._checked(answer.get("id_token"), access, nonce, metadata)
        return Tokens(claims, answer["id_token"], access)

    async def userinfo(self, tokens: Tokens) -> Mapping[str, Any]:
        """The claims of the ID token and, where the provider has them, those of its userinfo endpoint beside them."""
        endpoint = (await self.metadata()).userinfo_endpoint
        if endpoint is None or tokens.access_token is None:
            return tokens.claims
        response = await self._read("GET", endpoint, headers={"Authorization": f"Bearer {tokens.access_token}"})
        if response.status_code >= 500:
            raise SignInProblem("unavailable", f"userinfo answered {response.status_code}")
        try:
            said = msgspec.json.decode(response.content, type=dict[str, Any]) if response.status_code == 200 else {}
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            raise SignInProblem("untrusted", "userinfo is not a JSON object") from None
        # Core 5.3.2: userinfo of another subject must not be used (token substitution).
        if said.get("sub") != tokens.claims["sub"]:
            raise SignInProblem("untrusted", f"userinfo answered {response.status_code} or is of another subject")
        return {**said, **tokens.claims}

    async def end_session_url(self, hint: str | None, locale: Locale) -> str | None:
        """Where the browser goes to sign out of the provider too (RP-Initiated Logout 1.0); None when there is no
        such place."""
        endpoint = (await self.metadata(reachable=True)).end_session_endpoint
        if endpoint is None:
            return None
        params = {
            **({"id_token_hint": hint} if hint else {}),
            "client_id": self.config.client_id,
            "post_logout_redirect_uri": self.config.post_logout_redirect_uri,
            "state": locale,
            "ui_locales": UI_LOCALES[locale],
        }
        return str(add_params_to_uri(endpoint, list(params.items())))

    async def _checked(
        self, raw: object, access: str | None, nonce: str, metadata: discovery.Metadata
    ) -> dict[str, Any]:
        """Checks with the keys at hand; when none of them signed the token, asks for them once anew."""

        def check(keys: KeySet) -> dict[str, Any]:
            return id_token.check(
                raw,
                access,
                keys,
                issuer=self.config.issuer,
                client_id=self.config.client_id,
                nonce=nonce,
                algorithms=metadata.algorithms,
                now=int(self._now()),
            )

        read_at, keys = await self._key_set(metadata, since=self._now() - FRESH_SECONDS)
        try:
            return check(keys)
        except id_token.UnknownKey:
            _, keys = await self._key_set(metadata, since=read_at, newer=True)
        try:
            return check(keys)
        except id_token.UnknownKey:
            raise SignInProblem("untrusted", "ID token refused: no key of the provider signed it") from None

    async def _key_set(
        self, metadata: discovery.Metadata, *, since: float, newer: bool = False
    ) -> tuple[float, KeySet]:
        """The provider's keys, read at or after ``since`` (strictly after, with ``newer``)."""
        async with self._lock:
            kept = self._keys
            if kept is None or kept[0] < since or (newer and kept[0] == since):
                response = await self._read("GET", metadata.jwks_uri)
                if response.status_code != 200:
                    raise SignInProblem("unavailable", f"the keys' address answered {response.status_code}")
                self._keys = kept = self._now(), id_token.signing_keys(response.content)
            return kept

    def _client(self, metadata: discovery.Metadata) -> _CodeClient:
        config = self.config
        method, secret = "none", config.client_secret
        if secret:
            offered = metadata.token_endpoint_auth_methods_supported
            plain = _UNRESERVED.issuperset(secret) and _UNRESERVED.issuperset(config.client_id)
            method = "client_secret_basic"
            if "client_secret_post" in offered and (not plain or method not in offered):
                method = "client_secret_post"
        # RFC 6749 2.3.1: in Basic, both are form-encoded first. Authlib leaves that to its caller.
        encode = method == "client_secret_basic"
        return _CodeClient(
            self._read,
            client_id=quote(config.client_id, safe="") if encode else config.client_id,
            client_secret=quote(secret, safe="") if encode else secret,
            token_endpoint_auth_method=method,
            redirect_uri=config.redirect_uri,
        )

    async def _read(self, method: str, url: str, **options: Any) -> httpx.Response:
        """One bounded exchange: within TOTAL_SECONDS and MAX_BODY, or SignInProblem("unavailable")."""
        try:
            async with asyncio.timeout(TOTAL_SECONDS), self._http.stream(method, url, **options) as response:
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > MAX_BODY:
                        raise SignInProblem("untrusted", "the provider's answer is far too long")
                return httpx.Response(response.status_code, content=bytes(body), request=response.request)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise SignInProblem("unavailable", f"the provider does not answer: {type(error).__name__}") from None
