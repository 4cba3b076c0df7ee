"""A kiosk: its first page, what makes it comfortable for who stands or sits there, and the end of each visit."""

import hmac
import logging
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.accessibility.preferences import Preferences
from madang.i18n.locales import HTML_LANG, LOCALES, NATIVE_NAME, Locale
from madang.web import preferring
from madang.web.kiosk import USUAL, Kiosk, keep, kiosk_of
from madang.web.limits import attempt, left
from madang.web.links import link
from madang.web.page import Page, Public
from madang.web.portal import locale_of, portal, session_of
from madang.web.preferring import has_chosen, limit_times, preferences_of, remember
from madang.web.render import render
from madang.web.sign_in.transactions import COOKIE as BROWSER
from madang.web.state import StateUnavailable
from madang.web.state.sessions import COOKIE as SESSION
from madang.web.support import guest
from madang.web.support import request as support
from madang.web.support.leaving import end_support

COMFORTS: Final[dict[str, tuple[str, ...]]] = {
    "size": ("200", "250", "300"),
    "theme": ("yellow",),
    "aloud": ("on",),
    "words": ("easy",),
    "time": ("ten",),
}
"""What one press switches on, and another off again: preference -> the value that it gets, and what else is on."""
LOW: Final = "low"
"""The one comfort that is the place's and no preference."""
log: Final = logging.getLogger("madang.kiosk")
MOST, WINDOW = 10, 3600
"""Wrong keys that one client may type in so many seconds."""
_PERSONAL: Final = {"Cache-Control": "no-store"}
_NOTHING_LEFT: Final = '"cache", "storage"'
"""Clear-Site-Data: pages and what scripts keep. The cookies are named one by one, for the kiosk's own stays."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language to begin in."""

    locale: Public[Locale]
    html_lang: Public[str]
    name: Public[str]
    path: Public[str]
    current: Public[bool]


@dataclass(frozen=True, slots=True)
class KioskPage(Page):
    template: ClassVar[str] = "kiosk/index.html"
    bundle: ClassVar[str] = "looks"
    languages: Public[tuple[Language, ...]]
    on: Public[frozenset[str]]
    """The comforts that are switched on."""
    changed: Public[str]
    """The one that was pressed a moment ago; empty when none was."""
    fresh: Public[bool]
    """Nobody has chosen anything nor signed in: there is nothing to clear away."""


@dataclass(frozen=True, slots=True)
class KioskDevicePage(Page):
    template: ClassVar[str] = "kiosk/device.html"
    bundle: ClassVar[str] = "task"
    sensitive: ClassVar[bool] = True
    is_kiosk: Public[bool]
    done: Public[bool]
    error: Public[str]
    """"", "key" or "too-many"."""
    retry_minutes: Public[int]


async def show(request: Request) -> Response:
    """GET /{lang}/kiosk: the first page of a kiosk; on another device, what makes it one."""
    kiosk = kiosk_of(request)
    if kiosk is None:
        return RedirectResponse(link(locale_of(request), "kiosk_device"), 303, headers=_PERSONAL)
    on = switched_on(kiosk, preferences_of(request))
    changed = request.query_params.get("changed", "")
    here = locale_of(request)
    page = KioskPage(
        languages=tuple(Language(it, HTML_LANG[it], NATIVE_NAME[it], link(it, "home"), it == here) for it in LOCALES),
        on=on,
        changed=changed if changed in COMFORTS or changed == LOW else "",
        fresh=here == kiosk.locale and not kiosk.low and not has_chosen(request) and not _known(request),
    )
    return await _render(request, page)


def _known(request: Request) -> bool:
    """Whether the browser bears anything of somebody: a session, help under way, a sign-in that was begun."""
    return any(name.startswith(SESSION) for name in request.cookies)


def switched_on(kiosk: Kiosk, preferences: Preferences) -> frozenset[str]:
    """The comforts that ``preferences`` and the place have."""
    chosen = {name for name, values in COMFORTS.items() if getattr(preferences, name) in values}
    return frozenset(chosen | ({LOW} if kiosk.low else set()))


async def comfort(request: Request) -> Response:
    """POST of the same address: ``act`` is one of ``COMFORTS`` or ``low``; pressed twice, it is as before."""
    kiosk = kiosk_of(request)
    act = (await request.form(max_files=0, max_fields=2)).get("act")
    there = link(locale_of(request), "kiosk", {"changed": act} if isinstance(act, str) else None)
    response = RedirectResponse(there, 303, headers=_PERSONAL)
    if kiosk is None or not isinstance(act, str):
        return response
    if act == LOW:
        keep(response, replace(kiosk, low=not kiosk.low))
    elif act in COMFORTS:
        now = preferences_of(request)
        changes: dict[str, Any] = {act: getattr(USUAL, act) if act in switched_on(kiosk, now) else COMFORTS[act][0]}
        wanted = replace(now, **changes)
        remember(request, response, wanted)
        await request.scope["madang.session"].lengthen(limit_times(request, wanted))
    return response


async def finish(request: Request) -> Response:
    """POST /{lang}/kiosk/finish: nothing of the person who was there stays, neither here nor at the provider, and the
    kiosk stands at its first page, in its own language. Elsewhere it signs out."""
    kiosk = kiosk_of(request)
    await end_support(request, at_a_kiosk=kiosk is not None)
    known = False
    try:
        known = await session_of(request) is not None
        await portal(request).sign_in.sign_out(request)
    except StateUnavailable:
        if kiosk is None:
            raise
        # It cannot be ended now and ends by itself; whoever comes next here must not bear it.
        log.warning("a kiosk's session could not be ended: the store does not answer")
        request.scope["madang.session"].forget()
    locale = kiosk.locale if kiosk else locale_of(request)
    # The page of who has signed out leads on to the provider, which wants the browser that signed in.
    response = RedirectResponse(link(locale, "signed_out" if known or not kiosk else "kiosk"), 303, headers=_PERSONAL)
    if kiosk:
        keep(response, Kiosk(kiosk.locale))
        clear(response, signing_out=known)
    return response


def clear(response: Response, *, signing_out: bool = False) -> None:
    """Leaves nothing of a visit in the browser. ``signing_out``: who is still on the way out of the provider."""
    names = [preferring.COOKIE, support.COOKIE, guest.COOKIE, *([] if signing_out else [BROWSER])]
    for name in names:
        response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = _NOTHING_LEFT


async def device(request: Request) -> Response:
    """GET /{lang}/kiosk/device: for who sets the device up. 404 where the operator has no kiosks."""
    return await _device(request, done="done" in request.query_params)


async def set_device(request: Request) -> Response:
    """POST of the same address: ``act`` is begin or end, ``key`` the operator's."""
    p = portal(request)
    form = await request.form(max_files=0, max_fields=3)
    key, act = form.get("key"), form.get("act")
    if not p.settings.kiosk_key:
        raise HTTPException(404)
    guesses = (p.state, "kiosk", request.scope["madang.client"], MOST, WINDOW)
    judged = await left(*guesses)
    if not judged.allowed:
        return await _device(request, error="too-many", retry=judged.retry_after, status=429)
    right = p.settings.kiosk_key.encode()
    if not isinstance(key, str) or not hmac.compare_digest(key.strip().encode("utf-8", "replace"), right):
        await attempt(*guesses)
        return await _device(request, error="key", status=422)
    locale = locale_of(request)
    begins = act != "end"
    there = link(locale, "kiosk") if begins else link(locale, "kiosk_device", {"done": "1"})
    response = RedirectResponse(there, 303, headers=_PERSONAL)
    keep(response, Kiosk(locale) if begins else None)
    clear(response)
    return response


async def _device(
    request: Request, *, done: bool = False, error: str = "", retry: int = 0, status: int = 200
) -> Response:
    if not portal(request).settings.kiosk_key:
        raise HTTPException(404)
    kiosk = kiosk_of(request)
    page = KioskDevicePage(is_kiosk=kiosk is not None, done=done, error=error, retry_minutes=-(-retry // 60))
    response = await _render(request, page, status)
    if retry:
        response.headers["Retry-After"] = str(retry)
    return response


async def _render(request: Request, page: Page, status: int = 200) -> Response:
    response = await render(request, page, status=status)
    response.headers.update(_PERSONAL)
    return response
