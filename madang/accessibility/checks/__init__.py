"""The scripted checks: what no checker of markup sees.

``CHECKS`` is all of them, in the order they are run: first those that only look, then those that put back what they
change, then those after which the page must be opened again. ``across`` compares the pages of a site.
"""

from functools import partial
from typing import TYPE_CHECKING, Final

from madang.accessibility.checks.base import Check, findings, look, looking
from madang.accessibility.checks.pointers import POINTERS
from madang.accessibility.checks.site import CRITERIA as ACROSS
from madang.accessibility.checks.site import Extract, across, extract
from madang.accessibility.checks.tabs import TABS
from madang.accessibility.checks.windows import WINDOWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from madang.accessibility.findings import Finding, PageState


def _own(what: str, page: "Page", state: "PageState") -> "Iterator[Finding]":
    """What KWCAG asks beyond WCAG, as good practice."""
    return findings(what, look(page, "own", {"what": what}))


_ALL: Final[tuple[Check, ...]] = (
    looking("language", ("3.1.1", "3.1.2")),
    looking("title", ("2.4.2",)),
    looking("headings", ("1.3.1", "2.4.6")),
    looking("structure", ("1.3.1",)),
    looking("sequence", ("1.3.2", "2.4.3")),
    looking("links", ("2.4.4",)),
    looking("labels", ("3.3.2",)),
    looking("label-in-name", ("2.5.3",)),
    looking("bypass", ("2.4.1",)),
    looking("autocomplete", ("1.3.5",)),
    looking("errors", ("3.3.1", "3.3.3")),
    looking("signing-in", ("3.3.7", "3.3.8")),
    looking("senses", ("1.3.3", "1.4.1")),
    looking("colours", ("1.4.1", "1.4.11")),
    looking("pictures", ("1.1.1", "1.4.5")),
    looking("media", ("1.2.2", "1.4.2")),
    looking("targets", ("2.5.5", "2.5.8")),
    looking("keyboard", ("2.1.1",), deeper=True),
    looking("roles", ("4.1.2",), deeper=True),
    looking("moving", ("2.2.1", "2.2.2", "2.3.1")),
    Check("separation", (), partial(_own, "separation")),
    Check("page-reference", (), partial(_own, "page-reference")),
    Check("markup", (), partial(_own, "markup")),
    *WINDOWS,
    *POINTERS,
    *TABS,
    looking("behaviour", ("2.1.4", "2.5.2", "2.5.4", "2.5.7", "3.2.1", "3.2.2", "4.1.3"), deeper=True, alters=True),
)

CHECKS: Final[dict[str, Check]] = {check.name: check for check in _ALL}

__all__ = ["ACROSS", "CHECKS", "Check", "Extract", "across", "extract"]
