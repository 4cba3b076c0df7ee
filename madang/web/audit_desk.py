"""What ``madang support verify-audit`` does: reads the trail of remote support through the contract and computes every
hash itself, so that no word of the backend's has to be believed."""

import datetime as dt
import re
import sys
from collections.abc import Callable
from typing import Final

import anyio

from madang.contract.chain import START, Broken, Reader
from madang.contract.messages.support import Links
from madang.web.clerk_desk import Clerk, at_backend, refusal
from madang.web.clients import BackendError, support
from madang.web.clients.http import Backend
from madang.web.settings import Settings, SettingsError

_NOTED: Final = re.compile(r"([0-9]{1,15}):([0-9a-f]{64})")
_WORDS: Final = {
    "missing": "Record {number} is missing, or another stands in its place.",
    "changed": "Record {number} (session {session}) is not what was written.",
    "surplus": "Record {number} was put in: it is behind the last one that was written.",
    "head": "The note of the last record, {number}, was changed.",
}


def noted(text: str) -> tuple[int, str] | None:
    """``COUNT:HASH`` as an earlier run printed it; None when it is none."""
    found = _NOTED.fullmatch(text.strip())
    return (int(found[1]), found[2]) if found else None


def run(settings: Settings, earlier: str, say: Callable[..., None]) -> int:
    """The exit status. ``earlier``: a head printed before, or empty. Raises SettingsError for what is none."""
    head = noted(earlier)
    if earlier and head is None:
        raise SettingsError("--noted is a head as verify-audit prints it: a number, a colon and 64 hex digits.")
    audit = Audit(settings, say)
    try:
        anyio.run(audit.verify, head)
    except BackendError as error:
        say(f"madang: {refusal(error)}", sys.stderr)
        return 1
    return 0 if audit.whole else 1


class Audit:
    """``say`` takes each line that is told."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self._settings, self._say = settings, say
        self.whole = False

    async def verify(self, earlier: tuple[int, str] | None = None) -> None:
        """Reads all and tells; ``whole`` says how it went. Raises BackendError."""

        async def work(backend: Backend) -> None:
            self.whole = await self._verify(backend, earlier)

        await at_backend(self._settings, work)

    async def _verify(self, backend: Backend, earlier: tuple[int, str] | None) -> bool:
        auditor = Clerk(roles=("supervisor",))
        reader, broken, passed = Reader(), None, earlier in (None, (0, START))
        while broken is None:
            links: Links = await support.chain(backend, auditor, reader.count)
            passed = passed or any((link.number, link.hash) == earlier for link in links.items)
            broken = reader.read(links.items)
            if broken is None and not links.items:
                broken = reader.end(links.head)
                break
        if broken is not None:
            self._say(_said(broken))
            self._say(f"{reader.count} records before it are as they were written.")
            return False
        if not passed and earlier is not None:
            self._say(f"The trail does not pass through {earlier[0]}:{earlier[1]}: it was made anew.")
            return False
        self._say(f"{reader.count} records, each as it was written.")
        self._say(f"Head at {dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%MZ}: {reader.count}:{reader.last}")
        return True


def _said(broken: Broken) -> str:
    return _WORDS[broken.how].format(number=broken.number, session=broken.session)
