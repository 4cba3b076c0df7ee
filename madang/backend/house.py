"""The wired parts of a running backend, made once and reached by every handler."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from madang.backend.catalogue.loader import Holdings
from madang.backend.config import BackendConfig
from madang.backend.database import Database

if TYPE_CHECKING:
    from madang.backend.issuing import IssuingDesk
    from madang.backend.messenger import Messenger


def clock() -> dt.datetime:
    """The moment, UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class House:
    """``now`` is the clock, an argument so that tests can set it. ``messenger``: None where no text can be sent to a
    phone."""

    config: BackendConfig
    database: Database
    holdings: Holdings
    desk: "IssuingDesk"
    now: Callable[[], dt.datetime] = clock
    messenger: "Messenger | None" = None
