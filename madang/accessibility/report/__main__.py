"""``python -m madang.accessibility.report FOLDER [EVIDENCE]``: writes the report, on the evidence of this version."""

import sys
from pathlib import Path

from madang.accessibility.report import write_report
from madang.accessibility.report.evidence import EVIDENCE


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    evidence = Path(arguments[1]) if len(arguments) == 2 else EVIDENCE
    for path in write_report(evidence, Path(arguments[0])):
        print(path)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
