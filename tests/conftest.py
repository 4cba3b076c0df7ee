"""What holds for every test."""

from typing import Final

import pytest

PATIENCE: Final = 3 * 3600
"""Seconds for one of the long matrices; any other test has what pyproject.toml gives it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("full") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(PATIENCE))
