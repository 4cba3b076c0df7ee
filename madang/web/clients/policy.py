"""How long a call may take, how often it is tried, how much it may answer: all numbers in one place.

Deadline of the reader: a middleware may set ``current`` for the request it serves, so that no call outlives the page
that waits for it and the backend sees the same request id in its log.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from madang.web.clients.breaker import BreakerRules

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect, to wait for the next piece of an answer, and for everything, retries included."""

    connect: float = 1.0
    read: float = 3.0
    total: float = 5.0
    largest: int = 20 * MIB
    """Bytes of an answer, decompressed."""


SLOW: Final = Patience(read=8.0, total=12.0)
"""What writes to registers, typesets a document or carries a file."""
BULK: Final = Patience(read=8.0, total=60.0, largest=256 * MIB)
"""The catalogue of a whole country, fetched by a background task that nobody waits for."""
BRIEF: Final = Patience(connect=0.5, read=1.5, total=2.0)
"""One of many parts of a page: it is left out rather than waited for."""

PATIENCE: Final[Mapping[str, Patience]] = {
    "submit": SLOW,
    "decide": SLOW,
    "store_file": SLOW,
    "verify_file": SLOW,
    "document_pdf": SLOW,
    "revoke": SLOW,
    "catalogue": BULK,
    "life_information": BRIEF,
}
"""By endpoint name; any other has ``Policy.patience``."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The defaults suit a portal and its backends in one data centre."""

    patience: Patience = field(default_factory=Patience)
    exceptions: Mapping[str, Patience] = field(default_factory=lambda: PATIENCE)
    attempts: int = 3
    """Including the first."""
    backoff: float = 0.05
    """Seconds before the first retry at most (full jitter); doubled for each further one."""
    longest_backoff: float = 0.5
    connections: int = 64
    """To one backend at once."""
    idle_connections: int = 16
    breaker: BreakerRules = field(default_factory=BreakerRules)
    retry_share: float = 0.1
    retry_most: float = 10.0

    def patience_of(self, endpoint: str) -> Patience:
        return self.exceptions.get(endpoint, self.patience)


@dataclass(frozen=True, slots=True)
class CallContext:
    """What the request that is being served knows. ``deadline``: seconds of ``time.monotonic()``."""

    request_id: str = ""
    deadline: float | None = None


current: Final[ContextVar[CallContext | None]] = ContextVar("madang_call_context", default=None)
