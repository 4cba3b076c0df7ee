"""A real backend behind a cable that can be cut, and the drafts of the people who use it."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from cable import KEY, PATIENT, Cable, Someone, over

from madang.backend.app import create_backend
from madang.backend.config import BackendConfig
from madang.backend.database import prepare
from madang.backend.issuance.pool import IssuingPool
from madang.contract.messages.drafts import Draft, DraftUpdate
from madang.web.clients import drafts as calls
from madang.web.clients.http import Backend
from madang.web.state import State
from madang.web.state.held import Held
from madang.web.state.outbox import Drafts
from madang.web.state.outbox_copies import Answers
from madang.web.state.sqlite import SqliteState
from madang.web.state.vault import Vault

VAULT = Vault(["11" * 32])


@dataclass
class House:
    """``cable``: the portal's way to the backend. ``direct``: the backend as another device's portal reaches it."""

    cable: Cable
    state: State
    direct: Backend
    path: Path
    who: Someone = field(default_factory=lambda: Someone(f"test-{secrets.token_hex(8)}"))

    @property
    def drafts(self) -> Drafts:
        """Made anew at each use: nothing is kept in a worker's memory."""
        return Drafts(self.state, VAULT, over(self.cable, policy=PATIENT))

    async def there(self, draft: str) -> Draft:
        """As the backend has it."""
        return await calls.draft(self.direct, self.who, draft)

    async def begin(self, answers: Answers | None = None) -> Held:
        return await self.drafts.create(self.who, "entry-exit", "entry-exit@1", "vi", answers or {"purpose": "bank"})

    async def become(self, subject: str) -> None:
        """One of the demonstration's people, whom the registers know."""
        self.who = Someone(subject)

    async def elsewhere(self, draft: str, answers: Answers) -> Draft:
        """Saved on another device."""
        current = await self.there(draft)
        return await calls.save(self.direct, self.who, draft, DraftUpdate(current.version, answers, "vi"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def backend(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[httpx.ASGITransport]:
    folder = tmp_path_factory.mktemp("backend")
    url = f"sqlite:///{folder / 'backend.sqlite3'}"
    prepare(url)
    keys = folder / "key.pem", folder / "certificate.pem"
    press = IssuingPool(*keys, 1)
    app = create_backend(BackendConfig(url, folder, (KEY,), "https://portal.example", *keys), press=press)
    async with app.router.lifespan_context(app):
        yield httpx.ASGITransport(app, raise_app_exceptions=False)
    press.close()


@pytest.fixture
async def house(backend: httpx.ASGITransport, tmp_path: Path) -> AsyncIterator[House]:
    state = SqliteState(tmp_path / "state.sqlite")
    try:
        yield House(Cable(backend), state, over(backend, policy=PATIENT), tmp_path / "state.sqlite")
    finally:
        await state.close()
