"""Request bodies: how large they may be and how slowly they may come."""

import asyncio
import time
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

PAUSE: Final = 20.0
"""Seconds in which something must arrive."""
SLOWEST: Final = 2048
"""Bytes a second that a body must come with on average, after the first pause: a tenth of a poor mobile link."""


class Body:
    """Wraps ``receive``. Raises ``HTTPException``: 413 for more than ``limit`` bytes, 408 when they take too long.

    ``whole``: the body has arrived; what is received after it (that the client is gone) may take its time."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._started = 0.0
        """When somebody first asked for it: what a view did before is not the reader's slowness."""
        self._arrived = 0
        self.whole = False

    async def receive(self) -> Message:
        if self.whole:
            return await self._receive()
        self._started = self._started or time.monotonic()
        try:
            async with asyncio.timeout(PAUSE):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408) from None
        self._arrived += len(message.get("body", b""))
        if self._arrived > self._limit:
            raise HTTPException(413)
        self.whole = not message.get("more_body")
        if not self.whole and time.monotonic() - self._started > PAUSE + self._arrived / SLOWEST:
            raise HTTPException(408)
        return message
