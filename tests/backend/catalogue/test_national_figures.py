"""The figures the national catalogue promises, counted in its table: 5,000 services, 3,020 online, 1,208 issued."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
import yaml

import madang.backend

DATA: Final = Path(madang.backend.__file__).parent / "data"
SERVICES: Final = DATA / "services"
VARIANTS: Final = {"national": 0, "province": 17, "municipality": 226, "city": 75, "county": 82, "district": 69}
"""How many areas of each level Korea has."""
WHOLE: Final = 15
"""Services explained whole, all of which are applied for here."""
WHOLE_THAT_ISSUE: Final = 13
LINKED: Final = 19
"""Systems of others."""
OPTIONAL: Final = frozenset({"audience", "fee_online", "fee_counter", "online_areas"})
"""Columns whose cells may be empty: for everybody, not said, offered by every area."""


def table() -> list[dict[str, str]]:
    with (DATA / "national" / "kinds.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


KINDS: Final = table()


def known(name: str) -> set[str]:
    return {entry["id"] for entry in yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))}


def online(kind: dict[str, str]) -> set[str]:
    """What a kind does online."""
    for channel in kind["channels"].split(";"):
        name, _, does = channel.partition(":")
        if name == "online":
            return set(does.split("+"))
    return set()


def offered(kind: dict[str, str]) -> int:
    """How many services with this kind's online channel there are: itself and the areas that offer it."""
    return 1 + int(kind["online_areas"] or VARIANTS[kind["level"]])


def test_there_are_five_thousand_services() -> None:
    assert sum(1 + VARIANTS[kind["level"]] for kind in KINDS) + WHOLE + LINKED == 5_000


def test_so_many_are_applied_for_online() -> None:
    assert sum(offered(kind) for kind in KINDS if "apply" in online(kind)) + WHOLE == 3_020


def test_so_many_are_issued_online() -> None:
    assert sum(offered(kind) for kind in KINDS if "issue" in online(kind)) + WHOLE_THAT_ISSUE == 1_208


def test_no_more_areas_offer_it_online_than_there_are() -> None:
    assert [kind["id"] for kind in KINDS if offered(kind) > 1 + VARIANTS[kind["level"]]] == []
    assert [kind["id"] for kind in KINDS if kind["online_areas"] and not online(kind)] == []


def test_what_is_issued_online_is_applied_for_online() -> None:
    assert [kind["id"] for kind in KINDS if "issue" in online(kind) and "apply" not in online(kind)] == []


def test_identifiers_and_titles_are_used_once() -> None:
    for column in ("id", "title"):
        assert [name for name, times in Counter(kind[column] for kind in KINDS).items() if times > 1] == []
    assert [kind["id"] for kind in KINDS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind["id"])] == []
    assert max(len(kind["id"]) for kind in KINDS) <= 60
    assert {kind["id"] for kind in KINDS}.isdisjoint(path.stem for path in SERVICES.glob("*.yaml"))


@pytest.mark.parametrize("kind", KINDS, ids=[kind["id"] for kind in KINDS])
def test_a_kind_says_what_a_citizen_asks(kind: dict[str, str]) -> None:
    assert [column for column, cell in kind.items() if not cell and column not in OPTIONAL] == []
    assert kind["level"] in VARIANTS
    assert kind["outcome"] in {"document", "registration", "benefit", "permit", "information"}
    assert kind["proxy"] in {"none", "guardian", "delegate", "anyone"}
    assert 0 <= int(kind["rank"]) <= 60
    channels = [channel.partition(":")[0] for channel in kind["channels"].split(";")]
    assert set(channels) <= {"online", "counter", "kiosk", "phone"}
    assert len(channels) == len(set(channels))
    for channel in ("online", "counter"):
        assert not kind[f"fee_{channel}"] or (kind[f"fee_{channel}"].isdigit() and channel in channels)
    words = kind["keywords"].split(";")
    assert len(words) >= 7
    assert len(words) == len(set(words))


def test_categories_authorities_and_audiences_exist() -> None:
    assert {name for kind in KINDS for name in kind["category"].split(";")} <= known("categories")
    assert {kind["authority"] for kind in KINDS} <= known("authorities")
    assert {name for kind in KINDS for name in kind["audience"].split(";") if name} <= known("audiences")


def test_every_category_has_kinds() -> None:
    assert known("categories") == {name for kind in KINDS for name in kind["category"].split(";")}
