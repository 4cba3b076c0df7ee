"""What a worker counts, for ``/metrics``: plain dicts on the way of a request, Prometheus's format when asked for."""

import bisect
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the latency histogram, in seconds."""


class Metrics(Collector):
    """One per worker. Its dicts may be counted up directly; labels are route templates, never paths."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int, str]] = Counter()
        """By route template, status, locale."""
        self.cache: Counter[str] = Counter()
        """Page cache: ``hit`` or ``stored``."""
        self.refused: Counter[str] = Counter()
        """By reason: busy (shed), too-many, too-large ..."""
        self.backend_errors: Counter[tuple[str, str]] = Counter()
        """By API group and error type; the clients count them."""
        self.in_flight = 0
        self.connections: Callable[[], int] = int
        """Open WebSocket connections of remote support."""
        self._latency: dict[str, list[float]] = {}
        self.registry: Final = CollectorRegistry()
        self.registry.register(self)

    def observe(self, route: str, status: int, locale: str, seconds: float) -> None:
        """Counts one answer."""
        self.requests[route, status, locale] += 1
        latency = self._latency.get(route)
        if latency is None:
            latency = self._latency[route] = [0.0] * (len(BOUNDS) + 2)
        latency[bisect.bisect_left(BOUNDS, seconds)] += 1
        latency[-1] += seconds

    def collect(self) -> Iterator[Metric]:
        requests = CounterMetricFamily("madang_requests", "Answers.", labels=("route", "status", "locale"))
        for (route, status, locale), count in list(self.requests.items()):
            requests.add_metric((route, str(status), locale), count)
        yield requests
        latency = HistogramMetricFamily("madang_request_seconds", "Time to the end of the answer.", labels=("route",))
        for route, counts in list(self._latency.items()):
            total, buckets = 0.0, []
            for bound, observed in zip((*map(str, BOUNDS), "+Inf"), counts, strict=False):
                total += observed
                buckets.append((bound, total))
            latency.add_metric((route,), buckets, counts[-1])
        yield latency
        yield from _counted("madang_page_cache", "Answers of the page cache.", "result", self.cache)
        yield from _counted("madang_refused", "Requests refused at the door.", "reason", self.refused)
        errors = CounterMetricFamily(
            "madang_backend_errors", "Calls of backends that failed.", labels=("group", "error")
        )
        for (group, error), count in list(self.backend_errors.items()):
            errors.add_metric((group, error), count)
        yield errors
        yield GaugeMetricFamily("madang_in_flight", "Requests under way.", value=self.in_flight)
        yield GaugeMetricFamily(
            "madang_support_connections", "Open connections of remote support.", value=self.connections()
        )

    def text(self) -> bytes:
        """Prometheus's text format, version 0.0.4."""
        return generate_latest(self.registry)


def _counted(name: str, meaning: str, label: str, counts: Counter[str]) -> Iterator[Metric]:
    family = CounterMetricFamily(name, meaning, labels=(label,))
    for value, count in list(counts.items()):
        family.add_metric((value,), count)
    yield family
