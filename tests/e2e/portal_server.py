"""The portal as ``make run`` starts it, in a process of its own."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from portal_kit import KIOSK_KEY
from ports import free_port

__all__ = ["Server", "free_port"]  # the benchmarks take both from here


class Server:
    """``madang serve`` in a process of its own, or what ``arguments`` to Python start instead."""

    def __init__(
        self, data: Path, *, arguments: tuple[str, ...] = ("-m", "madang.web.cli", "serve"), **environment: str
    ) -> None:
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        self.data = data
        settings = {
            "MADANG_DATA": str(data),
            "MADANG_PORT": str(port),
            "MADANG_LOG_LEVEL": "warning",
            "MADANG_CLIENT_REQUESTS": "100000",
            "MADANG_KIOSK_KEY": KIOSK_KEY,
            **environment,
        }
        self.log = (data.parent / f"{data.name}.log").open("wb")
        clean = {name: value for name, value in os.environ.items() if not name.startswith("MADANG_")}
        self.process = subprocess.Popen(
            [sys.executable, *arguments], env=clean | settings, stdout=self.log, stderr=self.log
        )

    def wait(self) -> None:
        """Until it answers. Raises RuntimeError with its log when it ends instead."""
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.base}/readyz", timeout=1)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(Path(self.log.name).read_text())

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()
