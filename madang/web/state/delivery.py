"""Bringing waiting copies to the backend, and what comes of it."""

import asyncio
import hashlib
import logging
import random
from dataclasses import dataclass
from typing import Final

import msgspec

from madang.contract.messages.drafts import Draft, DraftCreate, DraftUpdate
from madang.contract.messages.problems import Problem
from madang.web.clients import AlreadySubmitted, Malformed, NotFound, Refused, StaleDraft, Unavailable, drafts
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend
from madang.web.state.outbox_copies import Answers, Copies, Copy, Mine, store_may_fail

log = logging.getLogger("madang.web.outbox")

MOST_SENT: Final = 20
ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """``copy``: the new state, to be stored; None: the draft is gone, and so should the copy be.
    ``refused``: the backend answers but will not have it; it goes on waiting for other answers."""

    copy: Copy | None
    refused: Problem | None = None


def digest(answers: Answers) -> str:
    """Tells two sets of answers apart. Raises Malformed for text that is not Unicode."""
    try:
        return hashlib.sha256(msgspec.json.encode(answers, order="deterministic")).hexdigest()
    except UnicodeEncodeError:
        raise Malformed.of("malformed", 400) from None


async def deliver(backend: Backend, copy: Copy, caller: Caller) -> Outcome:
    """Tries once, and again only where an earlier attempt turns out to have arrived. Raises no BackendError."""
    try:
        if copy.waiting == "delete":
            return await _delete(backend, copy, caller)
        return await _save(backend, copy, caller)
    except Unavailable:
        sent = copy.sent
        if copy.waiting == "save" and digest(copy.draft.answers) not in sent:
            sent = (*sent, digest(copy.draft.answers))[-MOST_SENT:]
        return Outcome(msgspec.structs.replace(copy, sent=sent))
    except NotFound:
        return Outcome(None)  # deleted on another device, and that wish stands
    except AlreadySubmitted:
        return Outcome(None)
    except Refused as no:
        return Outcome(copy, no.problem)


async def _delete(backend: Backend, copy: Copy, caller: Caller) -> Outcome:
    await drafts.delete(backend, caller, copy.draft.id)
    return Outcome(None)


async def _save(backend: Backend, copy: Copy, caller: Caller) -> Outcome:
    mine, base = copy.draft, copy.base
    wanted = digest(mine.answers)
    for _ in range(ROUNDS):
        try:
            if base:
                message = DraftUpdate(version=base, answers=mine.answers, locale=mine.locale)
                return _seen(copy, await drafts.save(backend, caller, mine.id, message))
            creation = DraftCreate(
                id=mine.id, service=mine.service, form=mine.form, locale=mine.locale, answers=mine.answers
            )
            theirs = await drafts.create(backend, caller, creation)
        except StaleDraft as stale:
            theirs = stale.draft
        if digest(theirs.answers) == wanted or theirs.state != "open":
            return _seen(copy, theirs)
        if digest(theirs.answers) not in copy.sent:
            return _conflict(copy, theirs)
        base = theirs.version  # an earlier attempt of ours, whose reply was lost
    return _conflict(copy, theirs)


def _seen(copy: Copy, draft: Draft) -> Outcome:
    return Outcome(Copy(copy.subject, draft, base=draft.version))


def _conflict(copy: Copy, theirs: Draft) -> Outcome:
    return Outcome(Copy(copy.subject, theirs, base=theirs.version, mine=Mine(copy.draft.answers, copy.draft.locale)))


class Postman:
    """Delivers what waits, of all people."""

    def __init__(self, backend: Backend, copies: Copies) -> None:
        self._backend = backend
        self._copies = copies

    async def deliver_forever(self, seconds: float) -> None:
        """Every so many seconds, give or take a quarter."""
        while True:
            await asyncio.sleep(seconds * (0.75 + 0.5 * random.random()))  # noqa: S311  (spreads workers, no secret)
            with store_may_fail():
                if done := await self.round():
                    log.info("delivered %d drafts that had waited", done)

    async def round(self) -> int:
        """One round; how many wait no longer. Stops at the first sign that the backend is away."""
        done = 0
        if self._backend.state("drafts")[0] == "open" or not await self._copies.anything_waits():
            return done
        left = True
        try:
            async for subject, draft in self._copies.waiting():
                if not await self._one(subject, draft):
                    return done
                done += 1
            left = False
        finally:
            if left:
                await self._copies.something_waits()
        return done

    async def _one(self, subject: str, draft: str) -> bool:
        """False when the backend did not answer."""
        async with self._copies.lock("draft", draft):
            copy = await self._copies.get(subject, draft)
            if copy and copy.waiting:
                outcome = await deliver(self._backend, copy, copy)
                await store(self._copies, outcome, copy)
                if outcome.copy and outcome.copy.waiting and outcome.refused is None:
                    return False
            await self._copies.done(subject, draft)  # what was refused waits for its owner, who alone can change it
            return True


async def store(copies: Copies, outcome: Outcome, copy: Copy) -> None:
    """Puts the new state in place of ``copy``; drops it where nothing is left to keep."""
    if outcome.copy is None or outcome.copy.draft.state != "open":
        await copies.forget(copy.subject, copy.draft.id)
    elif outcome.copy != copy:
        await copies.put(outcome.copy, copy)
