"""The criteria as data: complete, in six languages, and every map leads somewhere."""

from collections import Counter

import msgspec
import pytest

from madang.accessibility.criteria import (
    EN_301_549,
    HUMAN,
    KWCAG,
    MACHINE,
    REQUIRED,
    WCAG,
    CriteriaError,
    check,
    keyed,
)
from madang.i18n.locales import LOCALES

ADDED_BY_22 = {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}


def test_there_are_55_criteria_and_two_of_aaa() -> None:
    assert Counter(each.level for each in WCAG.values()) == {"A": 31, "AA": 24, "AAA": 2}
    assert len(REQUIRED) == 55
    assert Counter(WCAG[number].tested for number in REQUIRED) == {"engine": 23, "scripted": 26, "human": 6}
    assert len(MACHINE) == 49
    assert set(MACHINE) | set(HUMAN) == set(REQUIRED)


def test_every_title_has_six_languages_of_its_own_and_a_protocol() -> None:
    for number, each in WCAG.items():
        assert len({each.called(locale) for locale in LOCALES}) == 6, number
        assert each.protocol.endswith(".")
        assert each.url.startswith("https://www.w3.org/TR/WCAG22/#")


def test_kwcag_has_33_items_and_answers_every_part_of_wcag_that_it_knows() -> None:
    assert Counter(number[0] for number in KWCAG) == {"5": 9, "6": 15, "7": 7, "8": 2}
    assert {number for number, each in KWCAG.items() if each.own} == {"5.4.4", "6.1.3", "6.4.4", "8.1.1"}


def test_en_301_549_has_a_clause_for_each_criterion_of_wcag_21() -> None:
    web = {each.wcag for each in EN_301_549.values() if each.about == "web" and each.wcag}
    assert web == set(REQUIRED) - ADDED_BY_22
    assert all(each.clause in {f"9.{each.wcag}", f"10.{each.wcag}"} for each in EN_301_549.values() if each.wcag)


def test_a_map_to_nowhere_a_missing_language_and_a_double_are_refused() -> None:
    item = msgspec.structs.replace(KWCAG["5.1.1"], wcag=("9.9.9",))
    with pytest.raises(CriteriaError, match=r"KWCAG 5.1.1 names 9.9.9"):
        check(WCAG, {"5.1.1": item}, {})
    title = msgspec.structs.replace(WCAG["1.1.1"].title, th="")
    with pytest.raises(CriteriaError, match="lacks th"):
        check({"1.1.1": msgspec.structs.replace(WCAG["1.1.1"], title=title)}, {}, {})
    with pytest.raises(CriteriaError, match="twice"):
        keyed([WCAG["1.1.1"], WCAG["1.1.1"]], lambda row: row.number)
    nothing = msgspec.structs.replace(KWCAG["5.1.1"], wcag=())
    with pytest.raises(CriteriaError, match="neither"):
        check(WCAG, {"5.1.1": nothing}, {})
