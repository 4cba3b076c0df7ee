"""Headers that are the same in every answer, written out once.

uvicorn checks and joins each header of each answer, which for our fourteen costs more than answering from the cache.
What is registered here has been checked; ``web.protocol`` then takes it as it is. Other servers see ordinary headers.
"""

import re
from collections.abc import Iterable
from typing import Final

Header = tuple[bytes, bytes]
LINES: Final[dict[Header, bytes]] = {}
"""Header -> its line. Only constants of the code or the configuration, never what a request or a page brings."""
_NAME: Final = re.compile(rb"[!#$%&'*+.^_`|~0-9a-z-]+")
_VALUE: Final = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
_FRAMING: Final = frozenset({b"content-length", b"transfer-encoding", b"connection"})


def line(header: Header) -> bytes:
    """The line of a header, checked. Raises ``ValueError``."""
    name, value = header
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        raise ValueError("not a header that may be sent")
    return b"%s: %s\r\n" % (name, value)


def constant(headers: Iterable[Header]) -> None:
    """Registers headers that never change and say nothing about the length of an answer."""
    for header in headers:
        if header[0] in _FRAMING:
            raise ValueError("the server must see what frames an answer")
        LINES[header] = line(header)


class Ready(list[Header]):
    """All headers of an answer that is given again and again. ``length``: its Content-Length, None for a 304."""

    __slots__ = ("block", "length")

    def __init__(self, headers: Iterable[Header], length: int | None) -> None:
        super().__init__(headers)
        self.length = length
        framed = [*self, (b"content-length", b"%d" % length)] if length is not None else self
        self.block = b"".join(map(line, framed))
        if length is not None:
            self.append((b"content-length", b"%d" % length))
