"""Which message may pass in which state, at which level, about which element. Pure.

Every message upwards goes through ``may``, from a socket or from a form, of the citizen's page or of the desk.
"""

from collections.abc import Mapping
from typing import Final, Literal

from madang.remote_support import redaction
from madang.remote_support.messages import (
    Act,
    Answer,
    Chat,
    CitizenUp,
    Dialog,
    Element,
    FieldValue,
    Fill,
    Focus,
    Hello,
    Highlight,
    Invalid,
    Language,
    MoveFocus,
    Open,
    Phrase,
    Point,
    Pong,
    Scroll,
    ScrollTo,
    SetLevel,
    Stop,
    Suggest,
    Toggle,
)
from madang.remote_support.ports import Standing
from madang.remote_support.states import LEVELS, Level, Session

Why = Literal["", "level", "state", "ref", "field", "text"]
"""Why a message does not pass; empty: it may."""

NEEDS: Final[Mapping[type[Act | Chat], Level]] = {
    Phrase: "view",
    Chat: "view",
    Highlight: "point",
    Point: "point",
    ScrollTo: "point",
    Suggest: "suggest",
    MoveFocus: "assist",
    Fill: "assist",
    Open: "assist",
}
"""The level that an agent needs. What is not here is no agent's at any level: submitting, signing, paying, agreeing."""

_TICKED: Final = frozenset({"checkbox", "radio", "switch", "option", "menuitemcheckbox", "menuitemradio"})
"""Roles whose answer is yes or no."""


def reaches(level: Level, needed: Level) -> bool:
    """Whether a level holds another: each holds all that is under it."""
    return LEVELS.index(level) >= LEVELS.index(needed)


def may(session: Session, message: CitizenUp | Act | Language, standing: Standing | None) -> Why:
    """Empty when the message may pass. ``standing``: the page that stands, with the citizen's own registry; one that is
    not the session's current page counts as none."""
    page = standing if standing is not None and standing.number == session.page else None
    match message:
        case Hello() | Pong() | Stop():
            return "state" if session.over else ""
        case Language():
            return "" if session.live else "state"
        case SetLevel():
            return "" if session.state in ("viewing", "paused") else "state"
        case Chat(text):
            return _words(session) or _harmless(text)
        case Phrase():
            return _words(session) or _phrase(session, message, page)
        case Focus(ref):
            return _viewing(session) or ("" if ref is None else _known(page, ref))
        case Scroll(ref) | Toggle(ref) | Invalid(ref) | Dialog(ref):
            return _viewing(session) or _known(page, ref)
        case FieldValue(ref):
            return _viewing(session) or _known(page, ref) or _shared(page, ref)
        case Answer():
            return _viewing(session)
        case Suggest(ref) | Fill(ref):
            return _viewing(session) or _level(session, message) or _known(page, ref) or _proposed(page, message)
        case Open(ref):
            # A button sends, signs or pays; only what merely leads somewhere is opened for somebody else.
            return _viewing(session) or _level(session, message) or _known(page, ref) or _link(page, ref)
        case Highlight(ref) | Point(ref) | ScrollTo(ref) | MoveFocus(ref):
            return _viewing(session) or _level(session, message) or _known(page, ref)
    return "state"  # whatever else is ever decoded passes in no state


def _words(session: Session) -> Why:
    return "" if session.state in ("viewing", "paused") else "state"


def _viewing(session: Session) -> Why:
    return "" if session.state == "viewing" else "state"


def _level(session: Session, message: Act) -> Why:
    return "" if reaches(session.level, NEEDS[type(message)]) else "level"


def _element(page: Standing | None, ref: str) -> Element | None:
    return None if page is None else page.elements.get(ref)


def _known(page: Standing | None, ref: str) -> Why:
    return "ref" if _element(page, ref) is None else ""


def _link(page: Standing | None, ref: str) -> Why:
    element = _element(page, ref)
    return "" if element is not None and element.role == "link" else "ref"


def _shared(page: Standing | None, ref: str) -> Why:
    element = _element(page, ref)
    return "" if element is not None and element.shared else "field"


def _proposed(page: Standing | None, message: Suggest | Fill) -> Why:
    """A value of the agent's for a field: one that the citizen shares, one that the field can hold."""
    element = _element(page, message.ref)
    if element is None or not element.shared:
        return "field"
    if (message.checked is not None) != (element.role in _TICKED):
        return "field"
    if element.role == "radio" and not message.checked:
        return "field"  # one of several is chosen, never none
    if element.options and message.value not in element.options and message.checked is None:
        return "field"
    return _harmless(message.value)


def _phrase(session: Session, message: Phrase, page: Standing | None) -> Why:
    if message.ref is not None:
        if session.state != "viewing":  # nobody tells what an element of a sensitive page is called
            return "state"
        if _element(page, message.ref) is None:
            return "ref"
    return next((why for word in message.words.values() if (why := _harmless(word))), "")


def _harmless(text: str) -> Why:
    return "text" if redaction.unsafe(text) else ""
