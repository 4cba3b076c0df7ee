"""What a clerk works with: applications that wait for a decision, the oldest deadline first."""

import datetime as dt
from typing import Any

import msgspec

from madang.contract.messages.applications import Application, ApplicationStatus
from madang.contract.messages.identity import PersonName


class Waiting(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the list."""

    number: str
    service: str
    status: ApplicationStatus
    submitted: dt.datetime
    applicant: PersonName
    due: dt.date | None = None


class WaitingList(msgspec.Struct, frozen=True):
    """The earliest deadline first."""

    items: tuple[Waiting, ...]


class Case(msgspec.Struct, frozen=True, omit_defaults=True):
    """One application as the clerk who decides sees it. ``records``: evidence -> what that register holds now, None
    where it holds nothing; looking is recorded."""

    application: Application
    applicant: PersonName
    records: dict[str, Any] = {}
