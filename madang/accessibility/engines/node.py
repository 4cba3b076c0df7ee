"""One Node process, kept alive across pages: Alfa and html-validate take seconds to load and a moment to answer."""

import itertools
import json
import os
import queue
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from madang.accessibility.engines.engine import HERE, Engine, EngineFailed, Gathering, Verdict, selector, version_of
from madang.accessibility.engines.injected import put

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE: Final = 240.0
"""Seconds for one page."""
SERIALISE: Final = (
    "async () => ({node: await madangAlfa.dom.fromNode(document), device: madangAlfa.device.fromWindow()})"
)


class Node:
    """Starts when first asked, and again when it died. Not for several threads."""

    def __init__(self, node: str, modules: Path) -> None:
        self._command = [node, str(HERE / "worker.mjs"), str(modules)]
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._numbers = itertools.count(1)

    def ask(self, job: str, **given: Any) -> Any:
        """What the worker says to ``job``. Raises EngineFailed."""
        number = next(self._numbers)
        try:
            asked = self._running().stdin
            if asked is not None:
                asked.write(json.dumps({"id": number, "job": job, **given}) + "\n")
                asked.flush()
            answer = json.loads(self._lines.get(timeout=PATIENCE) or "{}")
        except (OSError, queue.Empty, ValueError):
            self.close()
            raise EngineFailed(f"{job} gave no answer within {PATIENCE:.0f} seconds") from None
        if answer.get("id") != number or "error" in answer:
            raise EngineFailed(f"{job} could not read the page ({answer.get('error', 'it ended')})")
        return answer["said"]

    def _running(self) -> "subprocess.Popen[str]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        lines: queue.Queue[str] = queue.Queue()
        process = subprocess.Popen(  # noqa: S603 -- our own script
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "NODE_OPTIONS": "--max-old-space-size=1024"},
        )

        def read() -> None:
            for line in process.stdout or ():
                lines.put(line)
            lines.put("")

        threading.Thread(target=read, daemon=True).start()
        self._lines, self._process = lines, process
        return process

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def alfa(modules: Path, node: Node) -> Engine:
    parts = []
    for name in ("dom", "device"):
        text = (modules / f"@siteimprove/alfa-{name}/dist/native.js").read_text(encoding="utf-8")
        parts.append(f"{name}: (() => {{ {text.replace('export var Native', 'var Native')}\nreturn Native; }})()")
    script = f"window.madangAlfa = {{ {', '.join(parts)} }}"

    def run(page: "Page", html: str) -> Verdict:
        put(page, script)
        seen: dict[str, Any] = page.evaluate(SERIALISE)
        seen["node"].pop("logs", None)
        gathering = Gathering("alfa")
        for rule in node.ask("alfa", node=seen["node"], device=seen["device"], url=page.url):
            if rule["passed"]:
                gathering.satisfied(rule["id"], rule["criteria"])
            for each in rule["results"]:
                gathering.found(
                    rule["id"],
                    rule["criteria"],
                    each["kind"],
                    target=selector(each["path"]),
                    html=each["html"],
                    advice=each["advice"],
                )
        return gathering.verdict()

    return Engine("alfa", version_of(modules, "@siteimprove/alfa-rules"), run)


def html_validate(modules: Path, node: Node) -> Engine:
    def run(page: "Page", html: str) -> Verdict:
        gathering = Gathering("html-validate")
        for each in node.ask("html-validate", html=html):
            gathering.found(
                each["id"],
                (),
                "failed" if each["severity"] == 2 else "cantTell",
                target=each["target"] or f"line {each['line']}",
                advice=each["advice"],
            )
        return gathering.verdict()

    return Engine("html-validate", version_of(modules, "html-validate"), run, markup=True)
