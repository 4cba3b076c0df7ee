"""A provider that answers whatever a test wants: an honest one whose every part can be swapped for a dishonest one."""

import json
from collections.abc import Callable
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from joserfc.jws import JWSRegistry
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route, Router

from tests.web.sign_in.house import House

ISSUER = "https://idp.test"
ES = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
OTHER = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
TWO = ECKey.generate_key("P-256", {"kid": "two", "use": "sig"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})

Claims = dict[str, Any]


class Hostile:
    """Attributes are what it does. ``claims`` changes the ID token's; ``sign`` makes the token from them."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.keys: list[Any] = [ES]
        self.metadata: dict[str, Any] = {}
        self.claims: Callable[[Claims], Claims] = lambda claims: claims
        self.sign: Callable[[Claims], Any] = lambda claims: jwt.encode({"alg": "ES256", "kid": "one"}, claims, ES)
        self.later: dict[str, Any] = {}
        self.answers: dict[str, Callable[[Request], Response]] = {}
        self.userinfo: Any = {"sub": "person-1", "name": "Someone"}
        self.asked: list[str] = []
        self.query: dict[str, str] = {}
        self.form: dict[str, Any] = {}
        self.authorization = ""

    def app(self) -> Router:
        paths = {
            "/.well-known/openid-configuration": self._discovery,
            "/jwks": self._jwks,
            "/authorize": self._authorize,
            "/token": self._token,
            "/userinfo": self._userinfo,
        }
        return Router([Route(path, self._route(path, view), methods=["GET", "POST"]) for path, view in paths.items()])

    def _route(self, path: str, view: Any) -> Any:
        async def answer(request: Request) -> Response:
            self.asked.append(path)
            if path in self.answers:
                return self.answers[path](request)
            response: Response = await self.later.get(path, view)(request)
            return response

        return answer

    async def _discovery(self, request: Request) -> Response:
        said = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "jwks_uri": f"{ISSUER}/jwks",
            "id_token_signing_alg_values_supported": ["ES256", "RS256", "none", "HS256"],
            **self.metadata,
        }
        return JSONResponse({name: value for name, value in said.items() if value is not None})

    async def _jwks(self, request: Request) -> Response:
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.keys]})

    async def _authorize(self, request: Request) -> Response:
        self.query = dict(request.query_params)
        return RedirectResponse(f"{self.query['redirect_uri']}?code=code&state={self.query['state']}", 303)

    async def _token(self, request: Request) -> Response:
        self.form = dict(await request.form())
        self.authorization = request.headers.get("authorization", "")
        now = int(self.now())
        claims = {"iss": ISSUER, "sub": "person-1", "aud": "madang", "iat": now, "exp": now + 300}
        claims["nonce"] = self.query["nonce"]
        token = {"access_token": "access", "token_type": "Bearer", "id_token": self.sign(self.claims(claims))}
        return Response(json.dumps(token), media_type="application/json")

    async def _userinfo(self, request: Request) -> Response:
        return Response(json.dumps(self.userinfo), media_type="application/json")


def unsigned(claims: Claims) -> str:
    """``alg: none``, spelled out by hand: libraries rightly do not make it."""
    import base64

    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'kid': 'one'})}.{part(claims)}."


def by_hmac(claims: Claims) -> str:
    """HS256 with the public key as the secret: the classic confusion."""
    secret = OctKey.import_key(ES.as_pem(private=False))
    return jwt.encode({"alg": "HS256", "kid": "one"}, claims, secret, registry=JWSRegistry(algorithms=["HS256"]))


def with_claim(**changes: Any) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, **changes}


async def outcome(house: House) -> tuple[int, str, Any]:
    """(status of the page at the end, its kind of problem, who is signed in)."""
    browser = house.browser()
    page = await browser.follow(await browser.get("/vi/sign-in", params={"to": "/vi/me"}))
    return page.status_code, page.url.params.get("kind", ""), await browser.who()
