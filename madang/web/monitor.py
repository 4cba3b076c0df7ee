"""Which of the systems behind the portal answer now: asked every few seconds, so that pages can say it before anybody
has filled in a form."""

import asyncio
import datetime as dt
import hashlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

log = logging.getLogger("madang.monitor")
Probe = Callable[[], Awaitable[Mapping[str, bool]]]
"""Asks one place and says of each system behind it whether it answers. May raise: then none of them does."""
SECONDS: Final = 4.0
PATIENCE: Final = 2.5
"""Seconds after which no answer is an answer. Together with SECONDS it keeps the status page right within ten."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Of one system. ``since``: when it stopped answering (UTC); None while it answers."""

    since: dt.datetime | None
    checked: dt.datetime


class Monitor:
    """``probes``: by the systems that each speaks for. Until it was asked a first time, nothing is known and
    ``conditions`` is empty."""

    def __init__(
        self,
        probes: Mapping[tuple[str, ...], Probe],
        now: Callable[[], dt.datetime],
        *,
        seconds: float = SECONDS,
        patience: float = PATIENCE,
    ) -> None:
        self._probes, self._now, self._seconds, self._patience = probes, now, seconds, patience
        self.conditions: Mapping[str, Condition] = {}
        self.version = ""
        """Changes when a system fails or recovers: what a cached page says of them is part of the cache's key."""

    def failing(self, *systems: str) -> dt.datetime | None:
        """Since when any of ``systems`` does not answer; None when all do, or nothing is known."""
        known = (self.conditions.get(system) for system in systems)
        return min((condition.since for condition in known if condition and condition.since), default=None)

    async def watch(self) -> None:
        """Asks for ever; to be run as a task and cancelled."""
        while True:
            await self.ask()
            await asyncio.sleep(self._seconds)

    async def ask(self) -> None:
        """Asks every system once, all at the same time."""
        answers = await asyncio.gather(*(self._one(systems, probe) for systems, probe in self._probes.items()))
        now = self._now()
        found: dict[str, Condition] = {}
        for answered in answers:
            for system, well in answered.items():
                before = self.conditions.get(system)
                failed = before.since if before else None
                if not well and failed is None:
                    log.warning("%s does not answer", system)
                elif well and failed is not None:
                    log.info("%s answers again", system)
                found[system] = Condition(None if well else failed or now, now)
        failing = sorted((system, str(condition.since)) for system, condition in found.items() if condition.since)
        self.version = hashlib.sha256(repr(failing).encode()).hexdigest()[:16] if failing else ""
        self.conditions = found

    async def _one(self, systems: tuple[str, ...], probe: Probe) -> Mapping[str, bool]:
        try:
            async with asyncio.timeout(self._patience):
                answered = await probe()
        except asyncio.CancelledError:
            raise
        except Exception:  # whatever it raises: it does not answer
            return dict.fromkeys(systems, False)
        return {system: answered.get(system, False) for system in systems}
