"""For supervisors: the recording of a session that its citizen agreed to. Each time it is opened is a record."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.remote_support.messages import Page as Twin
from madang.remote_support.messages import Seen
from madang.remote_support.strongbox import Unreadable
from madang.web.clients import Impossible, NotFound, recordings
from madang.web.links import link
from madang.web.page import Private
from madang.web.portal import locale_of, portal, signed_in
from madang.web.render import render
from madang.web.support.framing import framed
from madang.web.support.wiring import strongbox
from madang.web.views.desk_parts import NAME, DeskPage
from madang.web.views.desk_playback import Playback, opened
from madang.web.views.support import PERSONAL

NEAR: Final = 20
"""Steps that are listed before and after the one that is looked at."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One step. ``what``: tag of its message; ``kind``: of a small event, else ""; ``name``: of the page or of the
    element that it is about; ``value``: what a shared field then held."""

    number: Private[int]
    at: Private[dt.datetime]
    what: Private[str]
    kind: Private[str]
    name: Private[str]
    value: Private[str]
    on: Private[bool | None]
    """Of what is ticked, open or wrong."""


@dataclass(frozen=True, slots=True)
class RecordingPage(DeskPage):
    """``opened`` False: this supervisor has not said that they look, or not lately."""

    template: ClassVar[str] = "desk/recording.html"
    session: Private[str]
    opened: Private[bool]
    broken: Private[bool]
    """From some step on it is not what was recorded, or nothing of it can be read."""
    ended: Private[bool]
    """Its end is there."""
    step: Private[int]
    steps: Private[int]
    moments: Private[tuple[Moment, ...]]
    title: Private[str]
    """Of the page at this step; empty where the agent saw nothing."""
    title_lang: Private[str]


async def play(request: Request) -> Response:
    """POST /{lang}/desk/trails/{session}/recording: writes into the trail that this supervisor looks."""
    session = _session(request)
    try:
        await recordings.play(portal(request).backend, await signed_in(request), session)
    except NotFound:
        raise HTTPException(404) from None
    return RedirectResponse(link(locale_of(request), "desk_recording", session=session), 303, headers=PERSONAL)


async def show(request: Request) -> Response:
    """GET of the same address, ?step="""
    session = _session(request)
    playback = await _playback(request, session)
    count = len(playback.steps) if playback is not None else 0
    step = _step(request, count)
    twin = playback.page(step) if playback is not None else None
    page = RecordingPage(
        session=session,
        opened=playback is not None,
        broken=playback is not None and playback.broken,
        ended=playback is not None and playback.ended,
        step=step,
        steps=count,
        moments=_moments(playback, step) if playback is not None else (),
        title=twin.title if twin is not None else "",
        title_lang=twin.lang if twin is not None else "",
    )
    request.scope["madang.frame"] = "around"
    response = await render(request, page)
    response.headers.update(PERSONAL)
    return response


async def frame(request: Request) -> Response:
    """GET /{lang}/desk/trails/{session}/recording/frame?step=: the page as the agent saw it, alone, in a document that
    can do nothing."""
    playback = await _playback(request, _session(request))
    twin = playback.page(_step(request, len(playback.steps))) if playback is not None else None
    response = framed(request, "desk/recording_frame.html", _styled(request, twin), "")
    response.headers.update(PERSONAL)
    return response


async def _playback(request: Request, session: str) -> Playback | None:
    """None without a record of this supervisor's that is young enough. Raises 404."""
    p = portal(request)
    try:
        found = await recordings.read(p.backend, await signed_in(request), session)
    except Impossible:
        return None
    except NotFound:
        raise HTTPException(404) from None
    try:
        return opened(found, strongbox(p.settings), p.now())
    except Unreadable:
        return Playback((), broken=True, ended=False)


def _styled(request: Request, twin: Twin | None) -> Twin | None:
    """A style sheet of an earlier release is there no more: then that of all pages."""
    assets = portal(request).assets
    if twin is None or twin.style in assets.by_url:
        return twin
    return msgspec.structs.replace(twin, style=assets.frame_style("public"))


def _moments(playback: Playback, step: int) -> tuple[Moment, ...]:
    """Those near ``step``."""
    first = max(0, step - 1 - NEAR)
    return tuple(_moment(playback, number) for number in range(first + 1, min(len(playback.steps), step + NEAR) + 1))


def _moment(playback: Playback, number: int) -> Moment:
    step = playback.steps[number - 1]
    what, kind, name, value, on = str(step.what.__struct_config__.tag), "", "", "", None
    match step.what:
        case Twin():
            name = step.what.title
        case Seen():
            event = step.what.event
            kind = str(event.__struct_config__.tag)
            name = playback.named(number, event.ref or "")
            value = getattr(event, "value", "")
            on = next((getattr(event, part) for part in ("checked", "open", "invalid") if hasattr(event, part)), None)
    return Moment(number, step.at, what, kind, name, value, on)


def _step(request: Request, count: int) -> int:
    asked = request.query_params.get("step", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    return max(1, min(number, count)) if count else 0


def _session(request: Request) -> str:
    name: str = request.path_params["session"]
    if not NAME.fullmatch(name):
        raise HTTPException(404)
    return name
