"""The days of information for life: from the calendar, from the household, and sensible for years to come."""

import datetime as dt
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from madang.backend.catalogue.loader import people
from madang.backend.config import CATALOGUE
from madang.backend.life.computed import COMPUTED, Facts, pension_day
from madang.backend.life.days import add_months, elections, next_weekday, pension_age, same_day, working_day
from madang.backend.life.rules import Rule, days
from madang.backend.seed import as_person
from madang.contract.messages.identity import HouseholdMember, Person, PersonName
from madang.i18n.korea import age, is_working_day

TODAY = dt.date(2026, 11, 22)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def person(born: str, kind: str = "korean", *children: str) -> Person:
    name = PersonName("가")
    members = [HouseholdMember("self", name, "self", day(born))]
    members += [HouseholdMember(f"child-{n}", name, "child", day(each)) for n, each in enumerate(children)]
    return Person("s", name, kind, "ko", {"date_of_birth": born}, tuple(members))  # type: ignore[arg-type]


def found(kind: str, who: Person, today: str, **facts: Any) -> list[tuple[str, str, str]]:
    """(key, state, day) of each item."""
    items = COMPUTED[kind](Facts(who, day(today), **facts))
    return [(item.key, item.state, item.day.isoformat() if item.day else "") for item in items]


@pytest.mark.parametrize(
    ("today", "starts", "last"),
    [
        ("2026-11-22", "2027-07-16", "2027-08-02"),  # 31 July 2027 is a Saturday
        ("2027-08-02", "2027-07-16", "2027-08-02"),
        ("2027-08-03", "2027-09-16", "2027-09-30"),
        ("2029-09-20", "2029-09-16", "2029-10-01"),  # 30 September 2029 is a Sunday
    ],
)
def test_local_tax_is_payable_in_its_months_and_until_a_working_day(today: str, starts: str, last: str) -> None:
    assert days(Rule("home", tax_months=(7, 9)), day(today)) == (day(starts), day(last))


@pytest.mark.parametrize(
    ("rule", "today", "last"),
    [
        (Rule("a", monthly=25, shift="later"), "2026-12-24", "2026-12-28"),  # Christmas, then a weekend
        (Rule("a", monthly=25, shift="earlier"), "2026-12-20", "2026-12-24"),
        (Rule("a", monthly=18, late=25), "2026-11-22", "2026-11-18"),
        (Rule("a", monthly=18), "2026-11-22", "2026-12-18"),
        (Rule("a", yearly=("01-25", "07-25"), shift="later"), "2026-11-22", "2027-01-25"),
        (Rule("a", yearly=("02-29",)), "2026-11-22", "2027-03-01"),
        (Rule("a", weekday="sun"), "2026-11-22", "2026-11-22"),
        (Rule("a", weekday="sat"), "2026-11-22", "2026-11-28"),
        (Rule("a", within=-9), "2026-11-22", "2026-11-13"),
        (Rule("a", cycle={"first": "2017-02-18", "years": 10}), "2026-11-22", "2027-02-18"),  # type: ignore[arg-type]
        (Rule("a", cycle={"first": "2017-02-18", "years": 10}), "2027-02-19", "2037-02-18"),  # type: ignore[arg-type]
        (Rule("a", cycle={"first": "2034-12-31", "years": 10}), "2026-11-22", "2034-12-31"),  # type: ignore[arg-type]
    ],
)
def test_rules_find_the_next_day(rule: Rule, today: str, last: str) -> None:
    assert days(msgspec.convert(msgspec.to_builtins(rule), Rule), day(today))[1] == day(last)


def test_polling_days_are_those_of_the_law() -> None:
    assert elections(TODAY) == {
        "assembly": day("2028-04-12"),
        "president": day("2030-03-27"),
        "local": day("2030-06-12"),  # a week later: 5 June is the eve of Memorial Day
    }
    assert elections(day("2028-04-12"))["assembly"] == day("2028-04-12")


def test_who_votes() -> None:
    assert found("election", person("1990-01-01"), "2026-11-22") == [("assembly-2028", "due", "2028-04-12")]
    assert found("election", person("2010-04-13"), "2026-11-22") == []  # not yet 18 on the day
    settled = {"status_of_stay": "F-5", "registered_on": "2013-09-05"}
    foreigner = person("1990-01-25", "foreigner")
    assert found("election", foreigner, "2026-11-22", stay=settled) == [("local-2030", "due", "2030-06-12")]
    assert found("election", foreigner, "2026-11-22", stay=settled | {"registered_on": "2027-06-13"}) == []
    assert found("election", foreigner, "2026-11-22", stay=settled | {"status_of_stay": "E-9"}) == []


def test_ages() -> None:
    assert [pension_age(day(f"{year}-01-01")) for year in (1950, 1953, 1957, 1961, 1965, 1969, 1997)] == [
        60, 61, 62, 63, 64, 65, 65,
    ]  # fmt: skip
    assert age(day("2008-02-29"), day("2026-02-28")) == 17
    assert age(day("2008-02-29"), day("2026-03-01")) == 18
    assert same_day(day("2024-02-29"), 2027) == day("2027-03-01")
    assert add_months(day("2026-01-31"), 1) == day("2026-02-28")
    assert next_weekday("mon", TODAY) == day("2026-11-23")
    assert working_day(day("2026-11-22")) == day("2026-11-23")
    assert pension_day(Facts(person("1969-03-15"), TODAY)) == day("2034-04-01")


def test_children() -> None:
    maru = person("1986-04-17", "korean", "2018-05-12")
    assert found("child-vaccination", maru, "2026-11-22") == [("child-0-tdap", "due", "2031-05-11")]
    assert found("child-vaccination", maru, "2024-11-22") == [
        ("child-0-mmr", "due", "2025-05-11"),
        ("child-0-dtap5", "due", "2025-05-11"),
    ]
    assert found("child-vaccination", maru, "2031-06-01") == []
    baby = person("1990-01-01", "korean", "2026-06-01")
    assert found("child-health-check", baby, "2026-11-22") == [("child-0-4", "due", "2026-12-31")]
    assert found("school-entry", person("1990-01-01", "korean", "2020-07-01"), "2026-11-22") == [
        ("child-0", "due", "2027-01-05")
    ]
    assert found("school-costs", maru, "2026-11-22") == [("2027", "due", "2027-03-22")]
    assert found("school-costs", baby, "2026-11-22") == []


def test_flu_season() -> None:
    senior = person("1948-02-03")
    assert found("flu-vaccination", senior, "2026-11-22") == [("self-2026", "open", "2027-04-30")]
    assert found("flu-vaccination", senior, "2027-04-30") == [("self-2026", "open", "2027-04-30")]
    assert found("flu-vaccination", senior, "2027-05-01") == [("self-2027", "due", "2028-04-30")]
    assert found("flu-vaccination", person("1990-01-01"), "2026-11-22") == []


def test_adults_and_seniors() -> None:
    assert found("health-check", person("1986-04-17"), "2026-11-22", notice=60) == [("2026", "soon", "2026-12-31")]
    assert found("health-check", person("1987-04-17"), "2026-11-22") == []
    assert [key for key, _, _ in found("cancer-screening", person("1974-01-01"), "2026-11-22")] == [
        "stomach-2026",
        "bowel-2026",
    ]
    assert found("basic-pension", person("1962-03-10"), "2026-11-22") == [("claim", "due", "2027-02-01")]
    assert found("basic-pension", person("1961-12-10"), "2026-11-22") == [("claim", "open", "")]
    assert found("basic-pension", person("1948-02-03", "foreigner"), "2026-11-22") == []
    assert found("resident-card", person("2009-12-05"), "2026-11-22") == [("self", "due", "2027-12-31")]
    assert found("resident-card", person("2009-12-05", "foreigner"), "2026-11-22") == []


def test_the_demonstration_stays_sensible_for_eight_years() -> None:
    """No day long past and none before its first; what falls due on a working day is one."""
    register = yaml.safe_load((Path(CATALOGUE) / "registers/life-information.yaml").read_text(encoding="utf-8"))
    rules = {
        (subject, kind, rule.key): rule
        for subject, kinds in register.items()
        for kind, listed in kinds.items()
        for rule in msgspec.convert(listed, tuple[Rule, ...])
    }
    assert len(rules) > 100
    cast = [as_person(each, ()) for each in people(CATALOGUE)]
    for ahead in range(0, 8 * 365, 11):
        today = TODAY + dt.timedelta(days=ahead)
        for (subject, kind, key), rule in rules.items():
            starts, last = days(rule, today)
            where = f"{subject} {kind} {key} on {today}"
            if last is None:
                continue
            assert last >= today - dt.timedelta(days=max(rule.late, -(rule.within or 0))), where
            assert starts is None or starts < last, where
            assert is_working_day(last) or not (rule.tax_months or rule.shift != "none"), where
        for who in cast:
            for kind, compute in COMPUTED.items():
                for item in compute(Facts(who, today)):
                    assert item.day is None or item.day >= today, f"{who.subject} {kind} {today}"
