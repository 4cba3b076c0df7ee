"""The packages of package.json, from npm: what the bench compares with. Nothing of them is served by the portal."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from bench.peers.content import PEERS

MODULES: Final = PEERS / "node_modules"


def installed(*needed: Path) -> bool:
    """Whether these files or folders are here; they are brought where npm is."""
    if all(path.exists() for path in needed):
        return True
    if shutil.which("npm") is None:
        return False
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=PEERS, check=True, timeout=240)
    return all(path.exists() for path in needed)
