"""A translation service for free text, where an operator has one: LibreTranslate's HTTP interface.

``POST /translate`` with JSON ``{q, source, target, format, api_key}`` answers ``{"translatedText": ...}``;
``GET /languages`` lists ``{code, targets}``. Whatever goes wrong the answer is None, and the words are shown as they
were written: a conversation never waits for a translator. Requests go to the transport itself, so that no cookie, proxy
of the environment, redirect or log line carries what was said to anybody else.
"""

import asyncio
import logging
import time
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import httpx
import msgspec

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support import redaction

log = logging.getLogger("madang.remote_support.translator")
T = TypeVar("T")
SECONDS: Final = 3.0
"""For one translation, with the wait for a free connection."""
AT_ONCE: Final = 8
LARGEST: Final = 64 * 1024
"""Bytes of an answer."""
PATIENCE: Final = 3
"""So many failures in a row, and the service is left alone for ``PAUSE`` seconds."""
PAUSE: Final = 30.0
LEARN_AGAIN: Final = 600.0
"""Seconds after which the service's languages are asked for anew."""
NAMES: Final[Mapping[Locale, tuple[str, ...]]] = {
    **{locale: (locale,) for locale in LOCALES},
    "zh": ("zh-Hans", "zh", "zh-CN"),
}
"""What a service may call our languages, best first: LibreTranslate has renamed Simplified Chinese."""


class _Language(msgspec.Struct, frozen=True):
    code: str
    targets: tuple[str, ...] | None = None


class _Translated(msgspec.Struct, frozen=True):
    translated: str = msgspec.field(name="translatedText")


class _Failed(Exception):
    """The service did not do what was asked of it. Its text never repeats what was said."""


@dataclass(frozen=True, slots=True)
class _Known:
    """``targets``: of a code, the codes it can be turned into; None: all."""

    until: float
    targets: Mapping[str, tuple[str, ...] | None]

    def code(self, locale: Locale) -> str | None:
        return next((name for name in NAMES[locale] if name in self.targets), None)

    def pair(self, source: Locale, target: Locale) -> tuple[str, str] | None:
        """How the service names the two languages; None when it cannot turn the one into the other."""
        one, other = self.code(source), self.code(target)
        if one is None or other is None:
            return None
        targets = self.targets[one]
        return (one, other) if targets is None or other in targets else None


class HttpTranslator:
    """Implements ``ports.Translator``. ``url``: where the service's own start page is. Close it with ``aclose``."""

    def __init__(
        self,
        url: str,
        key: str = "",
        *,
        seconds: float = SECONDS,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url, self._key, self._seconds, self._clock = url.rstrip("/"), key, seconds, clock
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE, keepalive_expiry=30.0)
        self._transport = transport or httpx.AsyncHTTPTransport(limits=limits, trust_env=False)
        self._free = asyncio.Semaphore(AT_ONCE)
        self._known: _Known | None = None
        self._failures, self._rest_until = 0, 0.0

    async def aclose(self) -> None:
        await self._transport.aclose()

    async def translate(self, text: str, source: Locale, target: Locale) -> str | None:
        """``text`` in ``target``, its lines kept; None when the service cannot, or answers what may not be said
        (a link, something like an identity number)."""
        if source == target or not text.strip():
            return text
        if self._clock() < self._rest_until:
            return None
        try:
            async with asyncio.timeout(self._seconds), self._free:
                said = await self._translate(text, source, target)
        except (TimeoutError, httpx.HTTPError, _Failed) as error:
            self._failed(error)
            return None
        self._failures = 0
        return said

    async def _translate(self, text: str, source: Locale, target: Locale) -> str | None:
        pair = (await self._languages()).pair(source, target)
        if pair is None:
            return None
        asked = {"q": text, "source": pair[0], "target": pair[1], "format": "text"}
        answer = await self._call(
            "POST", "/translate", _Translated, asked | ({"api_key": self._key} if self._key else {})
        )
        said = _cleaned(answer.translated)
        if not said or len(said) > 4 * len(text) + 200 or redaction.unsafe(said):
            return None
        return said

    async def _languages(self) -> _Known:
        if self._known is None or self._clock() >= self._known.until:
            listed = await self._call("GET", "/languages", list[_Language])
            self._known = _Known(self._clock() + LEARN_AGAIN, {one.code: one.targets for one in listed})
        return self._known

    async def _call(self, method: str, path: str, shape: type[T], body: Mapping[str, str] | None = None) -> T:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Madang"}
        extensions: dict[str, Any] = {"timeout": httpx.Timeout(self._seconds).as_dict()}
        request = httpx.Request(method, self._url + path, json=body, headers=headers, extensions=extensions)
        response = await self._transport.handle_async_request(request)
        try:
            if response.status_code != 200:
                raise _Failed(f"{path} answered {response.status_code}")
            content = b""
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > LARGEST:
                    raise _Failed(f"{path} answered more than {LARGEST} bytes")
        finally:
            await response.aclose()
        try:
            return msgspec.json.decode(content, type=shape)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise _Failed(f"{path} did not answer as LibreTranslate does") from None

    def _failed(self, error: Exception) -> None:
        self._failures += 1
        # The kind of a transport's error only: its text may hold the address with a key in it.
        why = str(error) if isinstance(error, _Failed) else type(error).__name__
        log.warning("translation failed: %s", why)
        if self._failures >= PATIENCE:
            self._rest_until = self._clock() + PAUSE


def _cleaned(text: str) -> str:
    """Without control characters, which a service has no reason to send; lines stay lines."""
    return "".join(letter for letter in text if letter == "\n" or unicodedata.category(letter)[0] != "C").strip()
