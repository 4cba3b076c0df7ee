"""The document that stands in an agent's or a guardian's frame: a twin alone, where nothing runs."""

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from madang.i18n.locales import HTML_LANG
from madang.remote_support.messages import Page as Twin
from madang.web.portal import locale_of, portal
from madang.web.preferring import SHEET, preferences_of


def framed(request: Request, template: str, twin: Twin | None, state: str) -> HTMLResponse:
    """``twin`` None: what may be seen is nothing, and ``state`` says why. ``template``: relative to templates/pages."""
    locale, look = locale_of(request), preferences_of(request)
    html = (
        portal(request)
        .environments[locale]
        .get_template(f"pages/{template}")
        .render(
            title=twin.title if twin is not None else "",
            html=Markup(twin.html) if twin is not None else "",  # noqa: S704 -- made of an allow-list by the mirror
            style=twin.style if twin is not None else "",
            lang=twin.lang if twin is not None else HTML_LANG[locale],
            state=state,
            look=look,
            look_style=portal(request).assets.frame_style(SHEET) if look.chosen else "",
        )
    )
    request.scope["madang.frame"] = "inside"
    return HTMLResponse(html, headers={"Cache-Control": "no-store"})
