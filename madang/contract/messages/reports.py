"""The reports group: what readers say is wrong on a page, and what they are answered. Nobody is asked who they are:
whoever holds a report's reference can read its answer."""

import datetime as dt
from typing import Annotated, Final, Literal

import msgspec

from madang.i18n.locales import Locale

Wrong = Literal["fact", "unclear", "broken", "translation", "accessibility", "other"]
"""A fact is wrong; it is hard to understand; something does not work; the translation; a page or document cannot be
used with a disability; anything else."""
ANSWER_DAYS: Final = 7
"""Working days in Korea within which a report about accessibility is answered."""
Reference = Annotated[str, msgspec.Meta(pattern="^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$")]
"""Twelve characters in groups of four, e.g. ``7K3M-92QF-4XTV``: eleven random ones and a check character."""


class PageReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """``page``: the path without language and query, e.g. ``/services/move-in``."""

    page: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern="^/[ -~]*$")]
    locale: Locale
    wrong: Wrong
    text: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class ReportReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What whoever reported takes along. ``answer_by``: the day in Korea by which there is an answer; absent where none
    is promised."""

    reference: Reference
    answer_by: dt.date | None = None


class PageAnswer(msgspec.Struct, frozen=True):
    """What the operator answers, in the language of the report. A second one replaces the first."""

    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]


class ReportState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a report, for whoever holds its reference: not what it said."""

    reference: Reference
    at: dt.datetime
    page: str
    wrong: Wrong
    answer_by: dt.date | None = None
    answer: str = ""
    answered: dt.datetime | None = None


class ReceivedReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """As the operator reads it."""

    id: int
    at: dt.datetime
    report: PageReport
    reference: str = ""
    answer_by: dt.date | None = None
    answered: dt.datetime | None = None


class ReportList(msgspec.Struct, frozen=True):
    """Newest first."""

    items: tuple[ReceivedReport, ...]
