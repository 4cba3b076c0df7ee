"""What a change of a session is in messages: to whom, in which order."""

import datetime as dt
from collections.abc import Sequence

from madang.remote_support.messages import Blanked, Status
from madang.remote_support.ports import Ear
from madang.remote_support.sealed import seal
from madang.remote_support.states import Blank, Close, Effect, Session, Show, Tell


def messages(session: Session, effects: Sequence[Effect], now: dt.datetime) -> list[tuple[Ear, bytes]]:
    """To be published in the moment in which ``session`` is written."""
    found: list[tuple[Ear, bytes]] = []
    for effect in effects:
        match effect:
            case Blank():
                blank = seal(session, "blank", Blanked())
                found += [("agent", blank), ("guardian", blank)]
            case Tell():
                found.append(("all", seal(session, "status", status(session, now))))
            case Show():
                show = seal(session, "show")
                found += [("agent", show), ("guardian", show)]
            case Close():
                found.append(("all", seal(session, "close")))
    return found


def status(session: Session, now: dt.datetime) -> Status:
    """What everybody is told of a session: before the citizen has agreed not even what page they are on."""
    seconds = None
    if session.agreed is not None and session.live:
        seconds = max(0, session.limits.whole - int((now - session.agreed).total_seconds()))
    return Status(
        state=session.state,
        level=session.level,
        page=session.page,
        page_name=session.page_name if session.state in ("viewing", "paused", "away") else "",
        agent_here=session.agent_here,
        guardian=session.guardian,
        guardian_asks=session.guardian_asks,
        recording=bool(session.recording),
        reason=session.reason,
        seconds=seconds,
    )
