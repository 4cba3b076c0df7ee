"""The life group: what a person should know of their own, one kind at a time, e.g. when a licence expires."""

import datetime as dt
from typing import Literal

import msgspec

from madang.contract.messages.identity import PersonName

LifeState = Literal[
    "nothing",  # this kind does not concern the person now
    "open",  # it can be done or claimed, and no last day is near
    "due",  # a day lies ahead
    "soon",  # the day is near: within the kind's ``notice_days``
    "overdue",  # the day is over and it was not done
]
"""From the least to the most pressing."""


class LifeItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing of a kind: one child's vaccination, one car's inspection. Codes and values; the words are the kind's
    sentences in the catalogue."""

    key: str
    """Names it within the kind and the person, and stays the same when its day moves: a calendar entry goes by it."""
    state: LifeState
    day: dt.date | None = None
    """Last day to do it; of what recurs, the next one. A day in Korea."""
    starts: dt.date | None = None
    """First day on which it can be done, when that is not always."""
    amount: int | None = None
    """Won."""
    count: int | None = None
    what: str = ""
    """Key of the kind's ``codes``."""
    who: PersonName | None = None
    """Whom it is about, when not the person who is signed in: a child."""
    weekly: bool = False
    """It comes back every week on this day."""


class LifeInformation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A kind's card. ``state`` is that of its most pressing item, ``nothing`` without any."""

    kind: str
    state: LifeState
    items: tuple[LifeItem, ...] = ()
    """The most pressing first, then by day."""
