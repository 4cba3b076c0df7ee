"""How pages look for whoever asks: the cookie, what of it counts, and what a page's shell needs to wear it.

The cookie is not signed: each of its values is on a list, and what is on no list is left out, so a forged one is worth
exactly what its owner could have chosen (docs/adr/0016-how-pages-look.md).
"""

import contextlib
import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

import anyio
from starlette.requests import Request
from starlette.responses import Response

from madang.accessibility.preferences import DEFAULT, LONGEST, Preferences, read
from madang.forms.model import FormDefinition
from madang.web.clients import BackendError, preferences
from madang.web.journeys.single import single
from madang.web.kiosk import USUAL as USUAL_AT_A_KIOSK
from madang.web.kiosk import kiosk_in, kiosk_of
from madang.web.middleware.common import headers_of
from madang.web.middleware.pages import no_cookie_of_ours
from madang.web.portal import portal, session_of
from madang.web.state import StateUnavailable
from madang.web.state.sessions import TEN

COOKIE: Final = "madang-look"
"""Does not begin like the session's cookie: pages of who bears it are kept, each look apart."""
USUAL: Final = "usual"
"""What the cookie says of the usual look that was chosen: another thing than no choice, which an account may make."""
SECONDS: Final = 365 * 24 * 3600
PATIENCE: Final = 1.0
"""Seconds that a sign-in waits for the account's preferences."""
SHEET: Final = "preferences"
"""Bundle of the sheet that applies them, beside the page's."""
SCRIPTS: Final = {"aloud": "js/aloud.js", "ruler": "js/ruler.js"}
"""Preference -> the script that makes it comfortable; without scripts it works, too."""
SCOPE: Final = "madang.preferences"
_NAME: Final = COOKIE.encode("ascii") + b"="
_VALUE: Final = re.compile(rf"(?:^|;)[ \t]*{COOKIE}=([a-z0-9.-]{{0,{LONGEST}}})[ \t]*(?:;|$)".encode())


def written_in(cookies: bytes) -> str | None:
    """The first value of our name in a Cookie header that could be one; None where there is none."""
    found = _VALUE.search(cookies) if _NAME in cookies else None
    return found[1].decode("ascii") if found else None


@lru_cache(maxsize=512)
def _read(written: str) -> Preferences:
    return read(written)


def preferences_in(cookies: bytes) -> Preferences:
    """The preferences of a Cookie header. Nothing raises: what cannot be read is the default."""
    written = written_in(cookies)
    look = _read(written) if written else DEFAULT
    if kiosk_in(cookies):
        if written is None:
            return USUAL_AT_A_KIOSK
        if look.times is None:  # a screen that others use, too, is cleared some time
            return replace(look, time="ten")
    return look


def variant(cookies: bytes) -> str | None:
    """What a page that is kept depends on (``middleware.pages``): the preferences as we write them, never what the
    browser sent, so that there are no more variants than there are looks."""
    if no_cookie_of_ours(cookies) is None:
        return None
    kiosk = kiosk_in(cookies)
    look = preferences_in(cookies).written() if kiosk or _NAME in cookies else ""
    return f"{look}.kiosk-{kiosk.place}" if kiosk else look


def preferences_of(request: Request) -> Preferences:
    """How pages look for this request: what is tried out, or else what the cookie says."""
    found: Preferences | None = request.scope.get(SCOPE)
    if found is None:
        found = request.scope[SCOPE] = preferences_in(headers_of(request.scope).get(b"cookie", b""))
    return found


def times_of(request: Request) -> int:
    """By how much a limit is longer that cannot be lifted: ten times also for who wants none."""
    return preferences_of(request).times or TEN


def as_asked(request: Request, form: FormDefinition) -> FormDefinition:
    """A form as it is asked of this person: what belongs together on one page, or each thing alone."""
    return single(form) if preferences_of(request).questions == "single" else form


def try_out(request: Request, preferences: Preferences) -> None:
    """The rest of this request looks like this; nothing is saved."""
    request.scope[SCOPE] = preferences


def has_chosen(request: Request) -> bool:
    """Whether this device has a choice of its own, be it the usual look."""
    return written_in(headers_of(request.scope).get(b"cookie", b"")) is not None


def remember(request: Request, response: Response, preferences: Preferences) -> None:
    """Keeps what was chosen on this device: for a year on one's own, at a kiosk until one has finished."""
    keep(response, preferences, lasting=kiosk_of(request) is None)


async def at_sign_in(request: Request, response: Response) -> None:
    """After a sign-in: the account's preferences for a device that has none of its own, and the session's limits as
    they say. An account that cannot be asked at once is not waited for: pages look as usual."""
    session = await session_of(request)
    if session is None:
        return
    wanted = preferences_of(request)
    if not has_chosen(request):
        written = ""
        with contextlib.suppress(BackendError), anyio.move_on_after(PATIENCE):
            written = await preferences.saved(portal(request).backend, session)
        wanted = read(written)
        if written:
            keep(response, wanted, lasting=False)
    if (times := limit_times(request, wanted)) != session.times:
        with contextlib.suppress(StateUnavailable):
            await request.scope["madang.session"].lengthen(times)


def limit_times(request: Request, preferences: Preferences) -> int | None:
    """By how much a session's limits are longer, None for no limit: a screen that others use, too, has one."""
    return (preferences.times or TEN) if kiosk_of(request) is not None else preferences.times


def keep(response: Response, preferences: Preferences, *, lasting: bool = True) -> None:
    """Sets the cookie. Not ``lasting``: until the browser is closed, for what came from an account."""
    response.set_cookie(
        COOKIE,
        preferences.written() or USUAL,
        max_age=SECONDS if lasting else None,
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )
