"""What a request that found no session was about: which page to come back to, and what was typed on it."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.routing import Match, Router

from madang.web.sign_in.destinations import safe_destination

FormContents = dict[str, list[str]]
"""Control name -> values, as posted, files left out."""
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MAX_FIELDS = 500
MAX_FILES = 10


async def interrupted(request: Request) -> tuple[str | None, FormContents | None]:
    """(where to return, what was typed there). A GET returns to itself. A POST returns to the page of the same
    address, with the form's contents; where that address has no page, to the page whose form it was, without them."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method in ("GET", "HEAD"):
        return here, None
    if not _has_page(request):
        return _referring_page(request), None
    if not request.headers.get("content-type", "").lower().startswith(_FORMS):
        return here, None
    typed: FormContents = {}
    for name, value in (await request.form(max_fields=MAX_FIELDS, max_files=MAX_FILES)).multi_items():
        if isinstance(value, str):
            typed.setdefault(name, []).append(value)
    return here, typed or None


def _has_page(request: Request) -> bool:
    router = request.app.router
    if not isinstance(router, Router):
        return False
    scope = {**request.scope, "method": "GET"}
    return any(route.matches(scope)[0] is Match.FULL for route in router.routes)


def _referring_page(request: Request) -> str | None:
    """The path of the page that the form stood on; None from another origin or where the browser does not say."""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return None
    if parts.netloc != request.url.netloc:
        return None
    return safe_destination(parts.path + (f"?{parts.query}" if parts.query else ""))
