"""How pages look and read: chosen once, tried out without saving, kept on this device and, if wished, on others."""

from dataclasses import dataclass
from typing import ClassVar, Final
from urllib.parse import urlsplit

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.accessibility.preferences import CHOICES, DEFAULT, Preferences, chosen
from madang.i18n.locales import is_locale
from madang.web.clients import BackendError, preferences
from madang.web.kiosk import kiosk_of
from madang.web.links import in_locale, link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, session_of
from madang.web.preferring import limit_times, preferences_of, remember, try_out
from madang.web.render import render
from madang.web.sign_in.destinations import safe_destination

PERSONAL: Final = {"Cache-Control": "no-store"}
DONE: Final = ("saved", "only-here", "usual")


@dataclass(frozen=True, slots=True)
class PreferencesPage(Page):
    """The page is its own preview: it looks as what is chosen on it."""

    template: ClassVar[str] = "preferences/index.html"
    bundle: ClassVar[str] = "looks"
    dressed: ClassVar[bool] = True
    chosen: Public[Preferences]
    tried: Private[bool]
    """What is chosen is a preview and is saved nowhere."""
    done: Public[str]
    """"", "saved", "usual" (the usual look is back) or "only-here" (the account could not be reached)."""
    has_account: Private[bool]
    back: Private[str]
    """Where the person came from; empty when that is not known."""


async def show(request: Request) -> Response:
    """GET /{lang}/preferences?from=: the choices; with any of them in the query, tried out."""
    query = request.query_params
    tried = any(name in query for name in CHOICES)
    if tried:
        try_out(request, _chosen(query))
    done = query.get("done", "")
    page = PreferencesPage(
        chosen=preferences_of(request),
        tried=tried,
        done=done if done in DONE and not tried else "",
        has_account=await session_of(request) is not None,
        back=_back(query.get("from")),
    )
    response = await render(request, page)
    response.headers.update(PERSONAL)
    return response


async def submit(request: Request) -> Response:
    """POST of the same address: ``act`` is save, try or usual; ``switch`` another language, what is chosen goes with
    it."""
    form = await request.form(max_files=0, max_fields=len(CHOICES) + 5)
    locale, wanted, act = locale_of(request), _chosen(form), form.get("act", "try")
    back = _back(form.get("from"))
    switch = form.get("switch")
    if act == "try" or (isinstance(switch, str) and is_locale(switch)):
        query = {name: getattr(wanted, name) for name in CHOICES} | ({"from": back} if back else {})
        there = link(locale, "preferences", query)
        return _go(in_locale(there, switch) if isinstance(switch, str) and is_locale(switch) else there)
    if act == "usual":
        wanted = DEFAULT
    done = "usual" if act == "usual" else "saved"
    session = await session_of(request)
    if session is not None:
        if form.get("everywhere") == "yes" and kiosk_of(request) is None:
            try:
                await preferences.save(portal(request).backend, session, wanted.written())
            except BackendError:
                done = "only-here"
        await request.scope["madang.session"].lengthen(limit_times(request, wanted))
    # Whoever came from a page goes back to it; what could not be done is said first.
    saved = done == "saved" and back
    response = _go(back if saved else link(locale, "preferences", {"done": done} | ({"from": back} if back else {})))
    remember(request, response, wanted)
    return response


def _chosen(given: FormData | QueryParams) -> Preferences:
    return chosen({name: value for name in CHOICES if isinstance(value := given.get(name), str)})


def _back(raw: object) -> str:
    """A page of ours to go back to, other than this one in whatever language; else empty."""
    there = safe_destination(raw) if isinstance(raw, str) else None
    if there is None or urlsplit(there).path[3:] == "/preferences":
        return ""
    return there


def _go(there: str) -> Response:
    return RedirectResponse(there, 303, headers=PERSONAL)
