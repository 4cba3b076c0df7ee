"""What is audited, as data: WCAG 2.2 (A, AA and two of AAA), KWCAG 2.2's 33 items, EN 301 549's clauses.

The data stands in ``data/criteria/*.yaml``. Loading checks it: every number once, six languages, every map's target
there. What is wrong is a CriteriaError at import.
"""

from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Final, Literal, TypeVar

import msgspec

from madang.i18n.locales import Locale
from madang.i18n.text import Text

Level = Literal["A", "AA", "AAA"]
Tested = Literal["engine", "scripted", "human"]
"""``engine``: checkers give verdicts on a part of it. ``scripted``: our checks do. ``human``: only people can."""
About = Literal["web", "document", "generic", "software", "support"]

W3C: Final = "https://www.w3.org/TR/WCAG22/#"
BEST: Final = "best"
"""What a finding names that breaks no criterion."""


Kind = TypeVar("Kind")


class CriteriaError(ValueError):
    """The data contradicts itself; the sentence says where."""


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One criterion of WCAG 2.2. ``protocol``: how a person tests what machines cannot, one English sentence."""

    number: str
    id: str
    level: Level
    tested: Tested
    title: Text
    protocol: str

    @property
    def url(self) -> str:
        """Where W3C says it."""
        return W3C + self.id

    def called(self, locale: Locale) -> str:
        """Its short name in one language."""
        return self.title.resolve(locale).text


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of KWCAG 2.2's 33 items. ``wcag``: the criteria that answer it. ``checks``: names of checks that look at what
    is the item's own, and ``own`` the English sentence that says what that is."""

    number: str
    ko: str
    en: str
    wcag: tuple[str, ...]
    checks: tuple[str, ...] = ()
    own: str = ""


class Clause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One clause of EN 301 549 V3.2.1. ``applies``: "yes", or an English sentence that says why not."""

    clause: str
    title: str
    about: About
    wcag: str = ""
    applies: str = "yes"


def numbered(number: str) -> tuple[int, ...]:
    """A key to sort by: 1.4.10 comes after 1.4.9."""
    return tuple(int(part) for part in number.split("."))


def keyed(rows: Iterable[Kind], key: Callable[[Kind], str]) -> dict[str, Kind]:
    """``rows`` by ``key``, in the order of their numbers; raises CriteriaError for one that is there twice."""
    made: dict[str, Kind] = {}
    for row in sorted(rows, key=lambda row: numbered(key(row))):
        if key(row) in made:
            raise CriteriaError(f"{key(row)} is there twice.")
        made[key(row)] = row
    return made


def check(wcag: dict[str, Criterion], kwcag: dict[str, Item], clauses: dict[str, Clause]) -> None:
    """Raises CriteriaError where a title lacks a language, or a map names a criterion that is not there."""
    for number, criterion in wcag.items():
        if missing := criterion.title.missing():
            raise CriteriaError(f"The title of {number} lacks {', '.join(missing)}.")
    named = [(f"KWCAG {each.number}", target) for each in kwcag.values() for target in each.wcag]
    named += [(f"EN 301 549 {each.clause}", each.wcag) for each in clauses.values() if each.wcag]
    for where, target in named:
        if target not in wcag:
            raise CriteriaError(f"{where} names {target}, which is not there.")
    for item in kwcag.values():
        if not item.wcag and not item.own:
            raise CriteriaError(f"KWCAG {item.number} neither names a criterion nor says what is its own.")


def _read(name: str, kind: type[Kind]) -> list[Kind]:
    data = (files("madang.accessibility") / "data" / "criteria" / f"{name}.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=list[kind])  # type: ignore[valid-type]


WCAG: Final[dict[str, Criterion]] = keyed(
    (row for part in ("wcag-1", "wcag-2", "wcag-3") for row in _read(part, Criterion)), lambda row: row.number
)
"""Number -> criterion, in order: 55 of A and AA, and 1.4.6 and 2.5.5 of AAA."""
KWCAG: Final[dict[str, Item]] = keyed(_read("kwcag", Item), lambda row: row.number)
EN_301_549: Final[dict[str, Clause]] = keyed(_read("en301549", Clause), lambda row: row.clause)
check(WCAG, KWCAG, EN_301_549)

REQUIRED: Final[tuple[str, ...]] = tuple(number for number, each in WCAG.items() if each.level != "AAA")
"""The 55 of A and AA."""
MACHINE: Final[tuple[str, ...]] = tuple(number for number in REQUIRED if WCAG[number].tested != "human")
"""The 49 that machines can look at, in part at least."""
HUMAN: Final[tuple[str, ...]] = tuple(number for number in REQUIRED if WCAG[number].tested == "human")
