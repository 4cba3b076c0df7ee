"""The identity group: what the state already knows about the person who is signed in."""

import datetime as dt
from typing import Any, Literal

import msgspec

from madang.i18n.locales import Locale

Role = Literal["citizen", "clerk", "agent", "supervisor"]
"""agent: helps citizens by remote support; supervisor: an agent who also reads trails and figures."""


class PersonName(msgspec.Struct, frozen=True, omit_defaults=True):
    """``full`` as the register writes it, in its own script and order; ``passport`` in Latin letters."""

    full: str
    family: str = ""
    given: str = ""
    passport: str = ""
    lang: str = ""
    """BCP 47 tag of ``full``, so that it is pronounced and drawn right."""


class HouseholdMember(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    name: PersonName
    relation: Literal["self", "head", "spouse", "child", "parent", "sibling", "other"]
    """Relation to the person who is signed in (``self`` is that person)."""
    date_of_birth: dt.date


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """The signed-in person. ``facts`` are answers in the form model's shapes, keyed by what fields name in
    ``prefill``: full_name, passport_name, date_of_birth, address, phone, email."""

    subject: str
    name: PersonName
    kind: Literal["korean", "foreigner", "overseas-korean"]
    locale: Locale
    facts: dict[str, Any] = {}
    household: tuple[HouseholdMember, ...] = ()
    roles: tuple[Role, ...] = ("citizen",)
    holds: tuple[str, ...] | None = None
    """Evidence identifiers that a register holds about this person, e.g. ("alien-register",): what may be issued. When
    it is given it is complete, and somebody who begins what needs another register is told so; None: not known."""


class Access(msgspec.Struct, frozen=True, omit_defaults=True):
    """One look-up of this person's information by an agency: who, what, why, when."""

    at: dt.datetime
    authority: str
    evidence: str
    service: str
    application: str
    consent: Literal["given", "not-needed"]


class Accesses(msgspec.Struct, frozen=True):
    items: tuple[Access, ...]
