"""What the web worker and its issuing processes say to each other."""

from typing import BinaryIO, Final, Literal

import msgspec

from madang.contract.messages.documents import DocumentContent

SignatureState = Literal["valid", "invalid", "none"]
MAXIMUM_FRAME: Final = 64 * 1024 * 1024
MAXIMUM_PDF: Final = 20 * 1024 * 1024
"""Bytes of a PDF that is looked at; a larger one is none of ours."""


class Setup(msgspec.Struct, frozen=True):
    """The first frame: what this process is for, paths of the signing key and its certificate chain, and of chains
    trusted besides."""

    role: Literal["issue", "check"]
    key: str
    certificate: str
    passphrase: bytes = b""
    trusted: tuple[str, ...] = ()


class IssueJob(msgspec.Struct, frozen=True):
    """What an issuing process is asked; a checking one is sent the PDF itself."""

    content: DocumentContent
    number: str
    verify_url: str


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """``error`` is empty unless the job failed for good; an empty answer says that the process is ready."""

    pdf: bytes = b""
    sha256: str = ""
    pages: int = 0
    state: SignatureState = "none"
    error: str = ""


def read_frame(source: BinaryIO) -> bytes | None:
    """The next frame's content, or None at the end of input (in the middle of a frame too)."""
    head = source.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    if size > MAXIMUM_FRAME:
        return None
    body = source.read(size)
    return body if len(body) == size else None


def write_frame(sink: BinaryIO, content: bytes) -> None:
    sink.write(len(content).to_bytes(4, "big") + content)
    sink.flush()
