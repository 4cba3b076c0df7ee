"""The backend alone: settings that refuse to start wrong, and a real server over HTTP."""

import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from ports import free_port

from madang.backend.database import prepare
from madang.backend.serve import BackendSettingsError, config_from
from madang.contract import assertion

SECRET = "a secret of thirty-two characters"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "MADANG_BACKEND_SECRET"),
        ({"MADANG_BACKEND_SECRET": "short"}, "32"),
        ({"MADANG_BACKEND_SECRET": f"{SECRET},short"}, "32"),
        ({"MADANG_BACKEND_SECRET": SECRET, "MADANG_ISSUERS": "many"}, "MADANG_ISSUERS"),
        ({"MADANG_BACKEND_SECRET": SECRET, "MADANG_ISSUERS": "0"}, "MADANG_ISSUERS"),
    ],
)
def test_a_wrong_setting_says_how_to_mend_it(environ: dict[str, str], named: str) -> None:
    with pytest.raises(BackendSettingsError, match=named):
        config_from(environ)


def test_settings_are_read(tmp_path: Path) -> None:
    config = config_from(
        {
            "MADANG_BACKEND_SECRET": f"{SECRET}, {SECRET}2",
            "MADANG_DATA": str(tmp_path),
            "MADANG_DEMONSTRATION": "no",
            "MADANG_ISSUERS": "3",
        }
    )
    assert config.assertion_keys == (SECRET, f"{SECRET}2")
    assert config.database_url == f"sqlite:///{tmp_path / 'madang.sqlite'}"
    assert (config.issuers, config.demonstration) == (3, False)


def test_serves_over_http(tmp_path: Path) -> None:
    prepare(f"sqlite:///{tmp_path / 'madang.sqlite'}")
    port = free_port()
    factory = "madang.backend.serve:create_backend_from_environment"
    command = [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port), "--log-level", "error"]
    environment = {"PATH": os.environ["PATH"], "MADANG_BACKEND_SECRET": SECRET, "MADANG_DATA": str(tmp_path)}
    process = subprocess.Popen(command, env=environment)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            for _ in range(300):
                try:
                    assert client.get("/livez").text == "ok"
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            token = assertion.make("han-garam", "substantial", ("citizen",), SECRET, dt.datetime.now(dt.UTC))
            me = client.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
            assert me.json()["name"]["full"] == "한가람"
            assert client.get("/v1/health").json()["status"] == "ok"
    finally:
        process.terminate()
        # uvicorn ends in order and then passes the signal on to itself.
        assert process.wait(timeout=20) in (0, -15)
