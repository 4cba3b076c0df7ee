"""Ports of 127.0.0.1 for the servers that tests start."""

import contextlib
import os
import random
import socket
from typing import Final

LOWEST: Final = 20_000
EACH: Final = 4_000
WORKERS: Final = 3
"""All below 32 768, from where on Linux picks ports for whoever asks for none, outgoing connections among them: none of
those takes a port between the moment that it is found here and the moment that its server listens."""

_chance = random.SystemRandom()  # tests patch secrets and seed random
_given: set[int] = set()


def free_port() -> int:
    """One that nobody listens at and that was not given before: each worker of pytest-xdist has ports of its own, and
    a run of another checkout beside it is found out by trying."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        port = LOWEST + EACH * (worker % WORKERS) + _chance.randrange(EACH)
        if port in _given:
            continue
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            _given.add(port)
            return port
