"""The reports group: what readers say is wrong on a page. Nobody is asked who they are."""

import datetime as dt
from typing import Annotated, Literal

import msgspec

from madang.i18n.locales import Locale

Wrong = Literal["fact", "unclear", "broken", "translation", "other"]
"""A fact is wrong; it is hard to understand; something does not work; the translation; anything else."""


class PageReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """``page``: the path without language and query, e.g. ``/services/move-in``."""

    page: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern="^/[ -~]*$")]
    locale: Locale
    wrong: Wrong
    text: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class ReceivedReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """As the operator reads it."""

    id: int
    at: dt.datetime
    report: PageReport


class ReportList(msgspec.Struct, frozen=True):
    """Newest first."""

    items: tuple[ReceivedReport, ...]
