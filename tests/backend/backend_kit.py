"""What the backend's tests share: a clock that can be set, and people who call the real application."""

import datetime as dt
import secrets
from dataclasses import dataclass, field
from typing import Any

import httpx
from form_kit import answered
from sqlalchemy import insert, select
from starlette.applications import Starlette

from madang.backend.house import House
from madang.backend.identifiers import new_opaque
from madang.backend.tables import people, registers
from madang.contract import assertion

KEY = "the tests' secret, thirty-two characters"
ANSWERS: dict[str, dict[str, Any]] = {
    "alien-registration": {"purpose": "bank", "recipient": "한국은행", "consent": "yes"},
    "entry-exit": {"from": "2020-01-01", "to": "2026-10-01", "purpose": "school"},
    "resident-register": {"kind": "full", "items": ["relation"], "purpose": "bank"},
}
"""Of services that the tests name; all others are answered with the least that their forms allow."""


@dataclass
class Clock:
    """The backend's clock, moved by hand."""

    ahead: dt.timedelta = dt.timedelta(0)

    def __call__(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.ahead


@dataclass
class Backend:
    """A running application on one database."""

    app: Starlette
    client: httpx.AsyncClient
    clock: Clock

    @property
    def house(self) -> House:
        return self.app.state.house

    def person(self, subject: str, acr: str = "substantial", roles: tuple[str, ...] = ("citizen",)) -> "Person":
        return Person(self, subject, acr, roles)

    @property
    def clerk(self) -> "Person":
        return self.person("clerk-1", roles=("clerk",))

    async def newcomer(self, like: str = "han-garam") -> "Person":
        """A person of this test's own, with everything that the registers hold about ``like``."""
        subject = f"test-{secrets.token_hex(8)}"

        def copy(connection: Any) -> None:
            known = connection.execute(select(people.c.person).where(people.c.subject == like)).scalar_one()
            connection.execute(insert(people).values(subject=subject, person=known | {"subject": subject}))
            for row in connection.execute(select(registers).where(registers.c.subject == like)).mappings().all():
                connection.execute(insert(registers).values(**{**row, "subject": subject}))

        await self.house.database.write(copy)
        return self.person(subject)


@dataclass
class Person:
    """Someone who calls: every call carries a fresh statement of who they are."""

    backend: Backend
    subject: str
    acr: str
    roles: tuple[str, ...]
    drafts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        token = assertion.make(self.subject, self.acr, self.roles, KEY, self.backend.clock())
        return {"Authorization": f"Bearer {token}"}

    async def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = self.headers | options.pop("headers", {})
        return await self.backend.client.request(method, path, headers=headers, **options)

    async def get(self, path: str) -> Any:
        response = await self.call("GET", path)
        assert response.status_code == 200, response.text
        return response.json()

    async def draft(self, service: str = "resident-register", **changes: Any) -> dict[str, Any]:
        body = {
            "id": new_opaque(),
            "service": service,
            "form": f"{service}@1",
            "locale": "en",
            "answers": ANSWERS.get(service) or answered(self.backend.house.holdings.forms[f"{service}@1"]),
        } | changes
        response = await self.call("POST", "/v1/drafts", json=body)
        assert response.status_code == 201, response.text
        created: dict[str, Any] = response.json()
        return created

    async def send(self, draft: dict[str, Any], **changes: Any) -> httpx.Response:
        body = {"version": draft["version"], "idempotency_key": draft["idempotency_key"], "locale": draft["locale"]}
        return await self.call("POST", f"/v1/drafts/{draft['id']}/submission", json=body | changes)

    async def apply(self, service: str = "resident-register", **changes: Any) -> dict[str, Any]:
        """An application that was accepted."""
        response = await self.send(await self.draft(service, **changes))
        assert response.status_code == 201, response.text
        application: dict[str, Any] = response.json()
        return application


def refused(response: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    """Asserts a problem of the contract and returns it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert (problem["type"], problem["status"]) == (kind, status)
    return problem
