"""What the outbox stores: sealed copies of drafts, which ones a person has, and which ones wait for delivery.

=============  =====================================  =============================================================
kind           key                                    value (sealed)
=============  =====================================  =============================================================
draft          SHA-256 of subject and draft id        ``Copy``
drafts-of      SHA-256 of the subject                 draft ids -> what the copy waits for, until when it is kept
outbox         "0" to "63", by the draft id           (subject, draft id) of the copies that wait
outbox-any     "any"                                  there while anything may wait: an idle portal reads one key
draft-lock     as its draft or list                   who works on it, for a few seconds
=============  =====================================  =============================================================

A copy says whose it is and of which draft; one that is found under another key (somebody moved rows about) is not read.
"""

import asyncio
import contextlib
import datetime as dt
import hashlib
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final

import msgspec

from madang.contract.messages.drafts import Draft, DraftCreate
from madang.i18n.locales import Locale
from madang.web.clients.caller import Caller
from madang.web.state import State, StateUnavailable
from madang.web.state.vault import Vault, VaultError

log = logging.getLogger("madang.web.outbox")
SLOTS: Final = 64
LOCKED: Final = 20
"""Seconds until a lock whose holder died is free."""
LOCK_WAIT: Final = 3.0
SEEN_FOR: Final = 24 * 3600
"""Seconds that a copy of what the backend has is kept."""
KEPT_FOR: Final = 7 * 24 * 3600
"""Seconds that what the backend does not have is kept."""
Answers = dict[str, Any]


@contextlib.contextmanager
def store_may_fail() -> Iterator[None]:
    """For what is good to have: without a store, the portal goes on with the backend alone."""
    try:
        yield
    except StateUnavailable as error:
        log.warning("the store of drafts does not answer: %s", error)


class Mine(msgspec.Struct, frozen=True):
    """Answers that were kept here and lost the race against another device; the person has not chosen yet."""

    answers: Answers
    locale: Locale


class Copy(msgspec.Struct, frozen=True, omit_defaults=True):
    """A draft as last seen at the backend, or as it is waiting to get there.

    ``waiting``: "save" (its answers are newer than the backend's) or "delete". ``base``: the backend's version that
    the answers started from; 0: the backend never confirmed that it has the draft. ``sent``: digests of answers that
    may have arrived although no answer came back. ``acr`` and ``roles``: as signed in when it began to wait."""

    subject: str
    draft: Draft
    waiting: str = ""
    base: int = 0
    sent: tuple[str, ...] = ()
    mine: Mine | None = None
    acr: str = ""
    roles: tuple[str, ...] = ()


def as_waiting(session: Caller, draft: Draft, base: int, sent: str) -> Copy:
    """A copy that waits to be saved at the backend, in the name of who is signed in now."""
    return Copy(session.subject, draft, "save", base, (sent,), acr=session.acr, roles=tuple(session.roles))


def begun(message: DraftCreate, version: int, now: dt.datetime) -> Draft:
    """A draft that no backend has yet."""
    return Draft(
        id=message.id,
        service=message.service,
        form=message.form,
        version=version,
        answers=message.answers,
        locale=message.locale,
        created=now,
        updated=now,
        expires=now + dt.timedelta(seconds=KEPT_FOR),
        idempotency_key="",
    )


class Copies:
    """Methods raise StateUnavailable when the store does not work."""

    def __init__(self, state: State, vault: Vault, now: Callable[[], dt.datetime]) -> None:
        self._state = state
        self._vault = vault
        self._now = now

    async def get(self, subject: str, draft: str) -> Copy | None:
        sealed = await self._state.get("draft", _key(subject, draft))
        copy: Copy | None = self._opened(sealed, Copy)
        return copy if copy and (copy.subject, copy.draft.id) == (subject, draft) else None

    async def put(self, copy: Copy, known: Copy | None) -> None:
        """Stores ``copy`` in place of ``known``, what was read before."""
        keep = KEPT_FOR if copy.waiting or copy.mine else SEEN_FOR
        subject, draft = copy.subject, copy.draft.id
        await self._state.put("draft", _key(subject, draft), self._sealed(copy), keep)
        if known is None or known.waiting != copy.waiting:
            await self._list(subject, draft, (copy.waiting, int(self._now().timestamp()) + keep))
            if copy.waiting:
                await self._queue(subject, draft, add=True)

    async def forget(self, subject: str, draft: str) -> None:
        await self._state.delete("draft", _key(subject, draft))
        await self._list(subject, draft, None)

    async def listed(self, subject: str) -> dict[str, str]:
        """Draft id -> what its copy waits for."""
        return {name: waiting for name, (waiting, _) in (await self._entries(subject)).items()}

    async def _entries(self, subject: str) -> dict[str, tuple[str, int]]:
        sealed = await self._state.get("drafts-of", _key(subject))
        entries: dict[str, tuple[str, int]] = self._opened(sealed, dict[str, tuple[str, int]]) or {}
        moment = self._now().timestamp()
        return {name: entry for name, entry in entries.items() if entry[1] > moment}

    async def _list(self, subject: str, draft: str, entry: tuple[str, int] | None) -> None:
        async with self.lock("list", subject):
            known = await self._entries(subject)
            changed = {name: value for name, value in known.items() if name != draft}
            if entry is not None:
                changed[draft] = entry
            if changed:
                await self._state.put("drafts-of", _key(subject), self._sealed(changed), KEPT_FOR)
            elif known:
                await self._state.delete("drafts-of", _key(subject))

    async def anything_waits(self) -> bool:
        """Whether ``waiting`` may find something. Taken down first and set again by whoever leaves something: what is
        queued meanwhile is found next time."""
        return await self._state.take("outbox-any", "any") is not None

    async def something_waits(self) -> None:
        await self._state.put("outbox-any", "any", b"1", KEPT_FOR)

    async def waiting(self) -> AsyncIterator[tuple[str, str]]:
        """(subject, draft id) of what waits for delivery, of all people."""
        for slot in range(SLOTS):
            sealed = await self._state.get("outbox", str(slot))
            for subject, draft in self._opened(sealed, list[tuple[str, str]]) or []:
                yield subject, draft

    async def done(self, subject: str, draft: str) -> None:
        """It waits no longer."""
        await self._queue(subject, draft, add=False)

    async def _queue(self, subject: str, draft: str, *, add: bool) -> None:
        slot = str(int(hashlib.sha256(draft.encode()).hexdigest()[:8], 16) % SLOTS)
        async with self.lock("outbox", slot):
            sealed = await self._state.get("outbox", slot)
            waiting = [tuple(entry) for entry in self._opened(sealed, list[tuple[str, str]]) or []]
            if add != ((subject, draft) in waiting):
                changed = [*waiting, (subject, draft)] if add else [e for e in waiting if e != (subject, draft)]
                if changed:
                    await self._state.put("outbox", slot, self._sealed(changed), KEPT_FOR)
                else:
                    await self._state.delete("outbox", slot)
        if add:
            await self.something_waits()

    @contextlib.asynccontextmanager
    async def lock(self, *names: str) -> AsyncIterator[None]:
        """One at a time, over all workers. Who has waited long goes on without: the lock saves doubled work, and what
        it guards is also right without it but for two writes in the same millisecond."""
        key, token = _key("lock", *names), secrets.token_bytes(16)
        held, waited = await self._add(key, token), 0.0
        while held is False and waited < LOCK_WAIT:
            pause = 0.01 + secrets.randbelow(40) / 1000
            await asyncio.sleep(pause)
            waited += pause
            held = await self._add(key, token)
        try:
            yield
        finally:
            if held:
                with contextlib.suppress(StateUnavailable):  # it frees itself
                    if await self._state.get("draft-lock", key) == token:
                        await self._state.delete("draft-lock", key)

    async def _add(self, key: str, token: bytes) -> bool | None:
        """None: there is no store to lock anything in."""
        with store_may_fail():
            return await self._state.add("draft-lock", key, token, LOCKED)
        return None

    def _sealed(self, value: Any) -> bytes:
        return self._vault.seal(msgspec.json.encode(value))

    def _opened(self, sealed: bytes | None, kind: Any) -> Any:
        if sealed is None:
            return None
        try:
            return msgspec.json.decode(self._vault.open(sealed), type=kind)
        except (VaultError, msgspec.MsgspecError):
            log.warning("a stored copy cannot be read: its key is gone or it was altered")
            return None


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
