"""A voice of the server: espeak-ng in a process of its own, for languages that the reader's device has no voice for.

It says nothing but what the portal has signed on a page of its own (docs/adr/0018-a-voice-of-the-server.md), keeps
nothing, and is bounded in length, number and time.
"""

import asyncio
import os
import shutil
import struct
from typing import Final, Literal

from itsdangerous import BadData, URLSafeTimedSerializer

from madang.i18n.locales import Locale

VOICES: Final[dict[Locale, str]] = {"ko": "ko", "en": "en-gb", "zh": "cmn", "th": "th", "vi": "vi"}
"""Language -> espeak-ng's voice. Not Japanese: its voice reads kana alone and says "Chinese letter" for every kanji."""
Speed = Literal["slow", "usual", "fast"]
WORDS_A_MINUTE: Final[dict[str, str]] = {"slow": "115", "usual": "155", "fast": "215"}
AT_ONCE: Final = 2
WAITING: Final = 8
SECONDS: Final = 8.0
LASTING: Final = 12 * 3600
"""Seconds for which what was signed is said."""
LONGEST: Final = 2000
"""Characters that are said in one answer."""


class Busy(Exception):
    """More want to hear something than the voice can say now."""


class Silent(Exception):
    """The voice could not say it: no program, a failure of it, or not in time."""


class Voice:
    """``program``: the path of espeak-ng, "" to look for it, "off" for none. ``keys``: hex, newest first."""

    def __init__(self, program: str, keys: tuple[str, ...]) -> None:
        self._program = "" if program == "off" else program or shutil.which("espeak-ng") or ""
        # The last one signs; that is the newest.
        self._signer = URLSafeTimedSerializer([key.encode() for key in reversed(keys)], salt="madang.voice")
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._languages: frozenset[Locale] | None = None

    async def languages(self) -> frozenset[Locale]:
        """The languages that it has a voice for, asked of the program once."""
        if self._languages is None:
            try:
                listed = (await self._run(["--voices"], b"")).decode("utf-8", "replace") if self._program else ""
            except Silent:
                listed = ""
            names = {line.split()[1] for line in listed.splitlines() if len(line.split()) > 3}
            self._languages = frozenset(locale for locale, voice in VOICES.items() if voice in names)
        return self._languages

    def signed(self, locale: Locale, parts: list[str], *, public: bool) -> str:
        """What a page holds so that this is said. ``public``: nothing of it is one person's."""
        return str(self._signer.dumps([locale, public, parts]))

    def opened(self, token: str, locale: Locale) -> tuple[bool, list[str]] | None:
        """(public, parts) of what this portal has signed for this language; None for anything else."""
        try:
            signed_for, public, parts = self._signer.loads(token, max_age=LASTING)
        except (BadData, ValueError):
            return None
        return (public, parts) if signed_for == locale else None

    async def say(self, text: str, locale: Locale, speed: Speed = "usual") -> bytes:
        """A WAV of ``text``. Raises Busy, Silent."""
        if locale not in await self.languages() or len(text) > LONGEST:
            raise Silent
        if self._waiting >= WAITING:
            raise Busy
        self._waiting += 1
        try:
            async with self._turns:
                # Two brackets would begin espeak's own spelling of sounds.
                spoken = text.replace("[[", "[").encode()
                options = ["-v", VOICES[locale], "-s", WORDS_A_MINUTE[speed], "-b", "1", "--stdin", "--stdout"]
                return whole(await self._run(options, spoken))
        finally:
            self._waiting -= 1

    async def _run(self, options: list[str], given: bytes) -> bytes:
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8"}
        try:
            process = await asyncio.create_subprocess_exec(
                self._program,
                *options,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=environment,
            )
        except OSError:
            raise Silent from None
        try:
            out, _ = await asyncio.wait_for(process.communicate(given), SECONDS)
        except TimeoutError:
            raise Silent from None
        finally:
            if process.returncode is None:  # too slow, or nobody listens any more
                process.kill()
                await process.wait()
        if process.returncode:
            raise Silent
        return out


def whole(wav: bytes) -> bytes:
    """A WAV whose header says how long it is: written to a pipe it could not. Raises Silent for what is none."""
    if len(wav) <= 44 or wav[:4] != b"RIFF" or wav[36:40] != b"data":
        raise Silent
    return wav[:4] + struct.pack("<I", len(wav) - 8) + wav[8:40] + struct.pack("<I", len(wav) - 44) + wav[44:]
