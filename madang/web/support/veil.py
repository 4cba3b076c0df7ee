"""What a page covers, kept without being told: keyed digests of its private values, in which what is typed while the
page stands is looked up. The store of live sessions holds no value, and without the key nobody can try one out."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from madang.remote_support.redaction import MASK
from madang.web.support.cover import Cover, Form, flattened

DIGEST: Final = 8
"""Bytes of a digest; before it stands the length of what it is of (two bytes), and whether it is bounded (one)."""
LONGEST: Final = 8_000
"""Characters of what is looked for: more than any value typed at once has."""
MOST: Final = 20_000
"""Pieces of a text that are looked up; a text that would need more is covered whole."""


class Veil:
    """``ports.Veil``. ``key``: secret, the same in every process."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.sha256(b"madang.support.veil" + key).digest()

    def hidden(self, forms: Iterable[tuple[str, bool]]) -> tuple[bytes, ...]:
        """Of (flattened value, bounded), see ``cover.Form``."""
        return tuple(
            len(flat).to_bytes(2) + bytes([bounded]) + self._digest(flat)
            for flat, bounded in forms
            if len(flat) <= LONGEST
        )

    def cover(self, hidden: Sequence[bytes], text: str) -> str:
        """The text with the values covered that ``hidden`` is of."""
        flat = flattened(text)
        by_length: dict[int, dict[bytes, bool]] = {}
        for each in hidden:
            length = int.from_bytes(each[:2])
            if 0 < length <= len(flat):
                by_length.setdefault(length, {})[each[3:]] = bool(each[2])
        if sum(len(flat) - length + 1 for length in by_length) > MOST:
            return MASK
        found = {
            piece: Form(piece, known[digest])
            for length, known in by_length.items()
            for at in range(len(flat) - length + 1)
            if (digest := self._digest(piece := flat[at : at + length])) in known
        }
        if not found:
            return text
        return Cover(sorted(found.values(), key=lambda form: len(form.flat), reverse=True)).values(text)

    def _digest(self, flat: str) -> bytes:
        return hashlib.blake2b(flat.encode("utf-8", "surrogatepass"), digest_size=DIGEST, key=self._key).digest()
