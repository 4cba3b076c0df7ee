"""From the HTML of a page to its twin: what an agent's frame is given, made anew of what is on an allow-list.

The second of the two layers, and it holds alone: whatever stands in the HTML, the twin has no control, no address, no
script and no style in it; a field that its definition does not share shows nothing of what it holds; and every text,
in the page and in attributes, passes ``cover`` first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from madang.remote_support.accessible import (
    TICKED,
    Cover,
    Node,
    Registry,
    chosen_of,
    ref_is_harmless,
    role_of,
    spoken,
    squeezed,
    text_of,
)
from madang.remote_support.messages import Element

COVERED: Final = "••••••"
"""Stands for the answers of a list of answers, whatever they are."""
_KEPT_NAMES: Final = """
main header footer nav section article aside div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot
tr th td figure figcaption blockquote pre address hgroup fieldset legend label details summary dialog hr br
"""
_INLINE_NAMES: Final = """
a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr
"""
_DROPPED_NAMES: Final = """
script style template noscript head title link meta base iframe object embed img picture video audio source track canvas
svg math map area option optgroup datalist output progress meter param frame frameset
"""
_KEPT: Final = frozenset((_KEPT_NAMES + _INLINE_NAMES).split())
"""Elements that stand in a twin as they are, without most of their attributes. ``a`` has no address."""
_INLINE: Final = frozenset((_INLINE_NAMES + "button label").split())
_DROPPED_QUIETLY: Final = frozenset(_DROPPED_NAMES.split())
_CONTROLS: Final = frozenset({"input", "select", "textarea"})
_RENAMED: Final[Mapping[str, str]] = {"button": "span", "form": "div", "search": "div", "body": "div"}
_VOID: Final = frozenset({"br", "wbr", "hr"})
_PLAIN: Final = {
    "lang": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "colspan": re.compile(r"\d{1,2}"),
    "rowspan": re.compile(r"\d{1,2}"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "translate": re.compile(r"yes|no"),
    "aria-hidden": re.compile(r"true|false"),
    "aria-invalid": re.compile(r"true|false"),
    "aria-current": re.compile(r"true|false|page|step|location|date"),
    "aria-expanded": re.compile(r"true|false"),
    "aria-disabled": re.compile(r"true|false"),
    "role": re.compile(r"region|group|search|status|alert|note|list|listitem|presentation|img|navigation"),
}
"""Attribute -> what it may say."""
_CLASS: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
_ANSWERS: Final = "sum"
"""Class of a list of a person's answers (``summary_list``)."""
_NEXT: Final = "\0"
"""Between two blocks of text: no cover reaches over it."""
_DEEPEST: Final = 200


@dataclass(frozen=True, slots=True)
class Reflection:
    """``html``: the inside of the body; of a part of a page, of the element named ``ref``. ``dropped``: tags that are
    on no list, left out with all that is in them."""

    title: str
    html: str
    elements: dict[str, Element]
    ref: str = ""
    dropped: frozenset[str] = frozenset()


def analyse(html: str, shared: Mapping[str, bool], cover: Cover = str) -> dict[str, Element]:
    """What a page holds that can be spoken of, by ``data-ref``. ``shared``: name of a control -> whether an agent may
    see what it holds; one that is not in it is not shared."""
    return Registry(_parsed(html), shared, cover).elements()


def twin(html: str, cover: Cover, shared: Mapping[str, bool]) -> tuple[str, str]:
    """(title, inside of the body) of a page."""
    made = reflect(html, cover, shared)
    return made.title, made.html


def reflect(html: str, cover: Cover, shared: Mapping[str, bool]) -> Reflection:
    """Title, twin and registry of a page, or of a part of one: then ``ref`` names the element of which the twin is the
    inside, "" where the part does not begin with an element that has a ``data-ref``."""
    root = _parsed(html)
    _cover_texts(root, cover)
    registry = Registry(root, shared, cover)
    elements = registry.elements()
    title = next(iter(root.iter("title")), None)
    builder = _Builder(registry, elements, cover)
    body = root.find("body")
    ref = ""
    if not html.lstrip()[:9].lower().startswith("<!doctype"):
        first = next((node for node in body if isinstance(node.tag, str)), None) if body is not None else None
        ref = first.get("data-ref", "") if first is not None else ""
        ref = ref if ref in elements else ""
        body = first if ref else None
    inside = "".join(builder.inside(body, 0)) if body is not None else ""
    return Reflection(
        title=squeezed(text_of(title)) if title is not None else "",
        html=inside,
        elements=elements,
        ref=ref,
        dropped=frozenset(builder.dropped),
    )


def _parsed(html: str) -> Node:
    """The parsed page. Nothing of it is fetched, and no entity but HTML's is known."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring((html or "<p></p>").encode("utf-8", "replace"), parser)
    return root if root is not None else etree.fromstring(b"<html><body></body></html>", parser)


@dataclass(slots=True)
class _Slot:
    """A text of the tree: what stands in a node before its children, or behind it."""

    node: Node
    tail: bool

    @property
    def text(self) -> str:
        return (self.node.tail if self.tail else self.node.text) or ""

    @text.setter
    def text(self, text: str) -> None:
        if self.tail:
            self.node.tail = text
        else:
            self.node.text = text


def _cover_texts(root: Node, cover: Cover) -> None:
    """Covers the texts of a tree, each block's as one: a name is found that markup cuts into pieces, too."""
    blocks = [block for block in _blocks(root) if any(slot.text and not slot.text.isspace() for slot in block)]
    for block in blocks:
        for slot in block:
            if _answer(slot) and slot.text.strip():
                slot.text = COVERED
    whole = _NEXT.join("".join(slot.text for slot in block) for block in blocks)
    if cover(whole) == whole:
        return
    for block in blocks:
        _cover_block(block, cover)


def _cover_block(block: list[_Slot], cover: Cover) -> None:
    text = "".join(slot.text for slot in block)
    covered = cover(text)
    if covered == text:
        return
    pieces = [cover(slot.text) for slot in block]
    if "".join(pieces) != covered:  # what is to be covered reaches from one piece into the next
        pieces = [covered, *("" for _ in block[1:])]
    for slot, piece in zip(block, pieces, strict=True):
        slot.text = piece


def _answer(slot: _Slot) -> bool:
    """Whether a text is one of a person's answers in a list of them, by its place and not by what it says."""
    node = slot.node.getparent() if slot.tail else slot.node
    while node is not None and node.tag != "dd":
        if node.get("data-ref"):
            return False
        node = node.getparent()
    if node is None:
        return False
    return any(_ANSWERS in above.get("class", "").split() for above in node.iterancestors("dl"))


def _blocks(root: Node) -> Iterator[list[_Slot]]:
    """The texts of a tree in their order, those together that stand in one block."""
    run: list[_Slot] = []

    def walk(node: Node, depth: int) -> Iterator[list[_Slot]]:
        nonlocal run
        if not isinstance(node.tag, str) or depth > _DEEPEST:
            return
        apart = node.tag not in _INLINE
        if apart:
            yield run
            run = []
        if node.tag not in ("script", "style", "textarea"):
            run.append(_Slot(node, False))
            for child in node:
                yield from walk(child, depth + 1)
                run.append(_Slot(child, True))
        if apart:
            yield run
            run = []

    yield from walk(root, 0)
    yield run


class _Builder:
    """Writes a twin."""

    def __init__(self, registry: Registry, elements: Mapping[str, Element], cover: Cover) -> None:
        self._registry, self._elements, self._cover = registry, elements, cover
        self.dropped: set[str] = set()

    def inside(self, node: Node, depth: int) -> Iterator[str]:
        yield escape(node.text or "", quote=False)
        for child in node:
            yield from self._element(child, depth + 1)
            yield escape(child.tail or "", quote=False)

    def _element(self, node: Node, depth: int) -> Iterator[str]:
        tag = node.tag
        if not isinstance(tag, str) or depth > _DEEPEST:
            return
        if tag == "img" and node.get("alt"):
            yield f'<span class="twin-picture">{escape(self._cover(node.get("alt")))}</span>'
        elif tag in _CONTROLS:
            yield self._control(node)
        elif tag in _KEPT or tag in _RENAMED:
            name = _RENAMED.get(tag, tag)
            yield f"<{name}{self._attributes(node, role_of(node))}>"
            if tag not in _VOID:
                yield from self.inside(node, depth)
                yield f"</{name}>"
        elif tag not in _DROPPED_QUIETLY:
            self.dropped.add(tag)

    def _control(self, node: Node) -> str:
        """A field as a box with a text in it: what it holds only where it is shared."""
        role = role_of(node)
        if not role:
            return ""
        shared = self._registry.is_shared(node, role)
        name = escape(self._cover(self._registry.name(node)))
        kind = f"twin-{role}" if shared or role in ("button", "file") else f"twin-{role} twin-covered"
        attributes = self._attributes(node, role, kind) + (f' aria-label="{name}"' if name else "")
        if role in TICKED:
            checked = "true" if shared and node.get("checked") is not None else "false"
            return f'<span{attributes} aria-checked="{checked}"></span>'
        text = ""
        if role == "button":
            text = self._registry.name(node)
        elif shared and node.tag == "select":
            chosen = chosen_of(node)
            text = spoken(chosen) if chosen is not None else ""
        elif shared:
            text = self._registry.value(node, role)
        return f"<span{attributes}>{escape(self._cover(text), quote=False)}</span>"

    def _attributes(self, node: Node, role: str, more: str = "") -> str:
        found: list[tuple[str, str]] = []
        classes = [name for name in node.get("class", "").split() if _CLASS.fullmatch(name) and self._same(name)]
        if more:
            classes.append(more)
        if classes:
            found.append(("class", " ".join(classes)))
        ref = node.get("data-ref")
        if ref and ref in self._elements and ref_is_harmless(ref, self._cover):
            found.append(("data-ref", ref))
        for name, pattern in _PLAIN.items():
            value = node.get(name)
            if value is not None and name != "role" and pattern.fullmatch(value):
                found.append((name, value))
        if role in ("link", "outward", "button", "checkbox", "radio", "textbox", "searchbox", "combobox"):
            found.append(("role", "link" if role == "outward" else role))
        elif role == "file":
            found.append(("role", "button"))
        elif (declared := node.get("role")) and _PLAIN["role"].fullmatch(declared):
            found.append(("role", declared))
        if node.get("aria-label") and node.tag not in _CONTROLS:
            found.append(("aria-label", self._cover(node.get("aria-label"))))
        text = "".join(f' {name}="{escape(value)}"' for name, value in found)
        if node.get("disabled") is not None:
            text += ' aria-disabled="true"'
        text += " hidden" if node.get("hidden") is not None else ""
        return text + (" open" if node.tag in ("details", "dialog") and node.get("open") is not None else "")

    def _same(self, text: str) -> bool:
        return self._cover(text) == text
