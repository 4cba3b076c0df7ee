"""Refusals: one exception, rendered as application/problem+json (RFC 9457) in one place."""

from typing import Any, Final

import msgspec
from starlette.responses import Response

from madang.contract.messages.problems import FieldProblem, Problem, ProblemType

MEDIA_TYPE: Final = "application/problem+json"
KINDS: Final[dict[ProblemType, tuple[int, str]]] = {
    "malformed": (400, "The message could not be read"),
    "unauthenticated": (401, "Sign in first"),
    "forbidden": (403, "This is not allowed for you"),
    "not-found": (404, "There is nothing here"),
    "method-not-allowed": (405, "This address does not do that"),
    "stale-draft": (409, "The draft was saved elsewhere since"),
    "already-submitted": (409, "This was submitted already"),
    "not-possible": (409, "The state does not allow it"),
    "too-large": (413, "This is too large"),
    "unsupported-media-type": (415, "This kind of content is not accepted"),
    "invalid": (422, "Something in the message breaks a rule"),
    "unprintable": (422, "Some characters cannot be printed"),
    "not-on-register": (422, "No register holds what would be certified"),
    "withheld": (422, "The register rules this document out"),
    "too-many-requests": (429, "Too many requests"),
    "unavailable": (503, "This cannot be done now; try again"),
}


class Refusal(Exception):
    """``kind`` is the contract's code; ``details`` are further members of the contract's Problem."""

    def __init__(self, kind: ProblemType, **details: Any) -> None:
        super().__init__(kind)
        self.kind: ProblemType = kind
        self.details = details


def invalid(*fields: tuple[str, str]) -> Refusal:
    """Refuses with ``(field, code)`` pairs."""
    return Refusal("invalid", fields=tuple(FieldProblem(field, code) for field, code in fields))


def problem(kind: ProblemType, **details: Any) -> Problem:
    status, title = KINDS[kind]
    return Problem(type=kind, title=title, status=status, **details)


def respond(kind: ProblemType, headers: dict[str, str] | None = None, **details: Any) -> Response:
    """The HTTP answer of a refusal; 401 and 503 carry the headers that their RFCs ask for."""
    body = problem(kind, **details)
    extra = {"Cache-Control": "no-store", **(headers or {})}
    if kind == "unauthenticated":
        extra["WWW-Authenticate"] = "Bearer"
    if kind == "unavailable":
        extra["Retry-After"] = "5"
    return Response(msgspec.json.encode(body), body.status, extra, MEDIA_TYPE)
