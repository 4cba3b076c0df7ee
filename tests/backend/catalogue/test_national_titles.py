"""A kind of the national tables is named in six languages, or the check says which file lacks it."""

import shutil
from pathlib import Path

from madang.backend.catalogue.loader import read
from madang.backend.config import CATALOGUE


def test_a_kind_without_a_title_is_told_with_the_file_to_write_it_in(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))
    english = folder / "national" / "texts.en.tsv"
    head, first, *rest = english.read_text(encoding="utf-8").splitlines()
    cells = first.split("\t")
    identifier, cells[head.split("\t").index("title")] = cells[0], ""
    english.write_text("\n".join([head, "\t".join(cells), *rest]) + "\n", encoding="utf-8")
    told = [str(mistake) for mistake in read(folder)[1]]
    assert len(told) == 1
    assert told[0].startswith("national/kinds.tsv:")
    assert f"Write the title of '{identifier}' in texts.en.tsv, too" in told[0]
