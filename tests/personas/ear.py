"""Hears what Orca says and presses keys: all that a blind person has of a desktop."""

import os
import re
import subprocess
import time
from pathlib import Path

SPOKEN = re.compile(r"SPEECH OUTPUT: '([^\n]*?)'(?:\s*\{|\s*\n|$)")
ECHOES = frozenset({"", "tab", "left control", "left shift", "right shift", "space", "return", "control", "shift"})


class Ear:
    """What was spoken since one last listened. Reads Orca's log of its speech and nothing else."""

    def __init__(self) -> None:
        self.path = Path(os.environ["ORCA_LOG"])
        self.position = self.path.stat().st_size if self.path.exists() else 0

    def _spoken(self) -> tuple[list[str], int]:
        with self.path.open("rb") as log:
            log.seek(self.position)
            data = log.read()
        data = data[: data.rfind(b"\n") + 1]
        words = SPOKEN.findall(data.decode("utf-8", "replace"))
        return [word for word in words if word.strip().lower() not in ECHOES], self.position + len(data)

    def hear(self, quiet: float = 0.35, patience: float = 4.0, until: str = "") -> str:
        """Listens until something was said and it is quiet for ``quiet`` seconds, or ``until`` (a regular expression)
        was said; gives up after ``patience`` seconds."""
        end, count, since = time.monotonic() + patience, 0, time.monotonic()
        while time.monotonic() < end:
            time.sleep(0.06)
            words, _ = self._spoken()
            if len(words) != count:
                count, since = len(words), time.monotonic()
            elif words and time.monotonic() - since > quiet and (not until or re.search(until, " ".join(words))):
                break
        words, self.position = self._spoken()
        return " | ".join(words)


def press(*keys: str) -> None:
    subprocess.run(["xdotool", "key", *keys], check=True)


def type_text(text: str) -> None:
    subprocess.run(["xdotool", "type", "--delay", "45", text], check=True)
