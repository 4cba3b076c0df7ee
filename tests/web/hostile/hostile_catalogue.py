"""The shipped catalogue with something hostile in every string that a citizen reads, in every language."""

import csv
import shutil
from pathlib import Path
from typing import Any, Final

import yaml

from madang.backend.catalogue.reading import _Loader
from madang.backend.config import CATALOGUE
from madang.i18n.locales import LOCALES

IMG: Final = '"><img src=x onerror=alert(1)>'
LONG: Final = "W" * 5000
EXTRAS: Final = (
    "{{7*7}}${7*7}<%=7*7%>",
    "</script><script>alert(1)</script>",
    "</title></style></textarea><!--",
    "'\"--><!",
    "'/><svg onload=alert(1)>",
    "%(x)s%s%n{0}{x.__class__}",
    "]]>&lt;b&gt;&amp;&#60;",
    "javascript:alert(1)//\\u003c",
    "#let x = [*evil*] $x^2$ @ref",
)
"""One of them stands behind each text, by turns; ``IMG`` stands behind every one."""
TURNING: Final = "\u202eevil\u2066"
"""Turns round what is written behind it; stands in every seventh text, but not in what is printed: no document is made
with a character that cannot be seen."""
EVERY_TURNING: Final = 7
EVERY_LONG: Final = 211
"""Each so-manieth text is a word of 5,000 characters, too. (Not a divisor of the number of languages or extras.)"""
PLAIN: Final = {"website": '/"><img src=x onerror=alert(1)>', "phone": IMG}
"""Keys whose value is a text without languages, and what is put behind it."""
COLUMNS: Final = ("title", "summary", "description", "who", "who_short", "law", "keywords", *LOCALES)


class Hostility:
    """Turns texts, each a little differently."""

    def __init__(self) -> None:
        self.count = 0
        self.printed = False

    def text(self, given: str) -> str:
        self.count += 1
        long = LONG if self.count % EVERY_LONG == 0 else ""
        turning = TURNING if self.count % EVERY_TURNING == 0 and not self.printed else ""
        return f"{given}{IMG}{EXTRAS[self.count % len(EXTRAS)]}{turning}{long}"

    def tree(self, value: Any) -> Any:
        """A file's content; a mapping by language is a text, or lists of everyday words."""
        if isinstance(value, list):
            return [self.tree(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "ko" in value and set(value) <= {*LOCALES, "easy"}:
            return {
                locale: self.tree(held)
                if locale == "easy"
                else [self.text(word) for word in held]
                if isinstance(held, list)
                else self.text(held)
                for locale, held in value.items()
            }
        return {
            key: held + PLAIN[key] if key in PLAIN and isinstance(held, str) and held else self.tree(held)
            for key, held in value.items()
        }


def hostile_catalogue(folder: Path) -> Path:
    """A copy below ``folder``. The registers stay: they hold people's data, which other tests make hostile."""
    made, hostility = Path(shutil.copytree(CATALOGUE, folder / "hostile")), Hostility()
    for path in sorted(made.rglob("*.yaml")):
        if path.parent.name == "registers":
            continue
        hostility.printed = path.parent.name in ("documents", "forms")
        content = hostility.tree(yaml.load(path.read_text(encoding="utf-8"), _Loader))
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for path in sorted((made / "national").glob("*.tsv")):
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        names = head.split("\t")
        lines = [head]
        for cells in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            pairs = zip(names, cells, strict=True)
            lines.append("\t".join(hostility.text(c) if name in COLUMNS and c else c for name, c in pairs))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return made
