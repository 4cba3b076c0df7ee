"""The support group: an errand of a citizen who has no screen. An agent fills it in on the telephone, and the citizen
confirms it with a code sent to their own phone: without that code nothing is submitted."""

import datetime as dt
from typing import Annotated, Any

import msgspec

from madang.contract.messages.applications import ApplicationStatus
from madang.contract.messages.support import Key
from madang.i18n.locales import Locale


class NewErrand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the caller says, and both must be on the register of identity. ``id`` is chosen by the portal, so that
    asking twice is asking once."""

    id: Key
    phone: Annotated[str, msgspec.Meta(pattern=r"^\+[0-9]{6,18}$")]
    date_of_birth: dt.date


class Errand(msgspec.Struct, frozen=True):
    """``initial``: the first letter of the person's name, for the agent to greet the right one; nothing else of them is
    told. ``locale``: the language of what is sent to them. ``ends``: until when it can be submitted."""

    id: str
    initial: str
    locale: Locale
    ends: dt.datetime


class ErrandAnswers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was read back to the caller."""

    service: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    form: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    answers: dict[str, Any]


class CodeSent(msgspec.Struct, frozen=True):
    """``ends``: until when the code counts. ``left``: how many more can be sent."""

    ends: dt.datetime
    left: int


class ErrandCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The six digits as the citizen says them."""

    code: Annotated[str, msgspec.Meta(pattern="^[0-9]{6}$")]


class ErrandDone(msgspec.Struct, frozen=True):
    """The application that the citizen now has."""

    number: str
    status: ApplicationStatus
