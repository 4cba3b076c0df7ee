"""What evidence is kept under: a hash of a page without what differs from run to run, and of what looks at it.

Session ids, codes, numbers of applications and clock times say nothing of whether a page is accessible; the names of
its style sheets and scripts, which hold a hash of their text, do.
"""

import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import Final

from madang.accessibility.engines.engine import HERE
from madang.accessibility.findings import PageState

EDITION: Final = 2
"""Counts up when the way in which engines are asked or understood changes, which no version of theirs tells."""
_KEPT: Final = re.compile(r"(<style\b.*?</style>|\b(?:src|href|integrity)=\"/static/[^\"]*\")", re.DOTALL)
"""Not touched: style sheets in the page, and the addresses of files, which name their text."""
_RANDOM: Final = (
    (re.compile(r"(<input type=\"hidden\"[^>]*?value=)\"[^\"]*\""), r'\1""'),
    (re.compile(r"(\b(?:href|action)=\"[^\"?]*)\?[^\"]*\""), r'\1?"'),
    (re.compile(r"\b[a-z2-7]{26}\b"), "ID"),
    (re.compile(r"\b[0-9A-HJ-NP-TV-Z]{4}(?:-[0-9A-HJ-NP-TV-Z]{4}){2,3}\b"), "NUMBER"),
    (re.compile(r"(?<![\w-])(?=[\w-]*[0-9A-Z])[A-Za-z0-9_-]{20,}(?![\w-])"), "TOKEN"),
    (re.compile(r"\b[0-9a-f]{16,64}\b"), "HASH"),
    (re.compile(r"nonce=\"[^\"]*\""), 'nonce=""'),
    (re.compile(r"data-said=\"[^\"]*\""), 'data-said=""'),  # signed words: the second of signing is in it
    (re.compile(r"[0-9]+"), "0"),
    (re.compile(r"\b0 (second|minute|hour|day)s\b"), r"0 \1"),
    (re.compile(r"(data-time-left=\"0\">)[^<]*"), r"\1"),
)
_PATH: Final = re.compile(r"<path\b[^>]*>")


def normalised(html: str) -> str:
    """``html`` with what differs from run to run replaced by what it is."""
    parts = _KEPT.split(html)
    for place in range(0, len(parts), 2):
        text = _PATH.sub("<path>", parts[place])  # drawings; a QR code is one
        for pattern, name in _RANDOM:
            text = pattern.sub(name, text)
        parts[place] = " ".join(text.split())
    return "".join(parts)


@cache
def versions() -> dict[str, str]:
    """Engine -> version as locked, whether it can run here or not; and a hash of our checks and decisions."""
    locked: dict[str, str] = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    ours = hashlib.sha256((HERE / "rules.yaml").read_bytes())
    for file in _files("checks"):
        ours.update(file)
    return {
        "axe": locked["axe-core"],
        "ibm": locked["accessibility-checker-engine"],
        "alfa": locked["@siteimprove/alfa-rules"],
        "qualweb": f"{locked['@qualweb/act-rules']}+{locked['@qualweb/wcag-techniques']}",
        "html-validate": locked["html-validate"],
        "nu": locked["vnu-jar"],
        "checks": f"{EDITION}.{ours.hexdigest()[:8]}",
    }


def _files(room: str) -> list[bytes]:
    """The sources of ``room``, in order."""
    found = []
    waiting = [files("madang.accessibility") / room]
    while waiting:
        for each in sorted(waiting.pop().iterdir(), key=lambda entry: entry.name):
            if each.is_dir() and each.name != "__pycache__":
                waiting.append(each)
            elif each.name.endswith((".py", ".js")):
                found.append(each.read_bytes())
    return found


def key_of(state: PageState, html: str, device: str = "") -> str:
    """16 characters."""
    told = json.dumps([normalised(html), state.width, state.browser, device, versions()], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
