"""What an agent does in a session, by form: the same gate as the connection's, so it works without any script."""

from collections.abc import Mapping
from typing import Any, Final, get_args

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.support import Outcome, Result
from madang.forms.characters import presentable
from madang.remote_support import messages, redaction
from madang.web.clients import Invalid, NotFound, Unavailable, support
from madang.web.links import link
from madang.web.portal import locale_of, portal, signed_in
from madang.web.views.desk_notes import forget
from madang.web.views.desk_parts import own_session, relay_of
from madang.web.views.desk_session import session_link, session_page

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "highlight": ("ref",),
    "point": ("ref",),
    "scroll-to": ("ref",),
    "move-focus": ("ref",),
    "open": ("ref",),
    "suggest": ("ref", "value"),
    "fill": ("ref", "value"),
    "phrase": ("phrase", "ref"),
    "chat": ("text",),
    "stop": (),
}
"""What can be done -> the fields of the form that say more."""
FIGURES: Final = ("minutes", "days", "amount", "time")
LONGEST_NOTE: Final = 1000


async def act(request: Request) -> Response:
    """POST /{lang}/desk/sessions/{session}/act"""
    session, relay = await own_session(request), relay_of(request)
    form = await request.form(max_files=0, max_fields=12)
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    message = message_of(given)
    why = "form" if message is None else await relay.up(session.id, "agent", message, session.agent)
    if why:
        typed = given.get("text", "")
        session = await relay.load(session.id) or session
        return await session_page(request, session, refused=why, typed=typed, status=409)
    kept = {name: given.get(name, "") for name in ("whose", "ref", "q", "guide")}
    place = "#said" if given.get("do") in ("chat", "phrase") else "#elements"
    return RedirectResponse(session_link(request, session, **kept) + place, 303)


def message_of(given: Mapping[str, str]) -> messages.AgentUp | None:
    """The message that a form means; None when it means none that there is."""
    do = given.get("do", "")
    if do not in FIELDS:
        return None
    made: dict[str, Any] = {"type": do} | {name: given[name] for name in FIELDS[do] if given.get(name)}
    if do in ("suggest", "fill") and given.get("checked") in ("true", "false"):
        made["checked"] = given["checked"] == "true"
    if do == "phrase":
        made["words"] = {name: given[name].strip() for name in FIGURES if given.get(name, "").strip()}
    if do == "chat":
        made["text"] = presentable(given.get("text", "")).strip()
    try:
        message: messages.AgentUp = msgspec.convert(made, messages.AgentUp)
        return message
    except msgspec.ValidationError:
        return None


async def outcome(request: Request) -> Response:
    """POST /{lang}/desk/sessions/{session}/outcome: what became of it, once it is over."""
    session, p, who = await own_session(request), portal(request), await signed_in(request)
    form = await request.form(max_files=0, max_fields=3)
    chosen, note = str(form.get("outcome", "")), presentable(str(form.get("note", "")).strip())
    note = redaction.cover(note)  # it is kept for years: nobody's number belongs in it
    known = next((value for value in get_args(Outcome) if value == chosen), None)
    if known is None or not session.over:
        return await session_page(request, session, note=note, problem="choose", status=422)
    if len(note) > LONGEST_NOTE:
        return await session_page(request, session, outcome=known, note=note, problem="too-long", status=422)
    try:
        await support.result(p.backend, who, session.id, Result(known, note))
    except Invalid:
        return await session_page(request, session, outcome=known, note=note, problem="too-long", status=422)
    except (NotFound, Unavailable):  # its trail is written within seconds, or once the backend answers again
        return await session_page(request, session, outcome=known, note=note, problem="unavailable", status=503)
    await forget(request, session)
    return RedirectResponse(link(locale_of(request), "desk", {"written": "1"}), 303)
