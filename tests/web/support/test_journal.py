"""A process that is killed takes no record with it: whoever starts next delivers what it left, once."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from madang.contract.messages.support import NewRecord
from madang.web.state.vault import Vault
from madang.web.support.journal import NAME, Journal

KEY = "00" * 32
KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
from madang.contract.messages.support import NewRecord
from madang.web.state.vault import Vault
from madang.web.support.journal import Journal
journal = Journal(Path(sys.argv[1]), Vault([sys.argv[2]]))
for number in range(3):
    at = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    journal.add(NewRecord("abc"[number] * 26, "session-of-a-test", at, "citizen", "page", name="김미나"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(folder: Path) -> None:
    """A process writes three records and is killed."""
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), str(folder), KEY], check=False)
    assert done.returncode == -9


def keys(records: object) -> list[str]:
    return [record.key[0] for record in records if isinstance(record, NewRecord)]  # type: ignore[attr-defined]


def test_what_was_not_delivered_is_found_and_then_gone(tmp_path: Path) -> None:
    killed(tmp_path)
    (file,) = tmp_path.glob(NAME.format("*"))
    assert "김미나".encode() not in file.read_bytes()
    assert b"session-of-a-test" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    journal = Journal(tmp_path, Vault([KEY]))
    assert keys(journal.left()) == ["a", "b", "c"]
    assert not Journal(tmp_path, Vault([KEY])).left(), "another process does not take them, too"
    journal.settle()
    assert not list(tmp_path.glob(NAME.format("*")))
    journal.close()


def test_a_process_that_gives_up_leaves_them_for_the_next(tmp_path: Path) -> None:
    killed(tmp_path)
    first = Journal(tmp_path, Vault([KEY]))
    assert len(first.left()) == 3
    first.close()
    second = Journal(tmp_path, Vault([KEY]))
    assert len(second.left()) == 3
    second.close()


def test_a_line_that_was_cut_off_costs_itself(tmp_path: Path) -> None:
    killed(tmp_path)
    (file,) = tmp_path.glob(NAME.format("*"))
    os.truncate(file, file.stat().st_size - 20)
    journal = Journal(tmp_path, Vault([KEY]))
    assert keys(journal.left()) == ["a", "b"]
    journal.close()


def test_what_was_delivered_is_not_kept(tmp_path: Path) -> None:
    killed(tmp_path)
    records = Journal(tmp_path, Vault([KEY])).left()
    writer = Journal(tmp_path, Vault([KEY]))
    writer.add(records[0])
    writer.settle()
    writer.add(records[1])
    writer.close()
    files = [path for path in tmp_path.glob(NAME.format("*")) if str(os.getpid()) in path.name]
    assert [len(path.read_bytes().splitlines()) for path in files] == [1]


def test_a_disk_that_refuses_stops_nobody(tmp_path: Path) -> None:
    killed(tmp_path)
    (record, *_) = Journal(tmp_path, Vault([KEY])).left()
    Journal(tmp_path / "nowhere", Vault([KEY])).add(record)
