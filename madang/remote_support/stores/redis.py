"""Live sessions of several processes, in Redis or Valkey (7.0 or newer).

What must happen in one moment is one script: a session is written, its messages published and its page deleted together
or not at all. Nothing is tried a second time, because whether a write happened is not known after a time-out.
"""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Any, Final, TypeVar, cast

import msgspec
import redis.asyncio as client
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.maint_notifications import MaintNotificationsConfig

from madang.remote_support.ports import Ear, Standing, StoreUnavailable
from madang.remote_support.states import Session, Side
from madang.remote_support.stores.listeners import listening
from madang.remote_support.stores.memory import KEPT, LIVES, MOST_SEEN
from madang.remote_support.stores.redis_ears import RedisEars

T = TypeVar("T")
SECONDS: Final = 1.5
"""Longest wait for a connection, and for an answer."""
CONNECTIONS: Final = 64
"""To the server; who finds all of them in use waits for one."""
PAGES: Final = 500
"""Pages that a process keeps decoded: most events are about a page it has just seen."""

_SAVE: Final = """
if redis.call('HGET', KEYS[1], 'v') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'v', ARGV[2], 's', ARGV[3], 'o', ARGV[4])
redis.call('EXPIRE', KEYS[1], ARGV[5])
if ARGV[4] == '1' then
  redis.call('ZREM', KEYS[2], ARGV[6])
  redis.call('DEL', KEYS[3], KEYS[4])
end
for i = 8, #ARGV do redis.call('PUBLISH', ARGV[7], ARGV[i]) end
return 1
"""
_STAND: Final = """
if redis.call('HGET', KEYS[1], 'o') ~= '0' then return 0 end
local n = tonumber(redis.call('HGET', KEYS[2], 'n') or '-1')
if n > tonumber(ARGV[1]) then return 0 end
if n < tonumber(ARGV[1]) then redis.call('DEL', KEYS[3]) end
redis.call('HSET', KEYS[2], 'n', ARGV[1], 's', ARGV[2])
redis.call('HINCRBY', KEYS[2], 'r', 1)
redis.call('EXPIRE', KEYS[2], ARGV[3])
return 1
"""
_NOTE: Final = """
if redis.call('HGET', KEYS[1], 'n') ~= ARGV[1] then return 0 end
if redis.call('HLEN', KEYS[2]) > tonumber(ARGV[4]) and redis.call('HEXISTS', KEYS[2], ARGV[2]) == 0 then return 0 end
local turn = redis.call('HINCRBY', KEYS[2], '', 1)
redis.call('HSET', KEYS[2], ARGV[2], turn .. ' ' .. ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[5])
return 1
"""
_UNCOUNT: Final = """
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end
return 0
"""
_SESSION = msgspec.msgpack.Decoder(Session)
_STANDING = msgspec.msgpack.Decoder(Standing)


class RedisStore:
    """The ``Store`` of several processes. ``url``: ``redis://``, ``rediss://`` (TLS) or ``unix://``."""

    def __init__(self, url: str, prefix: str = "madang:support:") -> None:
        self._prefix = prefix
        pool = client.BlockingConnectionPool.from_url(
            url,
            timeout=SECONDS,
            max_connections=CONNECTIONS,
            socket_timeout=SECONDS,
            socket_connect_timeout=SECONDS,
            retry=Retry(NoBackoff(), 0),
            # With them a connection that the server has closed is not noticed before it is used.
            maint_notifications_config=MaintNotificationsConfig(enabled=False),
        )
        self._client: Any = client.Redis.from_pool(pool)
        self._ears = RedisEars(self._client, f"{prefix}c:")
        scripts = (_SAVE, _STAND, _NOTE, _UNCOUNT)
        self._save, self._stand, self._note, self._uncount = map(self._client.register_script, scripts)
        self._pages: dict[str, tuple[bytes, Standing]] = {}

    def _name(self, kind: str, key: str = "") -> str:
        return f"{self._prefix}{kind}:{key}"

    async def create(self, session: Session) -> None:
        name, live = self._name("session", session.id), self._name("live")
        encoded = msgspec.msgpack.encode(session)
        pipeline = self._client.pipeline(transaction=True)
        pipeline.hset(name, mapping={"v": session.version, "s": encoded, "o": int(session.over)})
        pipeline.expire(name, LIVES)
        pipeline.zadd(live, {session.id: session.created.timestamp()})
        await _answer(pipeline.execute())

    async def load(self, session: str) -> Session | None:
        found = await _answer(self._client.hget(self._name("session", session), "s"))
        return _SESSION.decode(found) if found else None

    async def save(self, session: Session, messages: Sequence[tuple[Ear, bytes]] = ()) -> bool:
        over = session.over
        kinds = (("session", session.id), ("live", ""), ("standing", session.id), ("seen", session.id))
        told = [self._ears.addressed(ear, message) for ear, message in messages]
        arguments = [
            session.version - 1,
            session.version,
            msgspec.msgpack.encode(session),
            int(over),
            KEPT if over else LIVES,
            session.id,
            self._ears.channel(session.id),
            *told,
        ]
        return bool(await _answer(self._save(keys=[self._name(*kind) for kind in kinds], args=arguments)))

    async def every(self) -> Sequence[Session]:
        live = self._name("live")
        names = [name.decode() for name in await _answer(self._client.zrange(live, 0, -1))]
        if not names:
            return []
        pipeline = self._client.pipeline(transaction=False)
        for name in names:
            pipeline.hget(self._name("session", name), "s")
        found = await _answer(pipeline.execute())
        gone = [name for name, kept in zip(names, found, strict=True) if kept is None]
        if gone:
            await _answer(self._client.zrem(live, *gone))
        sessions = [_SESSION.decode(kept) for kept in found if kept is not None]
        return [session for session in sessions if not session.over]

    async def put(self, kind: str, key: str, value: bytes, ttl: int) -> None:
        await _answer(self._client.set(self._name(kind, key), value, ex=ttl))

    async def get(self, kind: str, key: str) -> bytes | None:
        return cast("bytes | None", await _answer(self._client.get(self._name(kind, key))))

    async def take(self, kind: str, key: str) -> bytes | None:
        return cast("bytes | None", await _answer(self._client.getdel(self._name(kind, key))))

    async def count(self, kind: str, key: str, ttl: int) -> int:
        name = self._name(kind, key)
        pipeline = self._client.pipeline(transaction=True)  # a count without an end would lock out for ever
        pipeline.incr(name)
        pipeline.expire(name, ttl, nx=True)
        return int((await _answer(pipeline.execute()))[0])

    async def uncount(self, kind: str, key: str) -> None:
        await _answer(self._uncount(keys=[self._name(kind, key)]))

    async def append(self, session: str, kind: str, value: bytes, most: int = 200) -> None:
        name = self._name("list", f"{session}:{kind}")
        pipeline = self._client.pipeline(transaction=True)
        pipeline.rpush(name, value)
        pipeline.ltrim(name, -most, -1)
        pipeline.expire(name, LIVES)
        await _answer(pipeline.execute())

    async def listed(self, session: str, kind: str) -> Sequence[bytes]:
        name = self._name("list", f"{session}:{kind}")
        return cast("list[bytes]", await _answer(self._client.lrange(name, 0, -1)))

    async def stand(self, session: str, page: Standing) -> None:
        keys = [self._name(kind, session) for kind in ("session", "standing", "seen")]
        await _answer(self._stand(keys=keys, args=[page.number, msgspec.msgpack.encode(page), LIVES]))

    async def standing(self, session: str) -> Standing | None:
        name = self._name("standing", session)
        number, revision = await _answer(self._client.hmget(name, "n", "r"))
        if number is None:
            self._pages.pop(session, None)
            return None
        which = number + b"." + revision
        known = self._pages.get(session)
        if known is not None and known[0] == which:
            return known[1]
        found = await _answer(self._client.hget(name, "s"))
        if found is None:
            return None
        page = _STANDING.decode(found)
        while len(self._pages) >= PAGES:
            self._pages.pop(next(iter(self._pages)))
        self._pages[session] = (which, page)
        return page

    async def note(self, session: str, page: int, key: str, value: bytes) -> None:
        keys = [self._name(kind, session) for kind in ("standing", "seen")]
        await _answer(self._note(keys=keys, args=[page, key, value, MOST_SEEN, LIVES]))

    async def noted(self, session: str) -> Sequence[bytes]:
        found = await _answer(self._client.hgetall(self._name("seen", session)))
        turns = (value.split(b" ", 1) for key, value in found.items() if key)
        return [value for _, value in sorted((int(turn), value) for turn, value in turns)]

    async def forget(self, session: str) -> None:
        self._pages.pop(session, None)
        await _answer(self._client.delete(self._name("standing", session), self._name("seen", session)))

    async def publish(self, session: str, ear: Ear, message: bytes) -> None:
        await _answer(self._client.publish(self._ears.channel(session), self._ears.addressed(ear, message)))

    @contextlib.asynccontextmanager
    async def subscribe(self, session: str, side: Side) -> AsyncIterator[AsyncIterator[bytes | None]]:
        listener = await self._ears.add(session, side)
        try:
            async with listening(listener) as messages:
                yield messages
        finally:
            await self._ears.remove(session, listener)

    async def ping(self) -> None:
        await _answer(self._client.ping())

    async def close(self) -> None:
        await self._ears.close()
        await self._client.aclose()


async def _answer(command: Awaitable[T]) -> T:
    try:
        return await command
    except (TimeoutError, RedisError, OSError) as error:
        raise StoreUnavailable(type(error).__name__) from error
