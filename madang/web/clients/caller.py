"""Who a call is made for."""

from collections.abc import Sequence
from typing import Protocol


class Caller(Protocol):
    """A signed-in person: ``web.state.sessions.Session`` is one, and so is what the outbox remembers of one."""

    @property
    def subject(self) -> str: ...

    @property
    def acr(self) -> str: ...

    @property
    def roles(self) -> Sequence[str]: ...
