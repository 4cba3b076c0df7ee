"""What the audit must find and what it must leave alone: sown faults, and the clean pages they were sown into."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from madang.accessibility.checks import ACROSS, CHECKS
from madang.accessibility.checks.windows import spread
from madang.accessibility.criteria import KWCAG, MACHINE, WCAG
from madang.accessibility.engines import Engine
from madang.accessibility.engines.injected import axe
from tests.accessibility.fault_kit import (
    Fault,
    Town,
    checked,
    checks_for,
    chromium,
    clean,
    compared,
    faults,
    named,
    sown,
    town_in,
)
from tests.accessibility.measure_faults import Looker

ROOT = Path(__file__).parents[2]
FIRST = {criterion: next((f for f in faults() if f.criterion == criterion), None) for criterion in MACHINE}


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with chromium() as browser, town_in(browser) as made:
        yield made


@pytest.fixture(scope="module")
def engine() -> Engine:
    return axe(ROOT / "node_modules")


def test_every_criterion_that_machines_can_test_has_three_faults_and_each_can_be_sown() -> None:
    counts = Counter(fault.criterion for fault in faults())
    assert {criterion: counts[criterion] for criterion in MACHINE if counts[criterion] < 3} == {}
    assert set(counts) <= set(MACHINE)
    assert len({sown(fault) for fault in faults()}) == len(faults())


def test_checks_name_criteria_that_exist_and_kwcag_names_checks_that_exist() -> None:
    assert {criterion for check in CHECKS.values() for criterion in check.criteria} | set(ACROSS) <= set(WCAG)
    assert {name for item in KWCAG.values() for name in item.checks} <= set(CHECKS)


@pytest.mark.parametrize("criterion", MACHINE)
def test_a_fault_of_each_criterion_is_found_and_called_by_its_number(
    town: Town, engine: Engine, criterion: str
) -> None:
    fault = FIRST[criterion]
    assert fault is not None
    try:
        assert Looker(town, [engine]).found(fault), str(fault)
    finally:
        town.changed = {}


@pytest.mark.parametrize("name", ["form", "lookalikes", "ours"])
def test_a_clean_page_raises_nothing(town: Town, engine: Engine, name: str) -> None:
    _is_clean(town, engine, name)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(clean()))
def test_every_clean_page_raises_nothing(town: Town, engine: Engine, name: str) -> None:
    _is_clean(town, engine, name)


def _is_clean(town: Town, engine: Engine, name: str) -> None:
    found = checked(town, name, CHECKS.values()) + compared(town, name)
    found += Looker(town, [engine]).engine(engine, name)
    assert [finding for finding in found if finding.outcome == "failed"] == []
    assert [finding for finding in found if finding.rule.startswith("check:") and finding.criterion != "2.5.5"] == []


@pytest.mark.full
@pytest.mark.parametrize("fault", [f for f in faults() if f not in FIRST.values()], ids=str)
def test_every_other_fault_is_found(town: Town, engine: Engine, fault: Fault) -> None:
    try:
        assert Looker(town, [engine]).found(fault), str(fault)
    finally:
        town.changed = {}


def test_a_fault_is_not_found_without_its_check(town: Town) -> None:
    """The reverse: with the check's own criterion asked of a clean page, nothing is named."""
    assert named(checked(town, "contact", checks_for("2.4.7")), "2.4.7") == []


def test_words_that_are_tied_to_their_field_are_enough(town: Town) -> None:
    """3.3.1 asks that the error is said in words; aria-invalid says it once more. GOV.UK leaves it out on purpose."""
    field = '<input id="name" name="name" autocomplete="name" aria-invalid="true" aria-describedby="name-error">'
    bare = '<input class="input-error" id="name" name="name" autocomplete="name">'
    ways = {
        "at the field": bare.replace(">", ' aria-describedby="name-error">'),
        "at its group": f'<div role="group" aria-labelledby="name-error" aria-describedby="name-error">{bare}</div>',
        "": bare,
    }
    for way, made in ways.items():
        town.changed = {"error": sown(Fault("3.3.1", way, "error", {"from": field, "to": made}))}
        try:
            assert bool(named(checked(town, "error", checks_for("3.3.1")), "3.3.1")) is not bool(way), way
        finally:
            town.changed = {}


@pytest.mark.parametrize(("stays", "over"), [("fixed", 0), ("absolute", 1)])
def test_what_stays_in_the_window_lies_over_what_is_scrolled_and_is_no_fault(town: Town, stays: str, over: int) -> None:
    """A banner that scrolls in itself is still a banner; a box that goes with the page hides what is under it."""
    page, _ = town.open("contact")
    page.evaluate(
        """(stays) => {
          const box = document.querySelector("main p").getBoundingClientRect(), over = document.createElement("div");
          over.style = `position: ${stays}; left: ${box.left}px; top: ${box.top + 6}px; background: #fff`;
          over.innerHTML = "<div style='overflow: auto'><p style='margin: 0'>Somebody sees this page.</p></div>";
          document.body.append(over);
        }""",
        stays,
    )
    assert bool(spread(page)["over"]) is bool(over)
    page.close()
