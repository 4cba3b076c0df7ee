"""The drafts group: answers saved at each Continue, resumed on any device, until submitted or deleted."""

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec

from madang.i18n.locales import Locale

DraftId = Annotated[str, msgspec.Meta(pattern=r"^[a-z2-7]{26}$")]
"""130 random bits in lower-case base32, chosen by the portal, so that a repeated creation is the same draft."""


class StoredFile(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    name: str
    media_type: str
    size: int
    """Bytes."""


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    id: DraftId
    service: str
    form: str
    version: int
    """Counts saves from 1; a save must name the version it started from."""
    answers: dict[str, Any]
    locale: Locale
    created: dt.datetime
    updated: dt.datetime
    expires: dt.datetime
    idempotency_key: str
    state: Literal["open", "submitted"] = "open"
    application: str = ""
    """The application's number once submitted."""
    files: tuple[StoredFile, ...] = ()


class DraftCreate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: DraftId
    service: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    form: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    locale: Locale
    answers: dict[str, Any] = {}


class DraftUpdate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    answers: dict[str, Any]
    locale: Locale


class DraftList(msgspec.Struct, frozen=True):
    items: tuple[Draft, ...]


class Submission(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Submits what the draft holds at ``version``. ``idempotency_key`` is the draft's own: the same key with the same
    answers gives the same application again; with other answers it is refused with the number already given."""

    version: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    idempotency_key: Annotated[str, msgspec.Meta(min_length=20, max_length=80)]
    locale: Locale
