"""What the files beside the services hold: document templates, code lists, people and registers of the demonstration.

Paths in a template are dotted names: ``record.`` (what the register holds about the subject), ``answers.`` (the
application's answers), ``person.`` (the subject: ``name``, ``date_of_birth``, ``facts``) and, in the columns of a table,
``row.`` (one entry of the list that the table shows). A path that leads nowhere prints as an empty cell, and a row whose
value is empty is still printed: a certificate that leaves out a line says something else than one that leaves it empty.
"""

import datetime as dt
from typing import Any, Literal

import msgspec

from madang.contract.messages.catalogue import Assurance
from madang.contract.messages.identity import HouseholdMember, PersonName, Role
from madang.forms.model import Condition
from madang.i18n.locales import Locale
from madang.i18n.text import Text

Format = Literal["text", "name", "date", "code", "code-list", "masked-number", "address", "period", "answer"]
"""text: string or number as it is, or a six-language text; name: a string or {full, lang, ...}; date: YYYY-MM-DD;
code: key of the list ``codes``; code-list: list of such keys; masked-number: all after the first digit of the second half
is hidden; address: a string, a six-language text or the form model's address; period: {from, to}, dates, ``to`` may be
missing; answer: a path ``answers.<field>`` whose option's label is printed."""


class RowTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: Text
    value: str
    format: Format = "text"
    codes: str = ""
    when: Condition | None = None
    """Printed only when the answers match, e.g. ``{items: address-history}``."""


class Within(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Keeps the entries whose date ``value`` lies in a period; either end may be unanswered."""

    value: str
    start: str = msgspec.field(name="from", default="")
    end: str = msgspec.field(name="to", default="")


class TableTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    caption: Text
    source: str
    columns: tuple[RowTemplate, ...]
    empty: Text | None = None
    where: Within | None = None
    when: Condition | None = None


class SectionTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    heading: Text
    rows: tuple[RowTemplate, ...] = ()
    table: TableTemplate | None = None
    when: Condition | None = None


class DocumentTemplate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``documents/<id>.yaml``: what an issued document says. ``authority`` is an authority of the catalogue."""

    id: str
    authority: str
    verify_days: int
    title: Text
    statement: Text
    issuer: Text
    sections: tuple[SectionTemplate, ...]
    notes: tuple[Text, ...] = ()


Codes = dict[str, dict[str, Text]]
"""``codes.yaml``: list name -> code -> its name."""


class DemonstrationPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of ``people.yaml``: the contract's Person, what the demonstration provider asserts (``acr``) and a few words
    for its chooser. ``household`` lists every member; a member's ``id`` is the subject under which registers hold them."""

    subject: str
    name: PersonName
    kind: Literal["korean", "foreigner", "overseas-korean"]
    locale: Locale
    description: Text
    acr: Assurance = "substantial"
    facts: dict[str, Any] = {}
    household: tuple[HouseholdMember, ...] = ()
    roles: tuple[Role, ...] = ("citizen",)
    holds: tuple[str, ...] = ()
    """May be left out: it is what the registers hold."""
    date_of_birth: dt.date | None = None


class RegisterEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of ``registers/<evidence>.yaml``: what that register holds about one subject."""

    subject: str
    record: dict[str, Any]
