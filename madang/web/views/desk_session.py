"""One session at the desk: the citizen's page beside everything that helps, and the frame in which it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from madang.contract.messages.catalogue import Service
from madang.contract.messages.support import Outcome
from madang.i18n.locales import Locale
from madang.remote_support import messages, phrasebook
from madang.remote_support.acts import NEEDS, reaches
from madang.remote_support.messages import Act, Said
from madang.remote_support.reading import agent_reads
from madang.remote_support.states import Level, Session
from madang.web.links import link
from madang.web.page import Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.render import render
from madang.web.support.framing import framed
from madang.web.views.desk_guide import Found, found, guide_of
from madang.web.views.desk_notes import notes_of
from madang.web.views.desk_offers import is_offered
from madang.web.views.desk_parts import DeskPage, Row, own_session, pair, relay_of, row
from madang.web.views.desk_patch import patched
from madang.web.views.desk_phrases import Situation, situations

TOOLS: Final[tuple[tuple[str, type[Act]], ...]] = (
    ("highlight", messages.Highlight),
    ("point", messages.Point),
    ("scroll-to", messages.ScrollTo),
    ("move-focus", messages.MoveFocus),
    ("open", messages.Open),
)
"""What can be done with an element at once. A suggestion, or filling in, needs a value, too."""


@dataclass(frozen=True, slots=True)
class Tool:
    """``needs``: the level that the citizen must have agreed to."""

    name: Public[str]
    needs: Public[Level]
    allowed: Public[bool]


@dataclass(frozen=True, slots=True)
class Item:
    """An element of the citizen's page, as a screen reader would say it, in the language of the twin."""

    ref: Private[str]
    role: Private[str]
    name: Private[str]
    value: Private[str]
    error: Private[str]
    shared: Private[bool]
    options: Private[tuple[tuple[str, str], ...]]
    """(value, label)"""
    inside: Private[bool]
    """In the page's own part, not in what stands around every page."""


@dataclass(frozen=True, slots=True)
class SessionPage(DeskPage):
    template: ClassVar[str] = "desk/session.html"
    row: Private[Row]
    others: Private[tuple[Row, ...]]
    """This agent's other sessions."""
    level: Private[Level]
    words: Private[tuple[str, ...]]
    """The two that the citizen sees, too."""
    whose: Public[str]
    """"agent" or "citizen": in whose language the page is looked at."""
    title: Private[str]
    """Of the citizen's page; empty where none can be seen now."""
    title_lang: Private[str]
    left: Private[int | None]
    """Seconds until the session's whole time is over."""
    guardian: Private[bool]
    """Whether somebody who helps the citizen is here, too."""
    recording: Private[bool]
    """The citizen has agreed to a recording, and it goes on."""
    reason: Private[str]
    ended_by: Private[str]
    tools: Public[tuple[Tool, ...]]
    may_suggest: Public[bool]
    may_fill: Public[bool]
    items: Private[tuple[Item, ...]]
    chosen: Private[Item | None]
    said: Private[tuple[Said, ...]]
    situations: Public[tuple[Situation, ...]]
    query: Private[str]
    """What the phrasebook was searched for."""
    guide: Public[Service | None]
    guides: Public[Found]
    notes: Private[str]
    offered: Private[bool]
    refused: Public[str]
    """Why the last act did not pass; see ``messages.RefusedMessage``."""
    typed: Private[str]
    outcome: Private[Outcome | None]
    """What was written down already."""
    note: Private[str]
    problem: Public[str]
    """Of writing down the outcome: "", "choose", "too-long" or "unavailable"."""


async def show(request: Request) -> Response:
    """GET /{lang}/desk/sessions/{session}?whose=&ref=&q=&guide=&find="""
    session, locale = await own_session(request), locale_of(request)
    if session.live and session.agent is not None and session.agent.locale != locale:
        session = await agent_reads(relay_of(request), session, locale)
    return await session_page(request, session)


async def session_page(
    request: Request,
    session: Session,
    *,
    refused: str = "",
    typed: str = "",
    outcome: Outcome | None = None,
    note: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    """The page of one session, with what the last post came to."""
    p, relay, who = portal(request), relay_of(request), await signed_in(request)
    query = request.query_params
    whose = "citizen" if query.get("whose") == "citizen" else "agent"
    twin = await twin_of(request, session, whose)
    items = items_of(twin)
    level = session.level
    page = SessionPage(
        row=row(request, session),
        others=tuple(row(request, s) for s in await relay.with_agent(who.subject) if s.id != session.id),
        level=level,
        words=pair(session, locale_of(request)),
        whose=whose,
        title=twin.title if twin is not None else "",
        title_lang=twin.lang if twin is not None else "",
        left=relay.status(session).seconds,
        guardian=session.guardian,
        recording=bool(session.recording),
        reason=session.reason,
        ended_by=session.ended_by,
        tools=tuple(Tool(name, NEEDS[kind], reaches(level, NEEDS[kind])) for name, kind in TOOLS),
        may_suggest=reaches(level, NEEDS[messages.Suggest]),
        may_fill=reaches(level, NEEDS[messages.Fill]),
        items=items,
        chosen=next((item for item in items if item.ref == query.get("ref")), None),
        said=tuple(await relay.transcript(session.id, "agent")) if session.state != "matched" else (),
        situations=situations(phrasebook.load(p.settings.support_phrases), query.get("q", ""), locale_of(request)),
        query=query.get("q", "")[:200],
        guide=guide_of(p.shelf, query.get("guide", ""), session.need, twin),
        guides=found(p.shelf, query.get("find", ""), locale_of(request)),
        notes=await notes_of(request, session),
        offered=await is_offered(request, session),
        refused=refused,
        typed=typed,
        outcome=outcome,
        note=note,
        problem=problem,
    )
    request.scope["madang.frame"] = "around"
    response = await render(request, page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


async def frame(request: Request) -> Response:
    """GET /{lang}/desk/sessions/{session}/frame?whose=: the citizen's page as it stands now, alone, in a document that
    can do nothing. What may not be seen is not in it."""
    session = await own_session(request)
    twin = await twin_of(request, session, request.query_params.get("whose", ""))
    return framed(request, "desk/frame.html", twin, session.state)


async def ticket(request: Request) -> Response:
    """POST /{lang}/desk/sessions/{session}/ticket: lets one connection in, once."""
    session = await own_session(request)
    who = await signed_in(request)
    return JSONResponse({"ticket": await relay_of(request).ticket(session.id, "agent", who.subject)})


async def twin_of(request: Request, session: Session, whose: str) -> messages.Page | None:
    """The masked rendering that may be looked at now, with the parts that were fetched anew since; None for none."""
    if session.state != "viewing" or session.agent is None:
        return None
    standing = await relay_of(request).store.standing(session.id)
    if standing is None or standing.number != session.page:
        return None
    locale: Locale = session.locale if whose == "citizen" else session.agent.locale
    if locale not in standing.twins:  # chosen a moment ago: it is drawn when the citizen's page is asked for again
        locale = session.locale
    twin = standing.twins.get(locale)
    return patched(twin, standing.fragments.get(locale, ())) if twin is not None else None


def items_of(twin: messages.Page | None) -> tuple[Item, ...]:
    """The elements of a twin that can be spoken of, in the order of the page."""
    if twin is None:
        return ()
    own = twin.html[twin.html.find("<main") : twin.html.rfind("</main>") + 1]
    found = ((ref, element) for ref, element in twin.elements.items() if element.name or element.shared)
    return tuple(
        Item(
            ref=ref,
            role=element.role,
            name=element.name,
            value=element.value,
            error=element.error,
            shared=element.shared,
            options=_options(element.options, element.labels),
            inside=f'data-ref="{escape(ref)}"' in own,
        )
        for ref, element in found
    )


def _options(values: Sequence[str], labels: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(zip(values, labels or values, strict=False))


def session_link(request: Request, session: Session, **query: str) -> str:
    """The page of a session, with what of its query is to stay."""
    kept = {name: value for name, value in query.items() if value}
    return link(locale_of(request), "desk_session", kept or None, session=session.id)
