import datetime as dt
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.sign_in.hostile import ISSUER, Hostile
from tests.web.sign_in.house import Clock, House


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> Clock:
    return Clock(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC))


@pytest.fixture
async def house(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    """The portal's sign-in over the embedded demonstration provider."""
    async with House(tmp_path, clock) as built:
        yield built


@pytest.fixture
async def houses(tmp_path: Path) -> AsyncIterator[Callable[..., House]]:
    """Makes houses over other providers; all are closed at the end."""
    built: list[House] = []

    def make(**options: object) -> House:
        folder = tmp_path / str(len(built))
        folder.mkdir()
        clock = options.pop("clock", None) or Clock(dt.datetime.now(dt.UTC))
        built.append(House(folder, clock, **options))  # type: ignore[arg-type]
        return built[-1]

    yield make
    for one in built:
        await one.close()


@pytest.fixture
def over(houses: Callable[..., House], clock: Clock) -> Callable[..., tuple[House, Hostile]]:
    def make(**options: Any) -> tuple[House, Hostile]:
        hostile = Hostile(clock.seconds)
        return houses(issuer=ISSUER, provider=hostile.app(), clock=clock, **options), hostile

    return make
