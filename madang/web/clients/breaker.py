"""A circuit breaker and a retry budget: what keeps a backend in trouble from being drowned by our own calls.

Breaker, one per API group:

=========  =======================================  ==========================================================
state      calls                                    leaves it
=========  =======================================  ==========================================================
closed     go through                               to open: ``consecutive`` failures in a row, or ``rate`` of the
                                                    last ``window`` calls failed (once the window is full)
open       fail at once                             to half-open: after ``rest`` seconds, doubled at each further
                                                    opening up to ``longest_rest``, jittered
half-open  one goes through, the others fail        to closed: it succeeds; to open: it fails
=========  =======================================  ==========================================================

``since`` is the time of the first failure after the last success and survives until the next success.
"""

import datetime as dt
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

BreakerState = Literal["closed", "open", "half-open"]


@dataclass(frozen=True, slots=True)
class BreakerRules:
    """Times in seconds."""

    consecutive: int = 5
    window: int = 20
    rate: float = 0.5
    rest: float = 2.0
    longest_rest: float = 30.0


class Breaker:
    """``clock`` gives monotonic seconds, ``now`` the time of day in UTC, ``chance`` a number in [0, 1)."""

    def __init__(
        self,
        rules: BreakerRules,
        clock: Callable[[], float],
        now: Callable[[], dt.datetime],
        chance: Callable[[], float],
    ) -> None:
        self._rules = rules
        self._clock = clock
        self._now = now
        self._chance = chance
        self._recent: deque[bool] = deque(maxlen=rules.window)
        self._in_a_row = 0
        self._openings = 0
        self._until: float | None = None
        self._trial = False
        self._epoch = 0
        self.since: dt.datetime | None = None

    @property
    def state(self) -> BreakerState:
        if self._until is None:
            return "closed"
        return "half-open" if self._clock() >= self._until else "open"

    def allow(self) -> int | None:
        """A permit when a call may go out now, else None. One of succeed, fail and abandon must follow, with it.

        What a call says that went out before the breaker last changed its state is no longer news, and is ignored."""
        state = self.state
        if state == "open" or (state == "half-open" and self._trial):
            return None
        self._trial = state == "half-open"
        return self._epoch

    def succeed(self, permit: int) -> None:
        if permit != self._epoch:
            return
        self.since = None
        self._in_a_row = 0
        self._recent.append(True)
        if self._until is not None:
            self._until, self._openings = None, 0
            self._turn()

    def fail(self, permit: int) -> None:
        if permit != self._epoch:
            return
        if self.since is None:
            self.since = self._now()
        self._recent.append(False)
        self._in_a_row += 1
        full = len(self._recent) == self._rules.window
        rotten = full and self._recent.count(False) >= self._rules.rate * self._rules.window
        if self._until is not None or self._in_a_row >= self._rules.consecutive or rotten:
            rest = min(self._rules.rest * 2**self._openings, self._rules.longest_rest)
            self._until = self._clock() + rest * (0.75 + 0.5 * self._chance())
            self._openings = min(self._openings + 1, 16)
            self._turn()

    def abandon(self, permit: int) -> None:
        """The call was cancelled by its caller and says nothing about the backend."""
        if permit == self._epoch:
            self._trial = False

    def _turn(self) -> None:
        self._epoch += 1
        self._trial = False
        self._in_a_row = 0
        self._recent.clear()


class RetryBudget:
    """A token bucket: each call pays in ``share`` of a token, each retry takes one out. With the default a tenth of
    the traffic may be retries, so a backend that fails for everybody sees a tenth more calls, not three times as many.
    """

    def __init__(self, share: float = 0.1, most: float = 10.0) -> None:
        self._share = share
        self._most = most
        self._tokens = most

    def earn(self) -> None:
        self._tokens = min(self._most, self._tokens + self._share)

    def spend(self) -> bool:
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True
