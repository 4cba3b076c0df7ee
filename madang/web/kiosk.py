"""Whether this device is a kiosk: a screen in a public place that many people use one after the other.

An operator makes a device one, with a key (``web.views.kiosk``). The cookie is not signed: whoever forges it gets
larger buttons and is cleared away sooner. It names the device's own language, to which it returns when somebody has
finished, and whether the person who is there now has everything on the lower part of the screen.
"""

import re
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from madang.accessibility.preferences import Preferences
from madang.i18n.locales import LOCALES, Locale, is_locale
from madang.web.middleware.common import headers_of

COOKIE: Final = "madang-kiosk"
"""Does not begin like the session's cookie: pages of who bears it are kept, apart from others."""
SECONDS: Final = 365 * 24 * 3600
USUAL: Final = Preferences(size="125", targets="large")
"""How pages look at a kiosk for whoever has chosen nothing: read and pressed at arm's length."""
_NAME: Final = COOKIE.encode("ascii") + b"="
_VALUE: Final = re.compile(rf"(?:^|;)[ \t]*{COOKIE}=({'|'.join(LOCALES)})(-low)?[ \t]*(?:;|$)".encode())


@dataclass(frozen=True, slots=True)
class Kiosk:
    """``locale``: the device's own language. ``low``: everything within reach of who sits in a wheelchair."""

    locale: Locale
    low: bool = False

    @property
    def place(self) -> str:
        return "low" if self.low else "high"

    def written(self) -> str:
        return f"{self.locale}-low" if self.low else self.locale


def kiosk_in(cookies: bytes) -> Kiosk | None:
    """The kiosk of a Cookie header; None on anybody's own device."""
    found = _VALUE.search(cookies) if _NAME in cookies else None
    locale = found[1].decode("ascii") if found else ""
    return Kiosk(locale, found[2] is not None) if found and is_locale(locale) else None


def kiosk_of(request: Request) -> Kiosk | None:
    """The kiosk that this request comes from."""
    return kiosk_in(headers_of(request.scope).get(b"cookie", b""))


def keep(response: Response, kiosk: Kiosk | None) -> None:
    """Sets the cookie; None makes it anybody's device again."""
    value = kiosk.written() if kiosk else ""
    response.set_cookie(
        COOKIE, value, max_age=SECONDS if kiosk else 0, path="/", secure=True, httponly=True, samesite="lax"
    )
