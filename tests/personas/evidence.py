"""What the personas have done, as the accessibility report reads it: one line for each of their journeys."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

EVIDENCE = Path(__file__).parents[2] / "madang/accessibility/data/evidence/personas.json"


@dataclass(frozen=True, order=True)
class Run:
    """One journey of one persona. ``keys``: presses, letters, clicks and turns of the wheel. ``date``: of the run."""

    persona: str
    journey: str
    locale: str
    browser: str
    finished: bool
    keys: int
    seconds: int
    date: str


def written(path: Path = EVIDENCE) -> list[Run]:
    """The runs on record; none where there is no record."""
    if not path.exists():
        return []
    return [Run(**each) for each in json.loads(path.read_text(encoding="utf-8"))]


def note(run: Run) -> Run:
    """A run of the test suite, as a line of the file that PERSONA_RUNS names; ``python -m tests.personas --take`` puts
    them on record. Without it nothing is written: a test leaves the repository as it was."""
    if path := os.environ.get("PERSONA_RUNS"):
        with open(path, "a", encoding="utf-8") as file:  # one short write: several workers append to it
            file.write(json.dumps(asdict(run), ensure_ascii=False) + "\n")
    return run


def noted(path: Path) -> list[Run]:
    """The runs of such a file."""
    return [Run(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def write(runs: list[Run], path: Path = EVIDENCE) -> None:
    """Puts ``runs`` on record in the place of earlier ones of the same persona, journey, language and browser."""
    kept = {(run.persona, run.journey, run.locale, run.browser): run for run in [*written(path), *runs]}
    lines = (json.dumps(asdict(run), ensure_ascii=False) for run in sorted(kept.values()))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
