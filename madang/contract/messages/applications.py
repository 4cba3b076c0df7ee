"""The applications group: what was submitted, where it stands, until when it must be decided."""

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec

from madang.contract.messages.documents import DocumentContent, DocumentSummary
from madang.contract.messages.drafts import StoredFile
from madang.i18n.locales import Locale
from madang.i18n.text import Text

ApplicationStatus = Literal["received", "in-review", "more-info", "completed", "returned", "withdrawn"]


class ApplicationEvent(msgspec.Struct, frozen=True, omit_defaults=True):
    at: dt.datetime
    status: ApplicationStatus
    note: Text | None = None
    """What a clerk wrote, e.g. why it was returned."""


class Application(msgspec.Struct, frozen=True, omit_defaults=True):
    number: str
    """YYYY-MMDD-NNNN-NNCC: the day in Korea, six random digits and two check digits (ISO 7064 MOD 97-10)."""
    service: str
    form: str
    answers: dict[str, Any]
    status: ApplicationStatus
    submitted: dt.datetime
    locale: Locale
    started: dt.datetime | None = None
    """When its draft was created: what the whole errand took."""
    due: dt.date | None = None
    """The statutory deadline, in Korea; none for what is done immediately."""
    events: tuple[ApplicationEvent, ...] = ()
    documents: tuple[DocumentSummary, ...] = ()
    may_withdraw: bool = False
    files: tuple[StoredFile, ...] = ()
    """What was attached, by the ids that the answers name."""
    reading: DocumentContent | None = None
    """What the register said when it was read on the screen, where no document was asked for. In lists always None."""


class ApplicationList(msgspec.Struct, frozen=True):
    """Newest first."""

    items: tuple[Application, ...]


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A clerk's decision on an application that needs one. ``completed`` issues the document."""

    status: Literal["in-review", "more-info", "completed", "returned"]
    note: Annotated[str, msgspec.Meta(max_length=1000)] = ""
