"""A file has one reason to exist and fits in a head: about 300 lines. Fails on longer ones."""

import subprocess
import sys
from pathlib import Path

LIMIT = 310
SKIPPED = ("vendor/", "tests/", "migrations/", ".min.")

files = subprocess.run(
    ["git", "ls-files", "*.py", "*.js", "*.html", "*.css"], capture_output=True, text=True, check=False
).stdout.split()
long = [
    f"{name}: {count} lines"
    for name in files
    if not any(part in name for part in SKIPPED) and Path(name).exists()
    if (count := len(Path(name).read_text(encoding="utf-8").splitlines())) > LIMIT
]
if long:
    sys.exit("These files hold two rooms:\n" + "\n".join(long))
