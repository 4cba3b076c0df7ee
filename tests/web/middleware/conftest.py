"""The small application of these tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.middleware.stack_house import House


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., House]:
    return lambda **changes: House(tmp_path, **changes)


@pytest.fixture
def house(make: Callable[..., House], anyio_backend: str) -> House:
    return make()
