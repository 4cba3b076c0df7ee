"""Strict counters for what must not be guessed at: document numbers, sign-ins. Shared by all workers."""

import time
from typing import Final, NamedTuple

from madang.web.state import State

KIND: Final = "attempts"


class Attempt(NamedTuple):
    """Whether to go on, and if not, the seconds to wait."""

    allowed: bool
    retry_after: int


async def attempt(state: State, kind: str, client: str, maximum: int, window: int) -> Attempt:
    """Counts one attempt of ``client`` (``scope["madang.client"]``, or a digest of what is tried) at ``kind``.

    At most ``maximum`` in ``window`` seconds. Refused ones count as well, but prolong nothing. Raises
    ``StateUnavailable``: without a count nobody may guess."""
    now = time.time()
    slot = int(now // window)
    count = await state.increment(KIND, f"{kind}:{client}:{slot}", 2 * window)
    return await _judged(state, kind, client, maximum, window, now, count)


async def left(state: State, kind: str, client: str, maximum: int, window: int) -> Attempt:
    """The same without counting: whether one more would be allowed. For what counts only when it fails."""
    now = time.time()
    count = int(await state.get(KIND, f"{kind}:{client}:{int(now // window)}") or 0)
    return await _judged(state, kind, client, maximum, window, now, count + 1)


async def _judged(state: State, kind: str, client: str, maximum: int, window: int, now: float, count: int) -> Attempt:
    slot = int(now // window)
    before = int(await state.get(KIND, f"{kind}:{client}:{slot - 1}") or 0)
    elapsed = now / window - slot
    # What was refused in the last window must not weigh on this one.
    if count + min(before, maximum) * (1 - elapsed) <= maximum:
        return Attempt(True, 0)
    return Attempt(False, max(1, round((slot + 1) * window - now)))
