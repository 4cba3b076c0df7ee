"""Processes that look, watched: a page that hangs takes its process along and nothing else."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final

from madang.accessibility.audit.scenes import Asset, Scene
from madang.accessibility.findings import PageResult

PATIENCE: Final = 150.0
"""Seconds for one page, all engines and checks together."""
START: Final = 900.0
"""Seconds until browser and engines have looked at a first page of ours; a busy machine takes minutes."""
Seen = tuple[Scene, PageResult, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What every process is given. ``engines``: which of them."""

    modules: Path
    engines: tuple[str, ...]
    assets: dict[str, Asset] = field(default_factory=dict)
    patience: float = PATIENCE


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _work(pipe: Connection, plan: Plan) -> None:
    """Looks at what comes through ``pipe`` until it is closed."""
    os.setpgid(0, 0)  # a group of its own, so that all of it can be ended
    from playwright.sync_api import sync_playwright

    from madang.accessibility.audit.look import Looker
    from madang.accessibility.engines import engines

    with sync_playwright() as playwright, engines(plan.modules, plan.engines) as made:
        looker = Looker(playwright, made)
        looker.stage.assets = plan.assets
        looker.warm()
        with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
            pipe.send(None)
            while (scene := pipe.recv()) is not None:
                pipe.send(looker.look(scene))
        looker.close()


class _Worker:
    """``job``: the pipe of its process, the scene that it looks at, and since when."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._process: Any = None
        self._pipe: Connection | None = None
        self.job: tuple[Connection, Scene, float] | None = None
        self._ready = False

    def give(self, scene: Scene) -> None:
        if self._pipe is None or not self._process.is_alive():
            context = multiprocessing.get_context("spawn")
            self._pipe, other = context.Pipe()
            self._process = context.Process(target=_work, args=(other, self._plan), daemon=True)
            self._process.start()
            self._ready = False
            other.close()
        self.job = self._pipe, scene, time.monotonic()
        with contextlib.suppress(OSError):  # it ended just now: taking its answer says so
            self._pipe.send(scene)

    def take(self, pipe: Connection, scene: Scene) -> Seen | None:
        """What it saw; None when it only says that it is ready."""
        try:
            said = pipe.recv()
        except (EOFError, OSError):
            return self.give_up(scene, "The browser ended while it looked at this page.")
        if said is None:
            self._ready, self.job = True, (pipe, scene, time.monotonic())
            return None
        self.job = None
        return scene, *said

    def late(self) -> bool:
        patience = self._plan.patience if self._ready else START
        return self.job is not None and time.monotonic() - self.job[2] > patience

    def give_up(self, scene: Scene, problem: str) -> Seen:
        self.stop()
        return scene, PageResult(scene.state, scene.key, problems=(problem,)), ()

    def stop(self) -> None:
        """The browsers end with their process, for they hear it through a pipe."""
        if self._process is not None:
            if self.job is None and self._pipe is not None and self._process.is_alive():
                with contextlib.suppress(OSError):
                    self._pipe.send(None)
                self._process.join(10)
            _end_group(self._process.pid)
            self._process.join(10)
        self._process = self._pipe = self.job = None


def _end_group(pid: int | None) -> None:
    """Ends what is left of a process of ours and of what it started: Node, Java, Playwright's driver."""
    if pid is not None:
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def look_at(plan: Plan, scenes: Iterable[Scene], *, processes: int = 0, until: float | None = None) -> Iterator[Seen]:
    """What was seen, in the order in which it was. ``scenes`` may grow while it is read, as a crawl does; an iterator
    that ended may go on while something is still looked at. ``until``: on the monotonic clock; what is not begun by
    then is left."""
    source = iter(scenes)
    workers = [_Worker(plan) for _ in range(processes or min(2, cores()))]
    dry = False
    try:
        while True:
            for worker in workers:
                if worker.job is None and not dry and (until is None or time.monotonic() < until):
                    scene = next(source, None)
                    if scene is not None:
                        worker.give(scene)
                    elif not any(each.job for each in workers):
                        dry = True
            busy = {worker.job[0]: worker for worker in workers if worker.job}
            if not busy:
                return
            ready = wait(list(busy), timeout=1.0)
            for pipe, worker in busy.items():
                if worker.job is None:
                    continue
                if pipe in ready:
                    seen = worker.take(pipe, worker.job[1])
                    if seen is not None:
                        yield seen
                elif worker.late():
                    yield worker.give_up(worker.job[1], f"It hangs: it was left after {plan.patience:.0f} seconds.")
    finally:
        for worker in workers:
            worker.stop()
