"""Remote support: a citizen and an agent in real browsers beside rrweb on the same page, and the relay by itself.

In the browsers wall clock is measured, of pages on one machine that share a clock: from a key that goes down, or a
press, to the moment that the other side's document has changed. Ours and rrweb's take turns on the same page in the
same run, so that their ratio holds on a busy machine, too. How many sessions a core carries is processor time
(``bench.remote.capacity``). rrweb is not tuned down: its latency is measured with nothing masked, sampled or buffered,
its leaks with everything that its guide names for privacy.
"""

import gzip
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
from citizen import ARGUMENTS
from playwright.sync_api import sync_playwright
from portal_server import free_port

from bench.houses import ROOT
from bench.peers.packages import installed
from bench.person import CHROMIUM
from bench.remote import hands, killed, ours, rrweb
from bench.remote.capacity import Figures
from bench.remote.house import RECORD, RRWEB
from bench.remote.ours import Ours
from bench.remote.rrweb import Theirs
from bench.remote.seeds import seeded
from bench.table import Row, at_least, at_most, plain

SESSIONS = 1500
KIB = 1024
KILLED = "Support: a worker killed -> agent sees the page again"
MOST = 90.0
"""Seconds after which no worker is killed any more: that one takes three workers to start."""


def rows() -> list[Row]:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        carried = capacity(folder)
        made = [*beside(folder, carried), *alone(carried)]
        if time.monotonic() - began > MOST:
            return [*made, plain(KILLED, "left out: the section took too long already")]
        return [*made, killing(folder)]


def killing(folder: Path) -> Row:
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            try:
                times = killed.measured(browser, folder)
            finally:
                browser.close()
    except ImportError:
        return plain(KILLED, "no Valkey here")
    if not times:
        return plain(KILLED, "the agent was connected to none of those that were killed")
    return at_most(KILLED, max(times) / 1000, 2, "s", f" (the worst of {len(times)})")


def capacity(folder: Path) -> Figures:
    """Of the relay, in a process of its own."""
    command = [sys.executable, "-m", "bench.remote.capacity", str(folder), str(SESSIONS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=90)
    return msgspec.json.decode(done.stdout, type=Figures)


def beside(folder: Path, carried: Figures) -> list[Row]:
    port, there = free_port(), installed(RRWEB, RECORD)
    house = subprocess.Popen([sys.executable, "-m", "bench.remote.house", str(port), str(folder)], cwd=ROOT)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{base}/readyz", timeout=2)
                break
            except OSError:
                time.sleep(0.1)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            try:
                theirs = rrweb.measured(browser, base, seeded()) if there else None
                mine = ours.measured(browser, base, seeded())
            finally:
                browser.close()
    finally:
        house.terminate()
        house.wait(20)
    return table(mine, theirs, carried)


def table(mine: Ours, theirs: Theirs | None, carried: Figures) -> list[Row]:
    keys = steps = wrongs = peers = ""
    if theirs is not None:
        keys = f"; rrweb {hands.p95(theirs.keys):.1f}, p50 {hands.p50(theirs.keys):.1f}"
        steps = f"; rrweb {hands.p50(theirs.steps):.0f}, p95 {hands.p95(theirs.steps):.0f}"
        wrongs = f"; rrweb {theirs.violations}"
        record, whole = (len(gzip.compress(path.read_bytes(), 9)) / KIB for path in (RECORD, RRWEB))
        peers = f"; rrweb's recorder {record:.1f}, with its replayer {whole:.1f}"
    before, during = mine.before / KIB, mine.during / KIB
    cover, mask, neither = carried.leaked
    total = len(seeded().all)
    key, step, stop, said, cut = (
        hands.p95(times) for times in (mine.keys, mine.steps, mine.stops, mine.said, mine.cuts)
    )
    made = [
        at_most("Support: key -> agent's frame, p95", key, 20, "ms", f"{middle(mine.keys)}{keys}"),
        at_most(
            "Support: navigation -> agent's frame, p50",
            hands.p50(mine.steps),
            50,
            "ms",
            f" (p95 {step:.0f} of {len(mine.steps)}){steps}",
        ),
        at_most("Support: Stop -> agent's frame blank, p95", stop, 50, "ms", middle(mine.stops)),
        at_most("Support: events that reach the agent after Stop", mine.after, 0, ""),
        at_most("Support: highlight -> the citizen's live region, p95", said, 30, "ms", middle(mine.said)),
        at_most(f"Support: secrets of {total} that leak", len(mine.leaked), 0, "", places(mine.leaked)),
        at_most("Support: the same without the cover", cover, 0, "", " (the mask alone)"),
        at_most("Support: the same without the mask", mask, 0, "", f" (the cover alone; without both {neither})"),
    ]
    if theirs is not None:
        for name, what in (("tight", "rrweb at its tightest"), ("default", "rrweb's defaults")):
            leaked = theirs.leaked[name]
            made.append(plain(f"Support: the same, {what}", f"{len(leaked)}{places(leaked)}"))
    return [
        *made,
        at_most("Support: script before a session, gzipped", before, 0, "KiB"),
        at_most("Support: script in a session, gzipped", during, 8, "KiB", peers),
        at_most("Support: agent's connection cut -> page again, p95", cut, 250, "ms", middle(mine.cuts)),
        plain("Support: the citizen's cut -> agent sees the page again", f"{hands.p50(mine.cuts_citizen):.0f} ms"),
        at_most("Support: violations of the CSP, either side", mine.violations, 0, "", wrongs),
    ]


def alone(carried: Figures) -> list[Row]:
    event = f" ({carried.event:.0f} µs an event, and {carried.trail:.0f} for its records in the embedded backend)"
    beside = ", ".join(f"{count:,} sessions: {time:.1f} ms" for count, time in carried.p95.items())
    size = f" (each with a page of {carried.twin / KIB:.0f} KiB in two languages, and two real sockets)"
    return [
        at_least("Support: sessions a core, 5 events/s each, p95 <= 50 ms", carried.capacity, 2500, "", event),
        plain("Support: p95 of a core at", f"{beside} (a tick over {carried.sessions:,}: {carried.tick:.1f} ms)"),
        at_most("Support: memory of a session", carried.memory, 160, "KiB", size),
    ]


def middle(times: Sequence[float]) -> str:
    return f" (p50 {hands.p50(times):.1f} of {len(times)})"


def places(leaked: Sequence[str]) -> str:
    """What leaked, where each place holds three."""
    return f" ({', '.join(place.replace('_', ' ') for place in Counter(leaked))})" if leaked else ""
