"""What can be read aloud of a drawn page: a heading with its text, a field with its label, hint and error, what is
folded away. Found in the page as it was drawn, so that what is spoken is what stands there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

LONGEST_PART: Final = 240
"""Characters of what is spoken in one go."""
MOST_PARTS: Final = 60
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_SILENT: Final = frozenset({"script", "style", "svg", "button", "select", "textarea", "nav", "noscript", "template"})
_BREAKS: Final = _HEADINGS | {"p", "li", "div", "dt", "dd", "td", "th", "tr", "small", "legend", "label", "summary"}
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr", "source"})
_ENDS: Final = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])|\n+")
_SPACE: Final = re.compile(r"[ \t\r\f\v\u00a0]+")
_INVISIBLE: Final = re.compile(r"[\u200b\u2060\u00ad]")


@dataclass(slots=True)
class Block:
    """``at``: the offset in the page behind its name; -1 while that is not known."""

    at: int = -1
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return " ".join("".join(self.names).split())

    @property
    def parts(self) -> list[str]:
        return parts("".join(self.texts))


def parts(text: str) -> list[str]:
    """What is said one after the other: sentences, long ones in pieces that end at a space or a comma."""
    clean = _INVISIBLE.sub("", _SPACE.sub(" ", text))
    sentences = (" ".join(sentence.split()) for sentence in _ENDS.split(clean))
    return [piece for sentence in sentences if _speakable(sentence) for piece in _pieces(sentence)]


def _speakable(sentence: str) -> bool:
    return any(sign.isalnum() for sign in sentence)


def _pieces(sentence: str) -> Iterator[str]:
    while len(sentence) > LONGEST_PART:
        cut = max(sentence.rfind(mark, 40, LONGEST_PART) for mark in " ,、，")
        cut = cut + 1 if cut > 0 else LONGEST_PART
        yield sentence[:cut].strip()
        sentence = sentence[cut:].strip()
    if sentence:
        yield sentence


class _Reader(HTMLParser):
    """One pass over a page. ``blocks``: in the order of the page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.blocks: list[Block] = []
        self._open: list[tuple[str, str]] = []
        """(tag, what ends with it): "main", "silent", "field", "details", "name" or nothing."""
        self._inner: list[Block] = []
        self._under: Block | None = None
        self.feed(html)
        self.close()

    def _inside(self, what: str) -> bool:
        return any(mark == what for _, mark in self._open)

    def _current(self) -> Block | None:
        return self._inner[-1] if self._inner else self._under

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._broken(tag)
        if tag in _VOID:
            return
        given = dict(attrs)
        mark = self._mark(tag, given, (given.get("class") or "").split())
        if mark in ("field", "details"):
            self._inner.append(Block())
        self._open.append((tag, mark))

    def _mark(self, tag: str, given: dict[str, str | None], classes: list[str]) -> str:
        if tag == "main":
            return "main"
        if not self._inside("main") or self._inside("silent"):
            return ""
        if tag in _SILENT or "hidden" in given or given.get("aria-hidden") == "true" or "official" in classes:
            return "silent"
        if tag == "div" and "field" in classes:
            return "field"
        if tag == "details":
            return "details"
        if self._inner:
            named = tag == "summary" if self._open_kind() == "details" else tag in ("legend", "label", "h1")
            return "name" if named and self._inner[-1].at < 0 else ""
        if tag in _HEADINGS and not any(open_tag == "article" for open_tag, _ in self._open):
            self._under = Block()
            return "name"
        return ""

    def _open_kind(self) -> str:
        return next((mark for _, mark in reversed(self._open) if mark in ("field", "details")), "")

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, mark = self._open.pop()
            if mark == "name" and (block := self._current()) is not None:
                line, column = self.getpos()
                block.at = self._lines[line - 1] + column + len(f"</{name}>")
                if not self._inner:
                    self.blocks.append(block)
            elif mark in ("field", "details"):
                block = self._inner.pop()
                if block.at >= 0:
                    self.blocks.append(block)
            if name == tag:
                break
        self._broken(tag)

    def handle_data(self, data: str) -> None:
        block = self._current()
        if block is None or not self._inside("main") or self._inside("silent"):
            return
        # A line that wraps in the source is no end of a sentence.
        block.texts.append(data.replace("\n", " "))
        if self._inside("name") and block.at < 0:
            block.names.append(data)

    def _broken(self, tag: str) -> None:
        block = self._current()
        if block is not None and (tag in _BREAKS or tag == "br"):
            block.texts.append("\n")


def blocks(html: str) -> list[Block]:
    """What can be read aloud, in the order in which its buttons stand."""
    return sorted((block for block in _Reader(html).blocks if block.parts), key=lambda block: block.at)


def with_buttons(html: str, button: Callable[[int, str, list[str]], str], end: str) -> str:
    """The page with ``button(number, name, parts)`` behind the name of each block, and ``end`` before main ends."""
    written, done = [], 0
    for number, block in enumerate(blocks(html), start=1):
        written += [html[done : block.at], button(number, block.name, block.parts[:MOST_PARTS])]
        done = block.at
    rest = html[done:]
    before, closing, after = rest.rpartition("</main>")
    return "".join([*written, before, end, closing, after] if closing else [*written, rest])
