"""``madang audit URL``."""

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

from madang.accessibility.audit import report
from madang.accessibility.audit.site import AuditUnavailable, audit
from madang.accessibility.engines import EnginesUnavailable

CLEAN, FOUND, TROUBLE = 0, 1, 3
"""Exit statuses: nothing definite; definite findings; no page could be read, or the audit cannot run here."""


def run(options: argparse.Namespace, data: Path, say: Callable[[str], None]) -> int:
    """``options``: address, pages, locale, report."""
    address: str = options.address if "://" in options.address else f"http://{options.address}"
    if not re.fullmatch(r"https?://[^\s/?#]+(?:[/?#]\S*)?", address):
        say(f"madang: {options.address} is no address of a page; it begins with http:// or https://.")
        return TROUBLE
    try:
        audited = audit(
            address,
            data,
            pages=options.pages,
            locale=options.locale,
            stream=sys.stderr,
            say=lambda line: print(line, file=sys.stderr),  # noqa: T201
        )
    except (AuditUnavailable, EnginesUnavailable) as error:
        say(f"madang: {error}")
        return TROUBLE
    for line in report.terminal(audited):
        say(line)
    if options.report:
        try:
            for path in report.write(audited, options.report):
                say(f"Written: {path}")
        except OSError as error:
            say(f"madang: the report cannot be written to {options.report} ({error.strerror}).")
            return TROUBLE
    if len(audited.unread) == len(audited.results):
        return TROUBLE
    return FOUND if audited.definite else CLEAN
