"""A draft answered here during an outage and, once that was over, on another device: both versions are offered."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from portal_kit import Visitor, running, settings

from madang.contract.messages.drafts import DraftUpdate
from madang.web import wiring
from madang.web.app import create_app
from madang.web.clients import drafts
from madang.web.clients.http import Backend
from madang.web.state.sessions import Session

pytestmark = pytest.mark.anyio


class Switch:
    """The reference backend behind a switch: off, its machine is gone."""

    def __init__(self, backend: Any) -> None:
        self.backend, self.off = backend, False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not self.off:
            await self.backend(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 502, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"bad gateway"})


@pytest.fixture
async def switch(tmp_path: Path) -> AsyncIterator[tuple[Any, Switch]]:
    made = settings(tmp_path / "var")
    backend = wiring.embedded_backend(made)
    switch = Switch(backend)
    async with backend.router.lifespan_context(backend), running(create_app(made, backend=switch)) as app:
        yield app, switch


def base(visitor: Visitor) -> dict[str, str]:
    return next(fields for _, fields in visitor.forms() if "base" in fields)


@pytest.mark.parametrize(("keep", "purpose"), [("mine", "visa"), ("theirs", "school")])
async def test_both_versions_are_offered(switch: tuple[Any, Switch], keep: str, purpose: str) -> None:
    app, backend = switch
    phone = Visitor(app)
    await phone.sign_in("chen-xiaoyu", "/en/")
    response = await phone.post("/en/apply/alien-registration", {"new": "1"})
    path = response.url.path
    backend.off = True
    response = await phone.post(path, {**base(phone), "purpose": "visa"})
    assert response.status_code == 200
    assert "kept safely here" in response.text
    await saved_elsewhere(app, backend.backend, path.split("/")[-2])
    backend.off = False
    check = path.replace("/purpose", "/check")
    response = await phone.get(check)
    for _ in range(100):  # until the breaker has tried again
        if response.status_code == 409:
            break
        await anyio.sleep(0.2)
        response = await phone.get(check)
    assert "Which answers do you want to keep?" in response.text
    await phone.post(check, {"keep": keep})
    again = await phone.get(path)
    assert f'value="{purpose}" checked' in again.text


async def saved_elsewhere(app: Any, backend: Any, draft: str) -> None:
    """Another machine saves the same draft past this portal's outbox."""
    person = Session(subject="chen-xiaoyu", name="陈晓雨", acr="substantial", roles=("citizen",))
    async with Backend.embedded(backend, key=app_portal(app).settings.assertion_keys[0]) as calls:
        current = await drafts.draft(calls, person, draft)
        update = DraftUpdate(version=current.version, answers={"purpose": "school"}, locale="en")
        await drafts.save(calls, person, draft, update)


def app_portal(app: Any) -> Any:
    """The wired parts of a wrapped application."""
    while not hasattr(app, "state"):
        app = getattr(app, "_app", None) or app._wrapped
    return app.state.portal
