"""How pages look and read for one person: chosen once, applied on the server to every page, no script needed.

A preference is about pages and says nothing of why somebody wants it. The written form holds only what differs from
the default, in one order, so that the same wishes always write the same text: pages are kept under it.
"""

from dataclasses import dataclass, fields, replace
from typing import Final, Literal, get_args

Size = Literal["100", "125", "150", "175", "200", "250", "300"]
"""Text size in per cent of the browser's own."""
Spacing = Literal["normal", "wide", "widest"]
Lines = Literal["normal", "short"]
"""Length of lines: about 38 characters' widths, or 24."""
Theme = Literal["system", "light", "dark", "yellow"]
"""``system``: the device's, its forced colours among them. ``yellow``: yellow on black."""
Motion = Literal["system", "none"]
Targets = Literal["normal", "large"]
Words = Literal["normal", "easy"]
Questions = Literal["grouped", "single"]
"""Whether what belongs together (a period's two dates) is asked on one page, or each thing alone."""
Time = Literal["normal", "ten", "off"]
"""Every limit of time as it is, ten times as long, or none."""
Aloud = Literal["off", "on"]
Ruler = Literal["off", "on"]

LONGEST: Final = 160
"""Characters of a written form; a longer one is not ours. Everything chosen at once takes 129."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """All of them. Every field is one of the values of its type."""

    size: Size = "100"
    spacing: Spacing = "normal"
    lines: Lines = "normal"
    theme: Theme = "system"
    motion: Motion = "system"
    targets: Targets = "normal"
    words: Words = "normal"
    questions: Questions = "grouped"
    time: Time = "normal"
    aloud: Aloud = "off"
    ruler: Ruler = "off"

    @property
    def chosen(self) -> dict[str, str]:
        """What differs from the default: name -> value."""
        return {name: value for name in CHOICES if (value := getattr(self, name)) != getattr(DEFAULT, name)}

    def written(self) -> str:
        """``size-150.theme-yellow``; empty for the default."""
        return ".".join(f"{name}-{value}" for name, value in self.chosen.items())

    def masked(self) -> "Preferences":
        """What somebody who helps is told of them: nothing. Their own pages look as they have chosen themselves."""
        return DEFAULT

    @property
    def times(self) -> int | None:
        """By how much every limit is longer; None for no limit."""
        return {"normal": 1, "ten": 10, "off": None}[self.time]


def _values(annotation: object) -> tuple[str, ...]:
    return tuple(str(value) for value in get_args(annotation))


CHOICES: Final[dict[str, tuple[str, ...]]] = {each.name: _values(each.type) for each in fields(Preferences)}
"""Name -> the values that it may have, the order of the page."""
DEFAULT: Final = Preferences()


def chosen(values: dict[str, str]) -> Preferences:
    """The preferences that ``values`` name; what is unknown is left at its default, for anybody can write a cookie."""
    known = {name: value for name, value in values.items() if value in CHOICES.get(name, ())}
    return replace(DEFAULT, **known)  # type: ignore[arg-type]


def read(written: str) -> Preferences:
    """The preferences of a written form. Nothing raises: what cannot be read is the default."""
    if not written or len(written) > LONGEST:
        return DEFAULT
    parts = (part.partition("-") for part in written.split("."))
    return chosen({name: value for name, _, value in parts})
