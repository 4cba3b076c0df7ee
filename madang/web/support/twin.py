"""What the agent is shown of a page: its twin, drawn from ``mask(page)`` in the agent's language and in the citizen's.

Two layers, each enough alone: nothing private is drawn (``drawn``), and of what is drawn nothing private passes
(``reflected``). Drawn after the citizen's own response has been sent, in a thread: nobody waits for it. The agent's
language comes first and is shown at once, the others after it.
"""

import html as markup
import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from starlette.background import BackgroundTask
from starlette.requests import Request

from madang.i18n.locales import HTML_LANG, Locale
from madang.remote_support import mirror
from madang.remote_support.messages import Fragment
from madang.remote_support.messages import Page as Twin
from madang.remote_support.mirror import Reflection
from madang.remote_support.ports import Standing, StoreUnavailable
from madang.remote_support.states import Session
from madang.web.links import link
from madang.web.page import Page, mask
from madang.web.portal import Portal, portal
from madang.web.questions import FieldView
from madang.web.support.cover import Cover
from madang.web.support.drawing import Drawing
from madang.web.support.request import support_of
from madang.web.support.sharing import shared_in

if TYPE_CHECKING:
    from madang.web.render import Shell

_REF: Final = re.compile(r' data-ref="([^"]*)"')
DRAWING: Final = Drawing()
log: Final = logging.getLogger("madang.support")


async def mirroring(request: Request, page: Page, frame: "Shell", html: str | bytes) -> BackgroundTask | None:
    """The task that shows ``page`` to the agent, for after the response; None when nobody looks or may look.
    ``frame``, ``html``: the shell of the citizen's page, and what was drawn of it for them."""
    session = await support_of(request).get()
    if session is None or not session.live or page.sensitive or session.sensitive:
        return None
    text = html.decode("utf-8", "replace") if isinstance(html, bytes) else html
    return BackgroundTask(show, portal(request), session, page, frame, text)


async def show(p: Portal, session: Session, page: Page, frame: "Shell", html: str) -> None:
    """Draws the twins of a page, or of a part of one that was fetched anew, and hands them to the relay. A page that
    cannot be drawn is an empty one: better than the last page, which stands no more."""
    if p.support is None:
        return
    whole = is_whole(html)
    every = languages(session)
    made: dict[Locale, Reflection] = {}
    draw = Twins(p, page, frame, every)
    async with DRAWING.turn(session.id, session.page) as wanted:
        try:
            for batch in (every[:1], every[1:]) if whole and len(every) > 1 else (every,):
                if not wanted():
                    return
                made |= await DRAWING.draw(partial(_made, draw, batch))
                if whole:
                    stands = standing(p, session, page, made, html, draw.hidden)
                    await p.support.stand(session.id, stands, fresh=batch)
            if not whole:
                await p.support.fragment(session.id, fragments(session, made))
        except StoreUnavailable:
            log.warning("the store of remote support does not answer: the agent is not shown the page")


def _made(draw: "Twins", locales: tuple[Locale, ...]) -> dict[Locale, Reflection]:
    try:
        return {locale: draw(locale) for locale in locales}
    except Exception:
        log.exception("no twin could be made of %s", draw.name)
        return dict.fromkeys(locales, Reflection("", "", {}))


def fragments(session: Session, made: Mapping[Locale, Reflection]) -> dict[Locale, Fragment]:
    """A part of a page, as the relay is handed it."""
    return {
        locale: Fragment(session.page, each.ref, each.html, each.elements) for locale, each in made.items() if each.ref
    }


def languages(session: Session) -> tuple[Locale, ...]:
    """The agent's, the citizen's, and that of a guardian who looks, too; each once."""
    agent = session.agent.locale if session.agent is not None else session.locale
    guardian = session.guardian_locale if session.guardian else None
    return tuple(dict.fromkeys((agent, session.locale, guardian or session.locale)))


def is_whole(html: str) -> bool:
    """Whether it is a page, and not a part of one."""
    return html.lstrip()[:9].lower().startswith("<!doctype")


def standing(
    p: Portal,
    session: Session,
    page: Page,
    made: Mapping[Locale, Reflection],
    html: str,
    hidden: tuple[bytes, ...] = (),
) -> Standing:
    """What the relay keeps. An element that is on the citizen's page alone (it is there because of something private)
    is not in the registry, so nothing that happens to it is told; nor is one that is in the twin alone. Until it is
    drawn in the citizen's language, too, there is no registry. ``hidden``: the page's cover as ``Veil`` keeps it."""
    here = {markup.unescape(ref) for ref in _REF.findall(html)}
    own = made[session.locale].elements if session.locale in made else {}
    return Standing(
        number=session.page,
        name=session.page_name,
        elements={ref: element for ref, element in own.items() if ref in here},
        twins={
            locale: Twin(
                number=session.page,
                name=session.page_name,
                title=each.title,
                lang=HTML_LANG[locale],
                html=each.html,
                style=p.assets.frame_style(page.bundle),
                elements=each.elements,
            )
            for locale, each in made.items()
        },
        complete=session.locale in made,
        hidden=hidden,
    )


class Twins:
    """The twin of a page in a language, through both layers. The banner is the citizen's own; what is said in it is
    the agent's, and hides nothing of the page. ``locales``: all in which it will be drawn."""

    def __init__(self, p: Portal, page: Page, frame: "Shell", locales: tuple[Locale, ...]) -> None:
        self._p, self._page, self._locales = p, page, locales
        # Seconds are no secret, and a number like others.
        self._frame = replace(frame, support=None, session_expires_in=None)
        self._cover: Cover | None = None
        self.name = type(page).__name__
        self.hidden: tuple[bytes, ...] = ()
        """What the cover covers, for the values that are typed while the page stands."""

    def __call__(self, locale: Locale) -> Reflection:
        if self._cover is None:
            self._cover = Cover.of(self._page, self._frame, locales=self._locales)
            veil = self._p.support.veil if self._p.support is not None else None
            if veil is not None:
                self.hidden = veil.hidden((form.flat, form.bounded) for form in self._cover.forms)
        html = drawn(self._p, self._page, self._frame, locale)
        return reflected(html, self._cover, shared_controls(self._page))


def drawn(p: Portal, page: Page, frame: "Shell", locale: Locale) -> str:
    """The first layer: the page without what is private, in a language, at no address and for nobody in particular."""
    template = p.environments[locale].get_template(f"pages/{page.template}")
    return template.render(page=mask(page), shell=anonymous(mask(frame), locale))


def reflected(html: str, cover: Cover, shared: Mapping[str, bool]) -> Reflection:
    """The second layer: what of a drawn page may pass."""
    return mirror.reflect(html, cover.over(html), shared)


def anonymous(frame: Any, locale: Locale) -> Any:
    """A shell in another language, without addresses: a path holds numbers of drafts and of documents."""
    home = link(locale, "home")
    alternates = tuple(
        replace(other, path=home, url=home, current=other.locale == locale) for other in frame.alternates
    )
    return replace(
        frame,
        locale=locale,
        html_lang=HTML_LANG[locale],
        path=home,
        here=home,
        canonical=home,
        default_url=home,
        alternates=alternates,
        robots="noindex",
        css="",
        preferences_css="",
        preferences_scripts=(),
        json_ld=None,
        support=None,
    )


def shared_controls(page: Page) -> dict[str, bool]:
    """The names of the controls whose content an agent may see."""
    found = dict.fromkeys(page.shares, True)
    for view in getattr(page, "fields", ()):
        if isinstance(view, FieldView):
            found |= dict.fromkeys(shared_in(view.id, view.field, view.raw), True)
    return found
