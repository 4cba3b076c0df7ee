"""Where remote support runs at all, and what is said where it does not."""

from pathlib import Path
from typing import Any

import pytest

from madang.i18n.messages import Catalogues
from madang.remote_support.ports import Ticket
from madang.remote_support.relay import Relay
from madang.remote_support.stores.memory import MemoryStore
from madang.remote_support.stores.redis import RedisStore
from madang.web.app import LOCALES
from madang.web.settings import Settings
from madang.web.state.memory import MemoryState
from madang.web.state.sessions import Session, Sessions
from madang.web.support.trail import SupportTrail
from madang.web.support.wiring import guard, limits, open_store, words

pytestmark = pytest.mark.anyio
WORDS = words(Settings(), Catalogues(LOCALES))


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


@pytest.mark.parametrize(
    ("subject", "acr", "roles", "lets"),
    [
        ("mina", "high", ("agent",), True),
        ("mina", "high", ("clerk", "supervisor"), True),
        ("mina", "high", ("clerk",), False),
        ("mina", "high", (), False),
        ("mina", "substantial", ("agent",), False),
        ("jun", "high", ("agent",), False),
    ],
)
async def test_an_agents_ticket_lets_in_that_agent_alone(
    subject: str, acr: str, roles: tuple[str, ...], lets: bool
) -> None:
    sessions = Sessions(MemoryState())
    holds = guard(nobodys_relay(), sessions)
    identifier = await sessions.start(Session(subject, "name", acr, roles))
    ticket = Ticket("s1", "agent", "mina")
    assert await holds(asking(f"__Host-madang={identifier}"), ticket) is lets
    assert not await holds(asking(""), ticket)
    assert not await holds(asking("__Host-madang=" + "x" * 43), ticket)
    await sessions.end(identifier)
    assert not await holds(asking(f"__Host-madang={identifier}"), ticket)


async def test_a_citizens_ticket_lets_in_the_page_that_has_their_cookie() -> None:
    relay = nobodys_relay()
    holds = guard(relay, Sessions(MemoryState()))
    session, token = await relay.ask("vi", way="code", need="", back="/")
    _, others = await relay.ask("vi", way="code", need="", back="/")
    ticket = Ticket(session.id, "citizen")
    assert await holds(asking(f"a=b; __Host-madang-support={token}"), ticket)
    assert await holds(asking(f"__Host-madang-support={token}.read"), ticket)
    for cookies in ("", f"__Host-madang-support={others}", f"__Host-madang={token}", "__Host-madang-support=\udcff"):
        assert not await holds(asking(cookies), ticket)


def nobodys_relay() -> Relay:
    backend: Any = None  # nothing is delivered here
    return Relay(MemoryStore(), SupportTrail(backend), WORDS, None, keys=(b"k" * 32,))


def asking(cookies: str) -> dict[str, Any]:
    return {"type": "websocket", "headers": [(b"cookie", cookies.encode("utf-8", "surrogateescape"))]}
