"""The same page in the portal, Django, Flask and Express: processor time of one request.

Python peers are called in this process, without a server; Node's can only be asked over HTTP, and ours is then asked
the same way. Each page is rendered anew for each request; what we would do with a public page, keep it whole, is told
too.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from portal_server import free_port

from bench.drive import Call, medians
from bench.houses import HOST, ROOT, inhabited
from bench.peers import content, ours, python_peers
from bench.peers.content import PEERS
from bench.peers.packages import MODULES, installed
from bench.table import Row, at_least, plain

ROUNDS = 5
IDENTITY = {"Accept-Encoding": "identity"}


async def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content.write_messages(folder)
        return [*await beside_python(folder), *beside_node(folder)]


async def beside_python(folder: Path) -> list[Row]:
    django = python_peers.WsgiCall(python_peers.django(folder))
    flask = python_peers.WsgiCall(python_peers.flask(folder))
    async with inhabited(folder / "data") as house:
        ours.furnish(house.app)
        fresh, kept = (Call(house.app, f"/ko/{page}", IDENTITY, host=HOST) for page in ("page", "kept"))
        await kept.run(3)
        cost = await medians(
            {
                "fresh": (fresh.run, 300),
                "kept": (kept.run, 3000),
                "django": (django.run, 100),
                "flask": (flask.run, 150),
            },
            ROUNDS,
        )
    sizes = ", ".join(f"{len(case.body):,}" for case in (fresh, django, flask))
    return [
        plain("The same page (40 strings, 20 rows, six fields), bytes", f"{sizes} (ours, Django, Flask)"),
        compared("Django", cost["django"], cost["fresh"], 10, f"; kept whole {cost['django'] / cost['kept']:,.0f}x"),
        compared("Flask", cost["flask"], cost["fresh"], 6, f"; kept whole {cost['flask'] / cost['kept']:,.0f}x"),
    ]


def compared(peer: str, theirs: float, our: float, goal: float, more: str = "") -> Row:
    more = f" ({theirs:,.0f} µs, ours {our:,.0f}{more})"
    return at_least(f"The same page, rendered anew, against {peer}", theirs / our, goal, more=more)


def beside_node(folder: Path) -> list[Row]:
    node = shutil.which("node")
    if node is None or not installed(MODULES / "express"):
        return [plain("The same page against Express", "no Node here")]
    ports = free_port(), free_port()
    environment = os.environ | {"NODE_ENV": "production"}
    express = subprocess.Popen([node, "page.js", str(ports[0]), str(folder)], cwd=PEERS, env=environment)
    own = subprocess.Popen([sys.executable, "-m", "bench.peers.ours", str(ports[1]), str(folder)], cwd=ROOT)
    try:
        cases = {
            "nunjucks": (Served(express.pid, ports[0], "/ko/page"), 400),
            "govuk": (Served(express.pid, ports[0], "/ko/govuk"), 100),
            "fresh": (Served(own.pid, ports[1], "/ko/page"), 400),
            "kept": (Served(own.pid, ports[1], "/ko/kept"), 2000),
        }
        for served, _ in reversed(cases.values()):  # ours takes longer to start, and waits for nobody
            served.connect()
        for name in ("nunjucks", "govuk"):
            cases[name][0].ask(600)  # what a just-in-time compiler needs
        cost = {name: [] for name in cases}
        for _ in range(ROUNDS):
            for name, (served, count) in cases.items():
                cost[name].append(served.cost(count))
    finally:
        for process in (express, own):
            process.terminate()
            process.wait(15)
    middle = {name: sorted(figures)[ROUNDS // 2] for name, figures in cost.items()}
    kept = middle["kept"]
    return [
        compared(
            "Express + Nunjucks, over HTTP",
            middle["nunjucks"],
            middle["fresh"],
            2,
            f"; kept whole {middle['nunjucks'] / kept:,.0f}x",
        ),
        compared(
            "Express + govuk-frontend macros, over HTTP",
            middle["govuk"],
            middle["fresh"],
            20,
            f"; kept whole {middle['govuk'] / kept:,.0f}x",
        ),
    ]


class Served:
    """A page over one kept connection; what its process spends is read from the system."""

    def __init__(self, pid: int, port: int, path: str) -> None:
        self.pid, self.port = pid, port
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: identity\r\nAccept-Language: ko\r\n\r\n"
        ).encode()

    def connect(self) -> None:
        for _ in range(300):
            try:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=20)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"nothing answers at port {self.port}")

    def ask(self, count: int) -> None:
        if hasattr(self, "socket"):
            self.socket.close()
        self.connect()  # anew: a server closes what was idle while the others were asked
        for _ in range(count):
            self.socket.sendall(self.request)
            answer = self.socket.recv(65536)
            head, _, _ = answer.partition(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.decode("latin-1"))
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            missing = len(head) + 4 + length - len(answer)
            while missing > 0:
                missing -= len(self.socket.recv(65536))

    def cost(self, count: int) -> float:
        """Microseconds of the process for one request; the system counts in hundredths of a second."""
        before = self._spent()
        self.ask(count)
        return (self._spent() - before) / count * 1e6

    def _spent(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
