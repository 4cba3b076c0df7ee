"""What a person typed and has not sent yet, kept sealed for a while: over a sign-in or a change of language."""

import hashlib
from typing import Any, Final

import msgspec

from madang.web.state import State
from madang.web.state.vault import Vault, VaultError

KIND: Final = "stash"
SECONDS: Final = 3600
"""How long typed answers wait when the caller does not say."""
LARGEST: Final = 1024 * 1024


class StashTooLarge(ValueError):
    """More than a form can hold was to be kept."""


class Stash:
    """Contents by owner and key. The owner (a subject, or a random id before sign-in) is part of where they lie and of
    what is sealed: nobody reads another's, not even by writing to the store."""

    def __init__(self, state: State, vault: Vault) -> None:
        self._state = state
        self._vault = vault

    async def keep(self, owner: str, key: str, data: dict[str, Any], ttl: int = SECONDS) -> None:
        """Keeps ``data`` (what JSON can hold, at most 1 MiB) for ``ttl`` seconds, in place of any other."""
        place = _place(owner, key)
        plain = msgspec.json.encode([place, data])
        if len(plain) > LARGEST:
            raise StashTooLarge(f"{len(plain)} bytes")
        await self._state.put(KIND, place, self._vault.seal(plain), ttl)

    async def peek(self, owner: str, key: str) -> dict[str, Any] | None:
        """What is kept; it stays. None when there is nothing, or nothing that can be opened."""
        place = _place(owner, key)
        return self._opened(place, await self._state.get(KIND, place))

    async def take(self, owner: str, key: str) -> dict[str, Any] | None:
        """What is kept; it is gone from now on."""
        place = _place(owner, key)
        return self._opened(place, await self._state.take(KIND, place))

    def _opened(self, place: str, sealed: bytes | None) -> dict[str, Any] | None:
        if sealed is None:
            return None
        try:
            where, data = msgspec.json.decode(self._vault.open(sealed), type=tuple[str, dict[str, Any]])
        except (VaultError, msgspec.DecodeError):
            return None
        return data if where == place else None


def _place(owner: str, key: str) -> str:
    """Where it lies: a digest, because owners are people. The lengths keep ("a", "bc") apart from ("ab", "c")."""
    return hashlib.sha256(f"{len(owner)}:{owner}:{key}".encode("utf-8", "surrogatepass")).hexdigest()
