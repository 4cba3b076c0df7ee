"""What was searched for and not found, counted by the week, so that an editor can add the words. No person is kept
beside them, and what may be a number or an address of someone is not kept at all."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable
from typing import Final

import msgspec

from madang.i18n.locales import Locale
from madang.web.catalogue.folding import fold
from madang.web.state import State
from madang.web.state.sessions import utc_now

WORDS: Final = "unanswered"
COUNT: Final = "unanswered-count"
PLACE: Final = "unanswered-place"
SECONDS: Final = 60 * 24 * 3600
"""How long a week's words are kept."""
MOST: Final = 5000
"""Different words kept per week: a flood of nonsense fills no disk."""
LONGEST: Final = 60
_PRIVATE: Final = re.compile(r"\d{3}|@")
"""Telephone, registration and document numbers, e-mail addresses."""


class Entry(msgspec.Struct, frozen=True):
    """``words`` as folded for comparison; ``count`` how often that week."""

    words: str
    locale: Locale
    count: int = 0


class Unanswered:
    """On the portal's state, so that all workers count together."""

    def __init__(self, state: State, now: Callable[[], dt.datetime] = utc_now) -> None:
        self._state, self._now = state, now

    async def count(self, query: str, locale: Locale) -> None:
        """Counts ``query`` in this week. Raises StateUnavailable."""
        words = fold(query)
        if not words or len(words) > LONGEST or _PRIVATE.search(query) or _PRIVATE.search(words):
            return
        week = _week(self._now())
        key = f"{week}:{hashlib.sha256(f'{locale}:{words}'.encode()).hexdigest()[:32]}"
        if await self._state.add(WORDS, key, msgspec.json.encode(Entry(words, locale)), SECONDS):
            place = await self._state.increment(COUNT, week, SECONDS)
            if place > MOST:
                await self._state.delete(WORDS, key)
                return
            await self._state.put(PLACE, f"{week}:{place}", key.encode(), SECONDS)
        await self._state.increment(COUNT, key, SECONDS)

    async def listed(self, weeks: int = 4) -> list[Entry]:
        """The words of the last weeks, most often first."""
        counted: dict[tuple[str, Locale], int] = {}
        for back in range(weeks):
            week = _week(self._now() - dt.timedelta(weeks=back))
            for place in range(1, MOST + 1):
                key = await self._state.get(PLACE, f"{week}:{place}")
                if key is None:
                    break
                content = await self._state.get(WORDS, key.decode())
                times = await self._state.get(COUNT, key.decode())
                if content is not None and times is not None:
                    entry = msgspec.json.decode(content, type=Entry)
                    pair = entry.words, entry.locale
                    counted[pair] = counted.get(pair, 0) + int(times)
        return sorted((Entry(*pair, times) for pair, times in counted.items()), key=lambda e: (-e.count, e.words))


def _week(moment: dt.datetime) -> str:
    year, week, _ = moment.isocalendar()
    return f"{year}-{week:02}"
