"""The catalogue's texts go to translators as PO files, and what comes back changes their words and nothing else."""

import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po, write_po

from madang.backend.catalogue.loader import load, read
from madang.backend.config import CATALOGUE
from madang.contract.completeness import texts

TOOL: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[3] / "tools/catalogue_po.py"))


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))


def contents(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*.*") if p.is_file()}


def translate(path: Path, **changes: str) -> None:
    """Writes strings into a PO file, by their contexts."""
    with path.open("rb") as file:
        po = read_po(file)
    for message in po:
        if message.context in changes:
            message.string = changes.pop(message.context)
    assert not changes
    with path.open("wb") as file:
        write_po(file, po, width=0)


def test_what_is_not_translated_anew_changes_no_file(catalogue: Path, tmp_path: Path) -> None:
    before = contents(catalogue)
    TOOL["export"](catalogue, tmp_path / "po")
    TOOL["import_"](catalogue, tmp_path / "po")
    assert contents(catalogue) == before
    with (tmp_path / "po/vi.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    assert len({message.context for message in messages}) == len(messages), "each context once"
    written = {text.ko for _, text in texts(load(catalogue).catalogue.packages)}
    assert written <= {message.id for message in messages}


def test_what_comes_back_stands_in_the_catalogue_as_it_was_written(catalogue: Path, tmp_path: Path) -> None:
    before = contents(catalogue)
    TOOL["export"](catalogue, tmp_path / "po")
    hostile = "a: b # c, {d} \"e\" 'f' \\ no"
    translate(
        tmp_path / "po/th.po",
        **{
            "services/move-in.yaml.title": "ใหม่",
            "services/move-in.yaml.summary": hostile,
            "services/move-in.yaml.how[0].title": "x, y: z}",
            "national/passport-issue.title": "tab\tand\nline",
        },
    )
    TOOL["import_"](catalogue, tmp_path / "po")
    holdings, mistakes = read(catalogue)
    assert holdings is not None
    assert mistakes == []
    service = holdings.services["move-in"]
    assert (service.title.th, service.summary.th, service.how[0].title.th) == ("ใหม่", hostile, "x, y: z}")
    assert holdings.services["passport-issue"].title.th == "tab and line"
    after = contents(catalogue)
    assert {name for name in after if after[name] != before[name]} == {
        "services/move-in.yaml",
        "national/texts.th.tsv",
    }
    for name in ("services/move-in.yaml", "national/texts.th.tsv"):
        pairs = zip(before[name].splitlines(), after[name].splitlines(), strict=True)
        assert sum(old != new for old, new in pairs) == (3 if name.startswith("services") else 1)


def test_a_language_that_was_missing_is_put_beside_the_others(catalogue: Path, tmp_path: Path) -> None:
    TOOL["export"](catalogue, tmp_path / "po")
    whole = load(catalogue).services["domestic-residence"]
    path = catalogue / "services" / "domestic-residence.yaml"
    content = path.read_text(encoding="utf-8")
    lines, braces = f"\n  th: {whole.title.th}\n", f", th: {whole.how[0].title.th}, vi: "
    assert content.count(lines) == content.count(braces) == 1, "one of each way to write a text"
    path.write_text(content.replace(lines, "\n").replace(braces, ", vi: "), encoding="utf-8")
    broken, _ = read(catalogue)
    assert broken is not None
    without = broken.services["domestic-residence"]
    assert (without.title.th, without.how[0].title.th) == ("", "")
    TOOL["import_"](catalogue, tmp_path / "po")
    holdings, mistakes = read(catalogue)
    assert holdings is not None
    assert mistakes == []
    assert holdings.services["domestic-residence"] == whole


def test_the_fixed_terms_go_along(tmp_path: Path) -> None:
    assert TOOL["main"](["export", str(CATALOGUE), str(tmp_path)]) == 0
    with (tmp_path / "glossary/ja.po").open("rb") as file:
        terms = {message.id: message.string for message in read_po(file) if message.id}
    assert terms["처리기관"] == "担当機関"
    assert TOOL["main"](["nonsense"]) == 2
