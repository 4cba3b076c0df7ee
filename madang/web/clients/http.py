"""Calls to the backends: the one place that knows transports, time-outs, retries and breakers.

Embedded, the backend's ASGI application is called in process; over HTTP, each API group at its own base URL. Everything
else is the same: one code path, one set of errors (``errors``), one set of numbers (``policy``).

Requests go to httpx's transports, not through its AsyncClient: that would keep cookies of one person's answer for the
next one's call, follow redirects and environment variables to other hosts, log addresses that name documents, and cost
three times as much (docs/adr/0005-http-clients.md).
"""

import asyncio
import datetime as dt
import logging
import random
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, Self, get_args

import httpx
import msgspec

from madang.contract import assertion
from madang.contract.endpoints import BY_NAME, PDF, Endpoint, Group
from madang.web.clients import health, wire
from madang.web.clients.attempt import Decoder, Failed, attempt
from madang.web.clients.breaker import Breaker, BreakerState, RetryBudget
from madang.web.clients.caller import Caller
from madang.web.clients.errors import Refused, Unavailable
from madang.web.clients.policy import CallContext, Policy, current
from madang.web.clients.wire import Reply

log = logging.getLogger("madang.web.clients")
GROUPS: Final[tuple[Group, ...]] = get_args(Group)
EMBEDDED: Final = "http://backend.invalid"
REQUEST_ID: Final = "X-Request-Id"
TIME_LEFT: Final = "X-Time-Left-Ms"
"""Milliseconds after which nobody waits for the answer any more; relative, because clocks differ."""
MOST_LANES: Final = 400
IDEMPOTENCY: Final = "Idempotency-Key"
ACCEPT: Final = f"{wire.JSON}, {wire.PROBLEM}, {PDF}"

Outcome = Literal["ok", "refused", "unavailable", "rejected"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One call for the metrics. ``rejected``: the breaker was open, nothing was sent."""

    endpoint: str
    group: Group
    outcome: Outcome
    seconds: float
    attempts: int
    reason: str = ""


@dataclass(slots=True)
class _Line:
    """What calls of one API group share."""

    base: str
    transport: httpx.AsyncBaseTransport
    breaker: Breaker
    budget: RetryBudget


def _utc() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _nobody(observation: Observation) -> None:
    """Without metrics, nobody listens."""


class Backend:
    """All API groups. Make it with ``embedded`` or ``remote``; close it with ``aclose`` or as a context manager.

    ``key`` signs who calls (contract.assertion). ``observe`` is called once per call and must not raise. ``clock``
    (monotonic seconds), ``now`` (UTC) and ``chance`` (a number in [0, 1)) are arguments so that tests own time.
    """

    def __init__(
        self,
        transports: Mapping[Group, tuple[str, httpx.AsyncBaseTransport]],
        *,
        key: str,
        policy: Policy | None = None,
        observe: Callable[[Observation], None] = _nobody,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], dt.datetime] = _utc,
        chance: Callable[[], float] = random.random,
    ) -> None:
        if missing := [group for group in GROUPS if group not in transports]:
            raise ValueError(f"no backend for the API group {missing[0]}")
        self._policy = policy or Policy()
        self._key, self._observe, self._clock, self._now, self._chance = key, observe, clock, now, chance
        self._lines: dict[Group, _Line] = {
            group: _Line(
                base.rstrip("/"),
                transport,
                Breaker(self._policy.breaker, clock, now, chance),
                RetryBudget(self._policy.retry_share, self._policy.retry_most),
            )
            for group, (base, transport) in transports.items()
        }
        self._lanes: dict[tuple[Group, str], _Line] = {}

    @classmethod
    def embedded(cls, app: Any, *, key: str, **options: Any) -> Self:
        """Over the backend's ASGI application in this process. Its lifespan is the caller's to enter."""
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 0))
        return cls(dict.fromkeys(GROUPS, (EMBEDDED, transport)), key=key, **options)

    @classmethod
    def remote(cls, urls: Mapping[Group, str], *, key: str, policy: Policy | None = None, **options: Any) -> Self:
        """Over HTTP; groups with the same address share one pool of connections."""
        policy = policy or Policy()
        limits = httpx.Limits(
            max_connections=policy.connections, max_keepalive_connections=policy.idle_connections, keepalive_expiry=30.0
        )
        pools = {url: httpx.AsyncHTTPTransport(limits=limits) for url in set(urls.values())}
        return cls({group: (url, pools[url]) for group, url in urls.items()}, key=key, policy=policy, **options)

    async def aclose(self) -> None:
        for transport in {id(line.transport): line.transport for line in self._lines.values()}.values():
            await transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.aclose()

    def state(self, group: Group) -> tuple[BreakerState, dt.datetime | None]:
        """Of a group's breaker, and since when the group has been failing (UTC); None when its last call went well.
        A group that is called in lanes fails when all of them do."""
        breakers = [line.breaker for (of, _), line in self._lanes.items() if of == group]
        breaker = self._lines[group].breaker
        if breaker.since is None and breakers and all(each.since for each in breakers):
            breaker = min(breakers, key=lambda each: each.since or self._now())
        return breaker.state, breaker.since

    @property
    def places(self) -> Mapping[str, tuple[Group, ...]]:
        """Address of a backend -> the groups it serves."""
        found: dict[str, tuple[Group, ...]] = {}
        for group, line in self._lines.items():
            found[line.base] = (*found.get(line.base, ()), group)
        return found

    async def health(self, base: str) -> Mapping[str, bool]:
        """See ``health.ask``. Past the breakers, which would hide it when a backend recovers."""
        line = next(line for line in self._lines.values() if line.base == base)
        return await health.ask(line.transport, base)

    def _line(self, group: Group, lane: str) -> _Line:
        """The group's, or that of a ``lane`` in it: behind it stands a system of its own, whose failures must not stop
        the others' calls, so it has its own breaker and its own budget."""
        line = self._lines[group]
        if not lane or ((group, lane) not in self._lanes and len(self._lanes) >= MOST_LANES):
            return line
        if (group, lane) not in self._lanes:
            self._lanes[group, lane] = _Line(
                line.base,
                line.transport,
                Breaker(self._policy.breaker, self._clock, self._now, self._chance),
                RetryBudget(self._policy.retry_share, self._policy.retry_most),
            )
        return self._lanes[group, lane]

    async def call(
        self,
        name: str,
        *,
        session: Caller | None = None,
        params: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        body: msgspec.Struct | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        lane: str = "",
    ) -> Any:
        """Calls the endpoint ``name`` of the contract and gives its message (a struct, bytes of a PDF, or None).
        ``lane``: see ``_line``; a name of ours, never what somebody typed.

        Raises Unavailable or a Refused; nothing else but programming errors."""
        endpoint = BY_NAME[name]
        url = wire.target(endpoint, params or {}, query or {})
        content, media_type = wire.encode(endpoint, body)
        sent = {"Content-Type": media_type, **(headers or {})} if media_type else dict(headers or {})
        _, message = await self._perform(endpoint, session, url, content, sent, wire.decode, lane)
        return message

    async def exchange(
        self, name: str, *, session: Caller | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """As ``call``, for who wants the bytes and the headers: gives the reply undecoded (2xx or 304)."""
        endpoint = BY_NAME[name]
        reply, _ = await self._perform(
            endpoint, session, wire.target(endpoint, {}, {}), b"", dict(headers or {}), lambda _endpoint, _reply: None
        )
        return reply

    async def _perform(
        self,
        endpoint: Endpoint,
        session: Caller | None,
        url: str,
        content: bytes,
        headers: dict[str, str],
        decode: Decoder,
        lane: str = "",
    ) -> tuple[Reply, Any]:
        """Attempts until one succeeds, is refused, or there is no point in another."""
        if endpoint.caller != "anyone" and session is None:
            raise TypeError(f"{endpoint.name} is called for somebody who is signed in")
        line, patience = self._line(endpoint.group, lane), self._policy.patience_of(endpoint.name)
        context = current.get() or CallContext()
        request_id = context.request_id or secrets.token_hex(8)
        began = self._clock()
        deadline = min(began + patience.total, float("inf") if context.deadline is None else context.deadline)
        line.budget.earn()
        attempts, failure, reason = 0, Failed("breaker open"), ""
        outcome: Outcome = "rejected"
        try:
            while (permit := line.breaker.allow()) is not None:
                attempts, outcome = attempts + 1, "unavailable"
                try:
                    left = deadline - self._clock()
                    if left <= 0:
                        raise Failed("no time left", verdict="neutral")
                    request = self._request(line.base, endpoint, session, url, content, headers, request_id, left)
                    result = await attempt(line.transport, endpoint, request, patience, left, decode)
                except Failed as failed:
                    {"fault": line.breaker.fail, "neutral": line.breaker.abandon, "alive": line.breaker.succeed}[
                        failed.verdict
                    ](permit)
                    failure, reason = failed, failed.reason
                except Refused as no:
                    line.breaker.succeed(permit)
                    outcome, reason = "refused", no.problem.type
                    raise
                except BaseException:
                    line.breaker.abandon(permit)
                    raise
                else:
                    line.breaker.succeed(permit)
                    outcome, reason = "ok", ""
                    return result
                if not await self._again(line, endpoint, attempts, failure, deadline):
                    break
        finally:
            seconds = self._clock() - began
            self._observe(Observation(endpoint.name, endpoint.group, outcome, seconds, attempts, reason))
        log.warning(
            "backend %s, call %s, attempts %d: %s; request %s",
            *(endpoint.group, endpoint.name, attempts, failure.reason, request_id),
        )
        raise Unavailable(endpoint.group, line.breaker.since or self._now(), failure.reason, failure.authority)

    async def _again(self, line: _Line, endpoint: Endpoint, attempts: int, failure: Failed, deadline: float) -> bool:
        """Sleeps before the next attempt; False when there must not be one."""
        if not (endpoint.retry and failure.again) or attempts >= self._policy.attempts:
            return False
        longest = min(self._policy.backoff * 2 ** (attempts - 1), self._policy.longest_backoff)
        pause = max(longest * self._chance(), failure.after)
        if self._clock() + pause >= deadline or not line.budget.spend():
            return False
        await asyncio.sleep(pause)
        return True

    def _request(
        self,
        base: str,
        endpoint: Endpoint,
        session: Caller | None,
        url: str,
        content: bytes,
        headers: dict[str, str],
        request_id: str,
        left: float,
    ) -> httpx.Request:
        patience = self._policy.patience_of(endpoint.name)
        sent = {
            "Accept": ACCEPT,
            "User-Agent": "madang",
            "Accept-Encoding": "gzip" if endpoint.name == "catalogue" else "identity",
            REQUEST_ID: request_id,
            TIME_LEFT: str(int(left * 1000)),
            **headers,
        }
        if session is not None:
            token = assertion.make(session.subject, session.acr, session.roles, self._key, self._now())
            sent["Authorization"] = f"Bearer {token}"
        timeout = httpx.Timeout(patience.read, connect=patience.connect, pool=patience.connect).as_dict()
        return httpx.Request(
            endpoint.method, base + url, content=content or None, headers=sent, extensions={"timeout": timeout}
        )
