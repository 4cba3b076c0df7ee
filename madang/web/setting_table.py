"""``python -m madang.web.setting_table``: writes the table of settings into ``docs/configuration.md``."""

import sys
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any, Final

from madang.web.setting_support import SupportSettings
from madang.web.settings import Settings

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "configuration.md"
BEGIN: Final = "<!-- The table is made by `python -m madang.web.setting_table`. -->\n"
END: Final = "<!-- End of the table. -->\n"


def table() -> str:
    """The settings in Markdown, in the order of the dataclass."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    rows += [f"| `{setting.metadata['variable']}` | {_default(setting)} | {meaning} |" for setting, meaning in _rows()]
    return "\n".join(rows) + "\n"


def _rows() -> Iterator[tuple[Field[Any], str]]:
    # Those of remote support stand in a base class, which a dataclass puts first: here they come last.
    support = {setting.name for setting in fields(SupportSettings)}
    for setting in sorted(fields(Settings), key=lambda setting: setting.name in support):
        secret = " *Secret.*" if setting.metadata["secret"] else ""
        yield setting, setting.metadata["meaning"] + secret


def _default(setting: Field[Any]) -> str:
    if shown := setting.metadata["shown"]:
        return str(shown)
    if setting.default_factory is MISSING:
        raise TypeError(f"{setting.name} has no default")
    value = setting.default_factory()
    if isinstance(value, bool):
        return "no" if value is False else "yes"
    if value in ((), "", None):
        return "none"
    return f"`{' '.join(value) if isinstance(value, tuple) else value}`"


def renewed(document: str) -> str:
    """``document`` with the table as it should be. Raises ``ValueError`` where its marks are missing."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{DOCUMENT} has lost the marks around its table")
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    DOCUMENT.write_text(renewed(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
