"""How far it is: a bar on a terminal, a line now and then anywhere else."""

import time
from dataclasses import dataclass, field
from typing import Final, TextIO

EVERY: Final = 15.0
"""Seconds between lines where no terminal is."""
WIDE: Final = 24


@dataclass
class Progress:
    """``total`` may grow."""

    stream: TextIO
    total: int = 0
    done: int = 0
    began: float = field(default_factory=time.monotonic)
    _last: float = 0.0

    @property
    def _terminal(self) -> bool:
        return self.stream.isatty()

    def step(self, what: str, found: int) -> None:
        """One page more; ``found``: definite findings until now."""
        self.done += 1
        now = time.monotonic()
        if not self._terminal and now - self._last < EVERY and self.done < self.total:
            return
        self._last = now
        each = (now - self.began) / self.done
        left = max(self.total - self.done, 0) * each
        told = f"{self.done}/{self.total} pages, {found} findings, {left / 60:.0f} min left"
        if self._terminal:
            full = WIDE * self.done // max(self.total, 1)
            self.stream.write(f"\r\x1b[K[{'#' * full}{'.' * (WIDE - full)}] {told}  {_printable(what)[-40:]}")
        else:
            self.stream.write(told + "\n")
        self.stream.flush()

    def end(self) -> None:
        if self._terminal and self.done:
            self.stream.write("\n")
            self.stream.flush()


def _printable(text: str) -> str:
    """An address of somebody else's cannot move the cursor."""
    return "".join(each if each.isprintable() else "?" for each in text)
