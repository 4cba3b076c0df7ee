"""What a form is: fields, pages and the conditions under which a page is asked.

The YAML of a form is decoded straight into these structs. Answers hold codes, never labels:

======================  ==========================================================================================
field type              answer (JSON)
======================  ==========================================================================================
text, textarea          string, NFC, trimmed
radios, select          the option's value
checkboxes              list of option values, in the form's order
yes-no                  "yes" or "no"
date                    "YYYY-MM-DD", Gregorian whatever era was typed
number                  decimal string without separators, e.g. "12.5"
money                   integer, won
name                    {"family": str, "given": str} or {"single": str}; for kind passport in upper-case Latin
address                 {"country": "KR", "postcode": str, "line1": str, "line2": str}; country is ISO 3166-1 alpha-2
phone                   E.164, e.g. "+821012345678"
email                   string, domain in lower case
identity-number         digits (resident/alien registration number) or upper-case letters and digits (passport)
files                   list of file ids, each stored with the draft before it is named here
declaration             true
repeat                  list of objects, one per entry, each an Answers of the nested fields
======================  ==========================================================================================

An optional field that was asked and left empty has the answer null: so it is known that its page was passed.
"""

from typing import Any, Literal

import msgspec

from madang.i18n.text import Text

FieldType = Literal[
    "text",
    "textarea",
    "radios",
    "checkboxes",
    "select",
    "yes-no",
    "date",
    "number",
    "money",
    "name",
    "address",
    "phone",
    "email",
    "identity-number",
    "files",
    "declaration",
    "repeat",
]
Answers = dict[str, Any]
"""Field id -> answer, as in the table above. Only what was asked and answered is in it."""

Condition = dict[str, Any]
"""Field id -> value, or list of values of which one must be the answer (or, for checkboxes, be among them).
All fields must match."""


class Option(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One choice of radios, checkboxes or select."""

    value: str
    label: Text
    hint: Text | None = None
    exclusive: bool = False
    """For checkboxes: choosing it excludes all others ("none of these")."""


class Late(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is said before submitting when a date lies more than ``days`` days back. It never stops anybody."""

    days: int
    text: Text


class Field(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One question. ``label`` is the question itself when the page asks only this field."""

    type: FieldType
    label: Text
    short: Text | None = None
    """The name of the answer in a summary and in generic errors ("Purpose"); the label when absent."""
    hint: Text | None = None
    required: bool = True
    options: tuple[Option, ...] = ()
    options_from: Literal["household", "self-and-minors"] | None = None
    """Options that are the person's own: the members of their household (value = member id), or of these only the
    person and the children whose guardian they are because they are under age."""
    default: Any = None
    """The answer offered before anything was answered, e.g. the fewest items on a resident certificate."""
    prefill: str | None = None
    """A key of the person's known facts (see contract Person.facts): shown as "is it right?", editable."""
    min: int | None = None
    max: int | None = None
    """Bounds by type: characters (text, textarea), value (number, money), how many (checkboxes, files, repeat)."""
    earliest: str | None = None
    latest: str | None = None
    """Bounds of a date: "YYYY-MM-DD", "today", "today-10y", "today+3m", "today-30d" or another date field's id."""
    late: Late | None = None
    """date: the time limit that the law sets from that day."""
    kind: str | None = None
    """name: "registry" | "passport"; identity-number: "resident" | "alien" | "passport" | "business"; address: "korea"
    (in Korea only)."""
    register: str | None = None
    """text: the register (evidence) of the things that the words name, such as buildings; the answer is the thing's
    key in it, or the words as typed while the register does not answer."""
    accept: tuple[str, ...] = ()
    """files: allowed media types; empty means PDF, JPEG, PNG, HEIC and WebP."""
    fields: dict[str, "Field"] = {}
    """repeat: the nested fields of each entry."""
    errors: dict[str, Text] = {}
    """Error code -> a sentence written for this field; the generic sentence of the code when absent."""
    share: bool = False
    """Whether a support agent may see the answer."""
    width: Literal["short", "medium", "full"] = "full"
    autocomplete: str | None = None
    """HTML autocomplete token where the answer is about the person, e.g. "email"."""


class FormPage(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One screen of the form; asked when ``show_if`` holds."""

    id: str
    ask: tuple[str, ...]
    title: Text | None = None
    """Heading of a page that asks several fields; a page that asks one uses that field's label."""
    hint: Text | None = None
    show_if: Condition | None = None


class FormDefinition(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A form, immutable per version: a changed question is a new version, drafts keep theirs."""

    id: str
    version: int
    fields: dict[str, Field]
    pages: tuple[FormPage, ...]

    @property
    def key(self) -> str:
        """``id@version``, as services and drafts name it."""
        return f"{self.id}@{self.version}"
