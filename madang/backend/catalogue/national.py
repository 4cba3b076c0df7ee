"""The national catalogue: kinds of civil service and areas, as tables, become services and their variants.

Tables lie in ``national/`` below the catalogue; a catalogue without that folder has none. ``kinds.tsv`` holds the facts
and the Korean texts, ``texts.<language>.tsv`` the rest, ``areas.tsv`` provinces and municipalities. What comes out is
demonstration data and says so.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

import msgspec

from madang.backend.catalogue.reading import Reader
from madang.contract.messages.catalogue import Area, ProcessingTime, Service, Variant
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.text import Text

FOLDER: Final = "national"
KINDS: Final = "kinds.tsv"
REVIEWED: Final = dt.date(2026, 11, 22)
"""When the tables were last read through by their authors."""
MUNICIPAL: Final = ("city", "county", "district")
LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "national": (),
    "province": ("province",),
    "municipality": MUNICIPAL,
    **{level: (level,) for level in MUNICIPAL},
}
"""Level of a kind -> levels of the areas that offer it."""
_TIME: Final = re.compile(r"now|(?P<unit>[hd])(?P<amount>[1-9]\d{0,2})")
_NEEDED: Final = ("id", "category", "authority", "channels", "time", "title", "summary", "description", "who_short")


_NUMBERS: Final = ("fee_online", "fee_counter", "online_areas", "rank")
_NUMBER: Final = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class National:
    """``services``: one per kind; ``variants``: one per kind of local governments and area."""

    areas: tuple[Area, ...] = ()
    services: tuple[Service, ...] = ()
    variants: tuple[Variant, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    """Kind -> its line in kinds.tsv."""


def read(reader: Reader) -> National:
    """The national catalogue below ``reader.root``; mistakes are reported with file and line."""
    root = reader.root / FOLDER
    if not root.is_dir():
        return National()
    areas = tuple(_areas(reader, root / "areas.tsv"))
    texts: dict[Locale, dict[str, tuple[int, dict[str, str]]]] = {
        locale: _texts(reader, root / f"texts.{locale}.tsv") for locale in LOCALES if locale != "ko"
    }
    services: list[Service] = []
    variants: list[Variant] = []
    lines: dict[str, int] = {}
    for line, row in _table(reader, root / KINDS):
        service = _service(reader, root / KINDS, line, row, texts)
        if service is None:
            continue
        services.append(service)
        lines[service.identifier] = line
        levels = LEVELS[row["level"]]
        offering = [area for area in areas if area.level in levels]
        most = int(row.get("online_areas") or len(offering))
        for place, area in enumerate(offering):
            identifier = f"{service.identifier}-{area.id}"
            variants.append(Variant(identifier, service.identifier, area.id, None if place < most else ()))
    for locale, written in texts.items():
        for identifier, (line, _) in written.items():
            if identifier not in lines:
                path = root / f"texts.{locale}.tsv"
                reader.report(path, f"There is no kind {identifier!r} in kinds.tsv: correct or remove the row", line)
    return National(areas, tuple(services), tuple(variants), lines)


def _table(reader: Reader, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells by column; rows of another width are reported and left out. A table that is not there is
    empty: areas are of use without kinds, too."""
    if not path.exists():
        return
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        reader.report(path, "This file is not UTF-8: save it as UTF-8")
        return
    header = lines[0].split("\t") if lines else []
    if "id" not in header:
        reader.report(path, "The first line names the columns, and one of them is id", 1)
        return
    seen: set[str] = set()
    rows = csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    for line, cells in enumerate(rows, start=2):
        if not cells:
            continue
        if len(cells) != len(header):
            reader.report(path, f"This row has {len(cells)} cells, the header {len(header)}: separate by tabs", line)
            continue
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        if row["id"] in seen:
            reader.report(path, f"{row['id']!r} is there twice: rename or remove one", line)
            continue
        seen.add(row["id"])
        yield line, row


def _areas(reader: Reader, path: Path) -> Iterator[Area]:
    known: set[str] = set()
    for line, row in _table(reader, path):
        fields: dict[str, Any] = {name: cell for name, cell in row.items() if name not in LOCALES}
        fields["name"] = {locale: row.get(locale, "") for locale in LOCALES}
        try:
            made = msgspec.convert(fields, Area, strict=False)
        except msgspec.ValidationError as error:
            reader.report(path, str(error), line)
            continue
        if missing := made.name.missing():
            reader.report(path, f"Write this name in {', '.join(missing)}, too: {made.id}", line)
        if made.parent and made.parent not in known:
            reader.report(path, f"There is no area {made.parent!r} above: correct the parent", line)
        known.add(made.id)
        yield made


def _texts(reader: Reader, path: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """By kind: line and cells. A language that has no file yet lacks every text, which the report counts."""
    return {row["id"]: (line, row) for line, row in _table(reader, path)}


def _service(
    reader: Reader,
    path: Path,
    line: int,
    row: dict[str, str],
    texts: Mapping[Locale, Mapping[str, tuple[int, dict[str, str]]]],
) -> Service | None:
    if empty := [name for name in _NEEDED if not row.get(name)]:
        reader.report(path, f"Fill in {', '.join(empty)}", line)
        return None
    time = _TIME.fullmatch(row["time"])
    if time is None:
        reader.report(path, f"time is now, h and hours or d and days, not {row['time']!r}", line)
        return None
    if worded := [name for name in _NUMBERS if row.get(name) and not _NUMBER.fullmatch(row[name])]:
        reader.report(path, f"Write digits alone, or nothing, in {', '.join(worded)}", line)
        return None
    if row.get("level") not in LEVELS:
        reader.report(path, f"level is one of {', '.join(LEVELS)}, not {row.get('level')!r}", line)
        return None

    def written(column: str) -> dict[str, str]:
        """By language, Korean first."""
        other = {locale: cells[1].get(column, "") for locale, kind in texts.items() if (cells := kind.get(row["id"]))}
        return {"ko": row.get(column, "")} | cast(dict[str, str], other)

    def text(column: str) -> Text:
        return Text.of(written(column))

    unit, amount = time["unit"], int(time["amount"] or 0)
    fields = {
        "identifier": row["id"],
        "title": text("title"),
        "summary": text("summary"),
        "description": Text(ko=row["description"]),
        "who": msgspec.structs.replace(text("who_short"), ko=row.get("who") or row["who_short"]),
        "who_short": text("who_short"),
        "authority": row["authority"],
        "categories": tuple(row["category"].split(";")),
        "audience": _many(row.get("audience", "")),
        "processing_time": ProcessingTime(
            "immediate" if not unit else "working-hours" if unit == "h" else "working-days", amount
        ),
        "channels": [_channel(part) for part in _many(row["channels"])],
        "costs": [
            {"channel": channel, "krw": int(row[column])}
            for channel, column in (("online", "fee_online"), ("counter", "fee_counter"))
            if row.get(column)
        ],
        "legal": (Text(ko=row["law"]),) if row.get("law") else (),
        "keywords": {locale: _many(words) for locale, words in written("keywords").items() if words},
        "proxy_counter": row.get("proxy") or "none",
        "rank": int(row.get("rank") or 0),
        "reviewed": REVIEWED,
        "kind": "listed",
        "demonstration": True,
    }
    try:
        return msgspec.convert(fields, Service)
    except msgspec.ValidationError as error:
        reader.report(path, str(error).replace("$.", ""), line)
        return None


def _channel(written: str) -> dict[str, Any]:
    name, _, does = written.partition(":")
    return {"id": name, "does": tuple(part for part in does.split("+") if part)}


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
