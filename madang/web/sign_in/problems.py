"""Why a sign-in did not succeed, as a code that the pages put into words."""

from typing import Final, Literal, TypeGuard, get_args

ProblemKind = Literal[
    "cancelled",  # the person, or the provider for them, said no
    "expired",  # unknown, used or timed-out transaction, or another browser than the one that began it
    "assurance",  # the provider vouches less strongly than this portal asks for
    "other-person",  # someone else signed in than the one whose answers were waiting
    "too-large",  # what was typed is more than can be kept during the sign-in
    "unavailable",  # the provider does not answer
    "untrusted",  # the provider answered something that must not be believed
]
PROBLEM_KINDS: Final[tuple[ProblemKind, ...]] = get_args(ProblemKind)

STATUS: Final[dict[ProblemKind, int]] = {
    "cancelled": 403,
    "expired": 400,
    "assurance": 403,
    "other-person": 403,
    "too-large": 413,
    "unavailable": 503,
    "untrusted": 502,
}
"""The HTTP status of the page that explains each."""


class SignInProblem(Exception):
    """A sign-in that ends without a session. ``detail`` is for the operator's log: technical, nothing personal."""

    def __init__(self, kind: ProblemKind, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind: ProblemKind = kind
        self.detail = detail


def is_problem_kind(value: str) -> TypeGuard[ProblemKind]:
    """Whether ``value`` is one of the codes, exactly as it stands in a query."""
    return value in STATUS
