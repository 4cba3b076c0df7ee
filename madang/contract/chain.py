"""The trail of remote support is a chain: each record's hash covers the record and the hash before it.

``hash = SHA-256(previous hash in hex + line feed + JSON)``, in hex. JSON (UTF-8, no spaces) is the array of the
record's members in the order of ``Link``, without the hash; the first record follows 64 zeros. Any changed byte, and
any record that is missing, doubled or moved, breaks it.
"""

import hashlib
from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from madang.contract.messages.support import Head, Link

START: Final = "0" * 64
_MEMBERS: Final = Link.__struct_fields__[:-1]
_encode: Final = msgspec.json.Encoder().encode


def link(previous: str, record: Link) -> str:
    """The hash of ``record`` behind ``previous``. What ``record.hash`` holds does not matter."""
    return hashlib.sha256(f"{previous}\n".encode() + _encode([getattr(record, name) for name in _MEMBERS])).hexdigest()


class Broken(msgspec.Struct, frozen=True):
    """``number``: the first record that is not what it was. missing: it is not there, or another stands in its place;
    changed: it, or its hash, is another; surplus: it was never written down at the head; head: all records fit, but
    the head is another."""

    number: int
    how: Literal["missing", "changed", "surplus", "head"]
    session: str = ""


class Reader:
    """Reads a chain from its beginning, piece by piece."""

    def __init__(self) -> None:
        self.count = 0
        self.last = START

    def read(self, items: Iterable[Link]) -> Broken | None:
        """Goes on with the next records; the first that is wrong, or None."""
        for item in items:
            number = self.count + 1
            if item.number != number:
                return Broken(number, "missing")
            if item.hash != link(self.last, item):
                return Broken(number, "changed", item.session)
            self.count, self.last = number, item.hash
        return None

    def end(self, head: Head) -> Broken | None:
        """Whether what was read is all that was written."""
        if head.count > self.count:
            return Broken(self.count + 1, "missing")
        if head.count < self.count:
            return Broken(head.count + 1, "surplus")
        return None if head.hash == self.last else Broken(self.count, "head")
