"""What an operator reads on the terminal: what is missing, what was not found, what readers said is wrong."""

import datetime as dt
import io
import json
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from portal_kit import Visitor, portal

from madang.backend.config import CATALOGUE
from madang.remote_support.ports import AuditRecord
from madang.web import cli
from madang.web.support.trail import SupportTrail
from tests.web.test_cli import ROOT, madang
from tests.web.test_versions import app_portal

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="module")
async def app(data_folder: Path, anyio_backend: str) -> AsyncIterator[Any]:
    """A portal whose data folder the command line can use, too."""
    async with portal(data_folder) as made:
        yield made


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped catalogue without one Thai sentence of a guide, without easy language of another."""
    folder = Path(shutil.copytree(CATALOGUE, tmp_path_factory.mktemp("broken") / "catalogue"))
    path = folder / "services" / "move-in.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    thai = next(index for index, line in enumerate(lines) if line.startswith("  th: "))
    path.write_text("\n".join([*lines[:thai], *lines[thai + 1 :]]) + "\n", encoding="utf-8")
    return folder


def test_the_report_is_a_table_of_kinds_and_what_they_lack(broken: Path) -> None:
    done = madang("check-catalogue", str(broken), "--report")
    assert done.returncode == 1, "the mistake is told, too"
    lines = done.stdout.splitlines()
    assert lines[0].startswith("services/move-in.yaml:")
    head = next(line for line in lines if line.startswith("kind (entries)"))
    assert head.split()[-7:] == ["ko", "en", "ja", "zh", "th", "vi", "easy"]
    own = next(line for line in lines if line.startswith("own ("))
    assert own.replace(" %", "%").split()[-7:] == ["100%", "100%", "100%", "100%", "99%", "100%", "100%"]
    place = next(index for index, line in enumerate(lines) if line.startswith("own move-in"))
    assert lines[place + 1] == "    th: title"
    there, wanted = map(int, lines[place].split()[6].split("/"))
    assert there == wanted - 1


def test_the_report_for_machines_is_json_and_nothing_else(broken: Path) -> None:
    done = madang("check-catalogue", str(broken), "--report", "json")
    assert done.returncode == 1
    assert "move-in.yaml" in done.stderr
    report = json.loads(done.stdout)
    assert set(report) == {"version", "totals", "kinds", "entries"}
    entry = next(entry for entry in report["entries"] if entry["id"] == "move-in")
    assert entry["missing"] == {"th": ["title"]}
    assert report["kinds"]["own"]["layers"]["th"]["wanted"] == report["kinds"]["own"]["layers"]["th"]["there"] + 1
    good = madang("check-catalogue", str(CATALOGUE), "--report", "json")
    assert good.returncode == 0
    assert json.loads(good.stdout)["kinds"]["package"]["entries"] == 20


def test_who_reads_only_the_first_line_is_told_no_error() -> None:
    command = f"{sys.executable} -m madang.web.cli check-catalogue {CATALOGUE} --report | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.startswith("kind (entries)")
    assert done.stderr == ""


def test_what_people_typed_moves_no_cursor() -> None:
    terminal = io.StringIO()
    cli._say("a\x1b[2J\x9b31m\r\x08b\n\tc", terminal)
    assert terminal.getvalue() == "a\ufffd[2J\ufffd31m\ufffd\ufffdb\n\tc\n"


async def test_searches_that_found_nothing_are_listed(app: Any, visitor: Visitor, data_folder: Path) -> None:
    for query, times in (("qzxqzx", 3), ("wxqvzkjy", 1)):
        for _ in range(times):
            await visitor.get(f"/ko/services?q={query}")
    await visitor.get("/vi/services?q=010 1234 5678")
    told = madang("searches", MADANG_DATA=str(data_folder)).stdout.splitlines()
    assert told == ["     3  ko  qzxqzx", "     1  ko  wxqvzkjy", "2 different searches without a result."]


async def test_reports_are_listed_newest_first_and_move_no_cursor(visitor: Visitor, data_folder: Path) -> None:
    for page, text in (("/help", "first"), ("/services/entry-exit", "\x1b[2Jsecond\nline \x9b31m")):
        await visitor.post("/th/report", {"page": page, "wrong": "translation", "text": text})
    told = madang("reports", MADANG_DATA=str(data_folder)).stdout
    assert "\x1b" not in told
    assert "\x9b" not in told
    lines = told.splitlines()
    assert lines[-1] == "2 reports."
    assert lines[0].endswith("  /th/services/entry-exit  the translation")
    assert lines[1].endswith("second")
    assert lines[2].startswith("  line")
    assert lines[3].endswith("  /th/help  the translation")
    assert lines[4] == "  first"


def test_without_a_backend_the_operator_is_told_so(tmp_path: Path) -> None:
    secret = secrets.token_hex(32)
    elsewhere = {"MADANG_BACKEND_URL": "http://127.0.0.1:9", "MADANG_BACKEND_SECRET": secret}
    done = madang("reports", MADANG_DATA=str(tmp_path), **elsewhere)
    assert done.returncode == 1
    assert done.stderr.endswith("The backend does not answer.\n")


async def test_the_trail_is_read_and_what_was_changed_is_named(app: Any, data_folder: Path) -> None:
    environ = {"MADANG_DATA": str(data_folder)}
    done = madang("support", "verify-audit", **environ)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "0 records, each as it was written.")
    trail = SupportTrail(app_portal(app).backend)
    at = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
    for kind in ("asked", "matched", "ended"):
        trail.append(AuditRecord("a-session-of-tests", at, "system", kind))
    await trail.flush()
    done = madang("support", "verify-audit", **environ)
    first, head = done.stdout.splitlines()
    assert (done.returncode, first) == (0, "3 records, each as it was written.")
    noted = head.rpartition(" ")[2]
    trail.append(AuditRecord("a-session-of-tests", at, "citizen", "page", "x"))
    await trail.flush()
    assert madang("support", "verify-audit", "--noted", noted, **environ).returncode == 0
    done = madang("support", "verify-audit", "--noted", f"3:{'0' * 64}", **environ)
    assert (done.returncode, "made anew" in done.stdout) == (1, True)
    assert madang("support", "verify-audit", "--noted", "3", **environ).stderr.startswith("madang: --noted is a head")
    with sqlite3.connect(data_folder / "madang.sqlite") as database:
        database.execute("UPDATE support_records SET kind = 'agreed' WHERE number = 2")
    done = madang("support", "verify-audit", **environ)
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "Record 2 (session a-session-of-tests) is not what was written.",
        "1 records before it are as they were written.",
    ]
