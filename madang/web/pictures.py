"""Our own drawings of the life events, one file each; they take the colour of the text around them."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

FOLDER: Final = Path(__file__).parent / "static" / "img" / "life"
OTHER: Final = Markup(
    '<svg class="line-art" viewBox="0 0 40 40"><path d="M4 19q11-2 16-12 5 10 16 12M9 19v14h22V19M17 33v-8h6v8"/></svg>'
)
"""For a package of an operator's own that has no drawing: the house."""


@lru_cache(maxsize=256)
def life_drawing(event: str) -> Markup:
    """The drawing of the package with that id, as SVG to stand in a page. Decoration: the title says what it is."""
    path = FOLDER / f"{Path(event).name}.svg"
    if not path.is_file():
        return OTHER
    return Markup(path.read_text(encoding="utf-8").strip())  # noqa: S704 -- a file of our own
