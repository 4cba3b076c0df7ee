"""Where remote support runs at all, and what is said where it does not."""

from pathlib import Path

import pytest

from madang.remote_support.stores.memory import MemoryStore
from madang.remote_support.stores.redis import RedisStore
from madang.web.settings import Settings
from madang.web.support.wiring import limits, open_store

pytestmark = pytest.mark.anyio


def read(data: Path, **more: str) -> Settings:
    return Settings.from_environment({"MADANG_DATA": str(data / "var"), **more})


async def test_one_worker_keeps_live_sessions_in_memory(tmp_path: Path) -> None:
    assert isinstance(open_store(read(tmp_path)), MemoryStore)


async def test_several_workers_share_them_in_redis(tmp_path: Path) -> None:
    made = open_store(read(tmp_path, MADANG_WORKERS="3", MADANG_REDIS_URL="redis://127.0.0.1:1/0"))
    assert isinstance(made, RedisStore)
    await made.close()


async def test_several_workers_without_redis_have_none_and_the_log_says_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = read(tmp_path, MADANG_WORKERS="3")
    assert open_store(settings) is None
    assert not settings.support_works
    assert "MADANG_REDIS_URL" in caplog.text


async def test_it_can_be_switched_off_without_a_word(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert open_store(read(tmp_path, MADANG_SUPPORT="no")) is None
    assert caplog.text == ""


async def test_limits_are_the_operators(tmp_path: Path) -> None:
    made = limits(
        read(
            tmp_path,
            MADANG_SUPPORT_CODE_MINUTES="4",
            MADANG_SUPPORT_CONSENT_MINUTES="6",
            MADANG_SUPPORT_GRACE_SECONDS="30",
            MADANG_SUPPORT_IDLE_MINUTES="10",
            MADANG_SUPPORT_MINUTES="45",
        )
    )
    assert (made.code, made.consent, made.grace, made.idle, made.whole) == (240, 360, 30, 600, 2700)
