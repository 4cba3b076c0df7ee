"""What the outbox hands to views: a draft, and where it stands."""

import base64
import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from madang.contract.messages.drafts import Draft, StoredFile
from madang.contract.messages.problems import Problem
from madang.i18n.locales import Locale
from madang.web.state.outbox_copies import Answers, Mine

IDENTIFIER: Final = re.compile(r"[a-z2-7]{26}")
"""Of a draft, see the contract's ``DraftId``."""


def new_id() -> str:
    """130 random bits in lower-case base32."""
    return base64.b32encode(secrets.token_bytes(17))[:26].decode().lower()


def id_for(owner: str, *wish: str) -> str:
    """The id of the draft that ``owner`` wishes for: the same wish again, pressed twice or after a lost answer, is the
    same draft. The owner is part of it, so nobody meets another's."""
    content = "".join(f"{len(part)}:{part}" for part in (owner, *wish)).encode("utf-8", "surrogatepass")
    return base64.b32encode(hashlib.sha256(content).digest())[:26].decode().lower()


@dataclass(frozen=True, slots=True)
class Held:
    """A draft and where it stands. Its own fields can be read from here, too.

    ``kept_here``: the backend does not have these answers, or could not be asked; the person may go on.
    ``mine``: answers kept here during an outage that differ from ``draft``, saved on another device meanwhile: both are
    to be offered; ``Drafts.save(session, held.draft, mine.answers, ...)`` keeps them, ``Drafts.settle`` drops them.
    ``refused``: the backend answers, but will not have what is kept here, and why."""

    draft: Draft
    kept_here: bool = False
    mine: Mine | None = None
    refused: Problem | None = None

    @property
    def id(self) -> str:
        return self.draft.id

    @property
    def service(self) -> str:
        return self.draft.service

    @property
    def form(self) -> str:
        return self.draft.form

    @property
    def version(self) -> int:
        return self.draft.version

    @property
    def answers(self) -> Answers:
        return self.draft.answers

    @property
    def locale(self) -> Locale:
        return self.draft.locale

    @property
    def updated(self) -> dt.datetime:
        return self.draft.updated

    @property
    def expires(self) -> dt.datetime:
        return self.draft.expires

    @property
    def state(self) -> Literal["open", "submitted"]:
        return self.draft.state

    @property
    def application(self) -> str:
        return self.draft.application

    @property
    def files(self) -> tuple[StoredFile, ...]:
        return self.draft.files


class Listing(tuple[Held, ...]):
    """Drafts, last changed first. ``complete``: False when the backend could not be asked and there may be more."""

    complete: bool

    def __new__(cls, items: Iterable[Held], complete: bool) -> "Listing":
        made = super().__new__(cls, items)
        made.complete = complete
        return made
