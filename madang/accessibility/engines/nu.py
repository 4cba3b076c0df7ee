"""The Nu HTML checker as a server of our own, since starting Java takes two seconds a page."""

import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from madang.accessibility.engines.engine import Engine, EngineFailed, Gathering, Verdict, version_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

START: Final = 60.0
"""Seconds until it must answer."""


class Nu:
    """Starts when first asked. Its schemas overflow a stack of the usual size."""

    def __init__(self, jar: Path) -> None:
        self._jar = jar
        self._process: subprocess.Popen[bytes] | None = None
        self._address = ""

    def ask(self, html: str) -> list[dict[str, Any]]:
        """Its messages. Raises EngineFailed."""
        if self._process is None or self._process.poll() is not None:
            self._start()
        until = time.monotonic() + START
        while True:
            request = urllib.request.Request(  # noqa: S310 -- an address of our own
                f"{self._address}/?out=json",
                data=html.encode(),
                headers={"Content-Type": "text/html; charset=utf-8", "User-Agent": "madang-audit"},
            )
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                    messages: list[dict[str, Any]] = json.load(answer)["messages"]
                    return messages
            except urllib.error.HTTPError as error:
                raise EngineFailed(f"Nu could not read the page (it answered {error.code})") from None
            except (OSError, ValueError):
                if self._process is None or self._process.poll() is not None or time.monotonic() > until:
                    self.close()
                    raise EngineFailed("Nu did not start") from None
                time.sleep(0.2)

    def _start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        self._address = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(  # noqa: S603
            [shutil.which("java") or "java", "-Xss4m", "-Xmx384m", "-XX:TieredStopAtLevel=1", "-cp", str(self._jar),
             "-Dnu.validator.servlet.bind-address=127.0.0.1", "nu.validator.servlet.Main", str(port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def missing() -> str:
    """Why it cannot run here: one sentence, or nothing."""
    java = shutil.which("java")
    if java is None:
        return "Nu was not run: it needs Java 17 or newer."
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603
    digits = told.partition('"')[2].partition(".")[0].strip('"')
    if not digits.isdigit() or int(digits) < 17:
        return f"Nu was not run: it needs Java 17 or newer, and this one is {digits or 'unknown'}."
    return ""


def nu(modules: Path, checker: Nu) -> Engine:
    def run(page: "Page", html: str) -> Verdict:
        gathering = Gathering("nu")
        for each in checker.ask(html):
            if each.get("type") == "non-document-error":
                raise EngineFailed(f"Nu could not read the page ({each.get('message', '')[:100]})")
            gathering.found(
                "error" if each["type"] == "error" else str(each.get("subType", "info")),
                (),
                "failed" if each["type"] == "error" else "cantTell",
                target=f"line {each.get('lastLine', 1)}",
                html=each.get("extract", ""),
                advice=each.get("message", ""),
            )
        return gathering.verdict()

    return Engine("nu", version_of(modules, "vnu-jar"), run, markup=True)
