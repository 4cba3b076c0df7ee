"""Says what a page of ours holds signed, and nothing else. Nothing is kept, and nothing of it is in an address that
is one person's: what a private page says comes in a body alone."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang.web.limits import attempt
from madang.web.portal import locale_of, portal
from madang.web.voice import LONGEST, WORDS_A_MINUTE, Busy, Silent, Speed

TIMES: Final = 240
"""Parts a minute and client: a fast listener needs some forty."""
PUBLIC: Final = {"Cache-Control": "private, max-age=3600"}
PERSONAL: Final = {"Cache-Control": "no-store"}


async def play(request: Request) -> Response:
    """GET /{lang}/voice?said=: a whole block of a page that is the same for everybody, for who has no scripts."""
    public, parts = _opened(request, request.query_params.get("said", ""))
    if not public:
        raise HTTPException(403)
    return await _said(request, "\n".join(parts)[:LONGEST], "usual", PUBLIC)


async def speak(request: Request) -> Response:
    """POST /{lang}/voice: ``said``, signed; ``part`` of it; ``speed``."""
    form = await request.form(max_files=0, max_fields=4)
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    public, parts = _opened(request, given.get("said", ""))
    part, speed = given.get("part", "0"), given.get("speed", "usual")
    if not (part.isascii() and part.isdigit() and len(part) < 4 and int(part) < len(parts)):
        raise HTTPException(400)
    chosen: Speed = speed if speed in WORDS_A_MINUTE else "usual"  # type: ignore[assignment]  # just looked
    return await _said(request, parts[int(part)], chosen, PUBLIC if public else PERSONAL)


def _opened(request: Request, token: str) -> tuple[bool, list[str]]:
    opened = portal(request).voice.opened(token, locale_of(request))
    if opened is None:
        raise HTTPException(403)
    return opened


async def _said(request: Request, text: str, speed: Speed, headers: dict[str, str]) -> Response:
    p = portal(request)
    allowed = await attempt(p.state, "voice", request.scope["madang.client"], TIMES, 60)
    if not allowed.allowed:
        raise HTTPException(429, headers={"Retry-After": str(allowed.retry_after)})
    try:
        wav = await p.voice.say(text, locale_of(request), speed)
    except Busy:
        raise HTTPException(503, headers={"Retry-After": "3"}) from None
    except Silent:
        raise HTTPException(404) from None
    return Response(wav, media_type="audio/wav", headers=headers)
