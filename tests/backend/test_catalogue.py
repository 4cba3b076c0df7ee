"""A catalogue's mistakes are all found, with file and line and what to do; a good one is served whole."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from form_kit import ISSUING

from madang.backend.catalogue import compiled
from madang.backend.catalogue.loader import load, read
from madang.backend.catalogue.reading import CatalogueInvalid, Reader
from madang.backend.config import CATALOGUE

SERVICE, FORM, DOCUMENT = "services/entry-exit.yaml", "forms/entry-exit@1.yaml", "documents/entry-exit.yaml"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, folder)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content, f"{path.name} has no {old!r} any more: mend this test"
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def drop(path: Path, key: str) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    del content[key]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def mistakes(folder: Path) -> list[str]:
    return [str(mistake) for mistake in read(folder)[1]]


def test_the_bundled_catalogue_has_no_mistake() -> None:
    holdings = load(CATALOGUE)
    assert set(ISSUING) <= set(holdings.services)
    assert holdings.catalogue.demonstration is True
    assert holdings.catalogue.version
    assert load(CATALOGUE).encoded == holdings.encoded


def test_the_version_changes_with_the_content(catalogue: Path) -> None:
    before = load(catalogue).catalogue.version
    edit(catalogue / "authorities.yaml", "ko: ", "ko: 새 ")
    assert load(catalogue).catalogue.version != before


CASES: list[tuple[str, str, Callable[[Path], None], str]] = [
    ("unknown key", SERVICE, lambda path: path.write_text(path.read_text() + "surplus: 1\n"), "surplus"),
    ("no YAML", FORM, lambda path: path.write_text("a: [\n"), "Not YAML"),
    ("two of a key", SERVICE, lambda path: path.write_text(path.read_text() + "rank: 1\nrank: 2\n"), "given twice"),
    ("not UTF-8", SERVICE, lambda path: path.write_bytes(b"\xff\xfe"), "UTF-8"),
    ("unknown authority", SERVICE, lambda path: edit(path, "authority: moj", "authority: none"), "no authority 'none'"),
    ("other name", SERVICE, lambda path: edit(path, "identifier: entry-exit", "identifier: other"), "Name the file"),
    ("unknown form", SERVICE, lambda path: edit(path, "form: entry-exit@1", "form: x@1"), "There is no form 'x@1'"),
    ("unknown document", SERVICE, lambda path: edit(path, "document: entry-exit", "document: x"), "document template"),
    ("other days", DOCUMENT, lambda path: edit(path, "verify_days: 90", "verify_days: 91"), "verify_days differs"),
    ("unknown codes", DOCUMENT, lambda path: edit(path, "codes: sex", "codes: x"), "list in codes.yaml 'x'"),
    ("unknown answer", DOCUMENT, lambda path: edit(path, "answers.from", "answers.nowhere"), "'nowhere'"),
    ("unknown record", DOCUMENT, lambda path: edit(path, "record.sex", "record.six"), "No register has 'record.six'"),
    ("other validity", "documents/local-tax.yaml",
     lambda path: edit(path, "valid_days: 30", "valid_days: 31"), "valid_days differs"),
    ("withheld for nothing", "documents/local-tax.yaml",
     lambda path: edit(path, "present: record.arrears", "present: arrears"), "either present or absent"),
    ("unknown years", "documents/income.yaml",
     lambda path: edit(path, "among: answers.years", "among: answers.ages"), "'ages'"),
    ("unknown root", DOCUMENT, lambda path: edit(path, "record.sex", "recrod.sex"), "must begin with"),
    ("unknown person", "registers/entry-exit-records.yaml",
     lambda path: path.write_text(path.read_text() + "stranger: {a: 1}\n"), "no person 'stranger'"),
    ("no easy language", SERVICE, lambda path: drop(path, "easy"), "easy language"),
    ("missing file", "offices.yaml", lambda path: path.unlink(), "This file is missing"),
    ("missing list", "categories.yaml", lambda path: path.write_text("[]\n"), "There is no category"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "spoil", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_mistake_is_found(catalogue: Path, file: str, spoil: Callable[[Path], None], expected: str) -> None:
    spoil(catalogue / file)
    found = mistakes(catalogue)
    assert any(expected in mistake for mistake in found), found
    with pytest.raises(CatalogueInvalid):
        load(catalogue)


def test_a_missing_language_is_found_at_its_line(catalogue: Path) -> None:
    path = catalogue / SERVICE
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    del content["title"]["th"]
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    # The line is that of the text's own mapping, which begins under its key.
    line = lines.index("title:") + 2
    assert [mistake for mistake in mistakes(catalogue) if mistake.startswith(f"{SERVICE}:{line}: ")] == [
        f"{SERVICE}:{line}: Write this text in th, too: {content['title']['ko']!r}"
    ]


def test_a_wrong_type_is_found_at_its_line(catalogue: Path) -> None:
    path = catalogue / SERVICE
    path.write_text(path.read_text(encoding="utf-8") + "rank: many\n", encoding="utf-8")
    content = path.read_text(encoding="utf-8")
    if content.count("\nrank:") > 1:
        path.write_text(content.replace("\nrank:", "\nrank: many #", 1).removesuffix("rank: many\n"), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("rank:"))
    (mistake,) = mistakes(catalogue)
    assert mistake.startswith(f"{SERVICE}:{line}: ")


def test_every_mistake_is_told_at_once(catalogue: Path) -> None:
    edit(catalogue / SERVICE, "authority: moj", "authority: none")
    edit(catalogue / DOCUMENT, "codes: sex", "codes: x")
    assert len({mistake.partition(":")[0] for mistake in mistakes(catalogue)}) == 2


def test_yaml_is_read_as_people_write_it(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: no\nb: 09:00\nc: 03051\nd: 2026-11-22\ne: true\nf: 12\ng: ~\nh: 1e3\ni: 0x1f\nj: 1.5\n")
    assert Reader(tmp_path).read(path, dict[str, object]) == {
        "a": "no", "b": "09:00", "c": "03051", "d": "2026-11-22", "e": True, "f": 12, "g": None, "h": "1e3",
        "i": "0x1f", "j": 1.5,
    }  # fmt: skip


def test_yaml_makes_no_objects(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: !!python/object/apply:os.system [true]\n")
    reader = Reader(tmp_path)
    assert reader.read(path, dict[str, object]) is None
    assert "Not YAML" in str(reader.mistakes[0])


def test_what_was_compiled_is_what_was_read(catalogue: Path, tmp_path: Path) -> None:
    read_anew = load(catalogue)
    for _start in range(2):
        kept = compiled.load(catalogue, tmp_path)
        assert kept.encoded == read_anew.encoded
        assert (kept.services, kept.forms, kept.authorities) == (
            read_anew.services, read_anew.forms, read_anew.authorities,
        )  # fmt: skip
        assert (kept.templates, kept.codes, kept.people) == (read_anew.templates, read_anew.codes, read_anew.people)
        assert (kept.registers, kept.lines) == (read_anew.registers, read_anew.lines)


def test_what_was_compiled_is_never_stale(catalogue: Path, tmp_path: Path) -> None:
    before = compiled.load(catalogue, tmp_path).catalogue.version
    edit(catalogue / "authorities.yaml", "ko: ", "ko: 새 ")
    assert compiled.load(catalogue, tmp_path).catalogue.version != before
    (only,) = (tmp_path / compiled.FOLDER).glob("*.msgpack")
    only.write_bytes(b"broken")
    assert compiled.load(catalogue, tmp_path).catalogue.version != before
    edit(catalogue / SERVICE, "authority: moj", "authority: none")
    with pytest.raises(CatalogueInvalid):
        compiled.load(catalogue, tmp_path)
