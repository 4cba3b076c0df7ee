"""Recording a session: the citizen's own yes, what is kept while it holds, and that nothing is kept after it.

Kept is what passed to the agent, in the agent's language; see "Recording" in ``docs/support-protocol.md``.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final

from madang.i18n.locales import Locale
from madang.remote_support.messages import Blanked, Fragment, Kept, Status
from madang.remote_support.ports import Recorder, RecorderUnavailable, Standing, Store
from madang.remote_support.states import (
    Blank,
    Close,
    Effect,
    Event,
    Record,
    RecordingAgreed,
    RecordingWithdrawn,
    Session,
    Show,
)

log: Final = logging.getLogger("madang.support")


class Recordings:
    """``recorder``: None where nothing is ever recorded. ``apply`` lets an event happen; ``record`` writes into the
    trail; ``status`` is what everybody is told of a session."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder | None,
        apply: Callable[[str, Event], Awaitable[Session | None]],
        record: Callable[[Session, Record], None],
        status: Callable[[Session], Status],
    ) -> None:
        self._store, self._recorder = store, recorder
        self._apply, self._record, self._status = apply, record, status
        self._owed: dict[str, Session] = {}
        if recorder is not None:
            recorder.listen(lambda session: record(session, Record("system", "recording-full")))

    # The citizen's.
    async def agree(self, session: Session) -> Session | None:
        """Their yes. The place where it is kept is made first: nobody is told of a recording that there is not."""
        if self._recorder is None or not session.recordable or session.recording:
            return session
        if session.state not in ("viewing", "paused"):
            return session
        name = secrets.token_urlsafe(16)
        if not await self._recorder.begin(session, name):
            return session
        after = await self._apply(session.id, RecordingAgreed(name))
        if after is None or after.recording != name:
            await self._delete(session)
            return after
        await self._shown(after)
        return after

    async def withdraw(self, session: Session) -> Session | None:
        """They take it back: from this moment nothing is added, and what there is is deleted."""
        if not session.recording:
            return session
        after = await self._apply(session.id, RecordingWithdrawn())
        await self._delete(session)
        return after

    async def delete(self, session: Session) -> bool:
        """Of a session that is over. False: it could not be done yet, and is tried again."""
        return not session.over or await self._delete(session)

    async def _delete(self, session: Session) -> bool:
        if self._recorder is None:
            return False
        try:
            if await self._recorder.delete(session.id):
                self._record(session, Record("citizen", "recording-deleted"))
        except RecorderUnavailable:
            if session.id not in self._owed:
                log.error("a recording of remote support cannot be deleted yet: its backend does not answer")
            self._owed[session.id] = session
            return False
        self._owed.pop(session.id, None)
        return True

    async def again(self) -> None:
        """Deletes what could not be deleted before."""
        for session in list(self._owed.values()):
            await self._delete(session)

    # What the agent sees.
    def keep(self, session: Session, what: Kept) -> None:
        """Adds it, if the citizen has agreed to that. Returns at once."""
        if session.recording and self._recorder is not None:
            self._recorder.add(session, what)

    def page(self, session: Session, standing: Standing, fresh: Iterable[Locale] | None = None) -> None:
        """The page that stands was shown, in the languages ``fresh`` (None: all that it is drawn in)."""
        locale = _seen(session, standing.twins)
        if locale is None or (fresh is not None and locale not in fresh):
            return
        self.keep(session, standing.twins[locale])
        for fragment in standing.fragments.get(locale, ()):
            self.keep(session, fragment)

    def fragment(self, session: Session, fragments: Mapping[Locale, Fragment]) -> None:
        """A part of it was."""
        locale = _seen(session, fragments)
        if locale is not None:
            self.keep(session, fragments[locale])

    async def followed(self, before: Session, after: Session, effects: Iterable[Effect]) -> None:
        """What a change of the session means for whoever looks."""
        if not before.recording or not (after.recording or after.over):
            return
        for effect in effects:
            if isinstance(effect, Blank):
                self.keep(before, Blanked())
            elif isinstance(effect, Show):
                await self._shown(after)
            elif isinstance(effect, Close):
                self.keep(before, self._status(after))

    async def _shown(self, session: Session) -> None:
        if session.state == "viewing":
            standing = await self._store.standing(session.id)
            if standing is not None and standing.number == session.page:
                self.page(session, standing)


def _seen(session: Session, drawn: Mapping[Locale, object]) -> Locale | None:
    """The language in which the agent looks at something that is drawn in these."""
    order = (session.agent.locale if session.agent is not None else session.locale, session.locale)
    return next((locale for locale in order if locale in drawn), None)
