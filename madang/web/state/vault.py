"""Sealing what is stored for a person: Fernet (AES-128-CBC with HMAC-SHA256) under keys that can be rotated."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class VaultError(Exception):
    """What was to be opened is not ours, was altered, or was sealed under a key that is gone."""


class Vault:
    """``keys``: ``settings.derived_keys("vault")``, hex of 32 bytes each, newest first: the first seals, all open."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(bytes.fromhex(key))) for key in keys])

    def seal(self, plain: bytes) -> bytes:
        return self._fernet.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        """What ``seal`` was given. Raises ``VaultError``."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise VaultError("cannot be opened with any of the secret keys") from None
