"""The issuing processes, seen from the web worker: hand in a content, get back a signed PDF.

The typesetter holds the interpreter's lock and pyHanko is large, so both live in children; this module imports
neither. Children are plain subprocesses that speak frames over pipes (protocol.py): one that hangs can be ended alone,
and all end with their parent. Those that issue hold the key; PDFs of strangers are read by another one, that does not.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from madang.backend.issuance.crew import Crew, IssuingUnavailable
from madang.backend.issuance.protocol import MAXIMUM_PDF, Answer, IssueJob, Setup, SignatureState
from madang.contract.messages.documents import DocumentContent

__all__ = ["Issued", "IssuingFailed", "IssuingPool", "IssuingUnavailable"]


class IssuingFailed(IssuingUnavailable):
    """This document cannot be made, now or later; the message names the cause for the log."""


@dataclass(frozen=True, slots=True)
class Issued:
    """``sha256``: hexadecimal, of ``pdf``."""

    pdf: bytes
    sha256: str
    pages: int


class IssuingPool:
    """``key``: PEM or PKCS #12, ``certificate``: PEM chain, signer first; a demonstration's are made there when both
    are missing. ``issuers``: processes. ``queue``: jobs that may wait beyond those being done. ``timeout``: seconds for
    one job once it has begun. ``trusted``: chains of former keys, whose documents stay genuine. Issuing children start
    with the first job, or by ``async with``, which warms them in the background; the checking one with the first PDF.
    """

    def __init__(
        self,
        key: Path,
        certificate: Path,
        issuers: int = 1,
        *,
        queue: int = 64,
        timeout: float = 10.0,
        passphrase: bytes = b"",
        trusted: tuple[Path, ...] = (),
    ) -> None:
        setup = Setup("issue", str(key.absolute()), str(certificate.absolute()), passphrase, tuple(map(str, trusted)))
        checking = msgspec.structs.replace(setup, role="check")
        self._issuers = Crew(msgspec.msgpack.encode(setup), issuers, queue, timeout, "issuing")
        self._checker = Crew(msgspec.msgpack.encode(checking), 1, queue, timeout, "checking")

    async def issue(self, content: DocumentContent, number: str, verify_url: str) -> Issued:
        """The signed PDF of ``content``. Raises IssuingUnavailable, IssuingFailed."""
        frame = await self._issuers.ask(msgspec.msgpack.encode(IssueJob(content, number, verify_url)))
        answer = msgspec.msgpack.decode(frame, type=Answer)
        if answer.error:
            raise IssuingFailed(answer.error)
        return Issued(answer.pdf, answer.sha256, answer.pages)

    async def check(self, pdf: bytes) -> SignatureState:
        """Whether ``pdf`` carries our signature over the whole of it, unchanged. Raises IssuingUnavailable."""
        if len(pdf) > MAXIMUM_PDF:
            return "invalid"
        return msgspec.msgpack.decode(await self._checker.ask(pdf), type=Answer).state

    async def warm(self) -> None:
        """Returns when every issuing child is ready. Raises IssuingUnavailable when one does not start."""
        await self._issuers.warm()

    def pids(self) -> tuple[int, ...]:
        """The issuing processes alive now."""
        return self._issuers.pids()

    def close(self) -> None:
        """Ends the children at once; what they were doing fails with IssuingUnavailable."""
        self._issuers.close()
        self._checker.close()

    async def __aenter__(self) -> Self:
        self._issuers.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)
