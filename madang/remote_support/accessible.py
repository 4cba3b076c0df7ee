"""What a screen reader would say of the elements of a page: role, name, error, and of shared fields what they hold."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from madang.remote_support.messages import Element

Node = Any
"""An element of lxml, which ships no types."""
Cover = Callable[[str], str]
"""What may be seen of a text: the same text, or one with parts of it covered."""

_ROLES: Final[Mapping[str, str]] = {
    "button": "button",
    "summary": "disclosure",
    "textarea": "textbox",
    "select": "combobox",
    "dialog": "dialog",
    "form": "form",
    "fieldset": "group",
    "section": "region",
    "table": "table",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
_INPUTS: Final[Mapping[str, str]] = {
    "checkbox": "checkbox",
    "radio": "radio",
    "file": "file",
    "search": "searchbox",
    "submit": "button",
    "button": "button",
    "reset": "button",
    "image": "button",
}
NEVER: Final = frozenset({"hidden", "password"})
"""Kinds of input that are no element of the page: an agent does not even see that they are there."""
TICKED: Final = frozenset({"checkbox", "radio"})
_FIELDS: Final = frozenset({"textbox", "searchbox", "combobox", "checkbox", "radio"})
_PAUSES: Final = frozenset({"br", "small", "p", "div", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "h4"})
"""Between what stands in these and what stands around them there is a space, written or not."""
_NAME: Final = 200


def role_of(node: Node) -> str:
    """The role, or "" for an element that has none. A link that leaves the portal, calls somebody or brings a file is
    no ``link``: only what merely leads somewhere within is opened for somebody else."""
    if node.tag == "input":
        kind = node.get("type", "text").lower()
        return "" if kind in NEVER else _INPUTS.get(kind, "textbox")
    if node.tag == "a":
        href = node.get("href")
        if href is None:
            return ""
        within = href.startswith("#") or (href.startswith("/") and not href.startswith(("//", "/\\")))
        return "link" if within and node.get("download") is None and node.get("target") is None else "outward"
    declared = node.get("role", "")
    return declared if declared in ("region", "group", "search", "status", "alert") else _ROLES.get(node.tag, "")


class Registry:
    """The elements of one parsed page."""

    def __init__(self, root: Node, shared: Mapping[str, bool], cover: Cover) -> None:
        self._shared, self._cover = shared, cover
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        self._ids = {node.get("id"): node for node in nodes if node.get("id")}
        self._labels = {node.get("for"): node for node in nodes if node.tag == "label" and node.get("for")}
        self._nodes = [node for node in nodes if node.get("data-ref")]

    def elements(self) -> dict[str, Element]:
        """By ``data-ref``. One whose very name would tell something covered is left out."""
        found: dict[str, Element] = {}
        for node in self._nodes:
            ref = node.get("data-ref")
            if node.tag == "input" and not role_of(node):
                continue
            if ref not in found and ref_is_harmless(ref, self._cover):
                found[ref] = self.element(node)
        return found

    def element(self, node: Node) -> Element:
        role = role_of(node) or "element"
        open_to_agent = self.is_shared(node, role)
        options: tuple[str, ...] = ()
        labels: tuple[str, ...] = ()
        if node.tag == "select" and open_to_agent:
            pairs = [
                (value_of(option), self._cover(squeezed(text_of(option))))
                for option in node.iter("option")
                if self._cover(value_of(option)) == value_of(option)  # it is sent as it is, or not at all
            ]
            options, labels = tuple(value for value, _ in pairs), tuple(label for _, label in pairs)
        return Element(
            role=role,
            name=self._cover(self.name(node))[:_NAME],
            error=self._cover(self._error(node))[:_NAME],
            value=self._cover(self.value(node, role)) if open_to_agent else "",
            shared=open_to_agent,
            options=options,
            labels=labels,
        )

    def is_shared(self, node: Node, role: str) -> bool:
        """Whether an agent may see what a field holds: only what its definition shares."""
        return role in _FIELDS and self._shared.get(node.get("name", ""), False)

    def value(self, node: Node, role: str) -> str:
        """What a field holds; of a box or a radio "checked" or ""; of a select the value that is chosen."""
        if role in TICKED:
            return "checked" if node.get("checked") is not None else ""
        if node.tag == "textarea":
            return "".join(node.itertext())
        if node.tag == "select":
            chosen = chosen_of(node)
            return value_of(chosen) if chosen is not None else ""
        return str(node.get("value", ""))

    def name(self, node: Node) -> str:
        """The accessible name, by the rules that matter here (accname 1.2: labelledby, label, content, title)."""
        named = node.get("aria-labelledby", "").split()
        if named:
            return " ".join(spoken(self._ids[name]) for name in named if name in self._ids)
        if node.get("aria-label"):
            return squeezed(node.get("aria-label"))
        if node.tag in ("input", "select", "textarea"):
            if node.get("type", "").lower() in ("submit", "button", "reset"):
                return squeezed(node.get("value", ""))
            label = self._labels.get(node.get("id")) if node.get("id") else None
            label = label if label is not None else _above(node, "label")
            return spoken(label, hints=False) if label is not None else squeezed(node.get("title", ""))
        if node.tag == "fieldset":
            legend = node.find("legend")
            return spoken(legend) if legend is not None else ""
        if role_of(node) in ("form", "region", "group", "dialog", "table", ""):
            return ""
        return spoken(node)

    def _error(self, node: Node) -> str:
        """The sentence of a field's error: its own, or for one of several choices that of the group."""
        where = node if node.tag not in ("input", "select", "textarea") or "aria-describedby" in node.attrib else None
        if where is None and role_of(node) in TICKED:
            where = _above(node, "fieldset")
        names = where.get("aria-describedby", "").split() if where is not None else []
        texts = [spoken(self._ids[name]) for name in names if name.endswith("-error") and name in self._ids]
        return " ".join(texts)


def ref_is_harmless(ref: str, cover: Cover) -> bool:
    """A name of an element that is short enough for a message and holds nothing private."""
    return 0 < len(ref) <= 120 and cover(ref) == ref


def value_of(option: Node) -> str:
    """The value of an option of a select."""
    value = option.get("value")
    return squeezed(text_of(option)) if value is None else str(value)


def chosen_of(select: Node) -> Node | None:
    """The option that is chosen: the first, where none says so."""
    options = list(select.iter("option"))
    return next((option for option in options if option.get("selected") is not None), options[0] if options else None)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def text_of(node: Node) -> str:
    return "".join(node.itertext())


def spoken(node: Node, *, hints: bool = True) -> str:
    """The text of an element without what is there for the eye alone, or is folded away. ``hints``: with the small
    print of a choice; an agent who names it says its name alone."""
    return squeezed("".join(_spoken(node, hints)))


def _spoken(node: Node, hints: bool) -> Iterator[str]:
    hidden = not isinstance(node.tag, str) or node.get("aria-hidden") == "true" or node.get("hidden") is not None
    if (
        hidden
        or node.tag in ("script", "style", "select", "textarea", "template")
        or (node.tag == "small" and not hints)
    ):
        return
    if node.tag == "img":
        yield node.get("alt", "")
    yield node.text or ""
    for child in node:
        pause = " " if child.tag in _PAUSES else ""
        yield pause
        yield from _spoken(child, hints)
        yield pause
        yield child.tail or ""


def _above(node: Node, tag: str) -> Node | None:
    return next(iter(node.iterancestors(tag)), None)
