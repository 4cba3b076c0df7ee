"""The table of ASVS rows is true: each names tests, and each test named is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$")
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
LINES = [line for line in (ROOT / "docs/asvs.md").read_text(encoding="utf-8").splitlines() if line.startswith("| V")]
ROWS = [match for line in LINES if (match := ROW.match(line))]


@cache
def functions_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def missing(cell: str) -> list[str]:
    """What a cell names that is no test."""
    named = TEST.findall(cell)
    if not named or TEST.sub("", cell).strip():
        return [cell]
    return [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / "tests" / file).is_file() or name not in functions_of(ROOT / "tests" / file)
    ]


def test_every_row_is_whole() -> None:
    assert len(ROWS) == len(LINES)
    assert len(ROWS) > 80
    numbers = [row[1] for row in ROWS]
    assert len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number[1:].split(".")])


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_the_tests_named_are_there(row: re.Match[str]) -> None:
    assert not missing(row[5])


def test_the_check_would_see_a_missing_test() -> None:
    assert missing("`test_asvs.py::test_nobody_wrote_this`")
    assert missing("`nowhere.py::test_every_row_is_whole`")
    assert missing("reviewed by hand")
    assert not missing("`test_asvs.py::test_every_row_is_whole`")
