"""What can be seen of a page: the text in the window, and what can be pressed there with what is beside it.

Nothing of the markup comes through: no names, no roles, no text that is hidden, covered, or of its ground's colour.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEE = (Path(__file__).parent / "sight.js").read_text(encoding="utf-8").partition("\n")[2]


@dataclass(frozen=True)
class Thing:
    """What can be pressed, ticked or written in. ``row``: the words around it. ``ring``: focus can be seen on it."""

    kind: str
    words: str
    row: str
    x: float
    y: float
    w: float
    h: float
    cut: bool
    checked: bool
    value: str
    error: str
    focused: bool
    ring: bool
    bounded: bool


@dataclass(frozen=True)
class View:
    """The window as it is now. ``lost``: the keyboard's focus is on something that cannot be seen."""

    title: str
    text: str
    things: tuple[Thing, ...]
    lost: bool
    top: bool
    bottom: bool

    @property
    def focused(self) -> Thing | None:
        return next((each for each in self.things if each.focused), None)


def look(page: Any) -> View | None:
    """What is in the window of ``page``; None while there is no page yet."""
    if (seen := page.evaluate(SEE)) is None:
        return None
    return View(**{**seen, "things": tuple(Thing(**each) for each in seen["things"])})
