"""The wired parts of a running portal, made once by ``app`` and reached by views through the request."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from starlette.requests import Request

from madang.i18n.locales import Locale
from madang.web.catalogue.computed import Computed

if TYPE_CHECKING:
    from madang.remote_support.relay import Relay
    from madang.web.assets import Assets
    from madang.web.catalogue.shelf import Shelf
    from madang.web.catalogue.store import CatalogueStore
    from madang.web.clients.http import Backend
    from madang.web.environments import Environments
    from madang.web.monitor import Monitor
    from madang.web.settings import Settings
    from madang.web.sign_in.client import SignIn
    from madang.web.state import State
    from madang.web.state.outbox import Drafts
    from madang.web.state.sessions import Session
    from madang.web.state.stash import Stash
    from madang.web.support.trail import SupportTrail
    from madang.web.voice import Voice


@dataclass(frozen=True, slots=True)
class Portal:
    """What views may use. ``now`` is the clock (UTC), so that tests can set it."""

    settings: "Settings"
    state: "State"
    backend: "Backend"
    drafts: "Drafts"
    stash: "Stash"
    catalogue: "CatalogueStore"
    environments: "Environments"
    assets: "Assets"
    sign_in: "SignIn"
    monitor: "Monitor"
    now: Callable[[], dt.datetime]
    voice: "Voice"
    computed: Computed = field(default_factory=Computed)
    support: "Relay | None" = None
    """Remote support; None where it is switched off or cannot run."""
    support_trail: "SupportTrail | None" = None
    """Where its records wait for the backend."""

    @property
    def shelf(self) -> "Shelf":
        """The catalogue as it stands for this request."""
        return self.catalogue.current


def portal(request: Request) -> Portal:
    return cast(Portal, request.app.state.portal)


def locale_of(request: Request) -> Locale:
    """The language of the address; where the path names none, the one negotiated by the language middleware."""
    return cast(Locale, request.scope["madang.locale"])


async def session_of(request: Request) -> "Session | None":
    return cast("Session | None", await request.scope["madang.session"].get())


async def signed_in(request: Request) -> "Session":
    """The session of a page behind sign-in. The route's access rule has let nobody else through."""
    session = await session_of(request)
    if session is None:
        raise PermissionError("this view is reached without a session: its route must say SIGNED_IN")
    return session
