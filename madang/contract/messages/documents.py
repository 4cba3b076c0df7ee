"""The issuance and verification groups: issued documents, and whether one is genuine."""

import datetime as dt
from typing import Annotated, Literal

import msgspec

from madang.i18n.locales import Locale
from madang.i18n.text import Text

DocumentState = Literal["genuine", "revoked", "expired"]
RevocationCode = Literal[
    "holder",  # its holder had it revoked, and need not say why
    "error",  # it should not have been issued, or not like this
    "changed",  # what it says is true no more
    "replaced",  # a newer document takes its place
    "lost",  # it was lost or stolen
    "other",  # said to the holder in the clerk's own words
]


class Pair(msgspec.Struct, frozen=True, omit_defaults=True):
    """One text of a document: the official Korean, and the reference translation beside it (empty when the
    document was issued in Korean, or when the value is the same, such as a number)."""

    ko: str
    translation: str = ""


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    label: Pair
    value: Pair
    lang: str = ""
    """BCP 47 tag of a value that is not Korean, such as a Vietnamese name; the reader's language, too."""


class Table(msgspec.Struct, frozen=True, omit_defaults=True):
    caption: Pair
    columns: tuple[Pair, ...]
    rows: tuple[tuple[Pair, ...], ...]
    empty: Pair = Pair("")
    """What stands instead of the rows when there are none."""


class Section(msgspec.Struct, frozen=True, omit_defaults=True):
    heading: Pair
    rows: tuple[Row, ...] = ()
    table: Table | None = None


class DocumentContent(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything that is printed, already formatted, in Korean and in the citizen's language. The PDF and the page
    on the screen are both made from it, so they cannot differ."""

    locale: Locale
    title: Pair
    sections: tuple[Section, ...]
    statement: Pair
    """The certifying sentence."""
    issued_on: Pair
    issuer: Pair
    """The authority and the office of its head."""
    notes: tuple[Pair, ...] = ()
    valid_until: Row | None = None
    """The last day of the validity that the law gives; None when it gives none."""
    demonstration: Pair | None = None
    """Printed across the document when its content is not real."""


class DocumentSummary(msgspec.Struct, frozen=True, omit_defaults=True):
    number: str
    """XXXX-XXXX-XXXX-XXXX, see madang.contract.numbers."""
    document: str
    service: str
    title: Text
    application: str
    issued: dt.datetime
    verifiable_until: dt.date
    state: DocumentState
    locale: Locale
    valid_until: dt.date | None = None
    revoked: dt.datetime | None = None
    revoked_because: RevocationCode | None = None
    """None also where it was revoked before reasons were kept as codes."""
    revoked_note: str = ""
    """What the clerk who revoked it wrote to the holder; nobody else is shown it."""
    pages: int = 1
    size: int = 0
    """Bytes of the PDF."""


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    summary: DocumentSummary
    content: DocumentContent
    verify_url: str = ""


class DocumentList(msgspec.Struct, frozen=True):
    items: tuple[DocumentSummary, ...]


class Revocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By the holder, or by a clerk (who must say why). ``code`` is shown to whoever verifies the document;
    ``reason``, in the clerk's own words, to the holder alone. Without a code the holder's is ``holder`` and a clerk's
    ``other``, which needs a ``reason``; only the holder may send ``holder``."""

    code: RevocationCode | None = None
    reason: Annotated[str, msgspec.Meta(max_length=500)] = ""


class VerificationRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``number`` as typed or as read from the QR link (its longer code); separators and look-alikes are forgiven."""

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class VerifiedDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a stranger who holds the document may see: enough to compare, nothing new about the holder."""

    number: str
    title: Text
    holder: str
    """Masked: the first character of each part of the name."""
    authority: Text
    issued: dt.datetime
    verifiable_until: dt.date
    valid_until: dt.date | None = None
    revoked: dt.datetime | None = None
    revoked_because: RevocationCode | None = None
    purpose: Text | None = None


class Verification(msgspec.Struct, frozen=True, omit_defaults=True):
    """``mistyped``: the check character does not fit, so the number was typed wrongly and nothing was looked up."""

    result: Literal["genuine", "altered", "revoked", "expired", "unknown", "mistyped"]
    checked: dt.datetime
    by: Literal["number", "qr", "file"]
    document: VerifiedDocument | None = None
    signature: Literal["valid", "invalid", "none", "not-checked"] = "not-checked"
