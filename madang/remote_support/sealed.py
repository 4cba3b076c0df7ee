"""What travels between the processes: a message with the version of the session under which it was allowed.

Whether something may be shown is decided where it is sent, with the session as it then was; meanwhile another process
may have stopped it. So whoever receives looks at the versions: what was allowed before the last blank, the last stop or
the last lowering of the level is not passed on after it.
"""

from typing import Literal

import msgspec

from madang.remote_support.messages import Down
from madang.remote_support.states import LEVELS, Level, Session, Side, State

Kind = Literal["status", "blank", "show", "close", "content", "fragment", "act", "words"]
"""``show``: the page that stands may be looked at (each connection fetches it in its language). ``content``: of the
citizen's page. ``act``: to the citizen's page. ``words``: whoever reads them, wherever they are."""


class Sealed(msgspec.Struct, frozen=True, array_like=True):
    kind: Kind
    version: int
    state: State
    level: Level
    page: int
    agent: str
    guardian: bool
    body: msgspec.Raw


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Sealed)
_NOTHING = msgspec.Raw(b"null")


def seal(session: Session, kind: Kind, message: Down | None = None, raw: bytes | None = None) -> bytes:
    """``raw``: the message where it is encoded already."""
    if message is not None:
        raw = _ENCODER.encode(message)
    body = _NOTHING if raw is None else msgspec.Raw(raw)
    agent = session.agent.id if session.agent else ""
    return _ENCODER.encode(
        Sealed(kind, session.version, session.state, session.level, session.page, agent, session.guardian, body)
    )


def unseal(sealed: bytes) -> Sealed:
    return _DECODER.decode(sealed)


class Gate:
    """What one connection has been told, and therefore what may still reach it. ``page``: of a citizen's connection,
    the page it belongs to; ``agent``: of an agent's, who that is."""

    def __init__(self, side: Side, *, page: int = 0, agent: str = "") -> None:
        self._side, self._page, self._agent = side, page, agent
        self._read = -1
        self._told = -1
        self._since = 0
        self._level: Level = "assist"
        self.over = False
        """Nothing passes any more: the session is over, or no longer this connection's."""

    def start(self, session: Session) -> None:
        """The connection has just been told this: what was published of it meanwhile is no news."""
        self._read = self._told = self._since = session.version
        self._level = session.level

    def passes(self, sealed: Sealed) -> bool:
        """Whether it may be handed on; to be asked in the order of arrival."""
        if self.over:
            return False
        if sealed.version >= self._told and not self._still(sealed):
            self.over = True
            return sealed.kind == "blank"
        if sealed.kind in ("status", "blank", "show", "close"):
            return self._state(sealed)
        if sealed.kind == "words":
            return True
        if sealed.version < self._since or sealed.state != "viewing":
            return False
        return self._side != "citizen" or sealed.page == self._page

    def _still(self, sealed: Sealed) -> bool:
        """Whether the session is this connection's: not of an agent who has handed it over, nor of a guardian who was
        sent away. What ends is told to everybody."""
        if sealed.state in ("ended", "expired"):
            return True
        if self._side == "agent":
            return sealed.agent == self._agent
        return self._side == "citizen" or sealed.guardian

    def _state(self, sealed: Sealed) -> bool:
        if sealed.version < self._told or (sealed.version == self._read and sealed.kind != "show"):
            return False
        self._told = sealed.version
        lowered = LEVELS.index(sealed.level) < LEVELS.index(self._level)
        if sealed.kind == "blank" or sealed.state != "viewing" or lowered:
            self._since = sealed.version
        self._level = sealed.level
        if sealed.kind == "close" or (sealed.kind == "status" and sealed.state in ("ended", "expired")):
            self.over = True
        return sealed.kind != "show" or sealed.state == "viewing"
