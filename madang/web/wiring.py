"""The parts of a portal, made from its settings: backend, state, sign-in, environments. ``app`` puts them together."""

import datetime as dt
import gettext
from collections.abc import Callable
from typing import Any

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

from madang.backend.config import CATALOGUE, BackendConfig
from madang.i18n.locales import Locale
from madang.i18n.messages import Catalogues
from madang.web.assets import Assets
from madang.web.clients import policy
from madang.web.clients.http import Backend, Observation
from madang.web.display import Display
from madang.web.environments import Environments
from madang.web.monitor import Monitor, Probe
from madang.web.settings import Settings
from madang.web.sign_in.config import SignInConfig
from madang.web.sign_in.provider import Provider
from madang.web.state import State
from madang.web.templating import LocaleEnvironment, environment, fingerprint


def backend_config(settings: Settings) -> BackendConfig:
    """What the embedded backend needs of the portal's settings."""
    return BackendConfig(
        database_url=settings.backend_database,
        data=settings.data,
        assertion_keys=settings.assertion_keys,
        base_url=settings.base_url,
        signing_key=settings.signing_key or settings.data / "signing" / "key.pem",
        signing_certificate=settings.signing_certificate or settings.data / "signing" / "certificate.pem",
        former_certificates=settings.former_certificates,
        catalogue=settings.catalogue or CATALOGUE,
        issuers=settings.issuers,
        demonstration=settings.signing_key is None,
        messages_url=settings.sms_url,
        messages_key=settings.sms_key,
    )


def embedded_backend(settings: Settings) -> Any:
    """The reference backend as an ASGI app; its lifespan is entered by ``app``."""
    from madang.backend.app import create_backend

    return create_backend(backend_config(settings))


def client(settings: Settings, embedded: Any, observe: Callable[[Observation], None]) -> Backend:
    """The calls to the backends: in process, or over HTTP where addresses are set."""
    if embedded is None:
        return Backend.remote(settings.backend_urls, key=settings.assertion_keys[0], observe=observe)
    return Backend.embedded(embedded, key=settings.assertion_keys[0], observe=observe)


def environments(settings: Settings, catalogues: Catalogues, assets: Assets) -> Environments:
    """One Jinja environment per language; compiled templates are kept on disk, apart for each state of a catalogue."""

    def make(locale: Locale, easy: bool) -> LocaleEnvironment:
        translations: gettext.NullTranslations = (catalogues.easy if easy else catalogues.translations)(locale)
        display = Display(locale, translations, assets, easy=easy)
        cache = settings.data / "templates" / f"{locale}-{fingerprint(translations)}"
        return environment(locale, translations, cache, display.globals(), display.filters(), easy=easy)

    return Environments(make)


def identity_provider(settings: Settings, config: SignInConfig, state: State) -> ASGIApp:
    """The demonstration's provider, drawn with the portal's parts; only where no issuer is set."""
    from madang.backend.catalogue.loader import people
    from madang.backend.identity_provider.app import create_identity_provider
    from madang.backend.identity_provider.config import ProviderConfig
    from madang.web.views.demo_sign_in import DemonstrationPages

    backend = backend_config(settings)
    provider = ProviderConfig(
        issuer=config.issuer,
        client_id=config.client_id,
        client_secret=config.client_secret,
        redirect_uris=(config.redirect_uri,),
        post_logout_redirect_uris=(config.post_logout_redirect_uri,),
        key=settings.data / "signing" / "sign-in.json",
        people=people(backend.catalogue),
    )
    return create_identity_provider(provider, state, DemonstrationPages())


def provider(config: SignInConfig, embedded: ASGIApp | None) -> Provider:
    """The provider as the portal calls it: the embedded one without a network."""
    if embedded is None:
        return Provider(config)
    mounted = _Mounted(embedded, config.issuer.removeprefix(config.base_url))
    return Provider(config, transport=httpx.ASGITransport(mounted))


def monitor(calls: Backend, state: State, provider: Provider, now: Callable[[], dt.datetime]) -> Monitor:
    """What is watched: every backend, the sign-in provider, and the store of sessions."""

    async def sign_in() -> dict[str, bool]:
        return {"sign-in": await provider.answers()}

    async def sessions() -> dict[str, bool]:
        await state.ping()
        return {"sessions": True}

    def asking(base: str) -> Probe:
        return lambda: calls.health(base)

    probes: dict[tuple[str, ...], Probe] = {groups: asking(base) for base, groups in calls.places.items()}
    return Monitor({**probes, ("sign-in",): sign_in, ("sessions",): sessions}, now)


class _Mounted:
    """Calls the embedded provider as if it were mounted, by the addresses that browsers use too."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._app({**scope, "path": scope["path"].removeprefix(self._prefix)}, receive, send)


class CallContexts:
    """Names the request in every call to a backend, so that both sides' logs can be read together."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            policy.current.set(policy.CallContext(request_id=scope.get("madang.request_id", "")))
        await self._app(scope, receive, send)


def fetcher(backend: Backend) -> Callable[[str], Any]:
    """How the catalogue's copy is brought up to date."""
    from madang.web.clients import catalogue

    async def fetch(version: str) -> bytes | None:
        return await catalogue.fetch(backend, version)

    return fetch
