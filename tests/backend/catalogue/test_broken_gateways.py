"""Around the services: one broken copy of the shipped catalogue for each rule, told with its file, and its line where
there is one."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from madang.backend.catalogue.loader import read
from madang.backend.catalogue.reading import _Loader
from madang.backend.config import CATALOGUE

KINDS = "national/kinds.tsv"
MOVE_IN, HOMETAX, RELOCATION = "services/move-in.yaml", "services/hometax.yaml", "packages/relocation.yaml"
Spoil = Callable[[Path], None]


def change(**fields: Any) -> Spoil:
    """Other values for keys of a YAML mapping; None removes."""

    def spoil(path: Path) -> None:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
        for key, value in fields.items():
            content.pop(key, None)
            if value is not None:
                content[key] = value
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    return spoil


def first(**fields: Any) -> Spoil:
    """Other values for keys of the first entry of a YAML list that has them."""

    def spoil(path: Path) -> None:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
        entry = next(entry for entry in content if set(fields) <= set(entry))
        entry.update(fields)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")

    return spoil


def every(**fields: Any) -> Spoil:
    """Other values for keys of all entries of a YAML list."""

    def spoil(path: Path) -> None:
        content = yaml.load(path.read_text(encoding="utf-8"), _Loader)
        changed = [entry | fields for entry in content]
        path.write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), encoding="utf-8")

    return spoil


def described_twice(path: Path) -> None:
    """A kind of the tables with a file of its own."""
    content = (path.parent / "hometax.yaml").read_text(encoding="utf-8")
    path.write_text(content.replace("identifier: hometax", f"identifier: {path.stem}"), encoding="utf-8")


def cell(column: str, value: str, line: int = 5) -> Spoil:
    """Another value in a row of a table."""

    def spoil(path: Path) -> None:
        lines = path.read_text(encoding="utf-8").split("\n")
        cells = lines[line - 1].split("\t")
        cells[lines[0].split("\t").index(column)] = value
        lines[line - 1] = "\t".join(cells)
        path.write_text("\n".join(lines), encoding="utf-8")

    return spoil


def row(make: Callable[[list[str]], list[str]]) -> Spoil:
    def spoil(path: Path) -> None:
        path.write_text("\n".join(make(path.read_text(encoding="utf-8").split("\n"))), encoding="utf-8")

    return spoil


KO = {"ko": "이유"}
CASES: list[tuple[str, str, Spoil, str]] = [
    ("member", RELOCATION, change(members=[{"service": "nothing", "note": KO}]), "no service 'nothing'"),
    ("no member", RELOCATION, change(members=[]), "A package has services"),
    ("package language", RELOCATION, change(title=KO), "in en, ja, zh, th, vi, too"),
    ("package name", RELOCATION, change(id="moving"), "Name the file of 'moving'"),
    ("audience service", "audiences.yaml", first(services=["nothing"]), "no service 'nothing'"),
    ("audience package", "audiences.yaml", first(packages=["nothing"]), "no package 'nothing'"),
    ("audience language", "audiences.yaml", first(title=KO), "in en, ja, zh, th, vi, too"),
    ("audience twice", "audiences.yaml", row(lambda lines: [*lines, *lines]), "is there twice"),
    ("audience of a service", "services/alien-registration.yaml", change(audience=["nobody"]), "no audience 'nobody'"),
    ("life service", "life_information.yaml", first(service="nothing"), "no service 'nothing'"),
    ("life category", "life_information.yaml", first(category="nothing"), "no category 'nothing'"),
    ("life authority", "life_information.yaml", first(authority="nothing"), "no authority 'nothing'"),
    ("change of nothing", "changes.yaml", every(service="nothing"), "no service 'nothing'"),
    ("office of nothing", "offices.yaml", first(services=["nothing"]), "no service 'nothing'"),
    ("website", HOMETAX, change(website="http://www.hometax.go.kr"), "begins with https://"),
    ("external form", HOMETAX, change(form="move-in@1"), "An external service has no form here"),
    ("own without law", MOVE_IN, change(legal=None), "names its law"),
    ("paused for ever", MOVE_IN, change(status={"state": "paused"}), "Say why it is paused"),
    ("season without end", MOVE_IN, change(status={"state": "seasonal", "note": KO}), "until when"),
    ("abolished for nothing", MOVE_IN, change(status={"state": "abolished"}), "Say what replaced it"),
    ("kind's authority", KINDS, cell("authority", "nothing"), "no authority 'nothing'"),
    ("kind's category", KINDS, cell("category", "nothing"), "no category 'nothing'"),
    ("kind's audience", KINDS, cell("audience", "nobody"), "no audience 'nobody'"),
    ("kind's level", KINDS, cell("level", "village"), "level is one of"),
    ("kind's time", KINDS, cell("time", "soon"), "time is now"),
    ("kind's channel", KINDS, cell("channels", "pigeon"), "'pigeon'"),
    ("kind's rank", KINDS, cell("rank", "first"), "Write digits alone, or nothing, in rank"),
    ("kind's areas", KINDS, cell("online_areas", "some"), "nothing, in online_areas"),
    ("kind's fee", KINDS, cell("fee_counter", "1,000"), "nothing, in fee_counter"),
    ("kinds without a header", KINDS, row(lambda lines: ["what\tlevel", *lines[1:]]), "one of them is id"),
    ("kind without title", KINDS, cell("title", ""), "Fill in title"),
    ("kind twice", KINDS, row(lambda lines: [*lines[:5], lines[4], *lines[5:]]), "is there twice"),
    ("kind and file", "services/resident-card-reissue.yaml", described_twice, "-reissue.yaml, too: remove one"),
    ("kind's row", KINDS, row(lambda lines: [*lines[:4], lines[4] + "\tmore", *lines[5:]]), "separate by tabs"),
    ("texts of nothing", "national/texts.th.tsv", cell("id", "nothing"), "no kind 'nothing'"),
    ("texts lacking", "national/texts.vi.tsv", cell("title", ""), "texts.vi.tsv, too"),
    ("area's parent", "national/areas.tsv", cell("parent", "nowhere", line=30), "no area 'nowhere'"),
    ("area's language", "national/areas.tsv", cell("th", "", line=30), "in th, too"),
    ("area's level", "national/areas.tsv", cell("level", "village", line=30), "village"),
    ("table not UTF-8", KINDS, lambda path: path.write_bytes(b"\xff\xfe"), "not UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "spoil", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_mistake_is_found(tmp_path: Path, file: str, spoil: Spoil, expected: str) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    spoil(folder / file)
    found = [str(mistake) for mistake in read(folder)[1]]
    told = [mistake for mistake in found if expected in mistake]
    assert told, found[:5]
    if file.endswith(".tsv") and "UTF-8" not in expected:
        assert all(mistake.split(":")[1].isdigit() for mistake in told), told


def test_an_address_that_would_be_too_long_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    lines = (folder / KINDS).read_text(encoding="utf-8").split("\n")
    local = next(line.split("\t")[0] for line in lines if "\tmunicipality\t" in line)
    for table in (folder / "national").glob("*.tsv"):
        content = table.read_text(encoding="utf-8")
        table.write_text(content.replace(f"\n{local}\t", f"\n{'x' * 75}\t"), encoding="utf-8")
    found = [str(mistake) for mistake in read(folder)[1]]
    assert any("is longer than" in mistake for mistake in found), found[:5]
