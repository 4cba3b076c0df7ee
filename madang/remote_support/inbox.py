"""What a peer sends over its connection, one message after the other, checked for its form."""

import asyncio
from typing import Final

import msgspec
from starlette.types import Receive

from madang.remote_support.messages import LARGEST, AgentUp, CitizenUp, GuardianUp
from madang.remote_support.states import Side

Up = CitizenUp | AgentUp
_DECODERS: Final[dict[str, msgspec.json.Decoder[Up]]] = {
    "citizen": msgspec.json.Decoder(CitizenUp),
    "agent": msgspec.json.Decoder(AgentUp),
    "guardian": msgspec.json.Decoder(GuardianUp),
}


class Closed(Exception):
    """Ends the connection. ``code``: None when the peer has gone already."""

    def __init__(self, code: int | None = None) -> None:
        super().__init__(code)
        self.code = code


class Inbox:
    """``heard``: when anything came last, on the loop's clock."""

    def __init__(self, receive: Receive, side: Side) -> None:
        self._receive, self._decoder = receive, _DECODERS[side]
        self.heard = 0.0

    async def next(self) -> Up:
        """The next message. Raises ``Closed``, ``msgspec.DecodeError``."""
        event = await self._receive()
        if event["type"] == "websocket.disconnect":
            raise Closed
        self.heard = asyncio.get_running_loop().time()
        text = event.get("text")
        if text is None or len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
            raise msgspec.DecodeError("no text, or too long a one")
        return self._decoder.decode(text)
