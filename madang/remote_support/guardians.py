"""The guardian: somebody whom the citizen trusts, and whom they let look, too, with a second code.

Two have to agree before anything is shown: whoever typed the code, and then the citizen. There is one seat in a
session; whoever holds it is known by a token, and loses it when they go, are sent away, or another code is made.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Literal

import msgspec

from madang.i18n.locales import Locale
from madang.remote_support import codes
from madang.remote_support.ports import Store
from madang.remote_support.states import Event, GuardianAsked, GuardianJoined, Record, Session, Side
from madang.remote_support.tickets import TOKEN, TOKEN_SECONDS, Tickets, WrongCode, digest

CODE_SECONDS: Final = 600
"""How long the second code can be entered: it is told to somebody who may have to find a device first."""
Stage = Literal["entered", "asking", "in", "gone", "over"]


class Guest(msgspec.Struct, frozen=True):
    """Who bears a guardian's token. ``stage``: entered the code; agreed, and the citizen is being asked; let in; no
    longer wanted, or left; and the session is over for everybody."""

    session: Session
    stage: Stage


class Guardians:
    """``keys``: of the codes, newest first. ``apply`` lets an event happen; ``record`` writes into the trail."""

    def __init__(
        self,
        store: Store,
        tickets: Tickets,
        keys: Sequence[bytes],
        apply: Callable[[str, Event], Awaitable[Session | None]],
        record: Callable[[Session, Record], None],
    ) -> None:
        self._store = store
        self._tickets = tickets
        self._keys = tuple(keys)
        self._apply = apply
        self._record = record

    # The citizen's.
    async def invite(self, session: Session) -> None:
        """Makes a code, in place of the last one: whoever entered that, and has not been let in, is out."""
        if not open_to(session):
            return
        await self._withdraw(session)
        while True:
            invitation = secrets.token_urlsafe(9)
            hashed = self._hashed(self._code(session, invitation))
            if await self._store.get("guardian-code", hashed) is None:
                break
        await self._store.put("guardian-code", hashed, session.id.encode(), CODE_SECONDS)
        await self._store.put("invitation", session.id, invitation.encode(), CODE_SECONDS)
        self._record(session, Record("citizen", "guardian-invited"))

    async def code(self, session: Session) -> str:
        """The code that can be entered now, the same at each reload; empty when there is none."""
        invitation = await self._store.get("invitation", session.id)
        return self._code(session, invitation.decode()) if invitation is not None and open_to(session) else ""

    async def answer(self, session: Session, *, allowed: bool) -> Session | None:
        """The citizen's answer to whoever asks; nothing without one who does."""
        if not session.guardian_asks or (allowed and await self._store.get("guardian", session.id) is None):
            return session
        return await (self._apply(session.id, GuardianJoined(by="citizen")) if allowed else self._out(session))

    async def send_away(self, session: Session) -> Session | None:
        """Whoever looks looks no longer."""
        return await self._out(session) if session.guardian else session

    # The guardian's.
    async def enter(self, client: str, typed: str) -> str:
        """The token of whoever typed a code that waits, which is used up with that. ``client``: the address they come
        from. Raises ``WrongCode``, ``LockedOut``."""
        code = codes.normalise(typed)
        hashed = self._hashed(code) if code else None
        found = await self._tickets.redeem("guardian-code", hashed, f"guardian:{client}")
        session = await self._store.load(found)
        if session is None or not open_to(session):
            raise WrongCode(left=1)
        await self._store.take("invitation", session.id)
        token = secrets.token_urlsafe(32)
        await self._store.put("guardian-token", digest(token), session.id.encode(), TOKEN_SECONDS)
        await self._store.put("guardian", session.id, digest(token).encode(), TOKEN_SECONDS)
        return token

    async def of_token(self, token: str) -> Guest | None:
        """Who bears it; None when it was never worth anything, or is so old that nobody knows."""
        found = await self._store.get("guardian-token", digest(token)) if TOKEN.fullmatch(token) else None
        session = await self._store.load(found.decode()) if found else None
        if session is None:
            return None
        if await self._store.get("guardian", session.id) != digest(token).encode():
            return Guest(session, "gone")
        if session.over:
            return Guest(session, "over")
        return Guest(session, "in" if session.guardian else "asking" if session.guardian_asks else "entered")

    async def agree(self, guest: Guest, locale: Locale) -> None:
        """They want to look: the citizen is asked. ``locale``: what they read."""
        if guest.stage == "entered":
            await self._apply(guest.session.id, GuardianAsked(locale))

    async def leave(self, guest: Guest) -> None:
        """They go, at whatever stage; the session goes on without them."""
        if guest.stage in ("entered", "asking", "in"):
            await self._out(guest.session, "guardian")

    async def _out(self, session: Session, by: Side = "citizen") -> Session | None:
        # The event first: it closes the connection. Then nobody has a seat.
        after = await self._apply(session.id, GuardianJoined(joined=False, by=by))
        await self._store.take("guardian", session.id)
        return after

    async def _withdraw(self, session: Session) -> None:
        invitation = await self._store.take("invitation", session.id)
        if invitation is not None:
            await self._store.take("guardian-code", self._hashed(self._code(session, invitation.decode())))
        await self._store.take("guardian", session.id)

    def _code(self, session: Session, invitation: str) -> str:
        """Derived apart from the session's own: neither tells anything of the other."""
        return codes.derive(self._keys[0], f"guardian:{session.id}:{invitation}")

    def _hashed(self, code: str) -> str:
        return codes.digest(self._keys, f"guardian:{code}")


def open_to(session: Session) -> bool:
    """Whether somebody can be invited now: an agent is here, the citizen has agreed to that, and the seat is free."""
    together = session.state in ("viewing", "paused", "away")
    return together and not session.guardian and not session.guardian_asks
