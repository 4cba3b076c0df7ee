"""A portal reduced to sign-in: real middleware, state, sessions, pages and provider client; pages to return to."""

import datetime as dt
import gettext
import ssl
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import httpx
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from madang.backend.config import CATALOGUE
from madang.backend.identity_provider.app import create_identity_provider
from madang.backend.identity_provider.config import ProviderConfig
from madang.backend.identity_provider.people import load_people
from madang.contract.messages.catalogue import Catalogue, HelpLine, Office
from madang.i18n.locales import Locale
from madang.i18n.text import Text
from madang.web.assets import Assets
from madang.web.catalogue.shelf import Shelf
from madang.web.clients.errors import Unavailable
from madang.web.environments import Environments
from madang.web.headline import headline_filter
from madang.web.links import link
from madang.web.middleware.common import plain_refusal
from madang.web.middleware.cross_origin import CrossOrigin
from madang.web.middleware.language import Language
from madang.web.middleware.security_headers import SecurityHeaders
from madang.web.middleware.session import SessionMiddleware
from madang.web.monitor import Monitor
from madang.web.portal import Portal, session_of
from madang.web.settings import Settings
from madang.web.sign_in.client import SignIn
from madang.web.sign_in.config import DEMONSTRATION_PATH, SignInConfig
from madang.web.sign_in.provider import Provider
from madang.web.state.memory import MemoryState
from madang.web.state.sessions import Session, Sessions
from madang.web.state.stash import Stash
from madang.web.state.vault import Vault
from madang.web.templating import LocaleEnvironment, environment
from madang.web.views import demo_sign_in, sign_in
from madang.web.voice import Voice

BASE = "https://portal.test"
_TLS = ssl.create_default_context()  # reading the certificates anew for each browser takes longer than most tests
ISSUER = BASE + DEMONSTRATION_PATH
PEOPLE = load_people(CATALOGUE / "people.yaml")
ASSETS = Assets()


def _environment(locale: Locale) -> LocaleEnvironment:
    """What the sign-in's templates use, in English msgids."""
    globals_ = {
        "asset": ASSETS.url,
        "integrity": ASSETS.integrity,
        "link": lambda name, query=None, **parts: link(locale, name, query, **parts),
        "person_name": lambda name: Markup('<span lang="{}">{}</span>').format(name.lang or locale, name.full),
    }
    return environment(
        locale, gettext.NullTranslations(), None, globals_, {"tel": str, "headline": headline_filter(locale)}
    )


ENVIRONMENTS = Environments(lambda locale, easy: _environment(locale))
SHELF = Shelf.of(
    Catalogue(
        version="1",
        services=(),
        forms=(),
        categories=(),
        authorities=(),
        offices=(),
        help_lines=(
            HelpLine(
                id="110", name=Text(ko="정부민원안내콜센터"), phone="110", hours=Text(ko="24시간"), languages=("ko",)
            ),
        ),
        faq=(),
        demonstration=True,
    )
)


class Clock:
    """Set by the test; seconds may be added."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def add(self, seconds: float) -> None:
        self.at += dt.timedelta(seconds=seconds)


class House:
    """``provider``: an ASGI app that is the identity provider at ``issuer``; by default the embedded demonstration one.
    With an issuer and no provider, the network is used."""

    def __init__(self, data: Path, clock: Clock, *, issuer: str = "", provider: Any = None, **changes: Any) -> None:
        self.clock = clock
        self._browsers: list[Browser] = []
        self.intents: list[tuple[str, str, str]] = []
        self.settings = Settings(
            data=data, base_url=changes.pop("base_url", BASE), secret_keys=("k" * 40,), oidc_issuer=issuer, **changes
        )
        self.config = SignInConfig.from_settings(self.settings)
        self.state = MemoryState(clock.seconds)
        self.vault = Vault(self.settings.derived_keys("vault"))
        self.sessions = Sessions(self.state, now=clock)
        self.embedded = provider
        if not issuer:
            self.embedded = create_identity_provider(
                ProviderConfig(
                    issuer=self.config.issuer,
                    client_id=self.config.client_id,
                    client_secret=self.config.client_secret,
                    redirect_uris=(self.config.redirect_uri,),
                    post_logout_redirect_uris=(self.config.post_logout_redirect_uri,),
                    key=data / "demo-sign-in.jwk",
                    people=PEOPLE,
                ),
                self.state,
                demo_sign_in.DemonstrationPages(),
                clock.seconds,
            )
        root = DEMONSTRATION_PATH if not issuer else ""
        self.transport = httpx.ASGITransport(self.embedded, root_path=root) if self.embedded is not None else None
        self.provider = Provider(self.config, transport=self.transport, now=clock.seconds)
        self.sign_in = SignIn(
            self.config,
            self.provider,
            state=self.state,
            vault=self.vault,
            stash=Stash(self.state, self.vault),
            sessions=self.sessions,
            on_intent=self._on_intent,
        )
        self.app = self._application(mounted=not issuer)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self.sign_in.aclose()
        for browser in self._browsers:
            await browser.http.aclose()

    def browser(self) -> "Browser":
        self._browsers.append(Browser(self))
        return self._browsers[-1]

    async def _on_intent(self, request: Request, session: Session, intent: str, to: str) -> Response:
        self.intents.append((session.subject, intent, to))
        return RedirectResponse(f"{to}/draft1/purpose", 303)

    def _application(self, *, mounted: bool) -> Any:
        routes: list[Any] = [
            Route("/{lang}/sign-in", sign_in.show),
            Route("/{lang}/sign-in/needed", sign_in.needed),
            Route("/{lang}/sign-in/problem", sign_in.problem),
            Route("/sign-in/callback", sign_in.callback),
            Route("/{lang}/sign-out", sign_in.sign_out, methods=["POST"]),
            Route("/sign-out/callback", sign_in.provider_signed_out),
            Route("/{lang}/signed-out", sign_in.signed_out),
            Route("/{lang}/session", sign_in.session),
            Route("/{lang}/session", sign_in.extend, methods=["POST"]),
            Route("/{lang}/me", _me),
            Route("/{lang}/apply/{service}", _start, methods=["POST"]),
            Route("/{lang}/apply/{service}/{draft}/{step}", _question, methods=["GET", "POST"]),
            Route("/{lang}/only-post", _question, methods=["POST"]),
            Route("/{lang}/", _me),
        ]
        if mounted:
            routes += [
                Route("/{lang}" + DEMONSTRATION_PATH, demo_sign_in.language),
                Mount(DEMONSTRATION_PATH, self.embedded),
            ]
        application = Starlette(routes=routes)
        nothing: Any = None
        dead: Any = _Dead()
        application.state.portal = Portal(
            settings=self.settings,
            state=self.state,
            backend=dead,
            drafts=nothing,
            stash=Stash(self.state, self.vault),
            catalogue=SimpleNamespace(current=SHELF),  # type: ignore[arg-type]
            environments=ENVIRONMENTS,
            assets=ASSETS,
            sign_in=self.sign_in,
            monitor=Monitor({}, self.clock),
            now=self.clock,
            voice=Voice("off", self.settings.derived_keys("voice")),
        )
        inner = SessionMiddleware(application, sessions=self.sessions)
        guarded = CrossOrigin(Language(inner), scheme="https", refuse=plain_refusal)
        return SecurityHeaders(Language(guarded), https=True)


class _Dead:
    """No backend answers here: signing in waits for none."""

    async def call(self, name: str, **_: Any) -> Any:
        raise Unavailable("preferences", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "not there")


async def _me(request: Request) -> Response:
    session = await session_of(request)
    return JSONResponse(
        None
        if session is None
        else {
            "subject": session.subject,
            "name": session.name,
            "acr": session.acr,
            "roles": session.roles,
            "locale": session.locale,
        }
    )


async def _start(request: Request) -> Response:
    if await session_of(request) is None:
        return await request.app.state.portal.sign_in.begin(request, to=request.url.path, intent="start")
    return JSONResponse("started")


async def _question(request: Request) -> Response:
    sign_in = request.app.state.portal.sign_in
    session = await session_of(request)
    if session is None:
        return await sign_in.interrupt(request)
    return JSONResponse({"subject": session.subject, "typed": await sign_in.take_stash(request)})


class Browser:
    """One person's browser: keeps cookies, sends what browsers send, follows redirects only when told."""

    def __init__(self, house: House) -> None:
        self.house = house
        mounts: dict[str, httpx.AsyncBaseTransport] = {house.config.base_url: httpx.ASGITransport(house.app)}
        if house.transport is not None and house.settings.oidc_issuer:
            mounts[house.config.issuer] = house.transport
        self.http = httpx.AsyncClient(base_url=house.config.base_url, mounts=mounts, verify=_TLS)

    async def get(self, url: str, **options: Any) -> httpx.Response:
        return await self.http.get(url, **options)

    async def post(self, url: str, data: dict[str, Any] | None = None, **headers: str) -> httpx.Response:
        sent = {"Sec-Fetch-Site": "same-origin", **{k.replace("_", "-"): v for k, v in headers.items()}}
        return await self.http.post(url, data=data or {}, headers=sent)

    async def follow(self, response: httpx.Response, until: str | None = None) -> httpx.Response:
        """Redirects one after the other, up to the first whose address holds ``until``, which is not fetched."""
        while response.is_redirect and not (until and until in response.headers["location"]):
            response = await self.http.get(response.url.join(response.headers["location"]))
        return response

    async def to_provider(self, to: str = "/vi/me", lang: str = "vi") -> httpx.Response:
        """The page of people, or wherever another provider shows first."""
        return await self.follow(await self.get(f"/{lang}/sign-in", params={"to": to}))

    async def choose(self, chooser: httpx.Response, subject: str) -> str:
        """Presses a person's button; gives the address of the callback, not fetched yet."""
        answer = await self.post(str(chooser.url), {"person": subject})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    async def sign_in(self, subject: str = "nguyen-van-an", to: str = "/vi/me", lang: str = "vi") -> httpx.Response:
        """All the way with the embedded provider; the page landed on."""
        callback = await self.choose(await self.to_provider(to, lang), subject)
        return await self.follow(await self.get(callback))

    async def who(self) -> Any:
        return (await self.get("/vi/me")).json()


__all__ = ["BASE", "ISSUER", "PEOPLE", "Browser", "Clock", "House", "Office"]
