"""What stands on every page while an agent is beside the citizen: who looks, what they may do, what was said, Stop."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from starlette.requests import Request

from madang.i18n.locales import HTML_LANG, Locale, is_locale
from madang.remote_support.messages import Said, Suggestion
from madang.remote_support.ports import StoreUnavailable
from madang.remote_support.states import Level, Session, Side, State
from madang.web.links import link
from madang.web.page import Private, Public
from madang.web.portal import locale_of, portal
from madang.web.preferring import preferences_of
from madang.web.support.agency import agency_of
from madang.web.support.request import support_of

SCRIPTS: Final = ("js/support_page.js", "js/support.js")
"""In this order, on pages of a session and on no other."""
SHEET: Final = "support_banner"
"""Bundle of the banner's own style sheet, beside the page's."""
LATEST: Final = 1
"""Of what the agent said, this much stands in the banner; the rest on the page of the conversation."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was said. ``source``: as it was written, when it was translated."""

    who: Public[Side]
    text: Private[str]
    html_lang: Private[str]
    source: Private[str]
    source_lang: Private[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that the agent suggests for a field and the citizen has not yet answered."""

    id: Private[str]
    ref: Private[str]
    label: Private[str]
    value: Private[str]
    shown: Private[str]
    checked: Private[bool | None]


@dataclass(frozen=True, slots=True)
class Script:
    """``integrity``: its Subresource Integrity value."""

    url: Public[str]
    integrity: Public[str]


@dataclass(frozen=True, slots=True)
class Banner:
    """``here``: the page's own address, to come back to. ``own``: it is a page of remote support itself, which says
    the same at length."""

    state: Public[State]
    level: Public[Level]
    way: Public[str]
    agent: Private[str]
    agency: Private[str]
    here: Private[str]
    own: Public[bool]
    number: Private[int]
    lines: Private[tuple[Line, ...]]
    offers: Private[tuple[Offer, ...]]
    shared: Private[tuple[str, ...]]
    """Names of controls whose answers the agent may see."""
    guardian: Public[str]
    """"in": somebody whom the citizen has let in looks, too; "asks": they wait for the answer; else ""."""
    recording: Public[bool]
    """The citizen has agreed to a recording, and it goes on."""
    css: Public[str]
    scripts: Public[tuple[Script, ...]]

    @property
    def live(self) -> bool:
        return self.state in ("viewing", "paused", "away")


async def banner_of(request: Request, here: str, shared: tuple[str, ...] = ()) -> Banner | None:
    """The banner of the page at ``here``; None without a session, and where or once the
    receipt of one that is over was read."""
    support = support_of(request)
    session = await support.get()
    if session is None or (session.over and support.read):
        return None
    p, locale = portal(request), locale_of(request)
    own = here.partition("?")[0].startswith(link(locale, "support"))
    if session.over and here.startswith((link(locale, "support_receipt"), link(locale, "support_waiting"))):
        return None  # these pages say it themselves
    lines, offers = ((), ()) if own or not session.live else await _words(request, session, locale)
    return Banner(
        state=session.state,
        level=session.level,
        way=session.way,
        agent=session.agent.name if session.agent else "",
        agency=agency_of(p, session, locale),
        here=here,
        own=own,
        number=session.page,
        recording=bool(session.recording),
        lines=lines,
        offers=offers,
        shared=shared,
        guardian="in" if session.guardian else "asks" if session.guardian_asks else "",
        css=Markup(p.assets.bundle(SHEET, preferences_of(request).size).css),  # noqa: S704 -- our own style sheet
        scripts=tuple(Script(p.assets.url(name), p.assets.integrity(name)) for name in SCRIPTS),
    )


def recording_of(session: Session) -> str:
    """ "on": there is a recording; "ask": the citizen may agree to one; "": the operator keeps none."""
    return "on" if session.recording else "ask" if session.recordable else ""


async def _words(request: Request, session: Session, locale: Locale) -> tuple[tuple[Line, ...], tuple[Offer, ...]]:
    relay = portal(request).support
    if relay is None or session.state == "matched":
        return (), ()
    try:
        pending = await relay.pending(session.id)
        offered = {item.said.id for item in pending}  # said by the offer itself, which has the buttons, too
        said = [item for item in await relay.transcript(session.id) if item.who != "citizen" and item.id not in offered]
    except StoreUnavailable:
        return (), ()
    return tuple(line(item, locale) for item in said[-LATEST:]), tuple(offer(item) for item in pending)


def line(said: Said, locale: Locale) -> Line:
    """Words as a page shows them to a reader of ``locale``."""

    def lang(code: str) -> str:
        return HTML_LANG[code] if is_locale(code) else HTML_LANG[locale]

    return Line(said.who, said.text, lang(said.lang), said.source, lang(said.source_lang) if said.source else "")


def offer(item: Suggestion) -> Offer:
    return Offer(item.id, item.ref, item.label, item.value, item.shown or item.value, item.checked)
