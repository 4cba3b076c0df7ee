"""What passes over a connection: JSON texts, one struct per type. Unknown types, fields and sizes are refused.

``ref``: an element's ``data-ref``. Codes of languages are locales. Texts are plain, never markup, but ``Page.html`` and
``Fragment.html``, which the server itself has made from an allow-list.
"""

from typing import Annotated, Final, Literal

import msgspec

from madang.remote_support.states import Level, Side, State

SUBPROTOCOL: Final = "madang.support.1"
LARGEST: Final = 16 * 1024
"""Bytes of one message upwards."""

Ref = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Value = Annotated[str, msgspec.Meta(max_length=2000)]
Sentence = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all."""


# Upwards, from both.
class Hello(Message, frozen=True, tag="hello"):
    """First on every connection. ``page``: the number of the citizen's page, as rendered into it."""

    page: Annotated[int, msgspec.Meta(ge=0)] = 0


class Pong(Message, frozen=True, tag="pong"):
    pass


class Chat(Message, frozen=True, tag="chat"):
    text: Sentence


class Stop(Message, frozen=True, tag="stop"):
    pass


# Upwards, from the citizen's page: small events.
class Focus(Message, frozen=True, tag="focus"):
    """``ref`` None: nothing of the page has the focus."""

    ref: Ref | None = None


class Scroll(Message, frozen=True, tag="scroll"):
    """The element at the top of the window, how far it is scrolled past (of its own height), and the zoom."""

    ref: Ref
    past: Annotated[float, msgspec.Meta(ge=-10, le=1000)] = 0.0
    zoom: Annotated[float, msgspec.Meta(ge=0.1, le=20)] = 1.0


class FieldValue(Message, frozen=True, tag="value"):
    """What a shared field holds; ``checked`` for radios and boxes."""

    ref: Ref
    value: Value = ""
    checked: bool | None = None


class Toggle(Message, frozen=True, tag="toggle"):
    """Something that opens and closes."""

    ref: Ref
    open: bool


class Invalid(Message, frozen=True, tag="invalid"):
    ref: Ref
    invalid: bool


class Dialog(Message, frozen=True, tag="dialog"):
    ref: Ref
    open: bool


class Answer(Message, frozen=True, tag="answer"):
    """The citizen's answer to a suggestion."""

    suggestion: Ref
    accepted: bool


class SetLevel(Message, frozen=True, tag="level"):
    level: Level


# Upwards, from the agent. The level that each needs is in ``acts.NEEDS``.
class Highlight(Message, frozen=True, tag="highlight"):
    ref: Ref


class Point(Message, frozen=True, tag="point"):
    """Draws attention for a moment."""

    ref: Ref


class ScrollTo(Message, frozen=True, tag="scroll-to"):
    ref: Ref


class Suggest(Message, frozen=True, tag="suggest"):
    ref: Ref
    value: Value = ""
    checked: bool | None = None


class Phrase(Message, frozen=True, tag="phrase"):
    """A sentence of the phrasebook. ``ref``: what it speaks of, for ``{element}``; ``words``: other placeholders."""

    phrase: Ref
    ref: Ref | None = None
    words: dict[str, Short] = {}


class MoveFocus(Message, frozen=True, tag="move-focus"):
    ref: Ref


class Fill(Message, frozen=True, tag="fill"):
    ref: Ref
    value: Value = ""
    checked: bool | None = None


class Open(Message, frozen=True, tag="open"):
    """Opens what a link of the citizen's own page leads to, within the portal; never a button."""

    ref: Ref


class Language(Message, frozen=True, tag="language"):
    """Which rendering the agent looks at: in the agent's own language, or in the citizen's."""

    whose: Literal["agent", "citizen"]


CitizenUp = (
    Hello | Pong | Chat | Stop | Focus | Scroll | FieldValue | Toggle | Invalid | Dialog | Answer | SetLevel
)  # fmt: skip
AgentUp = (
    Hello | Pong | Chat | Stop | Highlight | Point | ScrollTo | Suggest | Phrase | MoveFocus | Fill | Open | Language
)
GuardianUp = Hello | Pong | Chat | Stop
Small = Focus | Scroll | FieldValue | Toggle | Invalid | Dialog
"""What the citizen's page tells of itself."""
Act = Highlight | Point | ScrollTo | Suggest | Phrase | MoveFocus | Fill | Open
"""What an agent does."""


# Downwards.
class Ping(Message, frozen=True, tag="ping"):
    pass


class Status(Message, frozen=True, tag="state"):
    """Sent to everybody at each change. ``seconds``: until the session's whole time is over."""

    state: State
    level: Level
    page: int
    page_name: str = ""
    agent_here: bool = False
    guardian: bool = False
    guardian_asks: bool = False
    """Somebody waits for the citizen to let them look, too."""
    recording: bool = False
    """The citizen has agreed to a recording, and it goes on."""
    reason: str = ""
    seconds: int | None = None


class Blanked(Message, frozen=True, tag="blank"):
    """The agent's view is to be emptied now."""


class Element(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the registry knows of a ``data-ref``, in one language: what a screen reader would say of it."""

    role: str
    name: str = ""
    error: str = ""
    value: str = ""
    shared: bool = False
    """A field whose answer the agent may see and suggest."""
    options: tuple[str, ...] = ()
    """Of a shared select: the values that it can hold, the same in every language."""
    labels: tuple[str, ...] = ()
    """How each of ``options`` reads in the language of the page."""


class Page(Message, frozen=True, tag="page"):
    """The twin: ``html`` is the inside of the body, made of allow-listed elements; ``style`` the address of its style
    sheet; ``elements`` by ``data-ref`` in the language of the twin; ``lang`` as HTML writes it (``zh-Hans``)."""

    number: int
    name: str
    title: str
    lang: str
    html: str
    style: str
    elements: dict[str, Element] = {}


class Fragment(Message, frozen=True, tag="fragment"):
    """A part of the page that was fetched anew: takes the place of the inside of ``ref``."""

    number: int
    ref: str
    html: str
    elements: dict[str, Element] = {}


class Seen(Message, frozen=True, tag="seen"):
    """A small event of the citizen's page that passed."""

    page: int
    event: Small


class Said(Message, frozen=True, tag="said"):
    """Words: of a phrase, of chat, of a highlight. ``text`` in the reader's language where there is one; ``source`` is
    what was written when it was translated."""

    id: str
    who: Side
    kind: Literal["phrase", "chat", "highlight", "point", "scroll-to", "move-focus", "suggest", "fill", "open"]
    text: str
    lang: str
    source: str = ""
    source_lang: str = ""
    at: str = ""
    """When, ISO 8601, UTC."""


class Guide(Message, frozen=True, tag="guide"):
    """To the citizen: what the agent does, and the words for it."""

    kind: Literal["highlight", "point", "scroll-to", "move-focus", "fill", "open"]
    ref: str
    said: Said
    value: str = ""
    checked: bool | None = None


class Again(Message, frozen=True, tag="again"):
    """To the citizen: the page is to be asked for once more, for somebody who now reads another language."""


class Suggestion(Message, frozen=True, tag="suggestion"):
    """To the citizen: a value for a field, to accept or refuse."""

    id: str
    ref: str
    label: str
    value: str
    shown: str
    """How the value reads: an option's label."""
    said: Said
    checked: bool | None = None
    page: str = ""
    """Name of the page that it was made for."""


class Answered(Message, frozen=True, tag="answered"):
    """To the agent: what became of a suggestion."""

    suggestion: str
    accepted: bool


class RefusedMessage(Message, frozen=True, tag="refused"):
    """To the sender: why a message was not passed on."""

    of: str
    why: Literal["level", "state", "ref", "field", "text", "rate", "form", "many"]


class Missed(Message, frozen=True, tag="missed"):
    """In a recording alone: something here could not be kept."""


Down = (
    Ping | Status | Blanked | Page | Fragment | Seen | Said | Guide | Again | Suggestion | Answered | RefusedMessage
)  # fmt: skip
Kept = Page | Fragment | Seen | Blanked | Status | Missed
"""What a recording holds."""
