"""A cable between the portal and a backend that can be cut, and people who are signed in."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx

from madang.contract.endpoints import Group
from madang.web.clients.breaker import BreakerRules
from madang.web.clients.http import GROUPS, Backend, Observation
from madang.web.clients.policy import Policy

KEY = "the tests' secret, thirty-two characters"
PATIENT = Policy(backoff=0.001, retry_most=10**6, breaker=BreakerRules(consecutive=10**6, window=10**6))
"""So that the cable alone decides whether the backend answers."""
Fault = Literal["cut", "reply lost", "slow", "none"]


@dataclass(frozen=True)
class Someone:
    subject: str
    acr: str = "substantial"
    roles: tuple[str, ...] = ("citizen",)


@dataclass
class Cable(httpx.AsyncBaseTransport):
    """Carries requests to ``inner``. ``faults``: what happens to the next ones, then ``fault`` to all others.
    ``only``: faults touch these paths alone."""

    inner: httpx.AsyncBaseTransport
    fault: Fault = "none"
    faults: list[Fault] = field(default_factory=list)
    only: Callable[[str], bool] = lambda _path: True
    seen: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request)
        fault: Fault = "none"
        if self.only(request.url.path):
            fault = self.faults.pop(0) if self.faults else self.fault
        if fault == "cut":
            raise httpx.ConnectError("cut", request=request)
        if fault == "slow":
            raise httpx.ReadTimeout("slow", request=request)
        response = await self.inner.handle_async_request(request)
        if fault == "reply lost":
            await response.aread()
            raise httpx.ReadError("reply lost", request=request)
        return response

    async def aclose(self) -> None:
        await self.inner.aclose()


class Scripted:
    """An ASGI application that answers what it is told to, in turn; the last answer stays."""

    def __init__(self, *answers: "Answer") -> None:
        self.answers = list(answers)
        self.requests: list[tuple[dict[str, Any], bytes]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.requests.append((scope, body))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        await answer(scope, send)

    def header(self, name: str, request: int = -1) -> str:
        return dict(self.requests[request][0]["headers"]).get(name.encode(), b"").decode()


@dataclass
class Answer:
    status: int = 200
    body: Any = None
    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    async def __call__(self, scope: Any, send: Any) -> None:
        content = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        headers = {"content-type": self.type, **self.headers}
        await send(
            {
                "type": "http.response.start",
                "status": self.status,
                "headers": [(k.lower().encode(), v.encode("latin-1")) for k, v in headers.items() if v],
            }
        )
        await send({"type": "http.response.body", "body": content})


def problem(kind: str, status: int, **more: Any) -> Answer:
    return Answer(status, {"type": kind, "title": kind, "status": status, **more}, "application/problem+json")


@dataclass
class Time:
    """Monotonic seconds that pass only when told to."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


def over(transport: httpx.AsyncBaseTransport, **options: Any) -> Backend:
    """A Backend whose groups all use ``transport``, whose retries wait next to nothing."""
    policy = options.pop("policy", None) or Policy(backoff=0.001)
    transports: dict[Group, Any] = dict.fromkeys(GROUPS, ("http://backend.invalid", transport))
    return Backend(transports, key=KEY, policy=policy, **options)


def scripted(*answers: Answer, **options: Any) -> tuple[Backend, Scripted]:
    app = Scripted(*answers)
    return over(httpx.ASGITransport(app), **options), app


class Listener(list[Observation]):
    def __call__(self, observation: Observation) -> None:
        self.append(observation)
