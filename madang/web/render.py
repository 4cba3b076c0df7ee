"""Page dataclass + locale -> response. Everything around the page's own content is the shell."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from madang.accessibility.preferences import DEFAULT, Preferences
from madang.i18n.locales import HTML_LANG, LOCALES, NATIVE_NAME, Locale
from madang.web.access import ROLES, Access
from madang.web.aloud import spoken
from madang.web.json_ld import Describe, Words, script
from madang.web.kiosk import kiosk_of
from madang.web.links import in_locale, link
from madang.web.middleware.personal import NAME, OFFER, SECONDS, filled, pieces
from madang.web.page import Page, Private, Public, holds_private
from madang.web.portal import Portal, locale_of, portal, session_of
from madang.web.preferring import SCRIPTS, preferences_of
from madang.web.preferring import SHEET as PREFERENCES
from madang.web.state.sessions import TEN
from madang.web.support.banner import SHEET, Banner, Script, banner_of
from madang.web.support.request import support_of
from madang.web.support.twin import mirroring, shared_controls


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language."""

    locale: Public[Locale]
    html_lang: Public[str]
    name: Public[str]
    path: Public[str]
    url: Public[str]
    current: Public[bool]


@dataclass(frozen=True, slots=True)
class Shell:
    """What the layouts need beside the page: addresses, languages, who is signed in, assets."""

    locale: Public[Locale]
    html_lang: Public[str]
    path: Public[str]
    here: Public[str]
    """The path with its query, to come back to."""
    canonical: Public[str]
    default_url: Public[str]
    alternates: Public[tuple[Alternate, ...]]
    robots: Public[str]
    user_name: Private[str | None]
    session_expires_in: Private[int | None]
    """Seconds until the session ends when nothing more is done; None without a session."""
    session_warn_at: Public[int]
    """Seconds before the end at which the warning comes."""
    css: Public[str]
    htmx_url: Public[str]
    """Empty on a page that needs none."""
    htmx_integrity: Public[str]
    script_url: Public[str]
    script_integrity: Public[str]
    icon_url: Public[str]
    demonstration: Public[bool]
    json_ld: Public[str | None]
    preferences: Public[Preferences] = DEFAULT
    """How this person's pages look; ``mask`` leaves nothing of it."""
    preferences_css: Public[str] = ""
    """The sheet that applies them; empty for the usual look."""
    preferences_scripts: Public[tuple[Script, ...]] = ()
    kiosk: Public[str] = ""
    """At a kiosk "high", or "low" where everything is on the lower part of the screen; else empty."""
    kiosk_first: Public[str] = ""
    """Its first page, in its own language."""
    kiosk_seconds: Public[int] = 0
    """Seconds without a touch after which a kiosk asks whether somebody is there."""
    desk: Private[bool] = False
    """Whether the person may sit at the support desk."""
    support: Private[Banner | None] = None
    """While somebody helps, and until the receipt was read."""


SESSION_WARNING = 120
HTMX = "js/vendor/htmx.min.js"
KIOSK = "js/kiosk.js"
_PATH = "/:@!$&'()*+,;=~"
"""What may stand in a path as it is (RFC 3986), beside what ``quote`` never encodes."""


async def render(
    request: Request, page: Page, *, status: int = 200, cacheable: bool = False, describe: Describe | None = None
) -> HTMLResponse:
    """The response of ``page``. ``cacheable``: the same for everybody without a session, so it may be kept whole; and,
    where nothing of it is Private and nobody has asked for the session, for everybody with one but for the shell.
    ``describe``: what the page says to machines."""
    p = portal(request)
    helped = support_of(request)
    shared = cacheable and status == 200 and not helped.named and _may_share(request, page)
    session = None if status >= 500 and "madang.session" not in request.scope else await session_of(request)
    shared = shared and not (session is not None and session.roles)  # their menu has more in it
    locale = locale_of(request)
    environment = p.environments.of(locale, easy=preferences_of(request).words == "easy")
    nodes = describe(Words(p.settings.base_url, locale, environment.translations.gettext)) if describe else ()
    structured = script(nodes) if nodes else None
    size = preferences_of(request).size
    bundle = p.assets.bundle(page.bundle, size)
    request.scope["madang.page"] = page
    template = environment.get_template(f"pages/{page.template}")
    frame = shell(request, p, page, session, structured)
    if helped.named:
        if "hx-request" not in request.headers:
            await helped.show(page)
        frame = replace(frame, support=await banner_of(request, frame.here, tuple(shared_controls(page))))
    kind: type = type(page)
    public = (cacheable and session is None and status == 200) or not holds_private(kind)
    speaks = await spoken(request, environment, public=public and not helped.named)

    def draw(frame: Shell) -> str:
        return speaks(template.render(page=page, shell=frame))

    html: str | bytes = ""
    if shared and session is not None and session.name:
        drawn = pieces(draw(replace(frame, user_name=NAME, session_expires_in=SECONDS)))
        if drawn is not None and frame.session_expires_in is not None:
            request.scope[OFFER] = drawn
            html = filled(*drawn, session.name, frame.session_expires_in)
    html = html or draw(frame)
    hashes = [bundle.csp_hash.strip("'")]
    if structured is not None:
        hashes.append(structured.csp_hash.strip("'"))
    if frame.preferences_css:
        hashes.append(p.assets.bundle(PREFERENCES).csp_hash.strip("'"))
    if frame.support is not None:
        hashes.append(p.assets.bundle(SHEET, size).csp_hash.strip("'"))
    request.scope["madang.csp_hashes"] = hashes
    if cacheable and session is None and status == 200 and not helped.named:
        request.scope["madang.cacheable"] = True
    response = HTMLResponse(html, status)
    if helped.named:  # nobody else's, and never compressed: it holds what was said
        response.headers["Cache-Control"] = "no-store"
        response.background = await mirroring(request, page, frame, html)
    response.headers["Content-Language"] = HTML_LANG[locale]
    return response


def _may_share(request: Request, page: Page) -> bool:
    """Whether what is drawn for one person may be kept for others, with gaps. A view that has asked who is there may
    have chosen by it what it says."""
    kind: type = type(page)
    if request.scope.get(OFFER, page) is not None or holds_private(kind):
        return False
    return not request.scope["madang.session"].personal


def shell(request: Request, p: Portal, page: Page, session: Any, structured: Any = None) -> Shell:
    """The shell of one request. The address shown in links to other languages keeps its query."""
    locale, path = locale_of(request), request.scope["path"]
    # Encoded anew: what was decoded may hold a question mark, or characters that no document may hold.
    path = quote(path, _PATH, errors="replace") if path.startswith(f"/{locale}/") else link(locale, "home")
    query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
    base, named = p.settings.base_url, page.canonical()
    own = f"?{urlencode(named)}" if named else ""
    alternates = tuple(
        Alternate(
            locale=other,
            html_lang=HTML_LANG[other],
            name=NATIVE_NAME[other],
            path=in_locale(path, other) + query,
            url=base + in_locale(path, other) + own,
            current=other == locale,
        )
        for other in LOCALES
    )
    now = p.now()
    expires: dt.datetime | None = p.sign_in.expires(session) if session is not None else None
    preferences = preferences_of(request)
    bundle = p.assets.bundle(page.bundle, preferences.size)
    kiosk = kiosk_of(request)
    dressed = page.dressed or preferences != DEFAULT or kiosk is not None
    scripts = [file for name, file in SCRIPTS.items() if name in preferences.chosen]
    if kiosk is not None:
        scripts.append(KIOSK)
    return Shell(
        locale=locale,
        html_lang=HTML_LANG[locale],
        path=path,
        here=path + query,
        canonical=base + path + own,
        default_url=base + in_locale(path, "en") + own,
        alternates=alternates,
        robots="noindex" if "madang.noindex" in request.scope else page.robots,
        user_name=session.name if session is not None else None,
        desk=session is not None and not ROLES[Access.AGENT].isdisjoint(session.roles),
        session_expires_in=max(0, int((expires - now).total_seconds())) if expires else None,
        session_warn_at=warning(p.settings.session_idle_minutes, preferences),
        css=Markup(bundle.css),  # noqa: S704 -- our own style sheet
        htmx_url=p.assets.url(HTMX) if page.live else "",
        htmx_integrity=p.assets.integrity(HTMX) if page.live else "",
        script_url=p.assets.url("js/madang.js"),
        script_integrity=p.assets.integrity("js/madang.js"),
        icon_url=p.assets.url("img/mark.svg"),
        demonstration=p.shelf.demonstration,
        json_ld=structured.markup if structured is not None else None,
        preferences=preferences,
        kiosk=kiosk.place if kiosk is not None else "",
        kiosk_first=link(kiosk.locale, "kiosk") if kiosk is not None else "",
        kiosk_seconds=p.settings.kiosk_seconds * (preferences.times or TEN) if kiosk is not None else 0,
        preferences_css=Markup(p.assets.bundle(PREFERENCES).css) if dressed else "",  # noqa: S704 -- our own, too
        preferences_scripts=tuple(Script(p.assets.url(file), p.assets.integrity(file)) for file in scripts),
    )


def warning(idle_minutes: int, preferences: Preferences) -> int:
    """Seconds before a session's end at which the warning comes; ten times as many for who needs more time, with or
    without a limit."""
    return (SESSION_WARNING if idle_minutes > 3 else SESSION_WARNING // 2) * (preferences.times or TEN)
