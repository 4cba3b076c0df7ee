"""For supervisors: the sessions' trails (acts, never content) and the figures of a time."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.support import Act, RecordingSummary, SupportSession, SupportStatistics
from madang.i18n.korea import day_in_korea
from madang.i18n.text import Text
from madang.web.clients import Invalid, support
from madang.web.page import Private, Public
from madang.web.portal import portal, signed_in
from madang.web.render import render
from madang.web.views.desk_parts import NAME, DeskPage, service_of

PERIODS: Final = (1, 7, 30, 90)
"""Days, today the last of them."""
PAGE: Final = 200
"""Sessions that one answer of the contract lists at most."""


@dataclass(frozen=True, slots=True)
class TrailsPage(DeskPage):
    template: ClassVar[str] = "desk/trails.html"
    sessions: Private[tuple[SupportSession, ...]]
    older: Private[str]
    """Where the list goes on, as the query's ``before``; empty at its end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act. ``service``: the title of the service that its detail names."""

    act: Private[Act | None]
    service: Private[Text | None]


@dataclass(frozen=True, slots=True)
class TrailPage(DeskPage):
    template: ClassVar[str] = "desk/trail.html"
    session: Private[SupportSession | None]
    lines: Private[tuple[Line, ...]]
    recording: Private[RecordingSummary | None]


@dataclass(frozen=True, slots=True)
class StatisticsPage(DeskPage):
    template: ClassVar[str] = "desk/statistics.html"
    days: Public[int]
    periods: Public[tuple[int, ...]]
    figures: Private[SupportStatistics | None]


async def trails(request: Request) -> Response:
    """GET /{lang}/desk/trails?before="""
    p, before = portal(request), _moment(request.query_params.get("before", ""))
    found = (await support.sessions(p.backend, await signed_in(request), before=before)).items
    older = found[-1].asked.isoformat() if len(found) >= PAGE else ""
    return _unkept(await render(request, TrailsPage(sessions=found, older=older)))


async def trail(request: Request) -> Response:
    """GET /{lang}/desk/trails/{session}"""
    name = request.path_params["session"]
    if not NAME.fullmatch(name):
        raise HTTPException(404)
    found = await support.trail(portal(request).backend, await signed_in(request), name)
    shelf = portal(request).shelf
    named = {act.detail: service_of(shelf, act.detail) for act in found.acts if act.kind == "asked"}
    titles = {detail: service.title for detail, service in named.items() if service is not None}
    lines = tuple(Line(act, titles.get(act.detail) if act.kind == "asked" else None) for act in found.acts)
    return _unkept(await render(request, TrailPage(session=found.session, lines=lines, recording=found.recording)))


async def statistics(request: Request) -> Response:
    """GET /{lang}/desk/statistics?days="""
    p, asked = portal(request), request.query_params.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else 30
    last = day_in_korea(p.now())
    try:
        figures = await support.statistics(
            p.backend, await signed_in(request), first=last - dt.timedelta(days=days - 1), last=last
        )
    except Invalid:
        raise HTTPException(404) from None
    return _unkept(await render(request, StatisticsPage(days=days, periods=PERIODS, figures=figures)))


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
