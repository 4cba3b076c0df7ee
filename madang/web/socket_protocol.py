"""uvicorn's WebSocket protocol with what it lacks: addresses stay out of the log, and nobody's death is waited for."""

import asyncio
import logging
from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

QUIET: Final = logging.getLogger("madang.socket")
LINGER_SECONDS: Final = 10.0
"""After which a connection whose end the peer does not read is cut."""


class SocketProtocol(WebSocketsSansIOProtocol):
    """One per connection. uvicorn writes every address that is opened into its log, with the ticket in it."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.logger = QUIET

    def on_task_complete(self, task: "asyncio.Task[None]") -> None:
        super().on_task_complete(task)
        self.loop.call_later(LINGER_SECONDS, self._cut)

    def _cut(self) -> None:
        if not self.disconnected:
            self.transport.abort()


QUIET.setLevel(logging.WARNING)
