"""Which client a request comes from, behind proxies that are trusted; never its address, but a keyed digest of it."""

import hashlib
import ipaddress
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from starlette.types import Scope

from madang.web.middleware.common import headers_of
from madang.web.setting_readers import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
UNKNOWN: Final = "unknown"


class Clients:
    """``proxies``: whose ``X-Forwarded-For`` is believed. ``key``: without it, digests say nothing."""

    def __init__(self, proxies: Sequence[Network], key: str) -> None:
        self._proxies = tuple(proxies)
        self._key = key.encode()[:64]
        self._digest = lru_cache(maxsize=4096)(self._digest_of)

    def of(self, scope: Scope) -> str:
        """The digest of the client's address. IPv6 clients count by /64, which is one household."""
        peer = scope["client"][0] if scope.get("client") else ""
        forwarded = headers_of(scope).get(b"x-forwarded-for", b"") if self._proxies else b""
        return self._digest(peer, forwarded)

    def address(self, peer: str, forwarded: bytes) -> Address | None:
        """The address nearest to us that is no trusted proxy: what stands left of it in the header anyone may write."""
        found = _parsed(peer)
        hops = forwarded.decode("latin-1").split(",")
        while found is not None and hops and any(found in proxy for proxy in self._proxies):
            hop = _parsed(hops.pop().strip())
            if hop is None:
                break
            found = hop
        return found

    def _digest_of(self, peer: str, forwarded: bytes) -> str:
        address = self.address(peer, forwarded)
        if address is None:
            return UNKNOWN
        packed = address.packed[:8] if address.version == 6 else address.packed
        return hashlib.blake2b(packed, key=self._key, digest_size=12).hexdigest()


def _parsed(text: str) -> Address | None:
    """An address, with or without port and brackets; an IPv4 one mapped into IPv6 is IPv4."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
