"""Whether a telephone is answered now, and how long that stays true."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from madang.contract.messages.catalogue import HelpLine, Opening
from madang.i18n.korea import KOREA, is_working_day
from madang.i18n.locales import Locale

State = Literal["open", "other-languages", "closed", "unknown"]
KEPT: Final = dt.timedelta(minutes=6)
"""A public page is kept for five minutes: one that says "now" may be kept only if it stays true for longer."""


def state(line: HelpLine, locale: Locale, now: dt.datetime) -> State:
    """Whether ``line`` is answered at ``now``, and in the reader's language if it speaks it at all: ``other-languages``
    when only others are spoken at this hour. ``unknown`` when the catalogue does not say."""
    if not line.open:
        return "unknown"
    moment = now.astimezone(KOREA)
    current = [opening for opening in line.open if _holds(opening, moment)]
    if not current:
        return "closed"
    if locale not in line.languages or any(locale in (opening.languages or line.languages) for opening in current):
        return "open"
    return "other-languages"


def stays(lines: Iterable[HelpLine], now: dt.datetime) -> bool:
    """Whether a page that says today's date and which lines are open now is still right when it is no longer kept."""
    moment = now.astimezone(KOREA)
    later = moment + KEPT
    if later.date() != moment.date():
        return False
    return not any(
        moment < change <= later for line in lines for opening in line.open for change in _ends(opening, moment)
    )


def _holds(opening: Opening, moment: dt.datetime) -> bool:
    clock = f"{moment:%H:%M}"
    return opening.start <= clock < opening.end and (opening.days == "every-day" or is_working_day(moment.date()))


def _ends(opening: Opening, moment: dt.datetime) -> Iterator[dt.datetime]:
    for clock in (opening.start, opening.end):
        hour, minute = int(clock[:2]), int(clock[3:])
        if hour < 24:
            yield moment.replace(hour=hour, minute=minute, second=0, microsecond=0)
