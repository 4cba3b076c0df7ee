"""Registers about things: which building or lot people mean by what they type.

A record of such a register has an ``address``, a ``lot``, or both, each a six-language text. What is typed is compared
with each of those writings alone: every word must be part of it, and the numbers must be the same, in any order
("12 Siyeon-ro", "시연로 12"). "산 12" is a lot in the forest (임야) and another one than "12". The widths, cases and
digits of any script, brackets, postcodes and the number of a flat make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from madang.backend.problems import Refusal
from madang.backend.routing import Call, Handler
from madang.backend.tables import registers
from madang.contract.messages.places import Place, Places
from madang.i18n.digits import fold
from madang.i18n.text import Text

MOST: Final = 10
WRITINGS: Final = ("address", "lot")
_FOREST: Final = re.compile(r"(?:(?<=[동리가洞里])|(?<!\w))(?:산|san|sản|山|ซาน)[\s-]*(?=\d)")
_FLAT: Final = re.compile(r"(?<=[\s,])(?:제\s*)?[\dA-Za-z가-힣]*\d+\s*(?:동|호|층|棟|号室|階|楼|室)(?=$|[\s,])")
_POSTCODE: Final = re.compile(r"(?<!\d)\d{5}(?!\d)")
_NUMBER: Final = re.compile(r"(f?)(\d+)(?:\s*(?:-|의|之|ノ)\s*(\d+))?")
_NOISE: Final = re.compile(
    r"번지|番地|番|号|號|대한민국|south korea|republic of korea|大韓民国|韓国|韩国|hàn quốc|เกาหลีใต้"
)
_LATIN: Final = re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")
_SHORT: Final = {
    "충북": "충청북도", "충남": "충청남도", "경북": "경상북도", "경남": "경상남도", "전남": "전라남도",
    "전북": "전북특별자치도", "전라북도": "전북특별자치도", "강원도": "강원특별자치도", "제주도": "제주특별자치도",
}  # fmt: skip
"""Names of provinces that are not part of their official ones."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody typed, taken apart: words without marks and spaces, numbers as ``12``, ``12-3``, ``f12``
    (forest)."""

    words: tuple[str, ...]
    numbers: tuple[str, ...]


def read(typed: str) -> Wanted:
    """``typed`` taken apart; both empty when it names nothing."""
    text = re.sub(r"[‐-―−ー－](?=\d)", "-", unicodedata.normalize("NFKC", fold(typed))).casefold()
    for short, whole in _SHORT.items():
        text = re.sub(rf"^{short}(?=\s|$)", whole, text)
    text = _POSTCODE.sub(" ", _FLAT.sub(" ", _NOISE.sub(" ", text)))
    text = _FOREST.sub("f", text)
    numbers = tuple(sorted(f"{m[1]}{int(m[2])}" + (f"-{int(m[3])}" if m[3] else "") for m in _NUMBER.finditer(text)))
    rest = _NUMBER.sub(" ", text)
    words = (_bare(word) for word in re.split(r"[\s,()\[\]/·、，。]+", rest))
    return Wanted(tuple(word for word in words if word), numbers)


def _bare(text: str) -> str:
    """Letters alone: without hyphens and apostrophes, and without the marks of Vietnamese and other Latin letters."""
    plain = _LATIN.sub(lambda letter: unicodedata.normalize("NFD", letter[0])[0], text.replace("đ", "d"))
    return "".join(c for c in plain if c.isalpha() or unicodedata.category(c) in ("Mn", "Mc"))


@lru_cache(maxsize=4096)
def _writing(text: str) -> tuple[str, tuple[str, ...]]:
    """One writing of a place: all its letters in a row, and its numbers."""
    wanted = read(text)
    return "".join(wanted.words), wanted.numbers


def match(wanted: Wanted, writing: str) -> int:
    """2: names just this; 1: may mean it (fewer numbers given); 0: means another place."""
    letters, numbers = _writing(writing)
    if not wanted.words or not all(word in letters for word in wanted.words):
        return 0
    if wanted.numbers == numbers:
        return 2
    return 1 if set(wanted.numbers) < set(numbers) else 0


def writings(record: Mapping[str, Any]) -> Iterator[str]:
    """Every way in which a thing's place is written."""
    for name in WRITINGS:
        yield from (record.get(name) or {}).values()


def place(key: str, record: Mapping[str, Any]) -> Place:
    """The place under ``key``, by the first of its writings that the record has."""
    name = next((record[name] for name in WRITINGS if record.get(name)), {"ko": key})
    return Place(key, msgspec.convert(name, Text))


def find(connection: Connection, evidence: str, typed: str) -> Places:
    """What ``typed`` may mean in that register. A key names itself. Every record is read and compared: meant for
    registers of demonstration size."""
    rows = connection.execute(select(registers.c.subject, registers.c.record).where(registers.c.evidence == evidence))
    wanted, exact, near = read(typed), list[Place](), list[Place]()
    for row in rows:
        if row.subject == typed:
            return Places((place(row.subject, row.record),), row.subject)
        best = max((match(wanted, writing) for writing in writings(row.record)), default=0)
        if best:
            (exact if best == 2 else near).append(place(row.subject, row.record))
    found = tuple(sorted(exact or near, key=lambda item: item.key)[:MOST])
    return Places(found, exact[0].key if len(exact) == 1 else "")


def words_of(answer: Any) -> str:
    """What an answer says of a place: a text as it is, an address by its first line."""
    if isinstance(answer, Mapping):
        return str(answer.get("line1") or "")
    return answer if isinstance(answer, str) else ""


async def find_places(call: Call) -> Places:
    """The buildings or lots that are meant. Raises Refusal not-found for a register that is not about things."""
    asked = call.message
    if asked.evidence not in things(call):
        raise Refusal("not-found")
    return await call.house.database.read(lambda connection: find(connection, asked.evidence, asked.words))


def things(call: Call) -> frozenset[str]:
    """The registers that are looked up by an answer."""
    services = call.house.holdings.services.values()
    return frozenset(needed.evidence for service in services for needed in service.inputs if needed.by)


HANDLERS: Final[dict[str, Handler]] = {"find_places": find_places}
