"""What proves who somebody is to a session: the citizen's token, the code, the one-time ticket of a connection.

Only hashes are stored: who reads the store can use none of them.
"""

import hashlib
import logging
import re
import secrets
import time
from collections.abc import Sequence
from typing import Final

import msgspec

from madang.remote_support import codes
from madang.remote_support.ports import Store, Ticket
from madang.remote_support.states import Agent, Session, Side

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 random bits in base64url; anything else is not looked up at all."""
TICKET_SECONDS: Final = 30
TOKEN_SECONDS: Final = 4 * 3600
"""The longest wait, the longest session, and the time in which its receipt can still be read."""
WRONG_CODES: Final = 5
LOCKED_SECONDS: Final = 600
log: Final = logging.getLogger("madang.support")


class WrongCode(Exception):
    """Nothing waits under that code. ``left``: tries before whoever typed it is locked out."""

    def __init__(self, left: int) -> None:
        super().__init__(f"wrong code, {left} left")
        self.left = left


class LockedOut(Exception):
    """Too many wrong codes. ``seconds``: until whoever typed them may try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"locked out for {seconds} s")
        self.seconds = seconds


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Tickets:
    """``keys``: of the codes, newest first."""

    def __init__(self, store: Store, keys: Sequence[bytes]) -> None:
        self._store = store
        self._keys = tuple(keys)

    async def token(self, session: str) -> str:
        """A new token of the citizen's."""
        token = secrets.token_urlsafe(32)
        await self._store.put("token", digest(token), session.encode(), TOKEN_SECONDS)
        return token

    async def of_token(self, token: str) -> str | None:
        """The session that a token names."""
        if not TOKEN.fullmatch(token):
            return None
        found = await self._store.get("token", digest(token))
        return found.decode() if found else None

    def code(self, session: Session) -> str:
        """The code of a session: the same at each reload."""
        return codes.derive(self._keys[0], session.id)

    async def offer(self, session: Session) -> bool:
        """Lets the session's code be entered, once; False when another session's code is the same."""
        hashed = codes.digest(self._keys, self.code(session))
        if await self._store.get("code", hashed) is not None:
            return False
        await self._store.put("code", hashed, session.id.encode(), session.limits.code)
        return True

    async def withdraw(self, session: Session) -> None:
        await self._store.take("code", codes.digest(self._keys, self.code(session)))

    async def enter(self, agent: Agent, typed: str) -> str:
        """The session of a code that an agent typed; see ``redeem``."""
        code = codes.normalise(typed)
        return await self.redeem("code", codes.digest(self._keys, code) if code else None, agent.id)

    async def redeem(self, kind: str, hashed: str | None, client: str) -> str:
        """What lies under a code, which is used up with that. ``hashed``: None when what was typed can be no code.
        ``client``: who types. Raises ``WrongCode``, ``LockedOut``.

        The try is counted before it is made: many at once are no more than many one after the other."""
        who = digest(client)
        await self._unlocked(who)
        wrong = await self._store.count("wrong-codes", who, LOCKED_SECONDS)
        if wrong > WRONG_CODES:
            raise LockedOut(LOCKED_SECONDS)
        found = await self._store.take(kind, hashed) if hashed else None
        if found is None:
            raise await self._missed(who, wrong)
        await self._store.uncount("wrong-codes", who)
        return found.decode()

    async def _missed(self, who: str, wrong: int) -> WrongCode | LockedOut:
        """What a wrong code leads to. ``wrong``: how many there were in ten minutes, with this one."""
        if wrong < WRONG_CODES:
            log.info("a wrong code for remote support", extra={"who": who[:12]})
            return WrongCode(WRONG_CODES - wrong)
        until = msgspec.json.encode(_now() + LOCKED_SECONDS)
        await self._store.put("locked", who, until, LOCKED_SECONDS)
        log.warning("alert: somebody entered %s wrong codes and is locked out", WRONG_CODES, extra={"who": who[:12]})
        return LockedOut(LOCKED_SECONDS)

    async def _unlocked(self, who: str) -> None:
        until = await self._store.get("locked", who)
        if until is not None:
            raise LockedOut(max(1, msgspec.json.decode(until, type=int) - _now()))

    async def ticket(self, session: str, side: Side, subject: str, page: int) -> str:
        """Lets one connection in, once, for half a minute."""
        ticket = secrets.token_urlsafe(32)
        value = msgspec.json.encode(Ticket(session, side, subject, page))
        await self._store.put("ticket", digest(ticket), value, TICKET_SECONDS)
        return ticket

    async def admit(self, ticket: str) -> Ticket | None:
        """What a ticket lets in; it is used up with that."""
        if not TOKEN.fullmatch(ticket):
            return None
        found = await self._store.take("ticket", digest(ticket))
        return msgspec.json.decode(found, type=Ticket) if found else None


def _now() -> int:
    return int(time.time())
