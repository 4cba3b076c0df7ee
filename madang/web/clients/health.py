"""Asking a backend how it is: one short question, no retry."""

from collections.abc import Mapping
from typing import Final

import httpx
import msgspec

from madang.contract.endpoints import BY_NAME
from madang.contract.messages.problems import Health
from madang.web.clients import wire

TIMEOUT: Final = httpx.Timeout(2.0)


async def ask(transport: httpx.AsyncBaseTransport, base: str) -> Mapping[str, bool]:
    """Which API groups the backend at ``base`` says are well. Raises whatever a transport raises, and ValueError for an
    answer that is none."""
    request = httpx.Request("GET", base + BY_NAME["health"].path, headers={"Accept": wire.JSON})
    request.extensions["timeout"] = TIMEOUT.as_dict()
    response = await transport.handle_async_request(request)
    try:
        content = await response.aread()
    finally:
        await response.aclose()
    if response.status_code != 200:
        raise ValueError(f"health: {response.status_code}")
    told = msgspec.json.decode(content, type=Health)
    return {group: state == "ok" for group, state in told.groups.items()}
