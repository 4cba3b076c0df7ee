"""How a short text reaches a person's phone: an operator's gateway over HTTP, and a file for the demonstration."""

import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import anyio
import anyio.to_thread
import httpx
import msgspec

from madang.contract.demonstration import FILE, Shown

log = logging.getLogger("madang.backend.messenger")

SECONDS: Final = 5.0
DEMONSTRATION: Final = "+8210000"
"""Numbers that begin so are assigned to nobody: the demonstration's people have them."""


class MessageNotSent(Exception):
    """The text did not go out, or nobody knows whether it did."""


class Messenger(Protocol):
    async def send(self, to: str, text: str) -> None:
        """Sends ``text`` to the number ``to`` (E.164, with its plus). Raises MessageNotSent."""


class HttpMessenger:
    """Posts JSON ``{"to", "text"}`` to an operator's gateway, with the key as a bearer token. Every 2xx is a success;
    redirects are not followed, since the text would go to somebody else."""

    def __init__(self, url: str, key: str = "", *, seconds: float = SECONDS) -> None:
        self._url, self._key, self._seconds = url, key, seconds

    async def send(self, to: str, text: str) -> None:
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            with anyio.fail_after(self._seconds):
                async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=self._seconds) as client:
                    response = await client.post(self._url, json={"to": to, "text": text}, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            # The kind alone: the error's own words may hold the address.
            log.warning("the gateway of text messages failed: %s", type(error).__name__)
            raise MessageNotSent from None
        if not response.is_success:
            log.warning("the gateway of text messages answered %s", response.status_code)
            raise MessageNotSent


class DemonstrationMessenger:
    """Writes what is sent to the demonstration's numbers into a file, which the portal shows; all else goes ``on``."""

    def __init__(self, file: Path, now: Callable[[], dt.datetime], on: Messenger | None = None) -> None:
        self._file, self._now, self._on = file, now, on

    async def send(self, to: str, text: str) -> None:
        if to.startswith(DEMONSTRATION):
            line = msgspec.json.encode(Shown(self._now(), to, text)) + b"\n"
            await anyio.to_thread.run_sync(self._append, line)
        elif self._on is not None:
            await self._on.send(to, text)
        else:
            raise MessageNotSent

    def _append(self, line: bytes) -> None:
        try:
            with self._file.open("ab", buffering=0) as file:
                file.write(line)
        except OSError as error:
            log.warning("the demonstration's messages cannot be written: %s", error.strerror)
            raise MessageNotSent from None


def messenger(data: Path, url: str, key: str, demonstration: bool, now: Callable[[], dt.datetime]) -> Messenger | None:
    """What the settings ask for; None where nothing can be sent."""
    gateway = HttpMessenger(url, key) if url else None
    return DemonstrationMessenger(data / FILE, now, gateway) if demonstration else gateway
