"""The one subscribed connection of a process, and who in it listens to which session.

A message that is published while the connection is down is gone for good. So whoever listens is told when it breaks and
when it is back, and reads everything anew.
"""

import asyncio
import contextlib
import logging
from typing import Any, Final

from redis.exceptions import RedisError

from madang.remote_support.ports import Ear, StoreUnavailable
from madang.remote_support.states import Side
from madang.remote_support.stores.listeners import Listener, Listeners

CONFIRM_SECONDS: Final = 2.0
AGAIN_SECONDS: Final = 0.2
"""Between two tries to connect."""
QUIET_SECONDS: Final = 5.0
"""After which a silent connection is asked whether it is still there."""
_LETTERS: Final[dict[Ear, bytes]] = {"citizen": b"c", "agent": b"a", "guardian": b"g", "all": b"*"}
_EARS: Final[dict[bytes, Ear]] = {letter: ear for ear, letter in _LETTERS.items()}
log: Final = logging.getLogger("madang.support")


class RedisEars:
    """``redis``: the client whose server is listened to. ``prefix``: of the channels, one per session."""

    def __init__(self, redis: Any, prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._listeners = Listeners()
        self._pubsub: Any = None
        self._confirmed: dict[str, asyncio.Event] = {}
        self._reader: asyncio.Task[None] | None = None
        self._heard_once = False
        """Whether the connection that there is has come about."""
        self._missed = False
        """Whether there was one before it."""

    def channel(self, session: str) -> str:
        return self._prefix + session

    def addressed(self, ear: Ear, message: bytes) -> bytes:
        return _LETTERS[ear] + message

    async def add(self, session: str, side: Side) -> Listener:
        """Listens from the moment this returns. Raises ``StoreUnavailable``."""
        if self._reader is None:
            self._reader = asyncio.create_task(self._read())
        listener = self._listeners.add(session, side)
        confirmed = self._confirmed.get(session)
        try:
            async with asyncio.timeout(CONFIRM_SECONDS):
                if confirmed is None:
                    confirmed = self._confirmed[session] = asyncio.Event()
                    if self._pubsub is not None:
                        await self._pubsub.subscribe(self.channel(session))
                await confirmed.wait()
        except (RedisError, OSError, TimeoutError) as error:
            await self.remove(session, listener)
            raise StoreUnavailable(type(error).__name__) from error
        return listener

    async def remove(self, session: str, listener: Listener) -> None:
        if not self._listeners.remove(session, listener):
            return
        self._confirmed.pop(session, None)
        if self._pubsub is not None:
            with contextlib.suppress(RedisError, OSError):
                await self._pubsub.unsubscribe(self.channel(session))

    async def close(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        self._listeners.lost()

    async def _read(self) -> None:
        told = False
        while True:
            try:
                await self._connected()
            except (RedisError, OSError, TimeoutError) as error:
                if self._heard_once or not told:
                    log.warning("the store of remote support is not heard: %s", type(error).__name__)
                    told = True
            if self._heard_once:
                self._heard_once, self._missed = False, True
                for confirmed in self._confirmed.values():
                    confirmed.clear()
                self._listeners.lost()
            await asyncio.sleep(AGAIN_SECONDS)

    async def _connected(self) -> None:
        """One connection, from its beginning to its end."""
        pubsub = self._redis.pubsub()
        try:
            # A channel that nobody speaks on: the connection is made before anyone listens, and kept when nobody does.
            await pubsub.subscribe(self._prefix)
            self._pubsub = pubsub  # from here on who comes subscribes; who was there before is subscribed now
            if self._confirmed:
                await pubsub.subscribe(*map(self.channel, self._confirmed))
            self._heard_once = True
            if self._missed:
                self._listeners.lost()
            asked = False
            while True:
                message = await pubsub.get_message(timeout=QUIET_SECONDS)
                if message is not None:
                    asked = False
                    self._heard(message)
                elif asked:
                    raise TimeoutError
                else:
                    await pubsub.ping()
                    asked = True
        finally:
            self._pubsub = None
            await pubsub.aclose()

    def _heard(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        if kind not in ("message", "subscribe"):
            return
        session = message["channel"].decode().removeprefix(self._prefix)
        if kind == "subscribe":
            if confirmed := self._confirmed.get(session):
                confirmed.set()
            return
        data: bytes = message["data"]
        ear = _EARS.get(data[:1])
        if ear is not None:
            self._listeners.deliver(session, ear, data[1:])
