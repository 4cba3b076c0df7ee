"""State in Redis or Valkey (7.0 or newer), shared by any number of machines."""

from collections.abc import Awaitable
from typing import Final, TypeVar

import redis.asyncio as client
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from madang.web.state import StateUnavailable

T = TypeVar("T")
SECONDS: Final = 1.5
"""Longest wait for a connection, and for an answer: a killed server must not hold requests up."""


class RedisState:
    """The ``State`` of several machines. ``url``: ``redis://``, ``rediss://`` (TLS) or ``unix://``.

    Nothing is tried a second time: repeating a take or an add after a time-out would answer wrongly. A connection that
    the server closed is noticed and replaced before it is used again.
    """

    def __init__(self, url: str, prefix: str = "madang:") -> None:
        from redis.asyncio.retry import Retry

        self._prefix = prefix
        self._client = client.Redis.from_url(
            url,
            socket_timeout=SECONDS,
            socket_connect_timeout=SECONDS,
            max_connections=256,
            retry=Retry(NoBackoff(), 0),
        )

    def _name(self, kind: str, key: str) -> str:
        return f"{self._prefix}{kind}:{key}"

    async def get(self, kind: str, key: str) -> bytes | None:
        return _bytes(await _answer(self._client.get(self._name(kind, key))))

    async def put(self, kind: str, key: str, value: bytes, ttl: int) -> None:
        await _answer(self._client.set(self._name(kind, key), value, ex=ttl))

    async def delete(self, kind: str, key: str) -> None:
        await _answer(self._client.delete(self._name(kind, key)))

    async def take(self, kind: str, key: str) -> bytes | None:
        return _bytes(await _answer(self._client.getdel(self._name(kind, key))))

    async def add(self, kind: str, key: str, value: bytes, ttl: int) -> bool:
        return bool(await _answer(self._client.set(self._name(kind, key), value, ex=ttl, nx=True)))

    async def increment(self, kind: str, key: str, ttl: int) -> int:
        name = self._name(kind, key)
        pipeline = self._client.pipeline(
            transaction=True
        )  # both or neither: a count without expiry would lock out for ever
        pipeline.incr(name)
        pipeline.expire(name, ttl, nx=True)
        return int((await _answer(pipeline.execute()))[0])

    async def ping(self) -> None:
        await _answer(self._client.ping())

    async def close(self) -> None:
        await self._client.aclose()


async def _answer(command: Awaitable[T]) -> T:
    try:
        return await command
    except (RedisError, OSError) as error:
        raise StateUnavailable(error) from error


def _bytes(value: bytes | str | None) -> bytes | None:
    return value.encode() if isinstance(value, str) else value
