"""The command line, run as an operator runs it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ports import free_port

from madang.backend.config import CATALOGUE

ROOT = Path(__file__).parents[2]


def madang(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MADANG_")}
    command = [sys.executable, "-m", "madang.web.cli", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**clean, **environ}, capture_output=True, text=True, timeout=120, check=False
    )


@contextlib.contextmanager
def serving(*arguments: str, **environ: str) -> Iterator[tuple[str, str]]:
    """The address of a server that was started, and what it printed until it was ready."""
    port = str(free_port())
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MADANG_")}
    more = ["--port", port] if arguments[0] == "backend" else []
    process = subprocess.Popen(
        [sys.executable, "-m", "madang.web.cli", *arguments, *more], cwd=ROOT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env={**clean, "MADANG_PORT": port, **environ},
    )  # fmt: skip
    assert process.stdout
    printed = ""
    try:
        while "serves http" not in printed:
            line = process.stdout.readline()
            assert line or process.poll() is None, printed
            printed += line
        yield f"http://127.0.0.1:{port}", printed
    finally:
        process.terminate()
        assert process.wait(40) == 0
        process.stdout.close()


def test_help_names_every_command() -> None:
    told = madang("--help").stdout
    for command in (
        "serve",
        "backend",
        "prepare",
        "catalogues",
        "check-catalogue",
        "check-backend",
        "clerk",
        "searches",
        "reports",
    ):
        assert command in told


def test_a_wrong_setting_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    stopped = madang("serve", MADANG_DATA=str(tmp_path), MADANG_BASE_URL="http://www.example.org")
    assert stopped.returncode == 1
    assert stopped.stderr == (
        "madang: MADANG_BASE_URL is http but not this machine; set it to an address that begins with https://.\n"
    )


def test_a_taken_port_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        stopped = madang("serve", MADANG_DATA=str(tmp_path), MADANG_PORT=str(other.getsockname()[1]))
    assert stopped.returncode == 1
    assert stopped.stderr.endswith("stop it or set MADANG_PORT to another one.\n")
    assert stopped.stderr.count("\n") == 1


def test_the_bundled_catalogue_needs_no_mending_and_a_broken_one_does(tmp_path: Path) -> None:
    assert madang("check-catalogue", str(CATALOGUE)).returncode == 0
    broken = madang("check-catalogue", str(tmp_path))
    assert broken.returncode == 1
    assert broken.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


def test_the_reference_backend_keeps_the_contract_and_another_server_does_not(folder: Path) -> None:
    with serving("backend", MADANG_DATA=str(folder)) as (url, _):
        checked = madang("check-backend", url, "--subject", "han-garam", MADANG_DATA=str(folder))
        assert checked.returncode == 0, checked.stdout
        assert " 0 not as the contract says" in checked.stdout
        stranger = madang("check-backend", url, "--subject", "han-garam", MADANG_DATA=str(folder / "another"))
        assert stranger.returncode == 1  # it has another key
    gone = madang("check-backend", url, MADANG_DATA=str(folder))
    assert gone.returncode == 1
    assert "does not answer" in gone.stdout


def test_serve_prints_the_address_and_whom_to_sign_in_as(folder: Path) -> None:
    import httpx

    with serving("serve", MADANG_DATA=str(folder)) as (url, printed):
        assert f"Madang serves {url}/" in printed
        with httpx.Client(base_url=url, timeout=30) as client:
            assert client.get("/livez").status_code == 200
            assert client.get("/ko/").status_code == 200
            deadline = time.monotonic() + 60
            while client.get("/readyz").status_code != 200 and time.monotonic() < deadline:
                time.sleep(0.1)
            assert client.get("/readyz").status_code == 200


def test_a_worker_never_imports_what_only_the_preparation_needs() -> None:
    code = (
        "import sys, madang.web.serve, madang.web.app; print([m for m in ('alembic', 'pyhanko') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
