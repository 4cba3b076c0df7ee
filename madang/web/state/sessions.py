"""Who is signed in: sessions that live on the server and can be ended there."""

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Callable
from typing import Final

import msgspec

from madang.i18n.locales import Locale
from madang.web.state import State

COOKIE: Final = "__Host-madang"
KIND: Final = "session"
SEEN: Final = "session-seen"
"""When a session was last used, apart from the session: a request under way while the person signs out writes only
this, and so cannot bring the session back."""
ENDED: Final = "sessions-ended"
ID: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 random bits in base64url. Anything else in the cookie is not looked up at all."""
GRACE: Final = dt.timedelta(seconds=30)
"""``seen`` is written only when it is older than this: most requests write nothing, and nobody is timed out early."""

MOST: Final = dt.timedelta(days=30)
"""The longest session there is, for who wants no limit: as long as a draft is kept, so nothing typed is lost before. A
session that never ended would leave a door open for ever on a device that was sold, lent or lost."""
TEN: Final = 10
OVER: Final = "session-over"
"""That a session was ended, for as long as a request that was under way might write it once more."""
OVER_SECONDS: Final = 120

NEVER: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


class Session(msgspec.Struct, frozen=True):
    """A signed-in person. ``subject`` is the provider's opaque id of them, ``acr`` the assurance level as it named it;
    ``created`` and ``seen`` (UTC) are set when the session starts, where whoever starts it has not set them.
    ``times``: by how much its limits are longer than usual; None for none but ``MOST``."""

    subject: str
    name: str
    acr: str
    roles: tuple[str, ...] = ()
    locale: Locale = "ko"
    created: dt.datetime = NEVER
    seen: dt.datetime = NEVER
    times: int | None = 1


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Sessions:
    """Sessions by opaque id. Only the id's SHA-256 is stored: who reads the store cannot use what they find."""

    def __init__(
        self, state: State, *, idle_minutes: int = 15, hours: int = 8, now: Callable[[], dt.datetime] = utc_now
    ) -> None:
        self._state = state
        self._idle = dt.timedelta(minutes=idle_minutes)
        self._absolute = dt.timedelta(hours=hours)
        self._now = now

    async def start(self, session: Session, previous: str | None = None) -> str:
        """A new session of this person; returns its id, which is always new. ``previous`` is ended: an id known before
        sign-in is worth nothing after it."""
        if previous:
            await self.end(previous)
        if session.created == NEVER:
            session = msgspec.structs.replace(session, created=self._now())
        identifier = secrets.token_urlsafe(32)
        digest = _digest(identifier)
        await self._see(digest, session, self._now())
        await self._write(digest, session)
        return identifier

    async def lengthen(self, identifier: str, times: int | None) -> None:
        """Makes a session's limits ``times`` as long as usual (1, 10; None: no limit but ``MOST``), from now on.
        Nothing happens to one that is over."""
        session = await self.find(identifier)
        if session is None or session.times == times:
            return
        digest = _digest(identifier)
        longer = msgspec.structs.replace(session, times=times if times in (1, TEN) else None)
        await self._see(digest, longer, self._now())
        await self._write(digest, longer)
        if await self._state.get(OVER, digest) is not None:  # signed out meanwhile: it must not come back by this
            await self._state.delete(KIND, digest)

    async def find(self, identifier: str) -> Session | None:
        """The session of an id, or None when there is none, it was ended or its time is over. Counts as use."""
        if not ID.fullmatch(identifier):
            return None
        digest = _digest(identifier)
        stored = await self._state.get(KIND, digest)
        seen = await self._state.get(SEEN, digest) if stored is not None else None
        if stored is None or seen is None:
            return None
        session = msgspec.json.decode(stored, type=Session)
        session = msgspec.structs.replace(session, seen=dt.datetime.fromtimestamp(float(seen), dt.UTC))
        now = self._now()
        idle, absolute = self._limits(session)
        if now >= session.seen + idle + GRACE or now >= session.created + absolute:
            return None
        ended = await self._state.get(ENDED, _digest(session.subject))
        if ended is not None and session.created.timestamp() <= float(ended):
            return None
        if now - session.seen >= GRACE:
            await self._see(digest, session, now)
        return msgspec.structs.replace(session, seen=now)

    def expires(self, session: Session) -> dt.datetime:
        """When the session ends if nothing more is done."""
        idle, absolute = self._limits(session)
        return min(session.seen + idle, session.created + absolute)

    def seconds_left(self, session: Session) -> int:
        """Until ``expires``, never negative."""
        return max(0, int((self.expires(session) - self._now()).total_seconds()))

    async def end(self, identifier: str) -> None:
        """Ends one session."""
        if ID.fullmatch(identifier):
            await self._state.put(OVER, _digest(identifier), b"", OVER_SECONDS)
            await self._state.delete(KIND, _digest(identifier))

    async def end_all(self, subject: str) -> None:
        """Ends every session that this person has at this moment, on any device."""
        when = repr(self._now().timestamp()).encode()
        await self._state.put(ENDED, _digest(subject), when, int(MOST.total_seconds()) + 60)

    def _limits(self, session: Session) -> tuple[dt.timedelta, dt.timedelta]:
        """Idle and absolute, of a session."""
        if session.times is None:
            return MOST, MOST
        return min(self._idle * session.times, MOST), min(self._absolute * session.times, MOST)

    async def _write(self, digest: str, session: Session) -> None:
        left = session.created + self._limits(session)[1] - self._now()
        await self._state.put(KIND, digest, msgspec.json.encode(session), max(1, int(left.total_seconds())))

    async def _see(self, digest: str, session: Session, now: dt.datetime) -> None:
        left = int((self._limits(session)[0] + GRACE).total_seconds())
        await self._state.put(SEEN, digest, repr(now.timestamp()).encode(), left)


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
