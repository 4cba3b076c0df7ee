"""What all checks of a catalogue share: the holdings, and how a mistake is told with its file and line."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from madang.backend.catalogue.reading import Reader
from madang.contract.completeness import texts

if TYPE_CHECKING:
    from madang.backend.catalogue.loader import Holdings


class Reporting:
    """Steps are the keys and places that lead to what is wrong, as in ``Reader.line_of``."""

    def __init__(self, holdings: "Holdings", reader: Reader) -> None:
        self.holdings = holdings
        self.reader = reader
        self.root = reader.root

    def report(self, path: Path, text: str, *steps: str | int) -> None:
        self.reader.report(path, text, self.reader.line_of(path, *steps) if steps else 0)

    def known(self, path: Path, name: str, names: Any, what: str, *steps: str | int) -> None:
        if name not in names:
            self.report(path, f"There is no {what} {name!r}: add it or correct the name", *steps)

    def unique(self, path: Path, ids: list[str]) -> None:
        for index, name in enumerate(ids):
            if name in ids[:index]:
                self.report(path, f"{name!r} is there twice: rename or remove one", index)

    def languages(self, path: Path, value: Any) -> None:
        for steps, text in texts(value):
            if missing := text.missing():
                self.report(path, f"Write this text in {', '.join(missing)}, too: {text.ko or text.en!r}", *steps)
