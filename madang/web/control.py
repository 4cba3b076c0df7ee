"""What a field macro of ``templates/components`` is given: one control, or one group of controls, ready to be drawn.

Texts are already in the reader's language: ``str``, or ``Markup`` where the filter ``t`` had to mark another language.
Names of controls follow ``madang.forms.controls``; every ``id`` and ``data-ref`` equals its control's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from madang.forms.model import FieldType

Width = Literal["short", "medium", "full"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of radios, checkboxes or select. ``divider``: preceded by "or" (it excludes the others)."""

    value: str
    label: str
    id: str
    hint: str | None = None
    checked: bool = False
    divider: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A file that is stored already; ``size`` is written for the reader."""

    id: str
    name: str
    size: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a repeat. ``key`` is posted to remove it, ``title`` names it ("Child 1")."""

    key: str
    title: str
    controls: tuple["Control", ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """One field of a form, as it is drawn. Only what its type uses need be given."""

    type: FieldType
    id: str
    label: str
    name: str = ""
    data_ref: str = ""
    label_is_heading: bool = False
    """The page asks nothing else: the label is its only h1."""
    note: str | None = None
    """What should be known before answering; stands after the label."""
    hint: str | None = None
    error: str | None = None
    """The sentence that also stands in the error summary."""
    required: bool = True
    value: str = ""
    """As typed; of a declaration, anything but "" is a mark in the box."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Part -> as typed, for date, name and address; "has-single" is "" or not."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Part -> label, in the reader's order, for date, name and address."""
    wrong: frozenset[str] = frozenset()
    """The parts that the error is about."""
    options: tuple[Choice, ...] = ()
    """Choices; of an address, the countries."""
    files: tuple[Item, ...] = ()
    entries: tuple[Entry, ...] = ()
    autocomplete: str = ""
    """HTML token of one control; for parts, "bday", "name" or "street-address" lets each part have its own."""
    inputmode: str = ""
    input_type: Literal["text", "email", "tel"] = "text"
    width: Width = "full"
    prefix: str = ""
    suffix: str = ""
    max: int | None = None
    """Most characters of a textarea."""
    accept: str = ""
    """Media types of files, joined by commas."""
    verbatim: bool = False
    """A number or a name in Latin letters: no spelling check, no capitals by themselves."""
    disabled: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or self.id)
        object.__setattr__(self, "data_ref", self.data_ref or self.id)
