"""Starts npm's oidc-provider, which enforces PKCE and exact redirect addresses, as a process of its own."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "provider"
SECRET = "a secret/with+odd%characters"


def install() -> None:
    """``npm ci`` where it has not been done. Tests that need it fail, rather than pass unseen, where it cannot."""
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        npm = shutil.which("npm")
        if npm is None:
            pytest.fail("npm is missing: install Node.js 20 or newer (apt install nodejs npm)")
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True, capture_output=True)


@contextlib.contextmanager
def npm_provider(**environment: str) -> Iterator[str]:
    """Its address. ``NAME``: the host name in it; ``SHIFT``: seconds by which its clock is wrong; ``ISSUER``: who it
    claims to be."""
    install()
    node = shutil.which("node")
    assert node is not None
    variables = {
        "PATH": os.environ["PATH"],
        "REDIRECT_URI": "https://portal.test/sign-in/callback",
        "POST_LOGOUT_REDIRECT_URI": "https://portal.test/sign-out/callback",
        **environment,
    }
    with subprocess.Popen(
        [node, "server.mjs"], cwd=FOLDER, env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            assert port, "the provider did not start"
            yield f"http://{environment.get('NAME', '127.0.0.1')}:{port}"
        finally:
            process.terminate()
