"""Schemathesis over the generated document: nothing undocumented, no server error, whatever is sent."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from madang.backend.config import BackendConfig

HERE = Path(__file__).parent
EXAMPLES = 12


def fuzz(config: BackendConfig, examples: int) -> subprocess.CompletedProcess[str]:
    """Runs the fuzzer in a process of its own: Hypothesis and its hooks are global."""
    environment = os.environ | {
        "FUZZ_URL": config.database_url,
        "FUZZ_DATA": str(config.data),
        "FUZZ_KEY": str(config.signing_key),
        "FUZZ_CERTIFICATE": str(config.signing_certificate),
        "FUZZ_EXAMPLES": str(examples),
    }
    options = ["-q", "-p", "no:cacheprovider", "--noconftest"]
    command = [sys.executable, "-m", "pytest", *options, str(HERE / "fuzz_backend.py")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=HERE, timeout=3600, check=False)


def test_finds_nothing(config: BackendConfig) -> None:
    done = fuzz(config, EXAMPLES)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.full
def test_finds_nothing_in_a_thousand(config: BackendConfig) -> None:
    done = fuzz(config, 1000)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
