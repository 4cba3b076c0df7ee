"""The page of a worker that has too much to do is drawn once and shown to many: nothing of anybody is on it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from portal_kit import KIOSK_KEY
from support_kit import AGENT, House, house

from madang.remote_support.messages import Chat
from madang.web.middleware.limits import Limits

pytestmark = pytest.mark.anyio
OF_SOMEBODY = (
    "Minjung",
    AGENT.name,
    "near=",
    "Jeonju",
    "applications/2026",
    'data-theme="',
    'data-ref="support-stop',
    "session-stay",
)


@pytest.fixture
async def at(tmp_path: Path, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path / "var") as made:
        yield made


def limits_of(app: Any) -> Limits:
    app = app._wrapped
    while not isinstance(app, Limits):
        app = app._app
    return app


@pytest.mark.parametrize("first", ["helped", "kiosk", "stranger"])
async def test_nothing_of_who_is_shed_first_is_shown_to_the_next(at: House, first: str) -> None:
    helped, session = await at.helped("vi")
    await helped.post("/vi/preferences", {"theme": "dark", "act": "save"})
    await at.relay.up(session.id, "agent", Chat("Minjung"), AGENT)
    kiosk = at.visitor()
    await kiosk.post("/vi/kiosk/device", {"key": KIOSK_KEY})
    await kiosk.post("/vi/kiosk", {"act": "low"})
    visitors = {"helped": helped, "kiosk": kiosk, "stranger": at.visitor()}
    limits = limits_of(at.app)
    most, limits._most = limits._most, 0
    try:
        for name in (first, *visitors):
            page = await visitors[name].get("/vi/offices?near=Jeonju&from=/vi/applications/2026-1")
            assert page.status_code == 503
            assert not [words for words in OF_SOMEBODY if words in page.text], name
            # Whoever stands at a kiosk can finish, and it is cleared when nobody is there.
            assert ('data-kiosk="low"' in page.text) == ('data-ref="kiosk-finish"' in page.text) == (name == "kiosk")
    finally:
        limits._most = most
