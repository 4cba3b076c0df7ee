"""Drafts for views: the backend's while it answers, the portal's own sealed copy while it does not.

States of a draft here, and what leads from one to the other:

===========  =======================  ==================  =======================  ================================
state        copy                     save                get, list                left when
===========  =======================  ==================  =======================  ================================
unknown      none                     backend             backend                  it is seen: seen
seen         as the backend has it    backend             backend; the copy, with  a save gets no answer: waiting;
                                                          ``kept_here``, if that   24 hours pass: unknown
                                                          does not answer
waiting      newer than the backend   here, then          delivered, then          delivered: seen; changed there
             (or the backend has      delivered           backend; else the copy,  meanwhile: conflict; deleted
             none yet)                                    with ``kept_here``       there: unknown; 7 days: unknown
conflict     the backend's, and       backend; settles    backend, with ``mine``   a save (of either version) or
             ``mine``                 the conflict                                 ``settle``: seen
deleting     no answers               not found           not found                the backend deleted it: unknown
===========  =======================  ==================  =======================  ================================

Delivery happens at the owner's next access and by ``deliver_forever``, in the name of the person who was signed in.
Answers that arrived although the reply was lost are recognised by their digest: a lost reply is never a conflict.
Versions given here while waiting begin at ``LOCAL``, where no backend counts to.
"""

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from madang.contract.messages.drafts import Draft, DraftCreate, DraftUpdate
from madang.contract.messages.problems import Problem
from madang.i18n.locales import Locale
from madang.web.clients import AlreadySubmitted, NotFound, StaleDraft, Unavailable, drafts
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend
from madang.web.state import State, StateUnavailable
from madang.web.state.delivery import Outcome, Postman, deliver, digest, store
from madang.web.state.held import IDENTIFIER, Held, Listing, id_for, new_id
from madang.web.state.outbox_copies import Answers, Copies, Copy, as_waiting, begun, store_may_fail
from madang.web.state.sessions import utc_now
from madang.web.state.vault import Vault

LOCAL: Final = 2**30


class Drafts:
    """Methods raise what ``clients.drafts`` raises, but Unavailable only where nothing can be done without the backend,
    and StateUnavailable where nothing can be done without the store. Somebody else's draft is NotFound."""

    def __init__(self, state: State, vault: Vault, backend: Backend, now: Callable[[], dt.datetime] = utc_now) -> None:
        self._copies = Copies(state, vault, now)
        self._backend = backend
        self._now = now
        self.postman = Postman(backend, self._copies)

    async def create(
        self,
        session: Caller,
        service: str,
        form: str,
        locale: Locale,
        answers: Answers | None = None,
        wish: Sequence[str] = (),
    ) -> Held:
        """A new draft, at the backend or, while it does not answer, here. Raises Forbidden, Invalid, Impossible.

        ``wish``: what tells this press from others; the same again is the draft as it stands while it is open."""
        name = id_for(session.subject, service, *wish) if wish else new_id()
        known = await self._copy(session, name) if wish else None
        if known and known.waiting != "delete":
            with contextlib.suppress(NotFound):  # deleted on another device
                if (found := await self.get(session, name)).state == "open":
                    return found
        if known is None:
            made = await self._create(session, name, service, form, locale, answers)
            if made.state == "open":
                return made
        return await self._create(session, new_id(), service, form, locale, answers)

    async def _create(
        self, session: Caller, name: str, service: str, form: str, locale: Locale, answers: Answers | None
    ) -> Held:
        message = DraftCreate(id=name, service=service, form=form, locale=locale, answers=answers or {})
        sent = digest(message.answers)
        try:
            draft = await drafts.create(self._backend, session, message)
        except Unavailable as silent:
            return await self._keep(as_waiting(session, begun(message, LOCAL, self._now()), 0, sent), None, silent)
        await self._remember(Copy(session.subject, draft, base=draft.version), None)
        return Held(draft)

    async def get(self, session: Caller, draft: str) -> Held:
        """One draft of this person; delivers what waits first. Raises NotFound, Unavailable when no copy is here."""
        if not IDENTIFIER.fullmatch(draft):
            raise NotFound.of("not-found", 404)
        copy = await self._copy(session, draft)
        if copy and copy.waiting:
            return await self._deliver(session, copy)
        try:
            found = await drafts.draft(self._backend, session, draft)
        except Unavailable:
            if copy is None:
                raise
            return Held(copy.draft, kept_here=True, mine=copy.mine)
        except NotFound:
            # A draft that was begun in an outage is known here alone: when the store is silent, it is not lost.
            await self._copies.get(session.subject, draft)
            await self._forget(copy)
            raise
        mine = copy.mine if copy else None
        if found.state != "open":
            await self._forget(copy)
        elif copy is None or copy.draft != found:
            await self._remember(Copy(session.subject, found, base=found.version, mine=mine), copy)
        return Held(found, mine=mine)

    async def save(self, session: Caller, draft: Draft, answers: Answers, locale: Locale) -> Held:
        """``draft`` with other answers; it is the one that was shown, so that a newer one is not written over.

        Raises StaleDraft with the newer one, AlreadySubmitted, NotFound, Invalid."""
        sent = digest(answers)
        copy = await self._copy(session, draft.id)
        if (copy and copy.waiting) or draft.version >= LOCAL:
            async with self._copies.lock("draft", draft.id):
                return await self._save_here(session, draft, answers, locale)
        try:
            saved = await drafts.save(
                self._backend, session, draft.id, DraftUpdate(version=draft.version, answers=answers, locale=locale)
            )
        except StaleDraft as stale:
            if digest(stale.draft.answers) != sent:
                raise
            saved = stale.draft  # sent twice, or the reply to the first was lost
        except Unavailable as silent:
            async with self._copies.lock("draft", draft.id):
                known = await self._copy(session, draft.id)
                if known and known.waiting:  # another tab was here in between
                    return await self._save_here(session, draft, answers, locale)
                newer = msgspec.structs.replace(
                    draft, answers=answers, locale=locale, version=LOCAL, updated=self._now()
                )
                return await self._keep(as_waiting(session, newer, draft.version, sent), known, silent)
        except (NotFound, AlreadySubmitted):
            await self._forget(copy)
            raise
        await self._remember(Copy(session.subject, saved, base=saved.version), copy)
        return Held(saved)

    async def deliver(self, session: Caller, draft: Draft, answers: Answers, locale: Locale) -> Draft:
        """The draft at the backend with exactly ``answers``, ready to be submitted. Raises Unavailable when it is not
        there, StaleDraft when it has changed since it was shown as ``draft``, and what ``save`` raises."""
        copy = await self._copy(session, draft.id)
        if (copy and copy.waiting) or draft.version >= LOCAL:
            held = await self._deliver(session, copy) if copy else await self.get(session, draft.id)
            if held.kept_here:
                raise self._undelivered()
            if held.draft.state == "open" and digest(held.draft.answers) != digest(draft.answers):
                raise _stale(held.draft)
            draft = held.draft
        if digest(draft.answers) == digest(answers):
            return draft
        held = await self.save(session, draft, answers, locale)
        if held.kept_here:
            raise self._undelivered()
        return held.draft

    def _undelivered(self) -> Unavailable:
        return Unavailable("drafts", self._backend.state("drafts")[1] or self._now(), "not delivered")

    async def listed(self, session: Caller, service: str | None = None) -> Listing:
        """The person's open drafts, last changed first, delivered where that is possible."""
        with store_may_fail():
            known = await self._copies.listed(session.subject)
            held: dict[str, Held] = {}
            for name in [name for name, waiting in known.items() if waiting]:
                with contextlib.suppress(NotFound, Unavailable):
                    held[name] = await self.get(session, name)
            found, complete = await self._found(session, service, known)
            for item in (*found, *(item for item in held.values() if item.kept_here or item.mine)):
                held[item.id] = item
            hidden = {name for name, waiting in known.items() if waiting == "delete"}
            items = [
                item
                for name, item in held.items()
                if name not in hidden and item.state == "open" and service in (None, item.service)
            ]
            return Listing(sorted(items, key=lambda item: item.updated, reverse=True), complete)
        answered = await drafts.listed(self._backend, session, service)
        return Listing(map(Held, answered.items), complete=True)

    async def _found(self, session: Caller, service: str | None, known: dict[str, str]) -> tuple[list[Held], bool]:
        """The backend's list, its new ones copied; or the copies, when it does not answer."""
        try:
            answered = (await drafts.listed(self._backend, session, service)).items
        except Unavailable:
            copies = [await self._copies.get(session.subject, name) for name in known]
            return [Held(copy.draft, kept_here=True, mine=copy.mine) for copy in copies if copy], False
        for draft in answered:
            if draft.id not in known:
                await self._copies.put(Copy(session.subject, draft, base=draft.version), None)
        return [Held(draft) for draft in answered], True

    async def settle(self, session: Caller, draft: str) -> None:
        """Drops ``Held.mine``: the person chose the other version."""
        copy = await self._copy(session, draft)
        if copy and copy.mine:
            await self._remember(msgspec.structs.replace(copy, mine=None), copy)

    async def submitted(self, session: Caller, draft: str) -> None:
        """To be told after a submission: no copy outlives its draft."""
        await self._forget(await self._copy(session, draft))

    async def delete(self, session: Caller, draft: str) -> bool:
        """Deletes the draft: True when it is gone, also when it was already; False when that waits for the backend.

        Raises AlreadySubmitted, and Unavailable when no copy is here to remember the wish with."""
        if not IDENTIFIER.fullmatch(draft):
            raise NotFound.of("not-found", 404)
        copy = await self._copy(session, draft)
        try:
            await drafts.delete(self._backend, session, draft)
        except NotFound:
            pass
        except Unavailable as silent:
            if copy is None:
                raise
            empty = msgspec.structs.replace(copy.draft, answers={}, files=())
            wish = msgspec.structs.replace(as_waiting(session, empty, copy.base, ""), waiting="delete", sent=())
            await self._keep(wish, copy, silent)
            return False
        await self._forget(copy)
        return True

    async def deliver_forever(self, seconds: float = 30.0) -> None:
        """Delivers what waits, of all people, again and again; to be run as a task and cancelled."""
        await self.postman.deliver_forever(seconds)

    async def _save_here(self, session: Caller, draft: Draft, answers: Answers, locale: Locale) -> Held:
        """Saves over a copy that waits, then delivers it. The lock is held."""
        copy = await self._copies.get(session.subject, draft.id)
        if copy is None or copy.waiting == "delete":
            raise NotFound.of("not-found", 404)
        if digest(copy.draft.answers) != digest(answers):
            if copy.draft.version != draft.version:
                raise _stale(copy.draft)
            newer = msgspec.structs.replace(
                copy.draft, answers=answers, locale=locale, version=draft.version + 1, updated=self._now()
            )
            kept = msgspec.structs.replace(copy, draft=newer, acr=session.acr, roles=tuple(session.roles))
            await self._copies.put(kept, copy)
            copy = kept
        if not copy.waiting:
            return Held(copy.draft, mine=copy.mine)
        return await self._outcome(session, await deliver(self._backend, copy, session), copy)

    async def _deliver(self, session: Caller, copy: Copy) -> Held:
        async with self._copies.lock("draft", copy.draft.id):
            current = await self._copy(session, copy.draft.id) or copy
            if not current.waiting:  # somebody else has just done it
                return Held(current.draft, mine=current.mine)
            return await self._outcome(session, await deliver(self._backend, current, session), current)

    async def _outcome(self, session: Caller, outcome: Outcome, copy: Copy) -> Held:
        with store_may_fail():  # the worst that follows is one more delivery
            await store(self._copies, outcome, copy)
        kept = outcome.copy
        if copy.waiting == "delete":
            raise NotFound.of("not-found", 404)
        if kept is None:  # submitted or deleted on another device: the backend knows which
            return Held(await drafts.draft(self._backend, session, copy.draft.id))
        return Held(kept.draft, kept_here=bool(kept.waiting), mine=kept.mine, refused=outcome.refused)

    async def _keep(self, copy: Copy, known: Copy | None, silent: Unavailable) -> Held:
        """Stores what the backend did not take. When that fails too, it is the outage that is told."""
        try:
            await self._copies.put(copy, known)
        except StateUnavailable:
            raise silent from None
        return Held(copy.draft, kept_here=True)

    async def _copy(self, session: Caller, draft: str) -> Copy | None:
        with store_may_fail():
            return await self._copies.get(session.subject, draft)
        return None

    async def _remember(self, copy: Copy, known: Copy | None) -> None:
        with store_may_fail():
            await self._copies.put(copy, known)

    async def _forget(self, copy: Copy | None) -> None:
        if copy is not None:
            with store_may_fail():
                await self._copies.forget(copy.subject, copy.draft.id)


def _stale(current: Draft) -> StaleDraft:
    return StaleDraft(Problem("stale-draft", "The draft was saved elsewhere since.", 409, draft=current))
