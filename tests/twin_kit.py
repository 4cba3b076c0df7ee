"""Pages full of generated secrets: every private value of a real page replaced by one that occurs nowhere else."""

import dataclasses
import datetime as dt
import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from madang.forms.errors import FieldError
from madang.forms.summary import SummaryRow
from madang.i18n.digits import fold
from madang.i18n.text import Text
from madang.web.page import PRIVATE, Maskable, visibilities
from madang.web.questions import FieldView
from madang.web.support.secrets_of import _NAMES as NAMED
from madang.web.support.sharing import shared_in

CONSONANTS = "bcdfghjklmnpqrstvwz"
LIMITS = ("min", "max", "limit", "example", "option")


class Seeds:
    """``only``: which of the values, by their place, are replaced; None: all."""

    def __init__(self, seed: int, only: set[int] | None = None) -> None:
        self.rng = random.Random(seed)
        self.only = only
        self.count = 0
        self.words: list[str] = []
        self.numbers: list[str] = []
        self.days: list[dt.date] = []

    def __len__(self) -> int:
        return len(self.words) + len(self.numbers) + len(self.days)

    def leaf(self, value: Any) -> Any:
        self.count += 1
        if self.only is not None and self.count not in self.only:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dt.datetime | dt.date):
            day = dt.date(1931, 1, 1) + dt.timedelta(days=self.rng.randrange(10000))
            self.days.append(day)
            if isinstance(value, dt.datetime):
                return dt.datetime(day.year, day.month, day.day, 3, 33, tzinfo=dt.UTC)
            return day
        number = str(self.rng.randrange(3_000_000, 9_999_999))
        self.numbers.append(number)
        return type(value)(number)

    def text(self, value: str) -> str:
        """A secret of the same kind: a number, a name in one of several scripts, a word, words with signs between."""
        if value.isdigit() and len(value) >= 6:
            number = "".join(self.rng.choice("3456789") for _ in value)
            self.numbers.append(number)
            return number
        word = "".join(self.rng.choice(CONSONANTS) for _ in range(9))
        self.words.append(word)
        return self.rng.choice(
            [
                word,
                word.title(),
                f"<b>{word}</b>",
                f"{word[:4]}-{word[4:]}",
                f"{word[:5]} {word[5:]}",
                f'"{word}&',
                word.upper(),
            ]
        )

    def shown_in(self, html: str) -> list[str]:
        """The secrets that can be read in a document, its attributes and addresses, however they are written."""
        plain = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
        texts = [_bare(plain), _bare(re.sub(r"<[^>]*>", "", plain))]
        found = [word for word in self.words if any(word in text for text in texts)]
        folded = [fold(plain), fold(re.sub(r"<[^>]*>", "", plain))]
        for number in self.numbers:
            written = re.compile(r"\D{0,3}".join(number))
            if any(written.search(text) for text in folded):
                found.append(number)
        for day in self.days:
            years = (str(day.year), str(day.year + 543), f"昭和{day.year - 1925}")
            found += [f"{day}" for year in years if re.search(rf"(?<!\d){year}(?!\d)", folded[0])][:1]
        return found


def _bare(text: str) -> str:
    kept = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", kept)


def seeded(part: Any, seeds: Seeds) -> Any:
    """A copy of a page, or a shell, with a secret in place of every private value."""
    if isinstance(part, FieldView):
        shared = shared_in(part.id, part.field, part.raw)
        return dataclasses.replace(
            part,
            raw={name: each if name in shared else private(each, seeds) for name, each in part.raw.items()},
            errors=seeded(part.errors, seeds),
            members=private(part.members, seeds),
            files=private(part.files, seeds),
        )
    if isinstance(part, Maskable):  # words of closed lists alone
        return part
    if isinstance(part, FieldError):
        return dataclasses.replace(
            part,
            params={name: value if name in LIMITS else private(value, seeds) for name, value in part.params.items()},
        )
    if isinstance(part, tuple):
        return tuple(seeded(item, seeds) for item in part)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        return dataclasses.replace(
            part,
            **{
                name: private(getattr(part, name), seeds) if mark is PRIVATE else seeded(getattr(part, name), seeds)
                for name, (_, mark) in visibilities(type(part)).items()
                if name not in NAMED or mark is not PRIVATE
            },
        )
    return part


def private(value: Any, seeds: Seeds) -> Any:
    if value is None or isinstance(value, bool | Text):
        return value
    if isinstance(value, str | int | float | Decimal | dt.date):
        return seeds.leaf(value)
    if isinstance(value, Mapping):
        return {name: private(inner, seeds) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(private(inner, seeds) for inner in value)
    if isinstance(value, SummaryRow):
        return dataclasses.replace(value, value=private(value.value, seeds))
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **_inner(value, value.__struct_fields__, seeds))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        try:
            visibilities(type(value))
        except TypeError:
            return dataclasses.replace(value, **_inner(value, [f.name for f in dataclasses.fields(value)], seeds))
        return seeded(value, seeds)
    return value


def _inner(value: Any, names: Any, seeds: Seeds) -> dict[str, Any]:
    hints = get_type_hints(type(value))
    closed = {
        n for n, h in hints.items() if get_origin(h) is Literal or any(get_origin(o) is Literal for o in get_args(h))
    }
    return {n: private(getattr(value, n), seeds) for n in names if n not in closed and n not in NAMED}


def bearable(part: Any, draw: Callable[[Any], Any]) -> set[int]:
    """The private values that can be replaced by anything without the page falling: not keys of the catalogue."""
    probe = Seeds(1)
    try:
        draw(seeded(part, probe))
        return set(range(1, probe.count + 1))
    except Exception:
        return {at for at in range(1, probe.count + 1) if _draws(part, draw, at)}


def _draws(part: Any, draw: Callable[[Any], Any], at: int) -> bool:
    try:
        draw(seeded(part, Seeds(1, {at})))
    except Exception:
        return False
    return True
