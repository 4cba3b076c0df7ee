"""What a session is, what may happen to it, and what follows: the nouns of the state machine of ``machine``."""

import datetime as dt
from typing import Final, Literal, get_args

import msgspec

from madang.i18n.locales import Locale

State = Literal["requested", "waiting", "matched", "viewing", "paused", "away", "ended", "expired"]
Level = Literal["view", "point", "suggest", "assist"]
Side = Literal["citizen", "agent", "guardian"]
Way = Literal["code", "text", "appointment"]
Reason = Literal["", "stopped", "refused", "no-answer", "grace", "idle", "time", "expired"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
LIVE: Final[frozenset[State]] = frozenset({"matched", "viewing", "paused", "away"})
FINAL: Final[frozenset[State]] = frozenset({"ended", "expired"})

LONGEST: Final = 3 * 3600
"""Seconds that a session lasts at most, however much time a citizen needs: nobody is looked at for a day by mistake."""


class Limits(msgspec.Struct, frozen=True):
    """Seconds."""

    code: int = 180
    consent: int = 300
    grace: int = 120
    idle: int = 900
    whole: int = 3600

    def longer(self, times: int) -> "Limits":
        """For a citizen who needs more time: each of them ``times`` as long, the whole at most ``LONGEST``."""
        return Limits(
            code=self.code * times,
            consent=self.consent * times,
            grace=self.grace * times,
            idle=self.idle * times,
            whole=min(self.whole * times, max(self.whole, LONGEST)),
        )


class Agent(msgspec.Struct, frozen=True):
    """``id``: the provider's opaque id of the person."""

    id: str
    name: str
    agency: str
    locale: Locale = "ko"


class Session(msgspec.Struct, frozen=True):
    """Times are UTC. ``words``: indices into the list of words. ``page``: number of the page that stands, 0 before the
    first. ``version`` counts the changes: a store writes only over the version that was read."""

    id: str
    locale: Locale
    created: dt.datetime
    state: State = "requested"
    way: Way = "code"
    need: str = ""
    """Name of the page help was asked from, or a service: never an address."""
    limits: Limits = Limits()
    level: Level = "view"
    agent: Agent | None = None
    words: tuple[int, int] | None = None
    since: dt.datetime | None = None
    """When the state was entered."""
    agreed: dt.datetime | None = None
    active: dt.datetime | None = None
    """When anybody last did anything."""
    page: int = 0
    page_name: str = ""
    sensitive: bool = False
    connected: bool = False
    """Whether the citizen's page that stands has a connection."""
    agent_here: bool = False
    guardian: bool = False
    """Whether the citizen has let somebody look, too."""
    guardian_asks: bool = False
    """Somebody with the second code has agreed, and the citizen has not answered yet."""
    guardian_locale: Locale | None = None
    """In which language they read."""
    recordable: int = 0
    """For how many days a recording would be kept, as the operator decided; 0: nothing is ever recorded."""
    recording: str = ""
    """Name of the recording that the citizen has agreed to, while it goes on."""
    reason: Reason = ""
    ended_by: str = ""
    version: int = 0

    @property
    def live(self) -> bool:
        """Agent and citizen are with each other."""
        return self.state in LIVE

    @property
    def over(self) -> bool:
        return self.state in FINAL


class Asked(msgspec.Struct, frozen=True, tag="asked"):
    """The citizen asks for help; the code is shown."""


class Matched(msgspec.Struct, frozen=True, tag="matched"):
    """An agent entered the code, or took a request that was made by text."""

    agent: Agent
    words: tuple[int, int]


class Agreed(msgspec.Struct, frozen=True, tag="agreed"):
    level: Level


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The citizen did not ask for this, or does not want it."""


class LevelSet(msgspec.Struct, frozen=True, tag="level"):
    level: Level


class PageShown(msgspec.Struct, frozen=True, tag="page"):
    """The citizen asked for a page; its number is ``session.page`` + 1."""

    name: str
    sensitive: bool = False


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """A connection of the page numbered ``page`` (citizen), or of the desk."""

    side: Side
    page: int = 0


class Lost(msgspec.Struct, frozen=True, tag="lost"):
    side: Side
    page: int = 0


class Did(msgspec.Struct, frozen=True, tag="did"):
    """Somebody did something: the session is not idle."""


class HandedOver(msgspec.Struct, frozen=True, tag="handed-over"):
    """To a colleague, whom the citizen is asked about like the first."""

    agent: Agent
    words: tuple[int, int]


class AgentReads(msgspec.Struct, frozen=True, tag="agent-reads"):
    """The agent has chosen another language at the desk."""

    locale: Locale


class GuardianAsked(msgspec.Struct, frozen=True, tag="guardian-asked"):
    """Somebody with the second code wants to look, too: the citizen is asked."""

    locale: Locale


class GuardianJoined(msgspec.Struct, frozen=True, tag="guardian"):
    """The citizen's answer; or, not ``joined``, the guardian goes or is sent away (``by``)."""

    joined: bool = True
    by: Side = "guardian"


class RecordingAgreed(msgspec.Struct, frozen=True, tag="recording"):
    """The citizen's own yes to a recording; ``name`` is new each time."""

    name: str


class RecordingWithdrawn(msgspec.Struct, frozen=True, tag="not-recording"):
    """They take it back."""


class Stopped(msgspec.Struct, frozen=True, tag="stopped"):
    by: Side | Literal["system"]


class Ticked(msgspec.Struct, frozen=True, tag="ticked"):
    """Time has passed."""


Event = (
    AgentReads
    | Asked | Matched | Agreed | Refused | LevelSet | PageShown | Opened | Lost | Did | HandedOver | GuardianAsked
    | GuardianJoined | RecordingAgreed | RecordingWithdrawn | Stopped | Ticked
)  # fmt: skip


class Blank(msgspec.Struct, frozen=True, tag="blank"):
    """The agent's view is emptied at once, before anything else is sent."""


class Tell(msgspec.Struct, frozen=True, tag="tell"):
    """Everybody is told the session's state."""


class Close(msgspec.Struct, frozen=True, tag="close"):
    """After this nothing passes; pages and codes of the session are deleted."""


class Show(msgspec.Struct, frozen=True, tag="show"):
    """The agent is sent the page that stands: it may be looked at (again)."""


class Record(msgspec.Struct, frozen=True, tag="record"):
    """One record for the trail."""

    who: Side | Literal["system"]
    kind: str
    detail: str = ""


Effect = Blank | Tell | Close | Show | Record
