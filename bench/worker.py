"""What a worker weighs and how soon it answers, with the shipped catalogue's 5,000 services in six languages.

Once with everything embedded, once with the backend over HTTP. Memory is the worker's RSS and its share (PSS) after
a few pages in every language; the second start has bytecode, templates and the index on disk.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
from portal_server import Server, free_port

from bench.houses import ROOT
from bench.table import Row, at_most
from madang.i18n.locales import LOCALES


def started(data: Path, **environment: str) -> tuple[Server, float]:
    """A portal that answers a guide, and the seconds from its start to that answer."""
    began = time.monotonic()
    server = Server(data, **environment)
    try:
        for _ in range(1200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{server.base}/ko/services/resident-register", timeout=5)
                return server, time.monotonic() - began
            if server.process.poll() is not None:
                raise RuntimeError(Path(server.log.name).read_text()[-500:])
            time.sleep(0.05)
        raise RuntimeError("the portal does not answer")
    except BaseException:
        server.stop()
        raise


def used(server: Server) -> None:
    """A few pages in every language."""
    for locale in LOCALES:
        for path in ("", "services", "services?q=a", "services/alien-registration", "help", "verify"):
            urllib.request.urlopen(f"{server.base}/{locale}/{path}", timeout=20).read()


def weight(server: Server) -> tuple[float, float]:
    """RSS and PSS in MiB of the worker: the heaviest of the children that are no issuing processes."""
    children = psutil.Process(server.process.pid).children()
    workers = [child for child in children if "resource_tracker" not in " ".join(child.cmdline())]
    memory = [worker.memory_full_info() for worker in workers]
    heaviest = max(memory, key=lambda info: info.rss)
    return heaviest.rss / 2**20, heaviest.pss / 2**20


@contextlib.contextmanager
def backend(data: Path) -> Iterator[str]:
    """``madang backend`` in a process of its own; its address."""
    port = free_port()
    environment = os.environ | {
        "MADANG_DATA": str(data),
        "MADANG_LOG_LEVEL": "error",
        "MADANG_SECRET_KEYS": KEY,
    }
    command = [sys.executable, "-m", "madang.web.cli", "backend", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


KEY = "bench-0123456789abcdef0123456789abcdef0123456789abcdef"


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        embedded = {"MADANG_SECRET_KEYS": KEY}
        server, first = started(folder / "embedded", **embedded)
        used(server)
        server.stop()
        server, second = started(folder / "embedded", **embedded)
        try:
            used(server)
            own = weight(server)
        finally:
            server.stop()
        with backend(folder / "backend") as address:
            remote = {"MADANG_BACKEND_URL": address, "MADANG_SECRET_KEYS": KEY}
            server, _ = started(folder / "remote", **remote)
            try:
                time.sleep(3)  # the backend is reading its catalogue when the portal first asks
                used(server)
            finally:
                server.stop()
            server, remotely = started(folder / "remote", **remote)
            try:
                used(server)
                over = weight(server)
            finally:
                server.stop()
    return [
        at_most(
            "Second `madang serve` to its first answer, embedded, 5,000 services",
            second,
            3,
            "s",
            f" (first {first:.1f}; over HTTP {remotely:.1f})",
        ),
        at_most("A worker, 5,000 services, embedded: RSS", own[0], 160, "MiB", f" (PSS {own[1]:.0f})"),
        at_most("The same, backend over HTTP: RSS", over[0], 120, "MiB", f" (PSS {over[1]:.0f})"),
    ]
