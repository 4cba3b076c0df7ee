"""Running the portal: a parent that holds the socket and keeps workers alive, and what a worker does first."""

import ctypes
import errno
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors.multiprocess import Multiprocess, Process

from madang.remote_support.messages import LARGEST
from madang.web import logs
from madang.web.settings import Settings, SettingsError

CONNECTIONS: Final = 1000
"""Connections of a worker, idle ones included, WebSockets apart; the server answers more with a bare 503."""
KEEP_ALIVE: Final = 15
GRACE: Final = 20
"""Seconds that a worker which is told to stop may take to finish what it has begun."""
QUICK: Final = 5.0
"""A worker that dies before it served is started again as long after its last start, not at once."""
STARTING: Final = 60
"""Seconds that a new worker may take until it serves."""
GLANCE: Final = 0.1
"""Seconds that a worker which starts is waited for, at each look."""
STARTUP_FAILURE: Final = 3
log: Final = logging.getLogger("madang.serve")


def bind(host: str, port: int) -> socket.socket:
    """The listening address. Raises ``SettingsError`` when it is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(2048)
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(
                f"Port {port} is taken by another program; stop it or set MADANG_PORT to another one."
            ) from None
        if error.errno == errno.EACCES:
            raise SettingsError(f"Port {port} needs the rights of root; set MADANG_PORT to 1024 or more.") from None
        raise SettingsError(
            f"MADANG_HOST: {host} is not an address of this machine ({error.strerror or error})."
        ) from None
    bound.set_inheritable(True)
    return bound


def run(factory: str, listening: socket.socket, *, workers: int, ready: Callable[[], None], sockets: int = 0) -> int:
    """Serves until told to stop (SIGINT, SIGTERM; SIGHUP replaces the workers one by one). ``factory``: ``module:name``
    of a function that makes the ASGI app in each worker. ``ready`` is called once the first worker answers.
    ``sockets``: WebSockets that a worker holds beside its other connections. Returns the exit status."""
    supervisor = Supervisor(configuration(factory, workers, sockets), [listening], ready)
    supervisor.run()
    return 1 if supervisor.failed else 0


def configuration(factory: str, workers: int, sockets: int = 0) -> uvicorn.Config:
    """uvicorn's settings: httptools, because h11 answers a request whose length is given twice; no proxy headers,
    because whom to believe is ours to know. WebSockets are not compressed (what is secret and what a stranger writes
    would share a dictionary), and pings are our own, which a page can answer and a desk can see."""
    return uvicorn.Config(
        factory,
        factory=True,
        workers=workers,
        loop="uvloop",
        http="madang.web.protocol:GuardedProtocol",
        ws="madang.web.socket_protocol:SocketProtocol" if sockets else "none",
        ws_max_size=LARGEST,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=CONNECTIONS + sockets,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
    )


class Supervisor(Multiprocess):
    """uvicorn's, with two differences. A worker that cannot start stops everything only as long as none ever served;
    later on it is tried again, because then the cause is something that passes, such as a full disk. And a worker may
    take its time to start, while others are looked after: uvicorn waits for it, and allows it as long as a health
    check, which a busy machine exceeds."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
        super().__init__(config, sockets)
        self._ready = ready
        self._served = False
        self._started: dict[int, float] = {}
        self._serving: set[int | None] = set()
        self._seen: dict[int | None, float] = {}
        self.failed = False

    def restart_all(self) -> None:
        check = self.config.timeout_worker_healthcheck
        self.config.timeout_worker_healthcheck = STARTING
        try:
            super().restart_all()
        finally:
            self.config.timeout_worker_healthcheck = check

    def keep_subprocess_alive(self) -> None:
        """Looks for the dead before it asks anyone how they are: who is asked may take seconds to answer."""
        for index, process in enumerate(self.processes):
            if self.should_exit.is_set():
                return
            if not process.process.is_alive():
                self._replace(index, process)
        for process in self.processes:
            self._look_after(process)

    def _look_after(self, process: Process) -> None:
        """Stops a worker that serves and hangs, or that has not begun to serve for long; the next look replaces it."""
        now = time.monotonic()
        if process.pid in self._serving:
            well = process.ping(timeout=self.config.timeout_worker_healthcheck)
        elif process.is_ready(timeout=GLANCE):
            self._serving.add(process.pid)
            self._announce()
            return
        else:
            well = now - self._seen.setdefault(process.pid, now) < STARTING
        if not well and process.process.is_alive():
            log.warning("a worker hangs and is stopped")
            process.kill()

    def _announce(self) -> None:
        if not self._served:
            self._served = True
            self._ready()

    def _replace(self, index: int, process: Process) -> None:
        process.join()
        if not self._served:
            log.error("the first worker could not start")
            self.failed = True
            self.should_exit.set()
            return
        now = time.monotonic()
        if process.pid not in self._serving and now - self._started.get(index, 0.0) < QUICK:
            return  # until then the others serve
        log.warning("a worker ended with status %s and is started again", process.exitcode)
        self._serving.discard(process.pid)
        self._seen.pop(process.pid, None)
        self._started[index] = now
        fresh = Process(self.config, self.sockets)
        fresh.start()
        self.processes[index] = fresh


def create_worker() -> ASGIApp:
    """The portal in a worker, from the environment."""
    end_with_parent()
    try:
        settings = Settings.from_environment(os.environ)
        logs.configure(settings.log_level)
        from madang.web.app import create_app

        return create_app(settings)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
    except Exception:
        log.exception("the portal could not be put together")
    sys.exit(STARTUP_FAILURE)


def end_with_parent() -> None:
    """Asks Linux to stop this process when its parent is gone, killed ones included; elsewhere nothing happens."""
    if sys.platform == "linux":
        set_death_signal = 1
        ctypes.CDLL(None, use_errno=True).prctl(set_death_signal, signal.SIGTERM)
