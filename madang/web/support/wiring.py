"""Remote support put together from the portal's parts; ``web.app`` calls it."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Final

from starlette.requests import cookie_parser
from starlette.types import Scope

from madang.i18n.messages import Catalogues
from madang.remote_support import phrasebook
from madang.remote_support.endpoint import Endpoint, Guard
from madang.remote_support.ports import Recorder, Store, StoreUnavailable, Ticket, Trail, Translator, Words
from madang.remote_support.relay import Relay
from madang.remote_support.states import Limits
from madang.remote_support.stores.memory import MemoryStore
from madang.remote_support.strongbox import Strongbox
from madang.remote_support.translator import HttpTranslator
from madang.web.access import ROLES, STRONGEST, Access
from madang.web.middleware.common import headers_of
from madang.web.middleware.session import session_id
from madang.web.settings import Settings
from madang.web.state import StateUnavailable
from madang.web.state.sessions import Sessions
from madang.web.support.guest import COOKIE as GUEST
from madang.web.support.request import COOKIE, READ
from madang.web.support.veil import Veil
from madang.web.support.words import HouseWords

log: Final = logging.getLogger("madang.support")


def relay(
    settings: Settings,
    trail: Trail,
    words: Words,
    translator: Translator | None,
    now: Callable[[], dt.datetime],
    recorder: Recorder | None = None,
) -> Relay | None:
    """None where remote support is switched off or cannot work."""
    store = open_store(settings)
    if store is None:
        return None
    keys = [key.encode() for key in settings.derived_keys("support")]
    made = Relay(
        store,
        trail,
        words,
        translator,
        keys=keys,
        limits=limits(settings),
        now=now,
        recorder=recorder,
        recordable=settings.support_recording,
    )
    made.veil = Veil(keys[0])
    return made


def strongbox(settings: Settings) -> Strongbox:
    """What seals and opens recordings."""
    return Strongbox(settings.derived_keys("recording"))


def open_store(settings: Settings) -> Store | None:
    """Where live sessions are; None, with a line in the log that says why, where there is no such place."""
    if not settings.support:
        return None
    if settings.redis_url:
        from madang.remote_support.stores.redis import RedisStore

        return RedisStore(settings.redis_url)
    if not settings.support_works:
        log.error(
            "remote support does not start: %s workers cannot share live sessions in memory; "
            "set MADANG_REDIS_URL, or MADANG_WORKERS=1, or MADANG_SUPPORT=no",
            settings.workers,
        )
        return None
    return MemoryStore()


def words(settings: Settings, catalogues: Catalogues) -> HouseWords:
    return HouseWords(catalogues, phrasebook.load(settings.support_phrases))


def translator(settings: Settings) -> HttpTranslator | None:
    return HttpTranslator(settings.translate_url, settings.translate_key) if settings.translate_url else None


def endpoint(settings: Settings, relay: Relay | None, sessions: Sessions) -> Endpoint | None:
    """What answers the WebSocket; None where there is no relay."""
    return Endpoint(relay, guard(relay, sessions), most=settings.support_connections) if relay is not None else None


def guard(relay: Relay, sessions: Sessions) -> Guard:
    """A ticket is only worth something together with the cookie of the person whom it was given to."""

    async def holds(scope: Scope, ticket: Ticket) -> bool:
        cookies = headers_of(scope).get(b"cookie", b"")
        if ticket.side == "agent":
            identifier = session_id(cookies)
            try:
                session = await sessions.find(identifier) if identifier else None
            except StateUnavailable as error:
                raise StoreUnavailable from error
            return (
                session is not None
                and session.subject == ticket.subject
                and session.acr == STRONGEST
                and not ROLES[Access.AGENT].isdisjoint(session.roles)
            )
        own = cookie_parser(cookies.decode("latin-1"))
        if ticket.side == "guardian":
            guest = await relay.guardians.of_token(own.get(GUEST, ""))
            return guest is not None and guest.session.id == ticket.session and guest.stage == "in"
        token = own.get(COOKIE, "").removesuffix(READ)
        known = await relay.of_token(token)
        return known is not None and known.id == ticket.session

    return holds


def limits(settings: Settings) -> Limits:
    return Limits(
        code=settings.support_code_minutes * 60,
        consent=settings.support_consent_minutes * 60,
        grace=settings.support_grace_seconds,
        idle=settings.support_idle_minutes * 60,
        whole=settings.support_minutes * 60,
    )
