"""What remote support needs of the house around it. ``web.app`` wires the real ones."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Literal, Protocol

import msgspec

from madang.i18n.locales import Locale
from madang.remote_support.messages import Element, Fragment, Kept, Page
from madang.remote_support.states import Session, Side

Ear = Literal["citizen", "agent", "guardian", "all"]


class Standing(msgspec.Struct, frozen=True):
    """The page that stands, as the server keeps it while the session lives. ``elements``: the citizen's own page in
    their language; ``twins``: the masked renderings by language; ``fragments``: the parts fetched anew since, in their
    order, one per element. ``complete``: drawn in the citizen's language, too; until then there are no ``elements``."""

    number: int
    name: str
    elements: dict[str, Element]
    twins: dict[Locale, Page]
    fragments: dict[Locale, tuple[Fragment, ...]] = {}
    complete: bool = True
    hidden: tuple[bytes, ...] = ()
    """The private values of the citizen's page, in digests that ``Veil`` made."""


class Ticket(msgspec.Struct, frozen=True):
    """Lets one connection in."""

    session: str
    side: Side
    subject: str = ""
    page: int = 0


class StoreUnavailable(Exception):
    """The store did not answer."""


class Store(Protocol):
    """Where live sessions are. Every method may raise ``StoreUnavailable``. Nothing in it outlives its time."""

    async def create(self, session: Session) -> None: ...

    async def load(self, session: str) -> Session | None: ...

    async def save(self, session: Session, messages: Sequence[tuple[Ear, bytes]] = ()) -> bool:
        """Writes over version ``session.version - 1`` only; False when another was faster. ``messages`` are published
        in the same moment: a process that dies between the two would leave the other side with a page it may no longer
        see. Of a session that is over the page that stands is deleted, too."""

    async def every(self) -> Sequence[Session]:
        """All sessions that are not over, oldest first."""

    async def put(self, kind: str, key: str, value: bytes, ttl: int) -> None:
        """A value with an end: a code's hash, a ticket, a token."""

    async def get(self, kind: str, key: str) -> bytes | None: ...

    async def take(self, kind: str, key: str) -> bytes | None:
        """The value, deleted at the same moment: of several callers exactly one gets it."""

    async def count(self, kind: str, key: str, ttl: int) -> int:
        """Counts one up; the first starts the time."""

    async def uncount(self, kind: str, key: str) -> None:
        """Counts one down, if there is a count."""

    async def append(self, session: str, kind: str, value: bytes, most: int = 200) -> None:
        """To a list that lives as long as the session (words said, for the transcript); the oldest fall out."""

    async def listed(self, session: str, kind: str) -> Sequence[bytes]: ...

    async def stand(self, session: str, page: Standing) -> None:
        """Keeps the page that stands, unless a later one (by number) already does."""

    async def standing(self, session: str) -> Standing | None: ...

    async def note(self, session: str, page: int, key: str, value: bytes) -> None:
        """Keeps a small event of the page that stands, in place of the last one of the same ``key``; forgotten with
        the page."""

    async def noted(self, session: str) -> Sequence[bytes]:
        """The small events of the page that stands, in their order."""

    async def forget(self, session: str) -> None:
        """Deletes the page that stands. The session itself stays a while, so that both sides can read how it ended."""

    async def publish(self, session: str, ear: Ear, message: bytes) -> None:
        """To every connection of that side, in whichever process."""

    def subscribe(self, session: str, side: Side) -> AbstractAsyncContextManager[AsyncIterator[bytes | None]]:
        """Messages to that side from now on. None: messages may have been lost, read everything anew."""

    async def ping(self) -> None: ...

    async def close(self) -> None: ...


class AuditRecord(msgspec.Struct, frozen=True):
    """One act, before it is numbered and chained. ``name``: the agent's, for the citizen's receipt."""

    session: str
    at: dt.datetime
    who: Side | Literal["system"]
    kind: str
    detail: str = ""
    name: str = ""
    agency: str = ""
    subject: str = ""
    """The agent's opaque id; never the citizen's."""
    locale: Locale | None = None
    """The citizen's language, for the figures."""


class Trail(Protocol):
    """Where the records go. ``append`` returns at once and never raises: what cannot be written now is written later,
    in order; a session whose trail cannot be written for a minute is stopped by the relay (``healthy``)."""

    def append(self, record: AuditRecord) -> None: ...

    def healthy(self) -> bool: ...


class RecorderUnavailable(Exception):
    """Where recordings are kept does not answer."""


class Recorder(Protocol):
    """Where recordings are kept, sealed, for ``session.recordable`` days."""

    async def begin(self, session: Session, name: str) -> bool:
        """Makes the place for a recording. False: it cannot be made now, or the session has one already."""

    def add(self, session: Session, what: Kept) -> None:
        """Adds to ``session.recording``. Returns at once and never raises; nothing is added to one that is deleted."""

    async def delete(self, session: str) -> bool:
        """Deletes the recording of a session with its key. False: there was none. Raises ``RecorderUnavailable``."""

    def listen(self, full: Callable[[Session], None]) -> None:
        """``full`` is called once for a recording that goes on no longer because it is as large as it may be."""


class Words(Protocol):
    """Sentences in a language."""

    def act(
        self, locale: Locale, kind: str, element: Element | None, value: str = "", *, checked: bool | None = None
    ) -> str:
        """What an act of the agent's is in words: the element's label, its error and the next step. ``checked`` False:
        a box is to be left unticked."""

    def phrase(self, locale: Locale, phrase: str, element: Element | None, words: dict[str, str]) -> str | None:
        """A sentence of the phrasebook; None where there is none of that name."""


class Veil(Protocol):
    """Covers the private values of a page in what is typed on it, without anybody having to keep them."""

    def hidden(self, forms: Iterable[tuple[str, bool]]) -> tuple[bytes, ...]:
        """Digests of (value without signs and spaces, whether it counts as a word of its own alone)."""

    def cover(self, hidden: Sequence[bytes], text: str) -> str: ...


class Translator(Protocol):
    """Turns free text into another language, where an operator has such a service. None: it could not."""

    async def translate(self, text: str, source: Locale, target: Locale) -> str | None: ...
