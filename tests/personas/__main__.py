"""``python -m tests.personas [--write] [--persona P] [--journey J] [--locale L] [--browser B] [--orca] [--quick]``

Sends the personas on their journeys and prints a table; with ``--write`` puts it on record in
``madang/accessibility/data/evidence/personas.json``. ``--orca`` sends the blind personas instead of the others;
``--take FILE`` sends nobody and records what a run of the test suite noted.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE.parent / "e2e")]

from personas.browsers import missing, playing  # noqa: E402  (after the path above)
from personas.cases import Case, daily, everything, record, walk  # noqa: E402
from personas.evidence import Run, noted, write  # noqa: E402
from personas.orca import blind_cases, unheard, walk_blind  # noqa: E402
from portal_server import Server  # noqa: E402


class _Nobody:
    keys = 0


def chosen() -> tuple[argparse.Namespace, list[Case]]:
    parser = argparse.ArgumentParser(prog="python -m tests.personas", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the runs on record")
    parser.add_argument("--orca", action="store_true", help="the blind personas, with the Orca screen reader")
    parser.add_argument("--quick", action="store_true", help="one journey for each persona")
    parser.add_argument(
        "--take", type=Path, metavar="FILE", help="put on record what make test-full noted, and no more"
    )
    for name in ("persona", "journey", "locale", "browser"):
        parser.add_argument(f"--{name}", action="append", default=[])
    options = parser.parse_args()
    cases = blind_cases() if options.orca else [*daily(0), *daily(1)] if options.quick else everything()
    wanted = [
        case
        for case in cases
        if all(not getattr(options, name) or getattr(case, name) in getattr(options, name) for name in NAMES)
    ]
    return options, wanted


NAMES = ("persona", "journey", "locale", "browser")


def started(folder: Path, settings: dict[str, str]) -> Server:
    """A portal that answers. On a machine with much else to do its worker is given up at first: tried three times."""
    for attempt in range(3):
        server = Server(folder / f"var{attempt}", **settings)
        try:
            server.wait()
        except RuntimeError as error:
            server.stop()
            print(f"the portal did not start: {error}", file=sys.stderr)
        else:
            return server
    raise SystemExit("The portal does not start here.")


def main() -> int:
    options, cases = chosen()
    if options.take:
        write(noted(options.take))
        return 0
    runs: list[Run] = []
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        idle = {"MADANG_SESSION_IDLE_MINUTES": "2"} if any(case.journey == "time" for case in cases) else {}
        server = started(Path(folder), idle)
        try:
            with playing() as playwright:
                for number, case in enumerate(cases, 1):
                    if reason := unheard() if options.orca else missing(case.browser):
                        print(f"{case}: skipped: {reason}", flush=True)
                        continue
                    began = time.monotonic()
                    try:
                        run = walk_blind(server.base, case) if options.orca else walk(playwright, server.base, case)
                    except Exception as error:  # whatever stops somebody is what we want to know
                        print(f"{case}: {type(error).__name__}: {str(error)[:1500]}", flush=True)
                        run = record(case, _Nobody(), began, finished=False)
                        failed += 1
                    runs.append(run)
                    word = "finished" if run.finished else "NOT finished"
                    print(f"{number}/{len(cases)} {case}: {word}, {run.keys} keys, {run.seconds} s", flush=True)
                    if options.write:
                        write([run])
        finally:
            server.stop()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
