"""What waits while a person signs in: what they typed and what they meant to do. Nobody else ever sees it."""

from typing import Final

import msgspec

from madang.web.sign_in.destinations import path_of
from madang.web.sign_in.interrupted import FormContents
from madang.web.sign_in.problems import SignInProblem
from madang.web.sign_in.transactions import TRANSACTION_SECONDS, Records, digest, is_opaque, opaque, same
from madang.web.state.stash import Stash

MAX_STASH: Final = 65_536
"""Bytes of form contents, as JSON, that are kept during a sign-in."""


class Kept(msgspec.Struct, frozen=True):
    """What must survive the sign-in, failed attempts included: that something was typed (it lies in the stash under
    this record's id), what was meant (``intent``), and who had been signed in here while it was typed
    (``expected``)."""

    browser: str
    to: str
    typed: bool
    intent: str | None = None
    expected: str | None = None


class LastPerson(msgspec.Struct, frozen=True):
    """Who signed in last in a browser."""

    subject: str


class Waiting:
    """Before the sign-in, contents are filed under the record's random id; after it, under the person and the page."""

    def __init__(self, records: Records, stash: Stash) -> None:
        self._records = records
        self._stash = stash

    async def keep(
        self, browser: str, to: str, typed: FormContents | None, intent: str | None, seconds: int = TRANSACTION_SECONDS
    ) -> str:
        """Files it for this browser, for so many seconds; gives the id. Raises SignInProblem("too-large") rather than
        lose a part."""
        if typed and len(msgspec.json.encode(typed)) > MAX_STASH:
            raise SignInProblem("too-large", f"more than {MAX_STASH} bytes were typed")
        kept = opaque()
        last = await self._records.get("signin-browser", browser, LastPerson) if typed else None
        expected = last.subject if last is not None else None
        if typed:
            await self._stash.keep(_owner(kept), _place(path_of(to)), typed, seconds)
        await self._records.put("signin-kept", kept, Kept(browser, to, bool(typed), intent, expected), seconds)
        return kept

    async def look(self, kept: str, browser: str | None) -> Kept | None:
        """The record, for the browser it was made in."""
        record = await self._records.get("signin-kept", kept, Kept) if is_opaque(kept) else None
        return record if record is not None and same(record.browser, browser) else None

    async def claim(self, kept: str, browser: str, subject: str) -> Kept | None:
        """Hands what waits to the person who has just signed in. Raises SignInProblem("other-person"), and what was
        typed is gone, when somebody else had been signed in while it was typed."""
        record = await self._records.take("signin-kept", kept, Kept) if is_opaque(kept) else None
        if record is None or not same(record.browser, browser):
            return None
        place = _place(path_of(record.to))
        typed = await self._stash.take(_owner(kept), place) if record.typed else None
        if record.expected is not None and record.expected != subject:
            raise SignInProblem("other-person", "another person signed in than the one whose answers waited")
        if typed:
            await self._stash.keep(subject, place, typed, TRANSACTION_SECONDS)
        return record

    async def take(self, subject: str, path: str) -> FormContents | None:
        """What this person typed on the page at ``path`` before signing in; once."""
        return await self._stash.take(subject, _place(path))

    async def remember(self, browser: str, subject: str, seconds: int) -> None:
        """Notes who is signed in in this browser now. It outlives the session: that is when it is needed."""
        await self._records.put("signin-browser", browser, LastPerson(subject), seconds)


def _owner(kept: str) -> str:
    return f"signin:{digest(kept)}"


def _place(path: str) -> str:
    return f"signin:{path}"
