"""A reader that follows a document's structure tree, as a screen reader does: what it says, in order, in its language.

Where the file says what a run of glyphs stands for (ActualText, ISO 32000-1 14.9.4), that is read and not the glyphs:
Thai and other scripts set marks in an order of their own.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
from outloud.fonts import font_info
from outloud.model import Document as Tagged

Said = tuple[str, str, str]
"""Element, language, text."""


def spoken(path: Path) -> list[Said]:
    """Everything that is read of the document at ``path``, artifacts left out."""
    document = Tagged(str(path))
    try:
        elements = {each.objgen: each for each in document.elements}
        pages = [_Page(page.obj) for page in document.pages]
        found: list[Said] = []

        def say(kind: str, lang: str, page: int | None, mcid: int) -> None:
            assert page is not None
            found.extend((kind, own or lang, text) for own, text in pages[page].texts.pop(mcid))

        def walk(node: Any, kind: str, lang: str, page: int | None) -> None:
            kids = node.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if not isinstance(kid, pikepdf.Dictionary):
                    say(kind, lang, page, int(kid))
                elif str(kid.get("/Type", "")) == "/MCR":
                    say(kind, lang, document.page_index[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID))
                elif "/S" in kid:
                    element = elements[kid.objgen]
                    walk(kid, element.type, element.lang or lang, element.page)

        walk(document.struct_root, "", document.lang or "", None)
        left = {number: page.texts for number, page in enumerate(pages) if any(page.texts.values())}
        assert not left, f"marked, but never read: {left}"
        return found
    finally:
        document.close()


class _Page:
    """The texts of one page, each with the language that its marks give it, by the number in the structure."""

    def __init__(self, page: Any) -> None:
        self.texts: dict[int, list[tuple[str, str]]] = {}
        resources, font = page.Resources, None
        stack: list[_Mark] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "Tf":
                    named = resources.Font[str(operands[0])]
                    font = font_info(named, named.objgen)
                case "BMC":
                    stack.append(_Mark())
                case "BDC":
                    stack.append(self._begin(operands[1], resources, stack))
                case "EMC":
                    stack.pop()
                case "Tj" | "TJ":
                    items = operands[0] if str(operator) == "TJ" else [operands[0]]
                    shown = [bytes(item) for item in items if isinstance(item, pikepdf.String)]
                    if font is not None:
                        self._say(stack, "".join(map(font.decode, shown)))

    def _begin(self, marks: Any, resources: Any, stack: list["_Mark"]) -> "_Mark":
        if isinstance(marks, pikepdf.Name):
            marks = resources.Properties[str(marks)]
        mark = _Mark(int(marks.MCID) if "/MCID" in marks else None, str(marks.get("/Lang", "")), "/ActualText" in marks)
        if mark.number is not None:
            self.texts.setdefault(mark.number, [])
        if mark.said:
            self._say([*stack, replace(mark, said=False)], str(marks.ActualText))
        return mark

    def _say(self, stack: list["_Mark"], text: str) -> None:
        number = next((each.number for each in reversed(stack) if each.number is not None), None)
        if number is not None and not any(each.said for each in stack):
            self.texts[number].append((next((each.lang for each in reversed(stack) if each.lang), ""), text))


@dataclass(frozen=True)
class _Mark:
    """Marked content. ``said``: its text is given, so its glyphs are not read."""

    number: int | None = None
    lang: str = ""
    said: bool = False
