"""One attempt at one call: send, read, judge, decode; every way it can fail becomes one ``Failed``."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, Literal

import httpx

from madang.contract.endpoints import Endpoint
from madang.web.clients import wire
from madang.web.clients.policy import Patience
from madang.web.clients.wire import Reply

Verdict = Literal["fault", "neutral", "alive"]
"""What a failed attempt tells the breaker: the backend is at fault; nothing; the backend answered by the rules."""
Decoder = Callable[[Endpoint, Reply], Any]
FAR: Final = 86400.0


class Failed(Exception):
    """``reason`` is for the log. ``again``: another attempt may do better. ``after``: seconds the backend asks to wait.
    ``authority``: whose register does not answer, when the backend said so."""

    def __init__(
        self, reason: str, *, again: bool = False, after: float = 0.0, authority: str = "", verdict: Verdict = "fault"
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.after = after
        self.authority = authority
        self.verdict = verdict


async def attempt(
    transport: httpx.AsyncBaseTransport,
    endpoint: Endpoint,
    request: httpx.Request,
    patience: Patience,
    left: float,
    decode: Decoder,
) -> tuple[Reply, Any]:
    """Sends ``request`` and gives the reply and what ``decode`` makes of it, within ``left`` seconds.

    Raises Failed, or a Refused when the backend says no."""
    reply: Reply | None = None
    try:
        async with asyncio.timeout(left):
            reply = await _send(transport, request, patience.largest)
        refusal = wire.judge(endpoint, reply)
        message = None if refusal else decode(endpoint, reply)
    except TimeoutError:
        # When the reader had little time left, that says nothing about the backend.
        raise Failed("deadline", verdict="fault" if left >= patience.read else "neutral") from None
    except httpx.ConnectTimeout:
        raise Failed("connect time-out", again=True) from None
    except httpx.PoolTimeout:  # our own crowd
        raise Failed("no free connection", verdict="neutral") from None
    except httpx.TimeoutException:  # it may be at work on it: once more would only double that
        raise Failed("read time-out") from None
    except httpx.DecodingError:
        raise Failed("undecodable content") from None
    except httpx.RequestError as error:
        raise Failed(type(error).__name__, again=True) from None
    except wire.Reported as reported:
        # A register behind the backend is silent: other calls of the group may well succeed.
        verdict: Verdict = "alive" if reported.authority else "fault"
        after = _seconds(reply.headers.get("retry-after", "")) if reply else 0.0
        raise Failed(
            "reported unavailable", again=True, after=after, authority=reported.authority, verdict=verdict
        ) from None
    except wire.ContractBroken as broken:
        raise Failed(str(broken), again=reply is not None and reply.status in {502, 503, 504}) from None
    if refusal is not None:
        raise refusal
    return reply, message


async def _send(transport: httpx.AsyncBaseTransport, request: httpx.Request, largest: int) -> Reply:
    response = await transport.handle_async_request(request)
    try:
        declared = response.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared[:20]) > largest:
            raise wire.ContractBroken("oversize answer")
        # Other encodings than the one asked for may unpack to gigabytes in one piece.
        encoding = response.headers.get("content-encoding", "identity")
        if encoding not in ("identity", request.headers["accept-encoding"]):
            raise wire.ContractBroken("unwanted content encoding")
        pieces, size = [], 0
        async for piece in response.aiter_raw() if encoding == "identity" else response.aiter_bytes():
            size += len(piece)
            if size > largest:
                raise wire.ContractBroken("oversize answer")
            pieces.append(piece)
    finally:
        await response.aclose()
    return Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, b"".join(pieces))


def _seconds(retry_after: str) -> float:
    """Of a Retry-After header in its form of seconds; a date is further away than anybody waits here."""
    if not retry_after:
        return 0.0
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 6 else FAR
