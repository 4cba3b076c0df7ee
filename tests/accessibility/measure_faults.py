"""Measures which sown faults the audit finds: ``python -m tests.accessibility.measure_faults [criterion ...]``.

Every fault is looked for with the checks that can name its criterion and, where these are silent, with each engine in
turn; so a fault counts as found exactly if the whole audit names its criterion on the page and not on the clean page.
Without arguments the result is written to ``madang/accessibility/data/evidence/faults.json``: of each criterion how
many faults were sown, how many of them were found, how many of these as a doubt that a person must settle, and which
were missed.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from madang.accessibility.checks import ACROSS
from madang.accessibility.criteria import MACHINE
from madang.accessibility.engines import Engine, EngineFailed, EnginesUnavailable, engines, install
from madang.accessibility.engines.injected import axe
from madang.accessibility.findings import Finding
from tests.accessibility.fault_kit import (
    Fault,
    Town,
    checked,
    checks_for,
    chromium,
    clean,
    compared,
    faults,
    named,
    sown,
    town_in,
)

ROOT = Path(__file__).parents[2]
EVIDENCE = ROOT / "madang" / "accessibility" / "data" / "evidence" / "faults.json"


@contextmanager
def all_engines() -> Iterator[list[Engine]]:
    """Those of the audit; axe alone, with a word, where they cannot be had."""
    try:
        modules = install(ROOT / "var", print)
    except EnginesUnavailable as why:
        print(why)
        yield [axe(ROOT / "node_modules")]
        return
    with engines(modules) as made:
        yield made


class Looker:
    """Looks for faults; remembers what the engines say of clean pages."""

    def __init__(self, town: Town, made: list[Engine]) -> None:
        self.town = town
        self.engines = made
        self._clean: dict[tuple[str, str], set[tuple[str, str, str]]] = {}

    def engine(self, engine: Engine, name: str) -> list[Finding]:
        page, _ = self.town.open(name)
        try:
            return list(engine.run(page, self.town.changed.get(name, clean()[name])).findings)
        except EngineFailed:
            return []
        finally:
            page.close()

    def found(self, fault: Fault) -> list[Finding]:
        """What names the criterion, by the first that does."""
        self.town.changed = {}
        checks = checks_for(fault.criterion)
        self.town.changed = {fault.page: sown(fault)}
        hits = named(checked(self.town, fault.page, checks), fault.criterion)
        if fault.criterion in ACROSS:
            hits += named(compared(self.town, fault.page), fault.criterion)
        for engine in self.engines:
            if hits:
                break
            key = engine.name, fault.page
            if key not in self._clean:
                changed, self.town.changed = self.town.changed, {}
                self._clean[key] = {(f.rule, f.criterion, f.outcome) for f in self.engine(engine, fault.page)}
                self.town.changed = changed
            told = named(self.engine(engine, fault.page), fault.criterion)
            hits += [hit for hit in told if (hit.rule, hit.criterion, hit.outcome) not in self._clean[key]]
        return hits


def measure(wanted: list[str]) -> dict[str, dict[str, Any]]:
    result: dict[str, dict[str, Any]] = {}
    with chromium() as browser, town_in(browser) as town, all_engines() as made:
        looker = Looker(town, made)
        for fault in faults():
            if wanted and fault.criterion not in wanted:
                continue
            counts = result.setdefault(fault.criterion, {"seeded": 0, "found": 0, "doubts": 0, "missed": []})
            hits = looker.found(fault)
            counts["seeded"] += 1
            counts["found"] += bool(hits)
            counts["doubts"] += bool(hits) and all(hit.outcome != "failed" for hit in hits)
            if not hits:
                counts["missed"].append(fault.name)
            print(f"{'found ' if hits else 'MISSED'} {fault} {sorted({hit.rule for hit in hits})}", flush=True)
    return result


def main() -> None:
    wanted = sys.argv[1:]
    result = measure(wanted)
    seeded, found = (sum(counts[key] for counts in result.values()) for key in ("seeded", "found"))
    print(
        f"{found} of {seeded} faults found ({100 * found / seeded:.1f} %), in {len(result)} criteria of {len(MACHINE)}"
    )
    if not wanted:
        EVIDENCE.parent.mkdir(parents=True, exist_ok=True)
        lines = (
            f"  {json.dumps(key)}: {json.dumps(result[key], ensure_ascii=False)}" for key in MACHINE if key in result
        )
        EVIDENCE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
