"""The audit of a site by its address: what ``madang audit URL`` does."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from madang.accessibility.audit import browsers
from madang.accessibility.audit.crawl import Crawl
from madang.accessibility.audit.progress import Progress
from madang.accessibility.audit.sitewide import compared
from madang.accessibility.audit.workers import PATIENCE, Plan, look_at
from madang.accessibility.engines import NAMES, install, not_run
from madang.accessibility.findings import Browser, PageResult


class AuditUnavailable(Exception):
    """The audit cannot run here. The message is one English sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Audited:
    """``left_out``: what could not be run at all on this machine, a sentence each."""

    address: str
    results: tuple[PageResult, ...]
    seconds: float
    left_out: tuple[str, ...] = ()
    engines: dict[str, str] = field(default_factory=dict)

    @property
    def definite(self) -> int:
        return sum(1 for result in self.results for finding in result.findings if finding.outcome == "failed")

    @property
    def unread(self) -> tuple[PageResult, ...]:
        """What could not be looked at."""
        return tuple(result for result in self.results if result.problems and not result.passed)


def audit(
    address: str,
    data: Path,
    *,
    pages: int = 20,
    widths: tuple[int, ...] = (1280, 320),
    locale: str = "",
    kinds: tuple[Browser, ...] = ("chromium", "firefox"),
    only: tuple[str, ...] = NAMES,
    patience: float = PATIENCE,
    stream: TextIO | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> Audited:
    """Looks at ``pages`` pages of the site at ``address``. Raises AuditUnavailable and EnginesUnavailable."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        raise AuditUnavailable("The audit needs more packages: pip install 'madang[audit]'.") from None
    if browsers.found("chromium") is None:
        raise AuditUnavailable("The audit needs Chromium: install the package chromium of your system.")
    left_out = list(not_run().values())
    if "firefox" in kinds and browsers.found("firefox") is None:
        kinds = ("chromium",)
        left_out.append("Firefox was not run: it is not installed.")
    plan = Plan(install(data, say), only, patience=patience)
    crawl = Crawl(address, pages=pages, widths=widths, browsers=kinds, locale=locale)
    progress = Progress(stream or sys.stderr)
    results: list[PageResult] = []
    began, definite = time.monotonic(), 0
    for scene, result, links in look_at(plan, crawl):
        crawl.seen(scene, result, links)
        results.append(result)
        definite += sum(finding.outcome == "failed" for finding in result.findings)
        progress.total = crawl.total
        progress.step(result.state.url, definite)
    progress.end()
    order = {url: place for place, url in enumerate(dict.fromkeys(result.state.url for result in results))}
    results.sort(key=lambda result: (order[result.state.url], result.state.browser, -result.state.width))
    return Audited(address, tuple(compared(results)), time.monotonic() - began, tuple(left_out))
