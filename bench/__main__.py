"""``python -m bench [--only pages,search] [--write]``: one table against the goals.

Every section stands alone: one that cannot be measured here (no Chromium, no Node) says so in its row, and the others
go on. ``--write`` puts the table into docs/performance.md.
"""

import argparse
import datetime as dt
import importlib
import inspect
import os
import sys
import time
from pathlib import Path

import uvloop

from bench import table
from bench.houses import ROOT

SECTIONS = ("pages", "middleware", "same_page", "person", "wire", "certificates", "worker", "search", "support")
MOST = 270.0
"""Seconds after which no section is begun."""
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"


def measure(section: str) -> list[table.Row]:
    module = importlib.import_module(f"bench.{section}")
    made = module.rows()
    if inspect.isawaitable(made):

        async def awaited() -> list[table.Row]:
            rows: list[table.Row] = await made
            return rows

        return uvloop.run(awaited())
    return list(made)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, comma-separated")
    parser.add_argument("--write", action="store_true", help="write the table to docs/performance.md")
    chosen = parser.parse_args()
    for name in [name for name in os.environ if name.startswith("MADANG_")]:
        del os.environ[name]
    rows: list[table.Row] = []
    began = time.monotonic()
    for section in chosen.only.split(","):
        started = time.monotonic()
        if started - began > MOST:
            rows.append(table.plain(f"{section}: left out", f"the run took more than {MOST:.0f} s already"))
            continue
        try:
            rows += measure(section)
        except Exception as error:
            rows.append(table.plain(f"{section}: could not be measured", f"{type(error).__name__}: {error}"[:200]))
        sys.stderr.write(f"{section}: {time.monotonic() - started:.0f} s\n")
    head = f"{dt.datetime.now().astimezone():%-d %B %Y}, Python {sys.version.split()[0]}, {os.cpu_count()} cores"
    print(f"{head}, measured in {time.monotonic() - began:.0f} s\n")
    print(table.text(rows))
    if chosen.write:
        write(ROOT / "docs" / "performance.md", f"{head}.\n\n{table.markdown(rows)}")


def write(path: Path, content: str) -> None:
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}{content}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
