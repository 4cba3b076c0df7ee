"""What the pages of the desk share: who sits there, the relay, a session that is this agent's."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from madang.contract.messages.catalogue import Service
from madang.i18n.locales import Locale
from madang.i18n.text import Text
from madang.remote_support import word_pairs
from madang.remote_support.relay import Relay
from madang.remote_support.states import Agent, Session
from madang.web.catalogue.shelf import Shelf
from madang.web.page import Page, Private
from madang.web.portal import locale_of, portal, signed_in

NAME: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
"""A session's id in an address. Anything else is not looked up at all."""


@dataclass(frozen=True, slots=True)
class DeskPage(Page):
    """Base of the desk's pages. What stands on them is somebody else's, so none of them is ever mirrored."""

    bundle: ClassVar[str] = "desk"
    sensitive: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Row:
    """A session in a list. ``waited``: seconds. ``need``: a service's title; None where help was asked from another
    page, whose kind is ``page``."""

    session: Private[str]
    locale: Private[Locale]
    state: Private[str]
    way: Private[str]
    need: Private[Text | None]
    page: Private[str]
    waited: Private[int]


def relay_of(request: Request) -> Relay:
    """Raises 404 where remote support is switched off or cannot run."""
    relay = portal(request).support
    if relay is None:
        raise HTTPException(404)
    return relay


async def agent_of(request: Request) -> Agent:
    """Who sits at the desk, as the citizen will be told."""
    session = await signed_in(request)
    agency = portal(request).settings.support_agency
    return Agent(session.subject, session.name, agency, locale_of(request))


async def own_session(request: Request) -> Session:
    """The session of the address, where it is this agent's. Of others nothing is told, not even that they are."""
    name = request.path_params["session"]
    who = await signed_in(request)
    found = await relay_of(request).load(name) if NAME.fullmatch(name) else None
    if found is None or found.agent is None or found.agent.id != who.subject:
        raise HTTPException(404)
    return found


def service_of(shelf: Shelf, need: str) -> Service | None:
    """The service that help is needed with, where ``need`` names one."""
    return shelf.service(need) if need and "/" not in need else None


def row(request: Request, session: Session) -> Row:
    service = service_of(portal(request).shelf, session.need)
    since = session.since or session.created
    together = session.agreed is not None and session.state != "matched"
    return Row(
        session=session.id,
        locale=session.locale,
        state=session.state,
        way=session.way,
        need=service.title if service is not None else None,
        page=(session.page_name if together else "") or session.need.replace("-", "_"),
        waited=seconds(portal(request).now(), since),
    )


def seconds(now: dt.datetime, since: dt.datetime) -> int:
    """Between two moments, never negative."""
    return max(0, int((now - since).total_seconds()))


def pair(session: Session, locale: Locale) -> tuple[str, ...]:
    """The two words that agent and citizen see alike; none before they are matched."""
    return tuple(word_pairs.text(session.words, locale)) if session.words is not None else ()
