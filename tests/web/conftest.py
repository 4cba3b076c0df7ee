"""One portal for each module of page tests; a visitor of one's own for each test."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from portal_kit import Visitor, portal


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Any]:
    async with portal(tmp_path_factory.mktemp("portal")) as made:
        yield made


@pytest.fixture
def visitor(app: Any) -> Visitor:
    return Visitor(app)


@pytest.fixture
def visitors(app: Any) -> Callable[[], Visitor]:
    return lambda: Visitor(app)
