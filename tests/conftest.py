"""What holds for every test."""

from typing import Final

import hypothesis
import pytest
from playwright.sync_api import expect

PATIENCE: Final = 3 * 3600
"""Seconds for one of the long matrices; any other test has what pyproject.toml gives it."""

SIGHT: Final = 20_000
"""Milliseconds until what must come is on the page: what is wrong stays wrong, what is late is not."""


DAILY: Final = "not full"
LONGEST: Final = ("test_orca", "test_personas", "test_evidence", "test_fuzz", "test_by_hand")
"""Files that take the longest, in the order in which the full run begins them."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    long = set()
    for item in items:
        if item.get_closest_marker("full"):
            long.add(item.path)
            if not item.get_closest_marker("timeout"):
                item.add_marker(pytest.mark.timeout(PATIENCE))
    if (
        config.option.markexpr != DAILY
    ):  # begun first, so that no worker is left with an hour's file when the others are done
        items.sort(key=lambda item: (item.path not in long, _place(item.path.stem)))


def _place(name: str) -> int:
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


def pytest_configure(config: pytest.Config) -> None:
    """The daily suite tries the same examples each time, so that a change is judged by itself; the full one looks for
    new ones. Neither judges how long an example takes: machines are busy."""
    expect.set_options(timeout=SIGHT)
    hypothesis.settings.register_profile("daily", derandomize=True, deadline=None)
    hypothesis.settings.register_profile("full", deadline=None)
    hypothesis.settings.load_profile("daily" if config.option.markexpr == DAILY else "full")
