"""Small evidence for tests: three page states, one of them with a finding; nothing here was ever measured."""

import json
from pathlib import Path
from typing import Any

SUMMARY: dict[str, Any] = {
    "made": "2026-11-22",
    "commit": "0000000",
    "engines": {"axe": "4.14.0", "check": "1"},
    "criteria": {
        "1.1.1": {"states": 3, "failed": 0, "cant_tell": 0, "waived": 1, "by": ["axe"]},
        "1.2.1": {"states": 3, "failed": 0, "cant_tell": 0, "waived": 0, "by": ["axe"]},
        "1.4.3": {"states": 3, "failed": 1, "cant_tell": 0, "waived": 0, "by": ["axe", "check"]},
        "1.4.10": {"states": 3, "failed": 3, "cant_tell": 0, "waived": 0, "by": ["check"]},
        "2.4.4": {"states": 3, "failed": 0, "cant_tell": 2, "waived": 0, "by": ["axe"]},
        "KWCAG 5.4.4": {"states": 3, "failed": 0, "cant_tell": 0, "waived": 0, "by": ["check"]},
    },
}
PASSED = {"1.1.1": ["axe"], "1.4.3": ["check"]}


def _state(key: str, state: str, locale: str, **more: Any) -> dict[str, Any]:
    row = {"state": state, "locale": locale, "width": 320, "preferences": "", "browser": "chromium"}
    return {key: {**row, "failed": [], "cant_tell": [], "passed": PASSED, **more}}


STATES: dict[str, Any] = {
    "ko": {
        **_state("k1", "home", "ko"),
        **_state("k2", "guide, long", "ko", failed=[{"criterion": "1.4.3", "rule": "axe:color-contrast"}]),
    },
    "th": _state("t1", "home", "th", browser="firefox", preferences="size-200", cant_tell=[["2.4.4", "axe:link-name"]]),
}
PERSONAS = [
    {"persona": "keyboard", "journey": "certificate", "locale": "ko", "browser": "firefox", "finished": True,
     "keys": 120, "seconds": 31.5, "date": "2026-11-22"},
    {"persona": "keyboard", "journey": "resume", "locale": "th", "browser": "chromium", "finished": False,
     "keys": 40, "seconds": 9, "date": "2026-11-22"},
]  # fmt: skip
FAULTS = {"1.4.3": {"seeded": 3, "found": 3}, "1.4.10": {"seeded": 4, "found": 3}}
DOCUMENTS = {
    "made": "2026-11-22", "validator": "outloud 0.2.1", "kinds": 15, "documents": 90, "problems": 0,
    "criteria": {"1.1.1": {"states": 90, "failed": 0, "cant_tell": 0, "waived": 0, "by": ["outloud"]}},
}  # fmt: skip


def written(folder: Path) -> Path:
    """The evidence in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Any] = {"summary": SUMMARY, "personas": PERSONAS, "faults": FAULTS, "documents": DOCUMENTS}
    files |= {locale: {"engines": SUMMARY["engines"], "states": states} for locale, states in STATES.items()}
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder
