"""What holds for every test."""

from typing import Final

import hypothesis
import pytest
from playwright.sync_api import expect

PATIENCE: Final = 3 * 3600
"""Seconds for one of the long matrices; any other test has what pyproject.toml gives it."""

SIGHT: Final = 20_000
"""Milliseconds until what must come is on the page: what is wrong stays wrong, what is late is not."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("full") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(PATIENCE))


def pytest_configure(config: pytest.Config) -> None:
    """The daily suite tries the same examples each time, so that a change is judged by itself; the full one looks for
    new ones. Neither judges how long an example takes: machines are busy."""
    expect.set_options(timeout=SIGHT)
    hypothesis.settings.register_profile("daily", derandomize=True, deadline=None)
    hypothesis.settings.register_profile("full", deadline=None)
    hypothesis.settings.load_profile("daily" if config.option.markexpr == "not full" else "full")
