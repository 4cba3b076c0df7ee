"""The scripted checks: what no checker of markup sees. ``CHECKS`` is all of them, in the order they are run."""

from typing import Final

from madang.accessibility.checks.base import Check, looking

_ALL: Final[tuple[Check, ...]] = (
    looking("language", ("3.1.1", "3.1.2")),
    looking("title", ("2.4.2",)),
    looking("headings", ("1.3.1", "2.4.6")),
    looking("structure", ("1.3.1",)),
    looking("links", ("2.4.4",)),
    looking("labels", ("3.3.2",)),
    looking("label-in-name", ("2.5.3",)),
)

CHECKS: Final[dict[str, Check]] = {check.name: check for check in _ALL}
