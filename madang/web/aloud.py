"""Buttons that read aloud, put into a page for whoever has switched them on (preference ``aloud``)."""

from collections.abc import Callable

from starlette.requests import Request

from madang.web.portal import locale_of, portal
from madang.web.preferring import preferences_of
from madang.web.reading import with_buttons
from madang.web.templating import LocaleEnvironment
from madang.web.voice import LONGEST

Spoken = Callable[[str], str]
"""A drawn page -> the same with its buttons."""


async def spoken(request: Request, environment: LocaleEnvironment, *, public: bool) -> Spoken:
    """``public``: nothing on the page is one person's, so that it may be asked for without a script."""
    if preferences_of(request).aloud != "on":
        return str
    locale, voice = locale_of(request), portal(request).voice
    served = locale in await voice.languages()
    parts_of = environment.get_template("pages/_listen.html").module

    def button(number: int, name: str, parts: list[str]) -> str:
        said = voice.signed(locale, parts, public=public) if served else ""
        plain = public and served and sum(map(len, parts)) < LONGEST
        return str(parts_of.listen(number, name, parts, said, plain))  # type: ignore[attr-defined]

    end = str(parts_of.words(served))  # type: ignore[attr-defined]
    return lambda html: with_buttons(html, button, end)
