"""How a recording lies where it is kept: each has a key of its own, which is itself sealed by the operator's.

AES-256-GCM throughout, with random nonces of 96 bits (a recording has a few thousand pieces at most; NIST SP 800-38D
allows 2^32). What a text is sealed *for* is its associated data: nothing opens in another place than its own.
"""

import datetime as dt
import os
import zlib
from collections.abc import Sequence
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from madang.remote_support.messages import Kept

_NONCE: Final = 12
_NAME: Final = b"madang recording 1"
_LONGEST: Final = 16 * 1024 * 1024
"""Bytes that a piece may unfold to."""


class Unreadable(Exception):
    """What was to be opened is not what was sealed, or not here: ``number`` of the piece, 0 for the key or the end."""

    def __init__(self, number: int = 0) -> None:
        super().__init__(f"piece {number} is not what it was" if number else "the recording is not what it was")
        self.number = number


class Step(msgspec.Struct, frozen=True, array_like=True):
    """One thing that the agent saw, and when."""

    at: dt.datetime
    what: Kept


_STEPS: Final = msgspec.json.Decoder(list[Step])


class Key:
    """Of one recording. ``name``: of it."""

    def __init__(self, name: str, secret: bytes) -> None:
        self.name = name
        self._cipher = AESGCM(secret)

    def seal(self, number: int, steps: Sequence[Step]) -> bytes:
        """The piece of that number, from 1."""
        return _seal(self._cipher, zlib.compress(msgspec.json.encode(steps), 6), self._place("piece", number))

    def open(self, number: int, sealed: bytes) -> list[Step]:
        """Raises ``Unreadable``."""
        try:
            unfolding = zlib.decompressobj()
            plain = unfolding.decompress(_open(self._cipher, sealed, self._place("piece", number)), _LONGEST)
            return _STEPS.decode(plain)
        except (InvalidTag, zlib.error, msgspec.DecodeError):
            raise Unreadable(number) from None

    def end(self, count: int) -> bytes:
        """Says how many pieces there are; sealed anew with each."""
        return _seal(self._cipher, b"", self._place("end", count))

    def whole(self, count: int, end: bytes) -> None:
        """Raises ``Unreadable`` where ``count`` is not how many there were."""
        if count == 0 and not end:
            return
        try:
            _open(self._cipher, end, self._place("end", count))
        except InvalidTag:
            raise Unreadable from None

    def _place(self, kind: str, number: int) -> bytes:
        return b"\0".join((_NAME, kind.encode(), self.name.encode(), str(number).encode()))


class Strongbox:
    """``keys``: ``settings.derived_keys("recording")``, hex of 32 bytes each, newest first: the first seals, all
    open."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._ciphers = [AESGCM(bytes.fromhex(key)) for key in keys]

    def new(self, name: str, expires: dt.datetime) -> tuple[Key, bytes]:
        """A fresh key for a recording, and the same sealed. ``expires``: its last moment, to the second."""
        secret = AESGCM.generate_key(256)
        return Key(name, secret), _seal(self._ciphers[0], secret, _lasting(name, expires))

    def open(self, name: str, expires: dt.datetime, sealed: bytes) -> Key:
        """Raises ``Unreadable``: altered, prolonged, or sealed under a key that is gone."""
        for cipher in self._ciphers:
            try:
                return Key(name, _open(cipher, sealed, _lasting(name, expires)))
            except InvalidTag:
                continue
        raise Unreadable


def _lasting(name: str, expires: dt.datetime) -> bytes:
    return b"\0".join((_NAME, b"key", name.encode(), str(int(expires.timestamp())).encode()))


def _seal(cipher: AESGCM, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + cipher.encrypt(nonce, plain, place)


def _open(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    if len(sealed) < _NONCE + 16:
        raise InvalidTag
    return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
