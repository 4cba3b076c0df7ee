"""Errors, as application/problem+json (RFC 9457). ``type`` is the code that clients switch on."""

from typing import Literal

import msgspec

from madang.contract.messages.drafts import Draft
from madang.i18n.text import Text

ProblemType = Literal[
    "malformed",  # 400: not JSON, wrong encoding, wrong path parameter
    "unauthenticated",  # 401
    "forbidden",  # 403: not this person's, or assurance too low
    "not-found",  # 404
    "method-not-allowed",  # 405
    "stale-draft",  # 409: the draft was saved elsewhere since; ``draft`` is the current one
    "already-submitted",  # 409: ``number`` is the application's
    "not-possible",  # 409: the state does not allow it (withdrawn twice, revoked already)
    "too-large",  # 413
    "unsupported-media-type",  # 415
    "invalid",  # 422: a message or an answer breaks its rules; ``fields`` say which
    "unprintable",  # 422: no font of the documents has these characters: ``characters``
    "not-on-register",  # 422: no register holds what the service certifies about this person, or no such thing
    "withheld",  # 422: the register says what rules the document out, e.g. unpaid tax: ``reason`` says what and why
    "too-many-requests",  # 429
    "unavailable",  # 503: the database, a register or the issuing pool cannot answer now
]


class FieldProblem(msgspec.Struct, frozen=True, omit_defaults=True):
    field: str
    code: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    type: ProblemType
    title: str
    status: int
    fields: tuple[FieldProblem, ...] = ()
    draft: Draft | None = None
    number: str = ""
    characters: str = ""
    authority: str = ""
    reason: Text | None = None


class Health(msgspec.Struct, frozen=True):
    status: Literal["ok", "degraded"]
    groups: dict[str, Literal["ok", "down"]]
