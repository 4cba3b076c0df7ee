"""What can go wrong with a call to a backend: it cannot answer, or it answers no.

===================  =====================================  ==========================================
error                when                                   what it carries
===================  =====================================  ==========================================
Unavailable          no answer in time, no connection, 5xx, ``group``, ``since`` (UTC), ``reason``,
                     an answer that breaks the contract,    ``authority`` (whose register it was)
                     or the breaker of the group is open
Refused              any other problem document             ``problem``
  Malformed          400  malformed
  Unauthenticated    401  unauthenticated
  Forbidden          403  forbidden
  NotFound           404  not-found
  MethodNotAllowed   405  method-not-allowed
  Conflict           409
    StaleDraft       409  stale-draft                       ``draft``: as it stands now
    AlreadySubmitted 409  already-submitted                 ``number`` of the application
    Impossible       409  not-possible
  TooLarge           413  too-large
  UnsupportedMediaType  415  unsupported-media-type
  Invalid            422  invalid                           ``fields``
  Unprintable        422  unprintable                       ``characters``
  NotOnRegister      422  not-on-register
  Withheld           422  withheld                          ``reason``
  TooManyRequests    429  too-many-requests
===================  =====================================  ==========================================
"""

import datetime as dt
from typing import Final, Self

from madang.contract.endpoints import Group
from madang.contract.messages.drafts import Draft
from madang.contract.messages.problems import FieldProblem, Problem, ProblemType
from madang.i18n.text import Text


class BackendError(Exception):
    """A backend did not do what it was asked for."""


class Unavailable(BackendError):
    """Nobody knows whether it was done: the backend cannot be reached, or what it says cannot be understood."""

    def __init__(self, group: Group, since: dt.datetime, reason: str, authority: str = "") -> None:
        super().__init__(f"{group}: {reason}")
        self.group = group
        self.since = since
        """Since when this group has not answered (UTC)."""
        self.reason = reason
        """For the log and the metrics: a few words, never what was sent or received."""
        self.authority = authority
        """The authority whose register does not answer, when the backend itself does; else empty."""


class Refused(BackendError):
    """The backend said no, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.type)
        self.problem = problem

    @classmethod
    def of(cls, kind: ProblemType, status: int) -> Self:
        """The same refusal, said by the portal itself before it asks a backend."""
        return cls(Problem(type=kind, title=kind, status=status))


class Malformed(Refused):
    pass


class Unauthenticated(Refused):
    pass


class Forbidden(Refused):
    pass


class NotFound(Refused):
    pass


class MethodNotAllowed(Refused):
    pass


class Conflict(Refused):
    """What was asked for does not fit the state that the backend is in."""


class StaleDraft(Conflict):
    """The draft was saved elsewhere since."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        if problem.draft is None:
            raise ValueError("a stale-draft problem must hold the draft as it stands")
        self.draft: Draft = problem.draft


class AlreadySubmitted(Conflict):
    @property
    def number(self) -> str:
        """Number of the application that came of the draft."""
        return self.problem.number


class Impossible(Conflict):
    pass


class TooLarge(Refused):
    pass


class UnsupportedMediaType(Refused):
    pass


class Invalid(Refused):
    @property
    def fields(self) -> tuple[FieldProblem, ...]:
        return self.problem.fields


class Unprintable(Refused):
    @property
    def characters(self) -> str:
        """The characters that no font of the documents has."""
        return self.problem.characters


class NotOnRegister(Refused):
    pass


class Withheld(Refused):
    @property
    def reason(self) -> Text | None:
        """What rules the document out, and what to do about it."""
        return self.problem.reason


class TooManyRequests(Refused):
    pass


REFUSALS: Final[dict[ProblemType, type[Refused]]] = {
    "malformed": Malformed,
    "unauthenticated": Unauthenticated,
    "forbidden": Forbidden,
    "not-found": NotFound,
    "method-not-allowed": MethodNotAllowed,
    "stale-draft": StaleDraft,
    "already-submitted": AlreadySubmitted,
    "not-possible": Impossible,
    "too-large": TooLarge,
    "unsupported-media-type": UnsupportedMediaType,
    "invalid": Invalid,
    "unprintable": Unprintable,
    "not-on-register": NotOnRegister,
    "withheld": Withheld,
    "too-many-requests": TooManyRequests,
}
"""Every problem type but ``unavailable``, which is no refusal."""


def refused(problem: Problem) -> Refused:
    """The error of a problem document. Raises ValueError when the document lacks what its type promises."""
    return REFUSALS[problem.type](problem)
