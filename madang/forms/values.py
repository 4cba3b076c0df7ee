"""Answers as they are shown: codes and values, a tagged union that ``summary.display`` writes in a language."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol

from madang.i18n.text import Text


class MemberName(Protocol):
    """A name as the register writes it."""

    @property
    def full(self) -> str: ...
    @property
    def lang(self) -> str: ...


class Member(Protocol):
    """A member of the person's household, as the contract's ``HouseholdMember`` has it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> MemberName: ...
    @property
    def relation(self) -> str: ...
    @property
    def date_of_birth(self) -> dt.date: ...


@dataclass(frozen=True, slots=True)
class Missing:
    """Asked and left empty, or not answered yet."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Text of the person's own. ``lang``: its BCP 47 tag where it is known."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The options chosen; a household member is a Plain."""

    texts: tuple[Text | Plain, ...]


@dataclass(frozen=True, slots=True)
class YesNo:
    yes: bool


@dataclass(frozen=True, slots=True)
class DateValue:
    date: dt.date


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Money:
    krw: int


@dataclass(frozen=True, slots=True)
class Name:
    family: str = ""
    given: str = ""
    single: str = ""
    kind: Literal["registry", "passport"] = "registry"


@dataclass(frozen=True, slots=True)
class Address:
    country: str
    postcode: str
    line1: str
    line2: str


@dataclass(frozen=True, slots=True)
class Phone:
    e164: str


@dataclass(frozen=True, slots=True)
class Masked:
    """Already masked: the number itself is not in it."""

    text: str


@dataclass(frozen=True, slots=True)
class Files:
    """Names of the files, in order."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A declaration that was ticked."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a repeat, each its labelled values."""

    entries: tuple[tuple[tuple[Text, "Display"], ...], ...]


Display = (
    Missing | Plain | Lines | Choice | YesNo | DateValue | Number | Money | Name | Address | Phone | Masked | Files
    | Confirmed | Entries
)  # fmt: skip
