"""What the files beside the services hold: document templates, code lists, people and registers of the demonstration.

``docs/content.md`` describes them for those who write them; these structs are what they are held to.
"""

from typing import Any, Literal

import msgspec

from madang.contract.messages.catalogue import Assurance
from madang.contract.messages.identity import HouseholdMember, PersonName, Role
from madang.forms.model import Condition
from madang.i18n.locales import Locale
from madang.i18n.text import Text

Format = Literal[
    "text", "name", "date", "code", "code-list", "masked-number", "address", "period", "answer", "money", "year"
]
"""text: string or number as it is, or a six-language text; name: a string or {full, lang, ...}; date: YYYY-MM-DD;
code: key of the list ``codes``; code-list: list of such keys; masked-number: all after the first digit of the second
half is hidden; address: a string, a six-language text or the form model's address, perhaps with ``roman``; period:
{from, to}, dates, ``to`` may be missing; answer: a path ``answers.<field>`` whose option's label is printed; money:
whole won; year: a Gregorian year."""


class RowTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of a section or a column of a table. ``value`` is a path: ``record.``, ``answers.`` or ``person.`` in a
    row, relative to the entry in a column."""

    label: Text
    value: str
    format: Format = "text"
    codes: str = ""
    when: Condition | None = None
    """Printed only when the answers match, e.g. ``{items: addresses}``."""


class Within(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keeps the entries whose date ``on`` lies in a period, both days included; either end may be unanswered, and an
    answer such as ``today-5y`` counts from the day of issue. With ``among``, the path of a list, those whose ``on`` is
    in that list."""

    on: str
    start: str = msgspec.field(name="from", default="")
    end: str = msgspec.field(name="to", default="")
    among: str = ""


class TableTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    caption: Text
    source: str
    columns: tuple[RowTemplate, ...]
    empty: Text | None = None
    where: Within | None = None


class SectionTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    heading: Text
    rows: tuple[RowTemplate, ...] = ()
    table: TableTemplate | None = None
    when: Condition | None = None


class Select(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``record.<name>`` becomes the entry of the list at ``source`` whose ``id`` is the value at ``id``, or
    ``self``."""

    name: str = msgspec.field(name="as")
    source: str = msgspec.field(name="from")
    id: str


class Withheld(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a document is not issued to someone who is on the register: ``record.`` path ``present`` holds something, or
    ``absent`` holds nothing. ``reason`` says to the citizen what is so and what to do."""

    reason: Text
    present: str = ""
    absent: str = ""


class DocumentTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``documents/<id>.yaml``: what an issued document says. ``authority`` is an authority of the catalogue;
    ``when`` says which of a service's outputs is issued."""

    id: str
    authority: str
    verify_days: int
    title: Text
    statement: Text
    issuer: Text
    sections: tuple[SectionTemplate, ...]
    notes: tuple[Text, ...] = ()
    when: Condition | None = None
    select: Select | None = None
    read_when: Condition | None = None
    """Answers with which it is only read on the screen: nothing is issued, and nothing can be verified."""
    valid_days: int = 0
    """Days of a validity that the law gives, printed as a date; 0: the law gives none."""
    withheld: tuple[Withheld, ...] = ()
    """Reasons not to issue it, the first that applies is given."""


Codes = dict[str, dict[str, Text]]
"""``documents/codes.yaml``: list name -> code -> its name."""


class DemonstrationPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of ``people.yaml``: the contract's Person, what the demonstration provider asserts (``acr``) and a few words
    about them for its chooser. A member of ``household`` has the id that the resident register gives them; the
    person who is signed in is ``self``."""

    subject: str
    name: PersonName
    kind: Literal["korean", "foreigner", "overseas-korean"]
    locale: Locale
    about: Text
    acr: Assurance = "substantial"
    facts: dict[str, Any] = {}
    household: tuple[HouseholdMember, ...] = ()
    roles: tuple[Role, ...] = ("citizen",)
    holds: tuple[str, ...] = ()


Register = dict[str, dict[str, Any]]
"""``registers/<evidence>.yaml``: subject -> what that register holds about them."""
